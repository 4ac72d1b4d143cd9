//! Every address of the program with every kind of object it can be asked about, and who stands how to it.

use super::{
    areas,
    people::{Person, Who},
    world::Access,
};
use domain::policy::{Action, Relation, Role};
use http::Method;
use server::http::deeds::{Deed, deeds};

/// What an address is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// Nothing in particular, or the whole of what somebody has.
    None,
    /// Something of the person who asks.
    Mine,
    /// The same of somebody else.
    Anothers,
    /// The worker's matter, which one handler was given.
    Matter,
    /// A matter of somebody else, given to nobody.
    OtherMatter,
    /// The station or organisation that roles in this world reach.
    Here,
    /// One that they do not reach.
    Elsewhere,
    /// It was there once.
    Deleted,
    /// It never was.
    Guessed,
}

/// One request to be made.
#[derive(Clone, Debug)]
pub struct Case {
    pub deed: Deed,
    pub object: Object,
}

/// Addresses that are the same for everybody and show no object of anybody's are asked once; the rest with every
/// object they can name.
pub fn cases() -> Vec<Case> {
    deeds()
        .into_iter()
        .flat_map(|deed| objects(&deed).iter().map(move |&object| Case { deed: deed.clone(), object }))
        .collect()
}

fn objects(deed: &Deed) -> &'static [Object] {
    use Object::{Anothers, Deleted, Elsewhere, Guessed, Here, Matter, Mine, None, OtherMatter};
    if let Some(objects) = areas::objects(deed) {
        return objects;
    }
    match (deed.action, deed.path.as_str()) {
        // The form itself names nobody; whose number is changed stands in the fields, and has denials of its own.
        (Action::ChangeMobileOf, _) => &[None],
        (Action::ReadNotice | Action::EndSession, _) | (_, "/me/keys/{id}" | "/me/keys/{id}/remove") => {
            &[Mine, Anothers, Deleted, Guessed]
        }
        (Action::ReadMatter, _) => &[Matter, OtherMatter, Deleted, Guessed],
        (
            Action::ReadStationDesk
            | Action::ClearAlert
            | Action::AppointManager
            | Action::ReadOrganisation
            | Action::AppointStaff
            | Action::AppointAdministrator,
            _,
        ) => &[Here, Elsewhere, Deleted, Guessed],
        _ => &[None],
    }
}

/// Who stands how to an object: said once more by hand, not asked of the program.
pub fn relations(who: Who, case: &Case) -> Vec<(Role, Relation)> {
    let (action, object) = (case.deed.action, case.object);
    if let Some(relations) = areas::relations(who, case) {
        return relations;
    }
    let mut relations = Vec::new();
    if who != Who::Anonymous
        && (object == Object::Mine
            || (object == Object::None
                && matches!(action, Action::ReadAccount | Action::ChangeAccount | Action::RevealIdentity)))
    {
        relations.push((Role::Worker, Relation::Own));
    }
    match (who, object) {
        (Who::Worker, Object::Matter) => relations.push((Role::Worker, Relation::Own)),
        (Who::HandlerAssigned, Object::Matter) => relations.push((Role::Handler, Relation::Assigned)),
        // Roles that are given for the county, or for the whole country.
        (Who::Manager, Object::Here)
            if matches!(action, Action::ReadStationDesk | Action::ClearAlert | Action::AppointManager) =>
        {
            relations.push((Role::Manager, Relation::Within));
        }
        (Who::OtherManager, Object::Elsewhere)
            if matches!(action, Action::ReadStationDesk | Action::ClearAlert | Action::AppointManager) =>
        {
            relations.push((Role::Manager, Relation::Within));
        }
        (Who::OfficerOutOfTree | Who::HandlerOther, Object::Elsewhere)
            if matches!(action, Action::ReadOrganisation | Action::AppointStaff | Action::AppointAdministrator) =>
        {
            relations.extend(who.role().map(|role| (role, Relation::Within)));
        }
        // The form for another number is for whoever reaches anybody at all.
        (
            Who::OfficerInTree
            | Who::OfficerOutOfTree
            | Who::HandlerAssigned
            | Who::HandlerOther
            | Who::CoverAdministrator
            | Who::Administrator
            | Who::Auditor,
            Object::None,
        ) if action == Action::ChangeMobileOf => {
            relations.extend(who.role().map(|role| (role, Relation::Within)));
        }
        (Who::OfficerInTree | Who::HandlerAssigned | Who::CoverAdministrator, Object::Here)
        | (Who::Administrator | Who::Auditor, Object::Here | Object::Elsewhere) => {
            relations.extend(who.role().map(|role| (role, Relation::Within)));
        }
        _ => {}
    }
    relations
}

