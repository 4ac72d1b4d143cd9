//! What comes of a transfer comes to its membership, in the same transaction.

use super::super::{
    cards,
    told::{day, name_of, tell},
};
use crate::{
    services::people::{Failed, People},
    store::{Edit, MembershipRow, TransferRow},
};
use domain::{
    account::SubjectId,
    membership::{ApplicationState, Deed, MembershipEvent, Side, TransferState, transfer::Passed},
    time::Millis,
};

/// Writes a transfer as it stands now, and what is over to its membership, which is locked. `why`: why it was refused,
/// where that is a sentence of the program's own, for a notice says nothing that somebody wrote. Says whether it was
/// written: not, when somebody else was first.
pub(super) async fn settle(
    people: &People,
    edit: &mut Edit,
    membership: &mut MembershipRow,
    row: &TransferRow,
    (by, why): (Option<SubjectId>, Option<&str>),
    now: Millis,
) -> Result<bool, Failed> {
    if !edit.save_transfer(row).await? {
        return Ok(false);
    }
    let deed = match row.transfer.state {
        TransferState::Open => Deed::AskTransfer,
        TransferState::Done => Deed::Arrive,
        TransferState::Refused | TransferState::Withdrawn => Deed::Stay,
    };
    // A refusal that is looked at again finds the member where they stayed.
    let Some(next) = deed.after(membership.state) else { return Ok(true) };
    membership.state = next;
    if deed == Deed::Arrive {
        membership.organisation = row.transfer.to;
        // Signs are what the new organisation will tell of.
        membership.took_part_at = membership.took_part_at.map(|_| now);
    }
    if !edit.save_membership(membership, now).await? {
        return Ok(false);
    }
    membership.version += 1;
    end_application(people, edit, row, by, now).await?;
    let to = name_of(people, row.transfer.to);
    match row.transfer.state {
        TransferState::Open => {}
        TransferState::Done => {
            edit.put_membership_event(membership.id, MembershipEvent::Arrived, Some(row.transfer.to), by, now).await?;
            cards::ended(edit, membership.id, now).await?;
            let text = "两边都办好了，会员编号不变，会员证换成新工会的。";
            tell(people, edit, membership.subject, format!("你是{to}的会员了"), text, now).await?;
        }
        TransferState::Refused => {
            let from = name_of(people, row.transfer.from);
            let text = match why {
                Some(why) => {
                    format!("原因：{}。你还是{from}的会员，能不能提异议，会籍页里写着。", why.trim_end_matches('。'))
                }
                None => format!("{to}写了原因，在会籍页里看，也可以提异议。你还是{from}的会员。"),
            };
            tell(people, edit, membership.subject, format!("转到{to}没有通过"), text, now).await?;
        }
        TransferState::Withdrawn => {
            let (kind, to) = (MembershipEvent::TransferWithdrawn, Some(row.transfer.to));
            edit.put_membership_event(membership.id, kind, to, None, now).await?;
        }
    }
    Ok(true)
}

/// The application with which it was asked for ends with it.
pub(in super::super) async fn end_application(
    people: &People,
    edit: &mut Edit,
    row: &TransferRow,
    by: Option<SubjectId>,
    now: Millis,
) -> Result<(), Failed> {
    let Some(application) = row.application else { return Ok(()) };
    let (state, kind) = match row.transfer.state {
        TransferState::Open => return Ok(()),
        TransferState::Done => (ApplicationState::Approved, "approved"),
        TransferState::Refused => (ApplicationState::Rejected, "rejected"),
        // Ended by an officer it was not taken back.
        TransferState::Withdrawn if by.is_some() => (ApplicationState::Withdrawn, "ended"),
        TransferState::Withdrawn => (ApplicationState::Withdrawn, "withdrawn"),
    };
    let to = row.transfer.to;
    if edit.end_application_of_transfer(application, state, (by, &name_of(people, to)), now).await? {
        edit.put_application_event(application, kind, Some(to), by, now).await?;
    }
    Ok(())
}

/// Says what time, or a rule, did to a side, to the member and in the history.
pub(super) async fn say(
    people: &People,
    edit: &mut Edit,
    membership: &MembershipRow,
    row: &TransferRow,
    passed: Passed,
    now: Millis,
) -> Result<(), Failed> {
    let (kind, place) = match passed {
        Passed::WentUp(side) => (MembershipEvent::TransferWentUp, row.transfer.side(side).owner),
        Passed::ByRule(side) => (MembershipEvent::TransferExpired, row.transfer.side(side).owner),
        Passed::TargetGone => (MembershipEvent::TransferRefused, row.transfer.to),
    };
    edit.put_membership_event(membership.id, kind, Some(place), None, now).await?;
    if let Passed::WentUp(side) = passed {
        let turn = row.transfer.side(side);
        let what = if side == Side::Out { "转出" } else { "接收" };
        let text = format!("现在由{}决定{what}，{}以前答复。", name_of(people, turn.owner), day(turn.due_at));
        tell(people, edit, membership.subject, "转会交给上级工会了", text, now).await?;
    }
    Ok(())
}
