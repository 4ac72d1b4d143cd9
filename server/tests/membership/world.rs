//! A database with the union tree, members, and officers who are there.

use crate::databases::regions;
use domain::{
    account::{Actor, MembershipId, OrganisationId, Reach, Strength, SubjectId},
    membership::{MembershipState, TransferState},
    policy::{Action, Role},
    ports::{
        Accounts as _, MemberCase, MemberDeed, Memberships as _, MyMembership, NotDone, TypedDecision, TypedDeed,
        TypedTransfer,
    },
    time::{DAY_MS, Millis},
};
use server::{
    config::{Config, Settings},
    finder::Finder,
    organisations::{self, id_of_region},
    services::{
        accounts::{AccountService, begin},
        membership::{MembershipService, pass},
        people::People,
    },
    store::{MembershipRow, PersonHashes, Store},
};
use std::{io::ErrorKind, sync::Arc};
use uuid::Uuid;

/// Monday 2026-11-23, 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;
pub const DAY: Millis = DAY_MS;

/// 郑州: province, city, two counties; and another province.
pub const PROVINCE: u32 = 410_000;
pub const CITY: u32 = 410_100;
pub const OLD: u32 = 410_103;
pub const NEW: u32 = 410_105;
pub const FAR: u32 = 420_000;

pub struct World {
    pub people: People,
    pub members: MembershipService,
    _folder: tempfile::TempDir,
}

/// Somebody who has signed in.
#[derive(Clone)]
pub struct Somebody {
    pub subject: SubjectId,
    pub actor: Actor,
}

impl World {
    /// With an officer at each of these unions, who was there just now.
    pub async fn new(store: &Store, open: &[u32]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("nothing is set");
        let site = Arc::new(Config::check(&settings).expect("the defaults are fine").site());
        let finder = Arc::new(Finder::empty());
        let people = People::for_tests(store.clone(), finder, regions(), site, folder.path()).await.expect("a vault");
        organisations::seed(store, &people.regions, NOW).await.expect("seeds");
        let members = MembershipService::new(people.clone());
        let world = Self { people, members, _folder: folder };
        world.officers_were_at(open, NOW).await;
        world
    }

    pub async fn officers_were_at(&self, unions: &[u32], at: Millis) {
        let mut edit = self.people.store.edit().await.expect("begins");
        for adcode in unions {
            edit.note_officer(union(*adcode), at).await.expect("writes");
        }
        edit.finish().await.expect("lasts");
        self.people.organisations.catch_up(&self.people.store).await.expect("reads");
    }

    pub async fn dissolve(&self, adcode: u32) {
        let mut rows = self.people.store.organisations().await.expect("reads");
        rows.retain(|row| row.id == union(adcode));
        rows[0].dissolved_at = Some(NOW);
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_organisations(&rows, NOW + 1).await.expect("writes");
        edit.finish().await.expect("lasts");
        self.people.organisations.catch_up(&self.people.store).await.expect("reads");
    }

    /// Somebody with a role, or none.
    pub async fn somebody(&self, role: Option<(Role, Reach)>) -> Somebody {
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_trial_subject(subject, NOW).await.expect("writes");
        let mut strength = Strength::Sms;
        if let Some((role, reach)) = &role {
            edit.put_grant(subject, *role, reach, None, NOW).await.expect("writes");
            strength = Strength::Passkey;
        }
        let begun = begin(&self.people, &mut edit, subject, strength, "测试", None, NOW).await.expect("begins");
        edit.finish().await.expect("lasts");
        let accounts = AccountService::new(self.people.clone());
        let actor = accounts.actor(Some(&begun.token), NOW).await.expect("answers");
        Somebody { subject, actor }
    }

    pub async fn officer(&self, adcode: u32) -> Somebody {
        self.somebody(Some((Role::Officer, Reach::Tree(union(adcode))))).await
    }

