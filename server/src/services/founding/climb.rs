//! Which union takes a request or a report, by when, and who is kept from it.

use crate::services::people::People;
use domain::{
    account::{Actor, OrganisationId, Reach},
    founding::{CONTACT_WITHIN_DAYS, is_union_of},
    membership::{
        due_after,
        routing::{above_employers, owner_of_place, to_call},
    },
    organisation::OrganisationTree,
    ports::{NotOpen, Stations as _},
    time::Millis,
};

/// The general union of a county, or the first above it that somebody reads in. `None`: nobody up to the province.
pub fn taker(tree: &OrganisationTree, adcode: u32, now: Millis) -> Option<OrganisationId> {
    owner_of_place(tree, adcode, None, now)
}

/// The first open one above the own union of an employer: never one of another employer's, or of a few.
pub fn above_unit(tree: &OrganisationTree, unit: OrganisationId, now: Millis) -> Option<OrganisationId> {
    above_employers(tree, tree.get(unit)?.parent, now).owner()
}

/// The end of the working day by which somebody must have acted.
pub fn due(people: &People, now: Millis) -> Millis {
    due_after(&people.finder.calendar(), now, CONTACT_WITHIN_DAYS)
}

/// Whom to call where nobody takes it.
pub fn not_open(tree: &OrganisationTree, adcode: u32) -> NotOpen {
    let union = to_call(tree, Some(adcode));
    NotOpen { union: union.map(|one| one.name.clone()), phone: union.and_then(|one| one.phone.clone()) }
}

/// Whether an actor belongs to the employer's own union: holds a role there, or in something below it. Such a person
/// is kept from it whatever else they are.
pub fn is_of_unit(tree: &OrganisationTree, actor: &Actor, key: &str, unions: &[OrganisationId]) -> bool {
    actor.grants().iter().any(|grant| match grant.reach {
        Reach::Tree(id) => tree.lineage(id).into_iter().any(|one| unions.contains(&one.id) || is_union_of(one, key)),
        Reach::Everywhere | Reach::Station(_) => false,
    })
}

/// An organisation as people call it.
pub fn name_of(tree: &OrganisationTree, id: OrganisationId) -> String {
    tree.get(id).map_or_else(|| "已撤销的组织".to_owned(), |one| one.name.clone())
}
