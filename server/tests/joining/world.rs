//! A country with its unions, the lists that ship, and people with phones.

use crate::databases::regions;
use domain::{
    account::{Actor, IdType, OrganisationId, Reach, Strength, SubjectId},
    membership::{ApplicationKind, Lane, Screen},
    organisation::{Kind, Level, Organisation},
    policy::{Action, Role},
    ports::{
        Accounts as _, Browser, CodeFor, Entered, Joining as _, NotSaved, NotSubmitted, Registered, Sender, TypedScreen,
    },
    time::Millis,
};
use server::{
    calendar,
    config::{Config, Settings},
    finder::{self, Finder},
    organisations::{self, id_of_code, id_of_region},
    services::{
        accounts::{AccountService, begin},
        demo,
        joining::{self, JoiningService},
        people::People,
    },
    store::Store,
};
use std::{io::ErrorKind, sync::Arc};
use uuid::Uuid;

/// Monday 2026-11-23, 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;
pub const DAY: Millis = 86_400_000;

/// 金水区, 郑州市, 河南省.
pub const JINSHUI: u32 = 410_105;

/// Numbers that are right (GB 11643): the last character is worked out here.
pub fn id_number(which: u32) -> String {
    let head = format!("410105{}01{:02}{:03}", 1980 + which / 25 % 20, which % 25 + 1, which / 500 % 1000);
    with_check(&head)
}

pub fn with_check(head: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = head.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{head}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

pub struct World {
    pub people: People,
    pub joining: JoiningService,
    pub accounts: AccountService,
    _folder: tempfile::TempDir,
}

/// Somebody with a phone.
pub struct Somebody {
    pub subject: SubjectId,
    pub actor: Actor,
    pub mobile: String,
}

impl World {
    pub async fn new(store: &Store) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        demo::load(store, regions(), NOW).await.expect("the pack is good");
        let finder = Arc::new(Finder::empty());
        finder::load(store, &finder).await.expect("loads");
        finder.set_calendar(calendar::shipped());
        let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("nothing is set");
        let site = Arc::new(Config::check(&settings).expect("the defaults are fine").site());
        let people = People::for_tests(store.clone(), finder, regions(), site, folder.path()).await.expect("a vault");
        organisations::seed(store, &people.regions, NOW).await.expect("seeds");
        joining::seed(store, NOW).await.expect("seeds");
        people.organisations.catch_up(store).await.expect("reads");
        Self {
            joining: JoiningService::new(people.clone()),
            accounts: AccountService::new(people.clone()),
            people,
            _folder: folder,
        }
    }

    /// Signs in with a number of one's own.
    pub async fn person(&self, which: u32) -> Somebody {
        let mobile = format!("139{which:08}");
        let browser = Browser {
            sender: Sender {
                device: format!("{which:032x}"),
                network: format!("10.{}.{}.0/24", which / 256, which % 256),
            },
            phone: "安卓手机 · 微信".to_owned(),
            session: None,
        };
        let sent = self.accounts.send_code(&mobile, CodeFor::SignIn, &browser, NOW).await.expect("sent");
        let code = self.people.sms.last_code(&mobile).expect("a code");
        let entered = self.accounts.enter_code(&sent.attempt, &code, &browser, NOW).await.expect("entered");
        let Entered::SignedIn(signed_in) = entered else { panic!("{entered:?}") };
        let actor = self.accounts.actor(Some(&signed_in.session), NOW).await.expect("answers");
        Somebody { subject: actor.subject().expect("somebody"), actor, mobile }
    }

    /// An officer who was there at a moment.
    pub async fn opened(&self, id: OrganisationId, at: Millis) {
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.note_officer(id, at).await.expect("writes");
        edit.finish().await.expect("lasts");
        self.people.organisations.catch_up(&self.people.store).await.expect("reads");
    }

    /// Somebody with a role.
    pub async fn with_role(&self, role: Role, reach: Reach) -> Somebody {
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_trial_subject(subject, NOW).await.expect("writes");
        edit.put_grant(subject, role, &reach, None, NOW).await.expect("writes");
        let strength = if role == Role::Manager { Strength::Manager } else { Strength::Passkey };
        let begun = begin(&self.people, &mut edit, subject, strength, "测试", None, NOW).await.expect("begins");
        edit.finish().await.expect("lasts");
        let actor = self.accounts.actor(Some(&begun.token), NOW).await.expect("answers");
        Somebody { subject, actor, mobile: String::new() }
    }

    /// Writes an organisation, and reads the tree again.
    pub async fn put(&self, one: Organisation, now: Millis) {
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_organisations(&[one], now).await.expect("writes");
        edit.finish().await.expect("lasts");
    }

    pub async fn dissolve(&self, id: OrganisationId, now: Millis) {
        let all = self.people.store.organisations().await.expect("reads");
        let one = all.into_iter().find(|one| one.id == id).expect("there");
        self.put(Organisation { dissolved_at: Some(now), ..one }, now).await;
    }

    /// Saves a screen.
    pub async fn save(&self, who: &Somebody, screen: Screen, typed: TypedScreen) -> Result<Screen, NotSaved> {
        self.joining.save(&who.actor, screen, &typed, NOW).await
    }

    /// Fills everything in as a rider of 金水区 without a union of the unit.
    pub async fn fill_in(&self, who: &Somebody, name: &str, id: &str) {
        self.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        for (screen, typed) in screens(name, id) {
            self.save(who, screen, typed).await.unwrap_or_else(|why| panic!("{screen:?}: {why:?}"));
        }
    }

    pub async fn submit(&self, who: &Somebody, now: Millis) -> Result<Registered, NotSubmitted> {
        self.joining.submit(&who.actor, true, false, now).await
    }

    /// Titles of the inbox, newest first.
    pub async fn inbox(&self, who: &Somebody) -> Vec<String> {
        let rows = self.accounts.inbox(&who.actor).await.expect("reads");
        rows.into_iter().map(|row| row.title).collect()
    }

    /// What the audit log says of an action: object and reason, oldest first.
    pub async fn audited(&self, action: Action) -> Vec<(String, String)> {
        let rows = self.people.store.audit_after(0, 10_000).await.expect("reads");
        let of_action = rows.into_iter().filter(|row| row.action == action.code());
        of_action.map(|row| (row.object, row.reason)).collect()
    }
}