/// The address and the fields of a request, with objects made for it.
pub async fn request(access: &Access, case: &Case, who: &Person) -> (String, String) {
    if let Some(request) = areas::request(access, case, who).await {
        return request;
    }
    let Deed { method, path, action } = &case.deed;
    let places = access.places;
    let random = || data_encoding::HEXLOWER.encode(&server::vault::random::<16>());
    let id = match (action, case.object) {
        (Action::ReadNotice, Object::Mine) => match who.subject {
            Some(subject) => access.notice(subject).await.to_string(),
            None => random(),
        },
        (Action::ReadNotice, Object::Anothers) => {
            let other = access.person(Who::OtherWorker).await;
            access.notice(other.subject.expect("somebody")).await.to_string()
        }
        (Action::EndSession, Object::Mine) => who.session.clone().unwrap_or_else(random),
        (Action::EndSession, Object::Anothers) => access.person(Who::OtherWorker).await.session.expect("somebody"),
        (Action::ReadMatter, Object::Matter) => {
            let handler =
                if who.who == Who::HandlerAssigned { who.clone() } else { access.person(Who::HandlerAssigned).await };
            let worker = if who.who == Who::Worker { who.clone() } else { access.person(Who::Worker).await };
            access.matter(&worker, Some(&handler)).await.to_string()
        }
        (Action::ReadMatter, Object::OtherMatter) => {
            let worker = access.person(Who::OtherWorker).await;
            access.matter(&worker, None).await.to_string()
        }
        (_, object) if path.starts_with("/me/keys/") && matches!(object, Object::Mine | Object::Anothers) => {
            let owner = if object == Object::Mine { who.clone() } else { access.person(Who::OtherWorker).await };
            match owner.subject {
                Some(subject) => access.passkey(subject).await,
                None => random(),
            }
        }
        (_, Object::Here | Object::Elsewhere) if path.starts_with("/desk/grants/") => {
            let of = if case.object == Object::Here { places.county } else { places.elsewhere };
            access.grant(of).await
        }
        (_, Object::Here | Object::Elsewhere) if path == "/desk/invitations/withdraw" => {
            let to = if case.object == Object::Here { places.county } else { places.elsewhere };
            access.invitation(to).await
        }
        (_, Object::Here | Object::Elsewhere) if path == "/desk/stations/{code}/alerts" => {
            let at = if case.object == Object::Here { places.station } else { places.other_station };
            access.alert(at).await
        }
        (_, Object::Deleted) => access.deleted(*action).await,
        (_, Object::Guessed) => random(),
        _ => String::new(),
    };
    let code = match case.object {
        Object::Here => places.station.to_string(),
        Object::Elsewhere => places.other_station.to_string(),
        Object::Deleted | Object::Guessed => "0123456789".to_owned(),
        _ => String::new(),
    };
    let organisation = match case.object {
        Object::Here => places.county.to_string(),
        Object::Elsewhere => places.elsewhere.to_string(),
        _ => id.clone(),
    };
    let mut address = path.replace("{code}", &code).replace("{token}", &random()).replace("{*file}", "none");
    address = if path.starts_with("/desk/organisations/") {
        address.replace("{id}", &organisation)
    } else {
        address.replace("{id}", &id)
    };
    let fields = if *method == Method::POST { fields(path, &id) } else { String::new() };
    (public(&address), fields)
}

/// Parts of public addresses, which are nobody's.
fn public(address: &str) -> String {
    let parts = [("{adcode}", "410000"), ("{road}", "G1"), ("{heading}", "up"), ("{app}", "amap"), ("{*rest}", "none")];
    parts.into_iter().fold(address.to_owned(), |address, (part, value)| address.replace(part, value))
}

/// What is typed: right enough to come to the decision who may, and not so right that it changes much.
fn fields(path: &str, id: &str) -> String {
    match path {
        "/me/sessions/end" => format!("id={id}"),
        "/desk/invitations/withdraw" => format!("invitation={id}"),
        "/desk/stations/{code}/alerts" => format!("alert={id}"),
        "/me/identity/reveal" => "reason=核对一下".to_owned(),
        "/me/consents" => "purpose=sms&version=1".to_owned(),
        _ => String::new(),
    }
}
