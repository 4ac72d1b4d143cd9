//! Members with and without a card.

use crate::databases::regions;
use domain::{
    account::{Actor, MembershipId, Strength, SubjectId},
    membership::{
        MembershipState,
        card::{Token, token_in},
    },
    ports::{Accounts as _, CardCode, Cards as _, MyCard},
    time::Millis,
};
use server::{
    config::{Config, Settings},
    finder::Finder,
    organisations::{self, id_of_region},
    services::{
        accounts::{AccountService, begin},
        card::CardService,
        membership::cards,
        people::People,
    },
    store::{MembershipRow, PersonHashes, SealedIdentity, Store},
    vault::{Lookup, Owner, Place, Vault},
};
use std::{io::ErrorKind, sync::Arc};
use uuid::Uuid;

/// Monday 2026-11-23, 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;
pub const DAY: Millis = 86_400_000;
pub const YEAR: Millis = 365 * DAY;
/// A number as one of theirs could be.
pub const NUMBER: &str = "410105202600073A5";
pub const MOBILE: &str = "13812345678";
pub const ID_NUMBER: &str = "11010519491231002X";

pub struct World {
    pub people: People,
    pub cards: CardService,
    _folder: tempfile::TempDir,
}

pub struct Member {
    pub subject: SubjectId,
    pub actor: Actor,
    pub membership: MembershipId,
}

impl World {
    pub async fn new(store: &Store) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("nothing is set");
        let site = Arc::new(Config::check(&settings).expect("the defaults are fine").site());
        let finder = Arc::new(Finder::empty());
        let mut people =
            People::for_tests(store.clone(), finder, regions(), site, folder.path()).await.expect("a vault");
        // From a file, as keys that are rotated have to be.
        let keys = people.vault.key_store().clone();
        people.vault = Vault::open_file(&folder.path().join("vault.key"), keys).expect("a key file").0;
        organisations::seed(store, &people.regions, NOW).await.expect("seeds");
        people.organisations.catch_up(store).await.expect("reads");
        let cards = CardService::new(people.clone());
        Self { people, cards, _folder: folder }
    }

    /// Somebody of whom name, number and ID are known, signed in.
    pub async fn somebody(&self) -> (SubjectId, Actor) {
        let people = &self.people;
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        let place = |column| Place { table: "subject", column, row: subject.0 };
        let owner = Owner::Subject(subject);
        let seal = async |column, text| people.vault.seal(owner, place(column), text, NOW).await.expect("seals").0;
        let (name, id, mobile) = (seal("name", "张大明").await, seal("id_number", ID_NUMBER).await, MOBILE);
        let sealed = seal("mobile", mobile).await;
        let mut edit = people.store.edit().await.expect("begins");
        let tag = subject.to_string();
        edit.put_subject(subject, &people.vault.hash(Lookup::Mobile, &tag), &sealed, NOW).await.expect("writes");
        let identity = SealedIdentity {
            name: &name,
            id_type: domain::account::IdType::Resident,
            id_number: &id,
            id_hash: &people.vault.hash(Lookup::IdNumber, &tag),
            id_check: "form",
            person_hash: None,
        };
        edit.put_identity(subject, &identity).await.expect("writes");
        let begun =
            begin(people, &mut edit, subject, Strength::Sms, "测试", None, NOW).await.expect("begins a session");
        edit.finish().await.expect("lasts");
        let accounts = AccountService::new(people.clone());
        let actor = accounts.actor(Some(&begun.token), NOW).await.expect("answers");
        (subject, actor)
    }

    /// A member of the union of 金水区, valid for a year.
    pub async fn member(&self) -> Member {
        let (subject, actor) = self.somebody().await;
        let membership = self.membership(subject, NUMBER, NOW + YEAR).await;
        Member { subject, actor, membership }
    }

    pub async fn membership(&self, subject: SubjectId, number: &str, until: Millis) -> MembershipId {
        let id = MembershipId(Uuid::now_v7().into_bytes());
        let row = MembershipRow {
            id,
            subject: Some(subject),
            organisation: id_of_region(410_105),
            number: format!("{}-{number}", &id.to_string()[20..]),
            external_number: None,
            state: MembershipState::Active,
            occupation: None,
            enterprise: None,
            adcode: None,
            authority: "金水区总工会委员会".into(),
            entered_by: None,
            application: None,
            source: "application".into(),
            joined_at: NOW,
            valid_until: until,
            took_part_at: None,
            warned_at: None,
            ends_at: None,
            ended_at: None,
            reason: None,
            objection: None,
            objected_at: None,
            version: 0,
        };
        let mut edit = self.people.store.edit().await.expect("begins");
        assert!(edit.put_membership(&row, PersonHashes::default(), NOW).await.expect("writes"));
        edit.finish().await.expect("lasts");
        id
    }

    /// Puts a membership into another state, as a service does: with the hook.
    pub async fn change(&self, membership: MembershipId, now: Millis, with: impl FnOnce(&mut MembershipRow)) {
        let mut edit = self.people.store.edit().await.expect("begins");
        let mut row = edit.membership(membership).await.expect("reads").expect("a membership");
        with(&mut row);
        assert!(edit.save_membership(&row, now).await.expect("writes"));
        cards::ended(&mut edit, membership, now).await.expect("revokes");
        edit.finish().await.expect("lasts");
    }

    pub async fn shown(&self, member: &Member, now: Millis) -> MyCard {
        self.cards.show(&member.actor, now).await.unwrap_or_else(|why| panic!("no card: {why:?}"))
    }

    pub async fn kept(&self, member: &Member, now: Millis) -> CardCode {
        self.cards.keep(&member.actor, now).await.unwrap_or_else(|why| panic!("no card: {why:?}")).code
    }
}

/// What a code says.
pub fn read(code: &CardCode) -> Token {
    Token::read(token_in(&code.address)).expect("a token")
}
