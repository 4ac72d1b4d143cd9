//! Lists of members, figures and targets.

use super::super::{
    cases::{Case, Object},
    people::{Person, Who},
    world::Access,
};
use domain::policy::{Action, Relation, Role};
use server::http::deeds::Deed;

/// With which objects an address is asked; `None`: it is not of this area.
pub fn objects(deed: &Deed) -> Option<&'static [Object]> {
    use Object::{Deleted, Elsewhere, Guessed, Here};
    match (deed.action, deed.path.as_str()) {
        (Action::ReadFigures, "/desk/figures") => Some(&[Object::None]),
        (Action::ReadFigures | Action::ExportMembers | Action::SetTarget, _) => {
            Some(&[Here, Elsewhere, Deleted, Guessed])
        }
        _ => None,
    }
}

/// Who stands how to the object, said by hand; `None`: it is not of this area.
pub fn relations(who: Who, case: &Case) -> Option<Vec<(Role, Relation)>> {
    objects(&case.deed)?;
    let (above, here) = (
        matches!(who, Who::Administrator | Who::Auditor),
        matches!(who, Who::OfficerInTree | Who::HandlerAssigned | Who::CoverAdministrator),
    );
    let there = matches!(who, Who::OfficerOutOfTree | Who::HandlerOther);
    // A target is set by whoever stands above: the county's officers do not, and no other organisation's do.
    let is_target = case.deed.action == Action::SetTarget;
    let within = match case.object {
        // The list of one's own organisations is for whoever has one.
        Object::None => !matches!(who, Who::Anonymous | Who::OfficerBySms),
        Object::Here => above || here && !is_target,
        Object::Elsewhere => above || there && !is_target,
        _ => false,
    };
    Some(who.role().filter(|_| within).map(|role| (role, Relation::Within)).into_iter().collect())
}

/// The address and the fields of a request; `None`: as everywhere.
pub async fn request(access: &Access, case: &Case, _: &Person) -> Option<(String, String)> {
    // Typed right: a form that is not taken is shown again, and for that one must be able to read the figures too.
    if case.deed.action != Action::SetTarget {
        return None;
    }
    let id = match case.object {
        Object::Here => access.places.county.to_string(),
        Object::Elsewhere => access.places.elsewhere.to_string(),
        Object::Deleted => access.deleted(Action::EndSession).await,
        _ => data_encoding::HEXLOWER.encode(&server::vault::random::<16>()),
    };
    Some((case.deed.path.replace("{id}", &id), "year=2026&goal=500".to_owned()))
}
