//! The member takes a transfer back.

use super::{
    super::own::{living, own},
    settle::settle,
};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::Edit,
};
use domain::{
    account::{Actor, ApplicationId, SubjectId},
    policy::{Action, Refused},
    time::Millis,
};

pub(in super::super) async fn withdraw(people: &People, actor: &Actor, now: Millis) -> Result<(), Refused> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    let done = async {
        let (mut edit, membership) = living(people, subject).await?;
        let Some(mut membership) = membership else { return Ok(()) };
        let Some(mut row) = edit.last_transfer(membership.id).await? else { return Ok(()) };
        if row.transfer.withdraw(now).is_ok()
            && settle(people, &mut edit, &mut membership, &row, (None, None), now).await?
        {
            edit.finish().await?;
        }
        Ok::<_, Failed>(())
    };
    done.await.or_unavailable("withdraw a transfer")
}

/// Takes back the transfer that was asked for with an application, in the transaction that takes that back, before
/// it: memberships are locked before applications. The application ends with it.
///
/// # Errors
/// The database or the vault does not answer: then the transaction must not be finished.
pub async fn withdraw_with(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    application: ApplicationId,
    now: Millis,
) -> Result<(), Failed> {
    let Some(mut membership) = edit.living_membership_of(subject).await? else { return Ok(()) };
    let Some(mut row) = edit.last_transfer(membership.id).await? else { return Ok(()) };
    if row.application == Some(application) && row.transfer.withdraw(now).is_ok() {
        settle(people, edit, &mut membership, &row, (None, None), now).await?;
    }
    Ok(())
}
