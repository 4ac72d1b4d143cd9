//! 退会: any time, for no reason.

use super::{
    cards,
    own::{living, own},
    told::{name_of, tell},
    transfer::end_application,
};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::Actor,
    membership::{Deed, MembershipEvent, TransferState},
    policy::Action,
    ports::NotDone,
    time::Millis,
};

pub(super) async fn resign(people: &People, actor: &Actor, is_sure: bool, now: Millis) -> Result<(), NotDone> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    if !is_sure {
        return Err(NotDone::at("sure", "先勾上下面这一行，再点退会。"));
    }
    let done = async {
        let (mut edit, row) = living(people, subject).await?;
        let Some(mut row) = row else { return Ok(()) };
        let Some(next) = Deed::Resign.after(row.state) else { return Ok(()) };
        // A transfer on the way ends with it.
        if let Some(mut transfer) = edit.last_transfer(row.id).await?
            && transfer.transfer.state == TransferState::Open
            && transfer.transfer.withdraw(now).is_ok()
        {
            edit.save_transfer(&transfer).await?;
            end_application(people, &mut edit, &transfer, None, now).await?;
            let (kind, to) = (MembershipEvent::TransferWithdrawn, transfer.transfer.to);
            edit.put_membership_event(row.id, kind, Some(to), None, now).await?;
        }
        row.state = next;
        (row.warned_at, row.ends_at, row.ended_at) = (None, None, Some(now));
        row.reason = None;
        edit.save_membership(&row, now).await?;
        edit.put_membership_event(row.id, MembershipEvent::Resigned, Some(row.organisation), None, now).await?;
        cards::ended(&mut edit, row.id, now).await?;
        let text = format!("你退出了{}，会员证不能用了。想回来，随时重新入会。", name_of(people, row.organisation));
        tell(people, &mut edit, row.subject, "已经退会", text, now).await?;
        edit.finish().await?;
        Ok::<_, Failed>(())
    };
    done.await.or_unavailable("resign")?;
    Ok(())
}