    /// A membership of somebody.
    pub async fn give_membership(&self, subject: SubjectId, adcode: u32, took_part_at: Option<Millis>) -> String {
        let id = MembershipId(Uuid::now_v7().into_bytes());
        let row = MembershipRow {
            id,
            subject: Some(subject),
            organisation: union(adcode),
            number: id.to_string(),
            external_number: None,
            state: MembershipState::Active,
            occupation: None,
            enterprise: None,
            adcode: Some(adcode),
            authority: "测试工会".into(),
            entered_by: None,
            application: None,
            source: "import".into(),
            joined_at: NOW,
            valid_until: NOW + 365 * DAY,
            took_part_at,
            warned_at: None,
            ends_at: None,
            ended_at: None,
            reason: None,
            objection: None,
            objected_at: None,
            version: 0,
        };
        let mut edit = self.people.store.edit().await.expect("begins");
        assert!(edit.put_membership(&row, PersonHashes::default(), NOW).await.expect("writes"), "a member already");
        edit.finish().await.expect("lasts");
        id.to_string()
    }

    /// A member of a union, and the membership.
    pub async fn member(&self, adcode: u32) -> (Somebody, String) {
        let somebody = self.somebody(None).await;
        let id = self.give_membership(somebody.subject, adcode, None).await;
        (somebody, id)
    }

    pub async fn mine(&self, who: &Somebody, now: Millis) -> MyMembership {
        self.members.mine(&who.actor, now).await.expect("reads").expect("there is one")
    }

    pub async fn ask(&self, who: &Somebody, to: u32, now: Millis) -> Result<(), NotDone> {
        let typed = TypedTransfer { to: union(to).to_string(), is_agreed: true };
        self.members.ask_transfer(&who.actor, &typed, now).await
    }

    /// The id of the transfer of somebody.
    pub async fn transfer_of(&self, membership: &str) -> String {
        let id = MembershipId::parse(membership).expect("an id");
        self.people.store.last_transfer(id).await.expect("reads").expect("there is one").id.to_string()
    }

    /// An officer decides, having just looked.
    pub async fn decide(
        &self,
        officer: &Somebody,
        transfer: &str,
        side: &str,
        decision: &str,
        now: Millis,
    ) -> Result<(), NotDone> {
        let case = self.members.transfer(&officer.actor, transfer, now).await?;
        let typed = TypedDecision {
            side: side.into(),
            decision: decision.into(),
            why: "unknown".into(),
            reason: "这里没有你的岗位".into(),
            version: case.version.to_string(),
        };
        self.members.decide_transfer(&officer.actor, transfer, &typed, now).await
    }

    /// An officer does something to a membership, having just looked.
    pub async fn act(
        &self,
        officer: &Somebody,
        membership: &str,
        deed: MemberDeed,
        ruling: &str,
        now: Millis,
    ) -> Result<(), NotDone> {
        let seen: MemberCase = self.members.member(&officer.actor, membership, now).await?;
        let typed = TypedDeed {
            version: seen.version.to_string(),
            on: String::new(),
            ruling: ruling.into(),
            reason: "违反工会章程，多次提醒不改".into(),
        };
        self.members.do_to_member(&officer.actor, membership, deed, &typed, now).await
    }

    /// The program looks, every day from one day to another.
    pub async fn days(&self, from: i64, to: i64) {
        for day in from..=to {
            pass(&self.people, NOW + day * DAY).await.expect("looks");
        }
    }

    /// Title and text of the newest notice.
    pub async fn told(&self, who: &Somebody) -> (String, String) {
        let accounts = AccountService::new(self.people.clone());
        let row = accounts.inbox(&who.actor).await.expect("reads").remove(0);
        let notice = accounts.notice(&who.actor, row.id, NOW).await.expect("reads");
        (notice.title, notice.text)
    }

    pub async fn notices(&self, who: &Somebody) -> usize {
        self.people.store.notices_of(who.subject, 100).await.expect("reads").len()
    }

    /// What the audit log says of an action, oldest first.
    pub async fn audited(&self, action: Action) -> Vec<String> {
        let rows = self.people.store.audit_after(0, 10_000).await.expect("reads");
        rows.into_iter().filter(|row| row.action == action.code()).map(|row| row.reason).collect()
    }
}

pub fn union(adcode: u32) -> OrganisationId {
    id_of_region(adcode)
}

pub fn state_of(one: &MyMembership) -> (MembershipState, Option<TransferState>) {
    (one.state, one.transfer.as_ref().map(|transfer| transfer.state))
}
