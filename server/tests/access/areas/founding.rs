//! Asking for a union, head enterprises, obstruction, occupations.

use super::super::{
    cases::{Case, Object},
    people::{Person, Who},
    world::Access,
};
use domain::policy::{Relation, Role};
use server::http::deeds::Deed;

/// With which objects an address is asked; `None`: it is not of this area.
pub const fn objects(_: &Deed) -> Option<&'static [Object]> {
    None
}

/// Who stands how to the object, said by hand; `None`: it is not of this area.
pub const fn relations(_: Who, _: &Case) -> Option<Vec<(Role, Relation)>> {
    None
}

/// The address and the fields of a request; `None`: as everywhere.
pub async fn request(_: &Access, _: &Case, _: &Person) -> Option<(String, String)> {
    None
}
