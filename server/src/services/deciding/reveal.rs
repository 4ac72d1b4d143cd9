//! An applicant's numbers, whole, once, with a reason that is written down before they are shown.

use super::{
    find::{Found, audit, find, is_waiting},
    opened,
};
use crate::services::{
    people::{People, Trouble as _},
    staff::reason::reason,
};
use domain::{
    account::Actor,
    policy::{Action, Refused},
    ports::{NotDone, RevealedApplicant},
    time::Millis,
};

/// Whether the numbers of an applicant are the desk's business still: while the application waits, and then as long as
/// they are a member within the actor's reach. Nobody reads today's number of whom they once turned away.
pub(super) async fn may_reveal(people: &People, actor: &Actor, found: &Found) -> Result<bool, Refused> {
    if is_waiting(found.row.state) {
        return Ok(people.policy.check(actor, Action::RevealMember, &found.held).is_ok());
    }
    let membership = people.store.membership_of(found.subject).await.or_unavailable("read a membership")?;
    let tree = people.organisations.tree();
    Ok(membership.is_some_and(|row| {
        let held = tree.relations(actor, row.organisation);
        row.state.is_member() && people.policy.check(actor, Action::RevealMember, &held).is_ok()
    }))
}

pub(super) async fn reveal(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &str,
    now: Millis,
) -> Result<RevealedApplicant, NotDone> {
    let found = find(people, actor, Action::RevealMember, id, now).await?;
    if !may_reveal(people, actor, &found).await? {
        return Err(NotDone::at("reason", "这份申请已经办完，他也不是你这里的会员，号码不能再看。"));
    }
    let why = reason(typed)?;
    let mut edit = people.store.edit().await.or_unavailable("note that numbers were shown")?;
    audit(people, &mut edit, actor, &found, (Action::RevealMember, &why), now).await?;
    edit.finish().await.or_unavailable("note that numbers were shown")?;
    let mut facts = Vec::new();
    facts.extend(opened::document(people, &found.row, true, now).await?);
    facts.extend(opened::mobile(people, found.subject, true).await?.map(|mobile| ("手机号", mobile)));
    let name = opened::name(people, &found.row).await?;
    Ok(RevealedApplicant { name: name.map(|name| name.reveal().to_owned()).unwrap_or_default(), facts })
}
