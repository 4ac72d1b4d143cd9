//! Applications as they lie before an officer.

use crate::world::{DAY, NOW, World, union};
use domain::{
    account::{ApplicationId, OrganisationId, SubjectId},
    membership::{ApplicationKind, ApplicationState, Lane},
    time::Millis,
};
use server::{
    services::{deciding::DecidingService, people::People},
    store::DecidingRow,
    vault::{Lookup, Owner, Place, random},
};

/// Who applies: what makes two of them one person.
#[derive(Clone, Copy, Debug)]
pub struct Applicant<'a> {
    pub name: &'a str,
    pub id_number: &'a str,
    pub mobile: &'a str,
    pub kind: ApplicationKind,
    pub due_at: Millis,
}

pub const ZHANG: Applicant<'static> = Applicant {
    name: "张晓明",
    id_number: "11010519491231002X",
    mobile: "13800005678",
    kind: ApplicationKind::Join,
    due_at: NOW + 4 * DAY,
};

pub const WANG: Applicant<'static> =
    Applicant { name: "王㛃", id_number: "440524188001010014", mobile: "13900001234", ..ZHANG };

pub fn deciding(world: &World) -> DecidingService {
    DecidingService::new(world.people.clone())
}

/// The row of somebody's application at an organisation.
pub async fn row(people: &People, subject: SubjectId, of: &Applicant<'_>, owner: OrganisationId) -> DecidingRow {
    let id = ApplicationId(random());
    let place = |column| Place { table: "application", column, row: id.0 };
    let key = Owner::Subject(subject);
    let name = people.vault.seal(key, place("name"), of.name, NOW).await.expect("seals");
    let number = people.vault.seal(key, place("id_number"), of.id_number, NOW).await.expect("seals");
    let id_hash = people.vault.hash(Lookup::IdNumber, &format!("resident:{}", of.id_number));
    let name_mobile = people.vault.hash(Lookup::Mobile, &format!("{}:{}", of.name, of.mobile));
    DecidingRow {
        id,
        subject: Some(subject),
        state: ApplicationState::Submitted,
        kind: of.kind,
        lane: Some(Lane::Region),
        name: Some(name.0),
        id_type: Some("resident".into()),
        id_number: Some(number.0),
        person_hash: None,
        id_hash: Some(id_hash.to_vec()),
        name_mobile_hash: Some(name_mobile.to_vec()),
        occupation: None,
        occupation_name: None,
        enterprise: None,
        enterprise_name: None,
        unit: None,
        adcode: Some(410_105),
        town: None,
        entry: None,
        number: Some(format!("R{}", &id.to_string()[..12])),
        owner: Some(owner),
        due_at: Some(of.due_at),
        route: Some(format!(r#"[{{"organisation":"{owner}","rule":"county"}}]"#)),
        submitted_at: Some(NOW - DAY),
        decided_at: None,
        authority: None,
        reason: None,
        answer: None,
        is_helped: false,
        version: 1,
    }
}

pub async fn put(people: &People, row: &DecidingRow) -> String {
    let mut edit = people.store.edit().await.expect("begins");
    edit.put_sent_application(row).await.expect("writes");
    edit.finish().await.expect("lasts");
    row.id.to_string()
}

impl World {
    /// Somebody new applies; gives the application and who it is.
    pub async fn applies(&self, of: &Applicant<'_>, adcode: u32) -> (String, SubjectId) {
        let subject = self.person().await;
        (self.applies_as(subject, of, adcode).await, subject)
    }

    pub async fn applies_as(&self, subject: SubjectId, of: &Applicant<'_>, adcode: u32) -> String {
        put(&self.people, &row(&self.people, subject, of, union(adcode)).await).await
    }

    /// An organisation is 已开通: an officer was there.
    pub async fn opens(&self, adcode: u32) {
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.note_officer(union(adcode), NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
        self.people.organisations.catch_up(&self.people.store).await.expect("reads");
    }

    /// An organisation is dissolved, in the database and where `seen` in memory.
    pub async fn dissolves(&self, adcode: u32, seen: bool) {
        let tree = self.people.organisations.tree();
        let mut gone = tree.get(union(adcode)).expect("there").clone();
        gone.dissolved_at = Some(NOW);
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_organisations(&[gone], NOW + 1).await.expect("writes");
        edit.finish().await.expect("lasts");
        if seen {
            self.people.organisations.catch_up(&self.people.store).await.expect("reads");
        }
    }

    /// The kinds of what happened to an application.
    pub async fn history(&self, id: &str) -> Vec<String> {
        let id = ApplicationId::parse(id).expect("an id");
        let rows = self.people.store.application_history(id).await.expect("reads");
        rows.into_iter().map(|(kind, ..)| kind).collect()
    }

    /// How many notices somebody has.
    pub async fn heard(&self, subject: SubjectId) -> usize {
        self.people.store.notices_of(subject, 50).await.expect("reads").len()
    }
}
