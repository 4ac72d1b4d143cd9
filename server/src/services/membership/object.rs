//! An objection to 开除会籍 or to an automatic end, in the member's own words. The organisation above looks at it.

use super::{
    mine::object_until,
    objections::Desk,
    own::own,
    told::{day, name_of, tell},
    words::{At, sealed, words},
};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{account::Actor, membership::MembershipEvent, policy::Action, ports::NotDone, time::Millis};

pub(super) async fn object(people: &People, actor: &Actor, typed: &str, now: Millis) -> Result<(), NotDone> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    let text = words("objection", typed, "写几句为什么不同意，复核的人要看。")?;
    let done = async {
        let Some(last) = people.store.membership_of(subject).await? else { return Ok(false) };
        let desk = Desk::first(people, last.organisation, now).await?;
        let mut edit = people.store.edit().await?;
        let Some(mut row) = edit.membership(last.id).await? else { return Ok(false) };
        if row.objected_at.is_some() {
            // Twice is once.
            return Ok(true);
        }
        if object_until(&row).is_none_or(|until| until < now) {
            return Ok(false);
        }
        row.objection = sealed(people, row.subject, At::Objection(row.id), &text, now).await?;
        row.objected_at = Some(now);
        edit.save_membership(&row, now).await?;
        edit.put_membership_event(row.id, MembershipEvent::Objected, Some(row.organisation), None, now).await?;
        let text = match &desk {
            Some(desk) => format!("由{}复核，{}以前给结果。", name_of(people, desk.owner), day(desk.due_at)),
            None => "由上级工会复核，有了结果在这里告诉你。".to_owned(),
        };
        tell(people, &mut edit, row.subject, "异议收到了", text, now).await?;
        if let Some(desk) = &desk {
            edit.give_objection(row.id, None, (desk.owner, desk.due_at)).await?;
            desk.hears(people, &mut edit, (row.subject, row.organisation), now).await?;
        }
        edit.finish().await?;
        Ok::<_, Failed>(true)
    };
    if done.await.or_unavailable("object")? {
        Ok(())
    } else {
        Err(NotDone::at("", "现在没有可以提异议的决定。"))
    }
}
