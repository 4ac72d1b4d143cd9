//! An installation with its key process, and people in it.

use super::engines::Site;
use domain::{
    account::{Actor, MatterId, Strength, SubjectId},
    policy::{Policy, Role},
    ports::{Accounts as _, Matters as _, NewMatter, NotRead},
    time::Millis,
};
use server::{
    config::{Config, Settings},
    finder::Finder,
    keyd::{Keyd, KeydClient, KeydKeys, Log, serve},
    ops::shutdown::Shutdown,
    regions::Regions,
    services::{
        accounts::{AccountService, begin},
        matters::MatterService,
        people::People,
    },
    store::Store,
};
use std::{
    io::ErrorKind,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// Monday 2026-11-23, 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;
pub const MINUTE: Millis = 60_000;

/// Somebody with a session.
#[derive(Clone)]
pub struct Someone {
    pub id: SubjectId,
    pub token: String,
}

/// An installation.
pub struct World {
    pub people: People,
    pub matters: MatterService,
    clock: Arc<AtomicI64>,
    keyd: Option<(Shutdown, JoinHandle<()>)>,
}

pub fn config() -> Config {
    let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("nothing is set");
    Config::check(&settings).expect("the defaults are fine")
}

impl World {
    /// What the services of an installation share.
    pub async fn people(site: &Site) -> People {
        static REGIONS: LazyLock<Arc<Regions>> = LazyLock::new(|| Arc::new(Regions::load().expect("whole")));
        let (store, regions) = (site.store().await, Arc::clone(&REGIONS));
        let people =
            People::for_tests(store, Arc::new(Finder::empty()), regions, Arc::new(config().site()), site.folder())
                .await
                .expect("a vault");
        People { vault: site.vault().await, keyd: KeydClient::new(&site.path("keyd.sock")), ..people }
    }

    /// With a key process that runs.
    pub async fn new(site: &Site) -> Self {
        let people = Self::people(site).await;
        let matters = MatterService::new(people.clone());
        KeydKeys::make(&site.path("keyd.key"), &people.vault.token_key()).expect("made");
        let mut world = Self { people, matters, clock: Arc::new(AtomicI64::new(NOW)), keyd: None };
        world.start_keyd(site).await;
        world
    }

    pub async fn start_keyd(&mut self, site: &Site) {
        let keys = KeydKeys::open(&site.path("keyd.key")).expect("read").expect("there");
        let log = Log::open(&site.path("keyd.log"), &keys, self.now()).expect("whole");
        let store = Store::connect_to_read(&site.database_url).await.expect("opens");
        let process = Arc::new(Keyd::new(keys, store, Policy::default(), log));
        let (shutdown, socket, clock) = (Shutdown::new(), site.path("keyd.sock"), self.clock.clone());
        let told = shutdown.clone();
        let task = tokio::spawn(async move {
            serve(process, &socket, move || clock.load(Ordering::Relaxed), told).await.expect("serves");
        });
        while self.people.keyd.is_ours(&self.people.vault.token_key()).await.is_none() {
            tokio::task::yield_now().await;
        }
        self.keyd = Some((shutdown, task));
    }

    pub async fn stop_keyd(&mut self) {
        if let Some((shutdown, task)) = self.keyd.take() {
            shutdown.begin();
            task.await.expect("ends");
        }
    }

    pub fn now(&self) -> Millis {
        self.clock.load(Ordering::Relaxed)
    }

    pub fn set(&self, now: Millis) {
        self.clock.store(now, Ordering::Relaxed);
    }

    /// Somebody new, with roles for the whole country.
    pub async fn someone(&self, strength: Strength, roles: &[Role]) -> Someone {
        let id = SubjectId(Uuid::now_v7().into_bytes());
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_trial_subject(id, self.now()).await.expect("written");
        for &role in roles {
            edit.put_trial_grant(id, role, None, None, self.now()).await.expect("written");
        }
        let begun = begin(&self.people, &mut edit, id, strength, "测试", None, self.now()).await.expect("begins");
        edit.finish().await.expect("ends");
        Someone { id, token: begun.token }
    }

    /// Another session of somebody.
    pub async fn again(&self, who: &Someone, strength: Strength) -> Someone {
        let mut edit = self.people.store.edit().await.expect("begins");
        let begun = begin(&self.people, &mut edit, who.id, strength, "测试", None, self.now()).await.expect("begins");
        edit.finish().await.expect("ends");
        Someone { id: who.id, token: begun.token }
    }

    pub async fn worker(&self) -> Someone {
        self.someone(Strength::Sms, &[]).await
    }

    pub async fn staff(&self, role: Role) -> Someone {
        self.someone(Strength::Passkey, &[role]).await
    }

    pub async fn actor(&self, who: &Someone) -> Actor {
        let accounts = AccountService::new(self.people.clone());
        accounts.actor(Some(&who.token), self.now()).await.expect("answers")
    }

    pub async fn open(&self, worker: &Someone, words: &str) -> MatterId {
        let new = NewMatter { organisation: None, texts: vec![("事情经过".to_owned(), words.to_owned())] };
        self.matters.open(&self.actor(worker).await, Some(&worker.token), &new, self.now()).await.expect("opened")
    }

    pub async fn assign(&self, officer: &Someone, matter: MatterId, to: &Someone) -> Result<(), NotRead> {
        let actor = self.actor(officer).await;
        self.matters.assign(&actor, Some(&officer.token), matter, to.id, self.now()).await
    }

    /// The words of a matter as the pages read it.
    pub async fn read(&self, who: &Someone, matter: MatterId) -> Result<String, NotRead> {
        let page = self.matters.read(&self.actor(who).await, Some(&who.token), matter, self.now()).await?;
        Ok(page.texts.into_iter().map(|text| text.words).collect())
    }

    /// Closes everything, so that a database can be dropped or its file read.
    pub async fn close(mut self) {
        self.stop_keyd().await;
        self.people.store.close().await;
        self.people.vault.key_store().close().await;
    }
}
