//! Cards, and checking them.

use super::super::{
    cases::{Case, Object},
    people::{Person, Who},
    world::Access,
};
use domain::policy::{Action, Relation, Role};
use server::http::deeds::Deed;
use std::future::{Ready, ready};

/// With which objects an address is asked; `None`: it is not of this area.
pub const fn objects(deed: &Deed) -> Option<&'static [Object]> {
    match deed.action {
        // Nobody's card but one's own has an address.
        Action::ShowCard => Some(&[Object::None]),
        _ => None,
    }
}

/// Who stands how to the object, said by hand; `None`: it is not of this area.
pub fn relations(who: Who, case: &Case) -> Option<Vec<(Role, Relation)>> {
    let is_own = case.deed.action == Action::ShowCard && who != Who::Anonymous;
    is_own.then(|| vec![(Role::Worker, Relation::Own)])
}

/// The address and the fields of a request; `None`: as everywhere.
pub fn request(_: &Access, _: &Case, _: &Person) -> Ready<Option<(String, String)>> {
    ready(None)
}
