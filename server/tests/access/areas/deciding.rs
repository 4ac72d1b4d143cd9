//! Applications at the officers' desk.

use super::super::{
    cases::{Case, Object},
    people::{Person, Who},
    world::{Access, NOW},
};
use domain::{
    account::{ApplicationId, OrganisationId, SubjectId},
    membership::{ApplicationKind, ApplicationState, Lane},
    policy::{Relation, Role},
};
use server::{http::deeds::Deed, store::DecidingRow, vault::random};

/// The queue and ticking in it name no application; the rest is asked with one within reach, one out of it and one's
/// own.
fn is_of_one(path: &str) -> bool {
    path.starts_with("/desk/applications/{id}")
}

/// With which objects an address is asked; `None`: it is not of this area.
pub fn objects(deed: &Deed) -> Option<&'static [Object]> {
    match deed.path.as_str() {
        path if is_of_one(path) => Some(&[Object::Mine, Object::Here, Object::Elsewhere, Object::Guessed]),
        "/desk/applications" | "/desk/applications/approve" => Some(&[Object::None]),
        _ => None,
    }
}

/// Who stands how to the object, said by hand; `None`: it is not of this area.
pub fn relations(who: Who, case: &Case) -> Option<Vec<(Role, Relation)>> {
    objects(&case.deed)?;
    let within = |is_within: bool| who.role().filter(|_| is_within).map(|role| (role, Relation::Within));
    let held = match (who, case.object) {
        // A queue is of whoever has one at all.
        (Who::Manager | Who::OtherManager, Object::None) => within(false),
        // Roles that are given for the county, for another province, or for the whole country.
        (_, Object::None)
        | (Who::OfficerInTree | Who::HandlerAssigned | Who::CoverAdministrator, Object::Here)
        | (Who::OfficerOutOfTree | Who::HandlerOther, Object::Elsewhere)
        | (Who::Administrator | Who::Auditor, Object::Here | Object::Elsewhere) => within(true),
        // One's own lies at the desk of others.
        _ => None,
    };
    Some(held.into_iter().collect())
}

/// The address and the fields of a request; `None`: as everywhere.
pub async fn request(access: &Access, case: &Case, who: &Person) -> Option<(String, String)> {
    objects(&case.deed)?;
    let places = access.places;
    let id = match case.object {
        Object::Mine => match who.subject {
            Some(subject) => access.application(subject, places.county).await,
            None => ApplicationId(random()).to_string(),
        },
        Object::Here => access.application(access.somebody().await, places.county).await,
        Object::Elsewhere => access.application(access.somebody().await, places.elsewhere).await,
        _ => ApplicationId(random()).to_string(),
    };
    let fields = match case.deed.path.as_str() {
        "/desk/applications/approve" => format!("pick={id}:1"),
        // Whole deeds: what is wrong with half of one is told on a page that asks for another right.
        "/desk/applications/{id}/reveal" => "reason=核对一下号码".to_owned(),
        "/desk/applications/{id}/approve" => "version=1".to_owned(),
        _ => "version=0".to_owned(),
    };
    let fields = if case.deed.method == http::Method::POST { fields } else { String::new() };
    Some((case.deed.path.replace("{id}", &id), fields))
}

impl Access {
    async fn somebody(&self) -> SubjectId {
        self.person(Who::OtherWorker).await.subject.expect("somebody")
    }

    /// An application of somebody at an organisation.
    pub async fn application(&self, subject: SubjectId, owner: OrganisationId) -> String {
        let row = DecidingRow {
            id: ApplicationId(random()),
            subject: Some(subject),
            state: ApplicationState::Submitted,
            kind: ApplicationKind::Join,
            lane: Some(Lane::Region),
            name: None,
            id_type: None,
            id_number: None,
            person_hash: None,
            id_hash: None,
            name_mobile_hash: None,
            occupation: None,
            occupation_name: None,
            enterprise: None,
            enterprise_name: None,
            unit: None,
            adcode: None,
            town: None,
            entry: None,
            number: None,
            owner: Some(owner),
            due_at: Some(NOW),
            route: None,
            submitted_at: Some(NOW),
            decided_at: None,
            authority: None,
            reason: None,
            answer: None,
            is_helped: false,
            version: 1,
        };
        let mut edit = self.people.store.edit().await.expect("writes");
        edit.put_sent_application(&row).await.expect("written");
        edit.finish().await.expect("written");
        row.id.to_string()
    }
}
