//! Applying: the worker's own drafts and applications, links, and what helpers filled in.

use super::super::{
    cases::{Case, Object},
    people::{Person, Who},
    world::{Access, NOW},
};
use domain::{
    account::{ApplicationId, IdType, SubjectId},
    membership::ApplicationKind,
    policy::{Action, Relation, Role},
    time::DAY_MS,
};
use server::{
    http::deeds::Deed,
    store::{Hashes, Sending},
    vault::{Owner, Place, random},
};

/// With which objects an address is asked; `None`: it is not of this area.
pub fn objects(deed: &Deed) -> Option<&'static [Object]> {
    use Object::{Anothers, Deleted, Elsewhere, Guessed, Here, Mine, None as Nothing};
    let path = deed.path.as_str();
    Some(match path {
        _ if path.starts_with("/desk/links/") => &[Here, Elsewhere, Deleted, Guessed],
        "/me/applications" | "/join/{screen}" | "/join/for" | "/join/check/send" | "/join/forget" => &[Nothing],
        // What is asked back is answered; what is only sent is not.
        "/me/applications/{id}/answer" => &[Anothers, Deleted, Guessed],
        _ if path.starts_with("/me/applications/") => &[Mine, Anothers, Deleted, Guessed],
        "/join/confirm/{token}" => &[Guessed],
        _ => return None,
    })
}

/// Who stands how to the object, said by hand; `None`: it is not of this area.
pub fn relations(who: Who, case: &Case) -> Option<Vec<(Role, Relation)>> {
    let path = case.deed.path.as_str();
    objects(&case.deed)?;
    if path.starts_with("/desk/links/") {
        let is_station = path.ends_with("/poster");
        return Some(match (who, case.object) {
            // A manager's role reaches the own station, an officer's what lies below the own organisation.
            (Who::Manager, Object::Here) | (Who::OtherManager, Object::Elsewhere) if is_station => {
                vec![(Role::Manager, Relation::Within)]
            }
            (Who::OfficerInTree | Who::HandlerAssigned | Who::CoverAdministrator, Object::Here)
            | (Who::Administrator | Who::Auditor, Object::Here | Object::Elsewhere) => {
                who.role().map(|role| (role, Relation::Within)).into_iter().collect()
            }
            (Who::OfficerOutOfTree | Who::HandlerOther, Object::Elsewhere) if !is_station => {
                who.role().map(|role| (role, Relation::Within)).into_iter().collect()
            }
            _ => Vec::new(),
        });
    }
    let is_own = who != Who::Anonymous && matches!(case.object, Object::None | Object::Mine);
    Some(if is_own { vec![(Role::Worker, Relation::Own)] } else { Vec::new() })
}

/// The address and the fields of a request; `None`: as everywhere.
pub async fn request(access: &Access, case: &Case, who: &Person) -> Option<(String, String)> {
    objects(&case.deed)?;
    let guessed = || data_encoding::HEXLOWER.encode(&random::<16>());
    let places = access.places;
    let path = case.deed.path.as_str();
    let id = match case.object {
        Object::Mine => match who.subject {
            Some(subject) => application(access, subject).await,
            None => guessed(),
        },
        Object::Anothers => {
            let other = access.person(Who::OtherWorker).await;
            application(access, other.subject.expect("somebody")).await
        }
        Object::Deleted => access.deleted(case.deed.action).await,
        _ => guessed(),
    };
    let what = match case.object {
        Object::Here if path.ends_with("/poster") => format!("station:{}", places.station),
        Object::Elsewhere if path.ends_with("/poster") => format!("station:{}", places.other_station),
        Object::Here => format!("organisation:{}", places.county),
        Object::Elsewhere => format!("organisation:{}", places.elsewhere),
        _ => format!("organisation:{id}"),
    };
    let address = path
        .replace("{id}", &id)
        .replace("{what}", &what)
        .replace("{screen}", "name")
        .replace("{token}", &format!("{}{}", guessed(), guessed()));
    let fields = match (case.deed.action, path) {
        (Action::PrepareApplication, _) => {
            "mobile=13900139000&name=张三&id_type=resident&id_number=11010519491231002X&occupation=x&place=二七区"
        }
        (_, "/join/{screen}") => "name=张三",
        _ => "",
    };
    Some((address, fields.to_owned()))
}

/// An application of somebody, sent to the county's union.
async fn application(access: &Access, subject: SubjectId) -> String {
    let id = ApplicationId(random());
    let vault = &access.people.vault;
    let place = |column| Place { table: "application", column, row: id.0 };
    let name = vault.seal(Owner::Subject(subject), place("name"), "张三", NOW).await.expect("sealed");
    let number =
        vault.seal(Owner::Subject(subject), place("id_number"), "11010519491231002X", NOW).await.expect("sealed");
    let mut edit = access.people.store.edit().await.expect("writes");
    assert!(edit.begin_draft(id, subject, NOW).await.expect("written"));
    let sending = Sending {
        kind: ApplicationKind::Join,
        name: &name.0,
        id_type: IdType::Resident,
        id_number: &number.0,
        hashes: &Hashes::default(),
        number: &id.to_string(),
        owner: access.places.county,
        due_at: NOW + DAY_MS,
        route: "[]",
        kept_from_unit: false,
    };
    assert!(edit.send_application(id, &sending, NOW).await.expect("written"));
    edit.finish().await.expect("written");
    id.to_string()
}
