//! What a desk is about, and whether the actor may: the one place where an address becomes an object.

use crate::{services::people::People, store::Roots};
use domain::{
    account::{Actor, OrganisationId, PROOF_LASTS_MS, Reach},
    organisation::OrganisationTree,
    policy::{Action, Refused, Relation, Role},
    ports::{EVERYWHERE, StationLookup, Stations as _},
    station::{Code, Station},
    time::Millis,
};
use std::sync::Arc;

/// So long a proof is enough to send a form that was opened with it: what was typed meanwhile is not lost to asking
/// again.
const PROVED_TO_SEND_MS: Millis = 2 * PROOF_LASTS_MS;

/// An organisation, or the whole country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole country.
    Everywhere,
    /// One organisation and all below it.
    Organisation(OrganisationId),
}

impl Scope {
    /// The organisation; `None` is the whole country, as it is stored.
    #[must_use]
    pub const fn organisation(self) -> Option<OrganisationId> {
        match self {
            Self::Everywhere => None,
            Self::Organisation(id) => Some(id),
        }
    }

    /// As it is stored, so it is read.
    #[must_use]
    pub fn of(organisation: Option<OrganisationId>) -> Self {
        organisation.map_or(Self::Everywhere, Self::Organisation)
    }

    /// As it stands in an address.
    #[must_use]
    pub fn address(self) -> String {
        self.organisation().map_or_else(|| EVERYWHERE.to_owned(), |id| id.to_string())
    }

    /// As people call it.
    #[must_use]
    pub fn name(self, tree: &OrganisationTree) -> String {
        match self {
            Self::Everywhere => "全国".to_owned(),
            Self::Organisation(id) => tree.get(id).map_or_else(|| "已撤销的组织".to_owned(), |one| one.name.clone()),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text == EVERYWHERE {
            return Some(Self::Everywhere);
        }
        OrganisationId::parse(text).map(Self::Organisation)
    }
}

/// How the actor's roles stand to a scope. To an organisation that is not there, none is within.
#[must_use]
pub fn relations(tree: &OrganisationTree, actor: &Actor, scope: Scope) -> Vec<(Role, Relation)> {
    match scope {
        Scope::Organisation(id) => tree.relations(actor, id),
        Scope::Everywhere => {
            let relation = |reach: &Reach| match reach {
                Reach::Everywhere => Relation::Within,
                Reach::Tree(_) | Reach::Station(_) => Relation::Other,
            };
            actor.grants().iter().map(|grant| (grant.role, relation(&grant.reach))).collect()
        }
    }
}

/// The scope of an address, when the actor may do this there.
///
/// # Errors
/// [`Refused`]: what is not there and what is somebody else's alike.
pub fn scope(people: &People, actor: &Actor, action: Action, address: &str) -> Result<Scope, Refused> {
    let tree = people.organisations.tree();
    let scope = Scope::parse(address);
    let relations = scope.map(|scope| relations(&tree, actor, scope)).unwrap_or_default();
    people.policy.check(actor, action, &relations)?;
    scope.filter(|scope| scope.organisation().is_none_or(|id| tree.get(id).is_some())).ok_or(Refused::NotFound)
}

/// Whether the actor may do this at a scope.
#[must_use]
pub fn may(people: &People, actor: &Actor, action: Action, scope: Scope) -> bool {
    let tree = people.organisations.tree();
    people.policy.check(actor, action, &relations(&tree, actor, scope)).is_ok()
}

/// The station of an address, when the actor may do this there.
///
/// # Errors
/// As [`scope`].
pub fn station(people: &People, actor: &Actor, action: Action, code: &str) -> Result<Arc<Station>, Refused> {
    let station = Code::parse(code).and_then(|code| match people.finder.by_code(code) {
        StationLookup::Here(station) => Some(station),
        StationLookup::Retired | StationLookup::Missing => None,
    });
    let relations = station.as_deref().map(|station| station_relations(people, actor, station)).unwrap_or_default();
    people.policy.check(actor, action, &relations)?;
    station.ok_or(Refused::NotFound)
}

/// How the actor's roles stand to a station.
#[must_use]
pub fn station_relations(people: &People, actor: &Actor, station: &Station) -> Vec<(Role, Relation)> {
    people.organisations.tree().station_relations(actor, station.code, station.adcode)
}

/// What gives power over others needs a passkey or an authenticator that was shown just now.
///
/// # Errors
/// [`Refused::ProveAgain`].
pub fn proved_to_open(actor: &Actor, now: Millis) -> Result<(), Refused> {
    if actor.has_proved_lately(now) { Ok(()) } else { Err(Refused::ProveAgain) }
}

/// The same for sending what was typed.
///
/// # Errors
/// [`Refused::ProveAgain`].
pub fn proved_to_send(actor: &Actor, now: Millis) -> Result<(), Refused> {
    match actor {
        Actor::Person { strength, proved_at: Some(at), .. }
            if strength.opens_desks() && now - at <= PROVED_TO_SEND_MS =>
        {
            Ok(())
        }
        _ => Err(Refused::ProveAgain),
    }
}

/// As which of their roles somebody acts, for the audit log: the first that the policy lets do it.
#[must_use]
pub fn acting_as(people: &People, action: Action, relations: &[(Role, Relation)]) -> Role {
    let may = |(role, relation): &&(Role, Relation)| people.policy.allows(*role, action, *relation);
    relations.iter().find(may).map_or(Role::Worker, |(role, _)| *role)
}

/// Where what an actor's roles reach begins, for a list of what they may do this with.
///
/// # Errors
/// [`Refused`]: no role of theirs does this anywhere.
pub fn roots(people: &People, actor: &Actor, action: Action) -> Result<Roots, Refused> {
    let ground: Vec<_> = actor.grants().iter().map(|grant| (grant.role, Relation::Within)).collect();
    people.policy.check(actor, action, &ground)?;
    let may = |role| people.policy.allows(role, action, Relation::Within);
    let mut below = Vec::new();
    for grant in actor.grants().iter().filter(|grant| may(grant.role)) {
        match &grant.reach {
            Reach::Everywhere => return Ok(Roots::Everywhere),
            Reach::Tree(id) => below.push(*id),
            Reach::Station(_) => {}
        }
    }
    // A role that reaches no organisation lists nothing; a statement needs one to begin with.
    if below.is_empty() {
        below.push(OrganisationId([0; 16]));
    }
    Ok(Roots::Below(below))
}
