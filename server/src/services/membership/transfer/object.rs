//! The member says that a refusal is wrong: it goes up.

use super::{
    super::own::{living, own},
    settle::{say, settle},
};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::Actor,
    membership::{MembershipEvent, MembershipState},
    policy::Action,
    ports::NotDone,
    time::Millis,
};

pub(in super::super) async fn object(people: &People, actor: &Actor, now: Millis) -> Result<(), NotDone> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    let done = async {
        let (mut edit, membership) = living(people, subject).await?;
        let Some(mut membership) = membership else { return Ok(false) };
        let Some(mut row) = edit.last_transfer(membership.id).await? else { return Ok(false) };
        if membership.state == MembershipState::Transferring {
            // Pressed twice: it is on its way.
            return Ok(true);
        }
        if membership.state != MembershipState::Active || membership.organisation != row.transfer.from {
            return Ok(false);
        }
        let Ok(passed) = row.transfer.object(&people.organisations.tree(), now) else { return Ok(false) };
        // Who decides again is somebody else.
        let by_rule_or_open = row.transfer.out.decision.is_none_or(|decision| decision.by_rule);
        if by_rule_or_open {
            row.out_by = None;
        }
        if row.transfer.into.decision.is_none_or(|decision| decision.by_rule) {
            row.in_by = None;
        }
        let kind = MembershipEvent::TransferObjected;
        edit.put_membership_event(membership.id, kind, Some(row.transfer.from), None, now).await?;
        // Decided by rule at once, the membership is not first on its way: it takes both steps here.
        if row.transfer.state == domain::membership::TransferState::Done {
            membership.state = MembershipState::Transferring;
        }
        say(people, &mut edit, &membership, &row, passed, now).await?;
        if !settle(people, &mut edit, &mut membership, &row, (None, None), now).await? {
            return Ok(false);
        }
        edit.finish().await?;
        Ok::<_, Failed>(true)
    };
    if done.await.or_unavailable("object to a refusal")? {
        Ok(())
    } else {
        Err(NotDone::at("", "没有上级工会能复核，或者过了 60 天。打 12351 问，或者另选一个工会转。"))
    }
}
