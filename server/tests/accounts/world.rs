//! A server's accounts on a database, with a memory in the place of the gateway.

use domain::{
    account::{Actor, IdType, SubjectId},
    geo::Point,
    ports::{Accounts as _, Browser, CodeFor, Entered, NotEntered, NotSent, Sender, SignedIn, TypedIdentity},
    station::{Code, Kind, Source, Station},
    time::Millis,
};
use server::{
    config::{Config, Settings},
    finder::Finder,
    services::{accounts::AccountService, import::code_of, people::People},
    store::{Incoming, Store, content_hash},
};
use std::{
    io::ErrorKind,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

pub const MINUTE_MS: Millis = 60_000;
pub const HOUR_MS: Millis = 60 * MINUTE_MS;
pub const DAY_MS: Millis = 24 * HOUR_MS;
/// A Monday at 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;

/// A number of its own for each person of a test.
pub fn number(which: u32) -> String {
    format!("139{which:08}")
}

pub struct World {
    pub people: People,
    pub accounts: AccountService,
    _folder: tempfile::TempDir,
}

impl World {
    pub async fn on(store: &Store) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("defaults");
        let site = Config::check(&settings).expect("defaults are right").site();
        let people = People::for_tests(
            store.clone(),
            Arc::new(Finder::empty()),
            crate::databases::regions(),
            Arc::new(site),
            folder.path(),
        )
        .await
        .expect("a vault");
        Self { accounts: AccountService::new(people.clone()), people, _folder: folder }
    }

    /// The code that was last sent to a number.
    pub fn code_of(&self, mobile: &str) -> String {
        self.people.sms.last_code(mobile).expect("a code was sent")
    }

    pub async fn ask(&self, mobile: &str, browser: &Browser, now: Millis) -> Result<String, NotSent> {
        self.accounts.send_code(mobile, CodeFor::SignIn, browser, now).await.map(|sent| sent.attempt)
    }

    pub async fn enter(
        &self,
        attempt: &str,
        code: &str,
        browser: &Browser,
        now: Millis,
    ) -> Result<Entered, NotEntered> {
        self.accounts.enter_code(attempt, code, browser, now).await
    }

    /// Signs in to the end.
    pub async fn sign_in(&self, mobile: &str, browser: &Browser, now: Millis) -> SignedIn {
        let attempt = self.ask(mobile, browser, now).await.expect("a code is sent");
        match self.enter(&attempt, &self.code_of(mobile), browser, now).await {
            Ok(Entered::SignedIn(signed_in)) => signed_in,
            other => panic!("not signed in: {other:?}"),
        }
    }

    pub async fn actor(&self, session: &str, now: Millis) -> Actor {
        self.accounts.actor(Some(session), now).await.expect("an answer")
    }

    pub async fn subject(&self, session: &str, now: Millis) -> SubjectId {
        self.actor(session, now).await.subject().expect("somebody")
    }

    /// Signs in and says who that is.
    pub async fn person(&self, which: u32, now: Millis) -> (Actor, SignedIn) {
        let signed_in = self.sign_in(&number(which), &browser(which), now).await;
        (self.actor(&signed_in.session, now).await, signed_in)
    }

    /// Keeps an identity: the number of GB 11643's first example unless another is given.
    pub async fn identify(&self, actor: &Actor, name: &str, id: &str, now: Millis) {
        let typed = TypedIdentity {
            name: name.to_owned(),
            id_type: IdType::Resident.code().to_owned(),
            number: id.to_owned(),
            consents: true,
            last4: String::new(),
        };
        self.accounts.save_identity(actor, &typed, now).await.expect("kept");
    }
}

/// A browser of its own.
pub fn browser(which: u32) -> Browser {
    Browser {
        sender: Sender {
            device: format!("{which:032x}"),
            network: format!("10.{}.{}.0/24", which / 256 % 256, which % 256),
        },
        phone: "安卓手机 · 微信".to_owned(),
        session: None,
    }
}

/// A code of the right form that is not the right one.
pub fn wrong(code: &str) -> String {
    let number: u32 = code.parse().expect("digits");
    format!("{:06}", (number + 1) % 1_000_000)
}

/// A station in the database.
pub async fn station(store: &Store) -> Code {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let id = COUNT.fetch_add(1, Ordering::Relaxed).to_string();
    let source = Source { name: "test".into(), licence: None, attribution: None };
    let point = Point::from_degrees(34.749, 113.658).expect("in range");
    let code = code_of("test", &id);
    let station = Station::new(code, Kind::UnionStation, "德化街驿站", point, source.into(), id.as_str());
    let mut write = store.write().await.expect("begins");
    write.put_source(&station.source, None, NOW).await.expect("writes");
    let content = content_hash(&station);
    write.put_stations(&[Incoming { station, content }], NOW).await.expect("writes");
    write.finish().await.expect("ends");
    code
}
