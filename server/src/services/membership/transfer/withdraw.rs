//! The member takes a transfer back.

use super::{
    super::own::{living, own},
    settle::settle,
};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::Actor,
    policy::{Action, Refused},
    time::Millis,
};

pub(in super::super) async fn withdraw(people: &People, actor: &Actor, now: Millis) -> Result<(), Refused> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    let done = async {
        let (mut edit, membership) = living(people, subject).await?;
        let Some(mut membership) = membership else { return Ok(()) };
        let Some(mut row) = edit.last_transfer(membership.id).await? else { return Ok(()) };
        if row.transfer.withdraw(now).is_ok() && settle(people, &mut edit, &mut membership, &row, None, now).await? {
            edit.finish().await?;
        }
        Ok::<_, Failed>(())
    };
    done.await.or_unavailable("withdraw a transfer")
}