/// What a rider of 金水区 types, screen by screen.
pub fn screens(name: &str, id: &str) -> Vec<(Screen, TypedScreen)> {
    let none = TypedScreen::default;
    vec![
        (Screen::Kind, TypedScreen { kind: ApplicationKind::Join.code().into(), ..none() }),
        (Screen::Lane, TypedScreen { lane: Lane::Region.code().into(), ..none() }),
        (Screen::Occupation, TypedScreen { occupation: "takeaway_rider".into(), ..none() }),
        (Screen::Unit, none()),
        (Screen::Place, TypedScreen { adcode: JINSHUI.to_string(), ..none() }),
        (Screen::Name, TypedScreen { name: name.into(), ..none() }),
        (Screen::Id, TypedScreen { id_type: IdType::Resident.code().into(), id_number: id.into(), ..none() }),
    ]
}

pub fn union(adcode: u32) -> OrganisationId {
    id_of_region(adcode)
}

/// A made-up organisation.
pub fn organisation(key: &str, kind: Kind, level: Level, parent: u32, industry: Option<&str>) -> Organisation {
    Organisation {
        id: id_of_code(key),
        code: None,
        name: key.to_owned(),
        kind,
        level,
        adcode: Some(parent),
        parent: Some(union(parent)),
        industry: industry.map(str::to_owned),
        dues: Some("每月 5 元".to_owned()),
        phone: Some("0371-12345678".to_owned()),
        source: "test".to_owned(),
        seeded: false,
        officer_active_at: None,
        dissolved_at: None,
    }
}
