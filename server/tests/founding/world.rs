//! A database with the union tree, open unions, and people.

use crate::databases::regions;
use domain::{
    account::{Actor, IdType, OrganisationId, Reach, Strength, SubjectId},
    organisation::{Kind, Level, Organisation},
    policy::{Action, Role},
    ports::{Accounts as _, Ports},
    time::Millis,
};
use server::{
    config::{Config, Settings},
    finder::Finder,
    organisations::{self, id_of_region},
    services::{
        accounts::{AccountService, begin},
        people::People,
        reports::{DoorReports, Secret},
    },
    store::{SealedIdentity, Store},
    vault::{Owner, Place, random},
};
use std::{io::ErrorKind, sync::Arc};
use uuid::Uuid;

/// Monday 2026-11-23, 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;
pub const DAY: Millis = 86_400_000;
pub const CITY: u32 = 410_100;
pub const COUNTY: u32 = 410_103;

pub struct World {
    pub people: People,
    pub ports: Ports,
    _folder: tempfile::TempDir,
}

/// Somebody who has signed in.
pub struct Somebody {
    pub subject: SubjectId,
    pub actor: Actor,
    pub token: String,
}

pub fn config() -> Config {
    let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("nothing is set");
    Config::check(&settings).expect("the defaults are fine")
}

impl World {
    pub async fn new(store: &Store) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let finder = Arc::new(Finder::empty());
        let site = Arc::new(config().site());
        let people =
            People::for_tests(store.clone(), finder.clone(), regions(), site, folder.path()).await.expect("a vault");
        organisations::seed(store, &people.regions, NOW).await.expect("seeds");
        people.organisations.catch_up(store).await.expect("reads");
        let reports = DoorReports::new(store.clone(), finder, Secret::random());
        let ports = people.ports(Arc::new(server::roads::Held::default()), Arc::new(reports));
        Self { people, ports, _folder: folder }
    }

    /// An officer of a union is there: it is 已开通.
    pub async fn open(&self, adcode: u32, at: Millis) {
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.note_officer(union(adcode), at).await.expect("writes");
        edit.finish().await.expect("lasts");
        self.people.organisations.catch_up(&self.people.store).await.expect("reads");
    }

    /// The own union of an employer, below the county's.
    pub async fn own_union(&self, name: &str) -> OrganisationId {
        let id = OrganisationId(random());
        let row = Organisation {
            id,
            code: None,
            name: name.to_owned(),
            kind: Kind::Grassroots,
            level: Level::Unit,
            adcode: Some(COUNTY),
            parent: Some(union(COUNTY)),
            industry: None,
            dues: None,
            phone: None,
            source: "test".into(),
            seeded: false,
            officer_active_at: None,
            dissolved_at: None,
        };
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_organisations(&[row], NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
        self.people.organisations.catch_up(&self.people.store).await.expect("reads");
        id
    }

    /// A worker with a name.
    pub async fn worker(&self, name: &str) -> Somebody {
        let subject = self.person().await;
        let place = |column| Place { table: "subject", column, row: subject.0 };
        let seal = async |column, text: &str| {
            self.people.vault.seal(Owner::Subject(subject), place(column), text, NOW).await.expect("seals").0
        };
        let (sealed, number) = (seal("name", name).await, seal("id_number", "11010519491231002X").await);
        let identity = SealedIdentity {
            name: &sealed,
            id_type: IdType::Resident,
            id_number: &number,
            id_hash: &random(),
            id_check: "form",
            person_hash: None,
        };
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_identity(subject, &identity).await.expect("writes");
        edit.finish().await.expect("lasts");
        self.sign_in(subject, Strength::Sms).await
    }

    async fn person(&self) -> SubjectId {
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_trial_subject(subject, NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
        subject
    }

    pub async fn give(&self, subject: SubjectId, role: Role, reach: &Reach) {
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_grant(subject, role, reach, None, NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
    }

    pub async fn sign_in(&self, subject: SubjectId, strength: Strength) -> Somebody {
        let mut edit = self.people.store.edit().await.expect("begins");
        let begun = begin(&self.people, &mut edit, subject, strength, "测试", None, NOW).await.expect("begins");
        edit.finish().await.expect("lasts");
        let accounts = AccountService::new(self.people.clone());
        let actor = accounts.actor(Some(&begun.token), NOW).await.expect("answers");
        Somebody { subject, actor, token: begun.token }
    }

    pub async fn with_roles(&self, roles: &[(Role, Reach)]) -> Somebody {
        let subject = self.person().await;
        for (role, reach) in roles {
            self.give(subject, *role, reach).await;
        }
        self.sign_in(subject, Strength::Passkey).await
    }

    pub async fn officer(&self, adcode: u32) -> Somebody {
        self.with_roles(&[(Role::Officer, Reach::Tree(union(adcode)))]).await
    }

    pub async fn notices(&self, of: &Somebody) -> usize {
        self.people.store.notices_of(of.subject, 100).await.expect("reads").len()
    }

    /// What the audit log says of an action: object and reason, oldest first.
    pub async fn audited(&self, action: Action) -> Vec<(String, String)> {
        let rows = self.people.store.audit_after(0, 10_000).await.expect("reads");
        let of_action = rows.into_iter().filter(|row| row.action == action.code());
        of_action.map(|row| (row.object, row.reason)).collect()
    }
}

pub fn union(adcode: u32) -> OrganisationId {
    id_of_region(adcode)
}
