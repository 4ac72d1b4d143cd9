//! 保留会籍, and back from it: out of work, called up, retired. No dues, no loss; nobody has to agree.

use super::{
    own::{living, own},
    told::{name_of, tell},
    words::{At, sealed},
};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::Actor,
    membership::{Deed, MembershipEvent},
    policy::{Action, Refused},
    ports::{NotDone, WhyRetained},
    time::Millis,
};

pub(super) async fn retain(people: &People, actor: &Actor, why: &str, now: Millis) -> Result<(), NotDone> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    let why = WhyRetained::parse(why).unwrap_or(WhyRetained::Other);
    let done = async {
        let (mut edit, row) = living(people, subject).await?;
        let Some(mut row) = row else { return Ok(true) };
        let Some(next) = Deed::Retain.after(row.state) else {
            return Ok(row.state == domain::membership::MembershipState::Retained);
        };
        row.state = next;
        (row.warned_at, row.ends_at) = (None, None);
        row.reason = sealed(people, row.subject, At::Reason(row.id), why.word(), now).await?;
        edit.save_membership(&row, now).await?;
        edit.put_membership_event(row.id, MembershipEvent::Retained, Some(row.organisation), None, now).await?;
        let text = format!(
            "{}的会籍给你留着，不用交会费，会员证照样能用。重新干活了，点“恢复”。",
            name_of(people, row.organisation)
        );
        tell(people, &mut edit, row.subject, "会籍保留了", text, now).await?;
        edit.finish().await?;
        Ok::<_, Failed>(true)
    };
    if done.await.or_unavailable("retain a membership")? {
        Ok(())
    } else {
        Err(NotDone::at("", "正在转会，先撤回转会再保留。"))
    }
}

pub(super) async fn resume(people: &People, actor: &Actor, now: Millis) -> Result<(), Refused> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    let done = async {
        let (mut edit, row) = living(people, subject).await?;
        let Some(mut row) = row else { return Ok(()) };
        let Some(next) = Deed::Resume.after(row.state) else { return Ok(()) };
        row.state = next;
        row.reason = None;
        // The months of being retained count for nothing.
        row.took_part_at = row.took_part_at.map(|_| now);
        edit.save_membership(&row, now).await?;
        edit.put_membership_event(row.id, MembershipEvent::Resumed, Some(row.organisation), None, now).await?;
        let text = format!("你又是{}的在籍会员了。会费怎么交，问你的工会。", name_of(people, row.organisation));
        tell(people, &mut edit, row.subject, "会籍恢复了", text, now).await?;
        edit.finish().await?;
        Ok::<_, Failed>(())
    };
    done.await.or_unavailable("resume a membership")
}
