//! A database with the union tree and the 示范 stations, and people with roles.

use crate::databases::regions;
use domain::{
    account::{Actor, OrganisationId, Reach, Strength, SubjectId},
    geo::Point,
    policy::{Action, Role},
    ports::{Accounts as _, Stations as _, Unsaid},
    station::{Station, Wanted},
    time::Millis,
};
use server::{
    config::{Config, Settings},
    finder::{self, Finder},
    organisations::{self, id_of_region},
    services::{
        accounts::{AccountService, begin},
        demo,
        people::People,
        staff::StaffService,
    },
    store::Store,
};
use std::{io::ErrorKind, sync::Arc};
use uuid::Uuid;

/// Monday 2026-11-23, 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;
pub const MINUTE: Millis = 60_000;
pub const DAY: Millis = 86_400_000;

pub struct World {
    pub people: People,
    pub staff: StaffService,
    _folder: tempfile::TempDir,
}

/// Somebody who has signed in.
#[derive(Clone)]
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
        demo::load(store, regions(), NOW).await.expect("the pack is good");
        let finder = Arc::new(Finder::empty());
        finder::load(store, &finder).await.expect("loads");
        let site = Arc::new(config().site());
        let people = People::for_tests(store.clone(), finder, regions(), site, folder.path()).await.expect("a vault");
        organisations::seed(store, &people.regions, NOW).await.expect("seeds");
        people.organisations.catch_up(store).await.expect("reads");
        let staff = StaffService::new(people.clone());
        Self { people, staff, _folder: folder }
    }

    /// A person without a role, and no number.
    pub async fn person(&self) -> SubjectId {
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_trial_subject(subject, NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
        subject
    }

    /// A person with a role, signed in as strongly as the role asks.
    pub async fn with_role(&self, role: Role, reach: Reach) -> Somebody {
        let subject = self.person().await;
        self.give(subject, role, &reach).await;
        let strength = match role {
            Role::Manager => Strength::Manager,
            Role::Worker | Role::Anonymous => Strength::Sms,
            _ => Strength::Passkey,
        };
        self.sign_in(subject, strength, NOW).await
    }

    pub async fn give(&self, subject: SubjectId, role: Role, reach: &Reach) {
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_grant(subject, role, reach, None, NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
    }

    pub async fn sign_in(&self, subject: SubjectId, strength: Strength, now: Millis) -> Somebody {
        let mut edit = self.people.store.edit().await.expect("begins");
        let begun = begin(&self.people, &mut edit, subject, strength, "测试", None, now).await.expect("begins");
        edit.finish().await.expect("lasts");
        let actor = self.actor(&begun.token, now).await;
        Somebody { subject, actor, token: begun.token }
    }

    /// Who a token stands for now.
    pub async fn actor(&self, token: &str, now: Millis) -> Actor {
        let accounts = AccountService::new(self.people.clone());
        accounts.actor(Some(token), now).await.expect("answers")
    }

    pub async fn officer(&self, adcode: u32) -> Somebody {
        self.with_role(Role::Officer, tree(adcode)).await
    }

    pub async fn administrator(&self) -> Somebody {
        self.with_role(Role::Administrator, Reach::Everywhere).await
    }

    /// A station in a county.
    pub fn station_in(&self, adcode: u32) -> Arc<Station> {
        let middle = Point::from_degrees(34.75, 113.66).expect("on earth");
        let near = self.people.finder.nearest(middle, 500, f64::INFINITY, &Wanted::default(), Unsaid::Include, NOW);
        let found = near.into_iter().find(|found| found.station.adcode == Some(adcode));
        found.expect("the pack has one there").station
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

pub fn tree(adcode: u32) -> Reach {
    Reach::Tree(union(adcode))
}
