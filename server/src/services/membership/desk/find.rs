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
    let mut held =
        found.as_ref().map(|row| relations_to(people, actor, row.subject, row.organisation)).unwrap_or_default();
    // What is said against an organisation that is no more is still looked at.
    if let Some(row) = found.as_ref().filter(|row| people.organisations.tree().get(row.organisation).is_none())
        && let Some(owner) = people.store.objection_owner(row.id).await.or_unavailable("find a membership")?
    {
        held = relations_to(people, actor, row.subject, owner);
    }
    people.policy.check(actor, action, &held)?;
    let found = found.filter(|row| row.subject.is_none() || row.subject != actor.subject());
    Ok((found.ok_or(Refused::NotFound)?, held))
}

/// How the actor's roles stand to the organisation that looks at objections. Whoever ended the membership does not: they
/// read not even what is said against it.
pub(super) async fn above(
    people: &People,
    actor: &Actor,
    row: &MembershipRow,
    now: Millis,
) -> Result<Vec<(Role, Relation)>, Refused> {
    if let Some(officer) = actor.subject()
        && people.store.has_ended(row.id, officer).await.or_unavailable("read who decided")?
    {
        return Ok(Vec::new());
    }
    let owner = people.store.objection_owner(row.id).await.or_unavailable("read who looks at an objection")?;
    let above = owner.or_else(|| reviewer(people, row.organisation, now)).unwrap_or(row.organisation);
    Ok(relations_to(people, actor, row.subject, above))
}
