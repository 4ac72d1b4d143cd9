//! Whose page it is, and how the actor's roles stand to it.

use super::super::mine::reviewer;
use crate::{
    services::people::{People, Trouble as _},
    store::MembershipRow,
};
use domain::{
    account::{Actor, MembershipId, OrganisationId, SubjectId},
    policy::{Action, Refused, Relation, Role},
    ports::NotDone,
    time::Millis,
};

/// What is said to the second of two who decide at once.
pub(in super::super) const SEEN_OLD: &str = "刚刚有人办过，或者情况变了。看一下现在的样子，再决定。";

/// How the actor's roles stand to something about a person at an organisation. Nobody is an officer to themselves.
pub(in super::super) fn relations_to(
    people: &People,
    actor: &Actor,
    subject: Option<SubjectId>,
    organisation: OrganisationId,
) -> Vec<(Role, Relation)> {
    if subject.is_some() && subject == actor.subject() {
        return Vec::new();
    }
    people.organisations.tree().relations(actor, organisation)
}

/// The version that was seen with the form.
pub(in super::super) fn seen(typed: &str) -> Result<i32, NotDone> {
    typed.parse().map_err(|_| NotDone::at("", SEEN_OLD))
}

/// The membership of an address, when the actor may do this to it, with the relations by which they may.
pub(super) async fn find(
    people: &People,
    actor: &Actor,
    action: Action,
    id: &str,
) -> Result<(MembershipRow, Vec<(Role, Relation)>), Refused> {
    let found = match MembershipId::parse(id) {
        Some(id) => people.store.membership(id).await.or_unavailable("find a membership")?,
        None => None,
    };
    let held = found.as_ref().map(|row| relations_to(people, actor, row.subject, row.organisation)).unwrap_or_default();
    people.policy.check(actor, action, &held)?;
    let found = found.filter(|row| row.subject.is_none() || row.subject != actor.subject());
    Ok((found.ok_or(Refused::NotFound)?, held))
}

/// How the actor's roles stand to the organisation that looks at objections.
pub(super) fn above(people: &People, actor: &Actor, row: &MembershipRow, now: Millis) -> Vec<(Role, Relation)> {
    let above = reviewer(people, row.organisation, now).unwrap_or(row.organisation);
    relations_to(people, actor, row.subject, above)
}
