//! An officer, who asks back, looks and decides.

use crate::{person::Person, world::World};
use domain::{
    account::{Actor, Reach, Strength, SubjectId},
    policy::Role,
    ports::{Accounts as _, Deciding as _, Decision},
    time::Millis,
};
use server::{
    organisations,
    services::{
        accounts::{AccountService, begin},
        deciding::DecidingService,
        joining,
    },
};
use uuid::Uuid;

/// 金水区总工会, 已开通, with its officer.
pub struct Office {
    deciding: DecidingService,
    officer: Actor,
}

impl Office {
    pub async fn open(world: &World) -> Self {
        let people = &world.people;
        let now = world.pass(0);
        organisations::seed(&people.store, &people.regions, now).await.expect("the tree");
        joining::seed(&people.store, now).await.expect("the lists");
        let union = organisations::id_of_region(410_105);
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        let mut edit = people.store.edit().await.expect("begins");
        edit.put_trial_subject(subject, now).await.expect("a person");
        edit.put_grant(subject, Role::Officer, &Reach::Tree(union), None, now).await.expect("a role");
        edit.note_officer(union, now).await.expect("an officer was there");
        let begun = begin(people, &mut edit, subject, Strength::Passkey, "测试", None, now).await.expect("a session");
        edit.finish().await.expect("written");
        people.organisations.catch_up(&people.store).await.expect("reads");
        let officer = AccountService::new(people.clone()).actor(Some(&begun.token), now).await.expect("an actor");
        Self { deciding: DecidingService::new(people.clone()), officer }
    }

    async fn version(&self, id: &str, now: Millis) -> i64 {
        self.deciding.application(&self.officer, id, now).await.expect("a page").version
    }

    pub async fn asks_back(&self, id: &str, what: &str, now: Millis) {
        let version = self.version(id, now).await;
        let ask = Decision::AskBack(what.to_owned());
        self.deciding.decide(&self.officer, id, version, &ask, now).await.expect("asked");
    }

    /// The ID number is masked until a reason is given; then there is a member.
    pub async fn sees_and_approves(&self, id: &str, person: &Person, now: Millis) {
        let page = self.deciding.application(&self.officer, id, now).await.expect("a page");
        assert!(page.facts.iter().all(|(_, value)| !value.contains(&person.id_number)), "masked in the reply");
        self.deciding.reveal(&self.officer, id, &person.reason, now).await.unwrap_or_else(|_| panic!("shows"));
        self.deciding.approve(&self.officer, id, page.version, now).await.expect("a member");
    }
}
