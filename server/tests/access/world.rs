//! The whole program but its sockets, over one database; the policy it asks can be another one.

use super::people::{Person, Places, Who};
use axum::{Router, body::Body};
use data_encoding::HEXLOWER;
use domain::{
    account::{Actor, MatterId, NoticeId, OrganisationId, PasskeyId, SubjectId},
    geo::Point,
    policy::{Action, Policy, Role},
    ports::{Accounts as _, Matters as _, NewMatter, Stations as _, Unsaid},
    station::{Code, Station, Wanted},
    time::Millis,
};
use http::{Request, StatusCode, header};
use server::{
    config::{Config, Settings},
    finder::{self, Finder},
    http::{AppState, assets::Package, client_address::TrustedProxies, router},
    keyd::{self, Keyd, KeydClient, KeydKeys, Log},
    ops::{readiness::Readiness, shutdown::Shutdown},
    organisations::{self, Organisations},
    regions::Regions,
    services::{
        accounts::AccountService,
        demo,
        matters::MatterService,
        notices::{self, NoticeWords},
        people::People,
        reports::{DoorReports, Secret},
    },
    store::{Invitation, NewPasskey, Store},
    vault::random,
};
use std::{
    io::ErrorKind,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tower::ServiceExt as _;

/// Monday 2026-11-23, 10:00 in Shanghai.
pub const NOW: Millis = 1_795_399_200_000;

/// What a reply said, as far as the matrix asks.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub location: String,
    pub body: Vec<u8>,
}

/// A program and its people.
pub struct Access {
    pub people: People,
    pub places: Places,
    app: Router,
    config: Config,
    finder: Arc<Finder>,
    folder: Arc<tempfile::TempDir>,
}

fn keyd(folder: &Path, store: &Store, people: &People, policy: &Policy) -> KeydClient {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let key_file = folder.join("keyd.key");
    KeydKeys::make(&key_file, &people.vault.token_key()).expect("a key file");
    let keys = KeydKeys::open(&key_file).expect("a key file").expect("made above");
    let log = Log::open(&folder.join(format!("keyd-{number}.log")), &keys, NOW).expect("a log");
    let socket = folder.join(format!("keyd-{number}.sock"));
    let process = Arc::new(Keyd::new(keys, store.clone(), policy.clone(), log));
    let at = socket.clone();
    tokio::spawn(async move { keyd::serve(process, &at, || NOW, Shutdown::new()).await });
    KeydClient::new(&socket)
}

impl Access {
    pub async fn new() -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let url = format!("sqlite:{}", folder.path().join("data.db").display());
        let store = Store::connect(&url).await.expect("opens");
        store.migrate().await.expect("migrates");
        let regions = Arc::new(Regions::load().expect("whole"));
        demo::load(&store, regions.clone(), NOW).await.expect("the pack is good");
        organisations::seed(&store, &regions, NOW).await.expect("the tree");
        let finder = Arc::new(Finder::empty());
        finder::load(&store, &finder).await.expect("loads");
        let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("nothing is set");
        let config = Config::check(&settings).expect("the defaults are fine");
        let site = Arc::new(config.site());
        let mut people =
            People::for_tests(store.clone(), finder.clone(), regions, site, folder.path()).await.expect("a vault");
        let tree = Arc::new(Organisations::default());
        tree.catch_up(&store).await.expect("reads");
        people.organisations = tree;
        let places = places(&people, &finder);
        people.keyd = keyd(folder.path(), &store, &people, &people.policy);
        let app = app(&people, &config, &finder);
        Self { people, places, app, config, finder, folder }
    }

    /// The same people and places, with another policy: in the services and in the key process.
    pub fn under(&self, policy: Policy) -> Self {
        let mut people = self.people.clone();
        people.keyd = keyd(self.folder.path(), &people.store, &people, &policy);
        people.policy = Arc::new(policy);
        let app = app(&people, &self.config, &self.finder);
        Self {
            people,
            places: self.places,
            app,
            config: self.config.clone(),
            finder: self.finder.clone(),
            folder: self.folder.clone(),
        }
    }

    pub async fn ask(&self, method: &str, path: &str, fields: &str, cookie: &str) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, "http://localhost:3000");
        if !cookie.is_empty() {
            request = request.header(header::COOKIE, cookie);
        }
        if method == "POST" {
            let kind = if fields.starts_with('{') { "application/json" } else { "application/x-www-form-urlencoded" };
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(fields.to_owned())).expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let location = parts.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let body = axum::body::to_bytes(body, 10_000_000).await.expect("a whole body").to_vec();
        Reply { status: parts.status, location: location.to_owned(), body }
    }

    /// A notice in somebody's inbox.
    pub async fn notice(&self, subject: SubjectId) -> NoticeId {
        let words = NoticeWords { kind: "test", title: "一条".into(), text: "通知".into(), link: None };
        let mut edit = self.people.store.edit().await.expect("writes");
        let id = notices::tell(&self.people, &mut edit, subject, &words, false, NOW).await.expect("told");
        edit.finish().await.expect("written");
        id
    }

    /// A matter of a worker, assigned to a handler.
    pub async fn matter(&self, worker: &Person, handler: Option<&Person>) -> MatterId {
        let service = MatterService::new(self.people.clone());
        let accounts = AccountService::new(self.people.clone());
        let token = |person: &Person| person.cookie.trim_start_matches("sid=").to_owned();
        let actor = async |token: &str| -> Actor { accounts.actor(Some(token), NOW).await.expect("an actor") };
        let own = token(worker);
        let new = NewMatter {
            organisation: Some(self.places.county),
            texts: vec![("事情经过".into(), "站长扣了三个月的工资".into())],
        };
        let id = service.open(&actor(&own).await, Some(&own), &new, NOW).await;
        let id = id.unwrap_or_else(|why| panic!("a matter: {why:?}"));
        if let Some(handler) = handler.and_then(|person| person.subject) {
            let officer = token(&self.person(Who::OfficerInTree).await);
            let assigned = service.assign(&actor(&officer).await, Some(&officer), id, handler, NOW).await;
            assigned.unwrap_or_else(|why| panic!("assigned: {why:?}"));
        }
        id
    }
}

impl Access {
    /// A passkey of somebody; nobody holds the key to it.
    pub async fn passkey(&self, subject: SubjectId) -> String {
        let id = PasskeyId(random());
        let (credential, name) = (random::<32>(), "这部手机");
        let mut edit = self.people.store.edit().await.expect("writes");
        let new = NewPasskey { id, subject, credential_id: &credential, fixed_state: &[], counter_state: &[], name };
        assert!(edit.put_passkey(&new, NOW).await.expect("written"));
        edit.finish().await.expect("written");
        id.to_string()
    }

    /// A handler's role in an organisation.
    pub async fn grant(&self, organisation: OrganisationId) -> String {
        let subject = self.person(Who::OtherWorker).await.subject.expect("somebody");
        let mut edit = self.people.store.edit().await.expect("writes");
        edit.put_trial_grant(subject, Role::Handler, Some(organisation), None, NOW).await.expect("a role");
        edit.finish().await.expect("written");
        self.people.store.grants_of(subject).await.expect("roles")[0].id.to_string()
    }

    /// An invitation to an organisation, of nobody's.
    pub async fn invitation(&self, organisation: OrganisationId) -> String {
        let id = random();
        let new = Invitation {
            id,
            role: Role::Handler,
            organisation: Some(organisation),
            subject: None,
            invited_by: None,
            created_at: NOW,
            expires_at: NOW + 3_600_000,
        };
        let mut edit = self.people.store.edit().await.expect("writes");
        edit.put_invitation(&new, &random()).await.expect("written");
        edit.finish().await.expect("written");
        HEXLOWER.encode(&id)
    }

    /// An alert about a station, of those that are there.
    pub async fn alert(&self, station: Code) -> String {
        let mut write = self.people.store.write().await.expect("writes");
        write.put_alert(station, "moved", 3, NOW).await.expect("written");
        write.finish_quietly().await.expect("written");
        let alerts = self.people.store.alert_rows(station).await.expect("alerts");
        HEXLOWER.encode(&alerts.first().expect("just written").id)
    }

    /// The address part of something that was there and is not any more.
    pub async fn deleted(&self, action: Action) -> String {
        let gone = self.person(Who::OtherWorker).await;
        let subject = gone.subject.expect("somebody");
        let id = match action {
            Action::ReadNotice => self.notice(subject).await.to_string(),
            Action::ReadMatter => self.matter(&gone, None).await.to_string(),
            _ => gone.session.expect("somebody"),
        };
        let mut edit = self.people.store.edit().await.expect("writes");
        edit.remove_trial_subject(subject).await.expect("removed");
        edit.finish().await.expect("written");
        id
    }
}

fn app(people: &People, config: &Config, finder: &Arc<Finder>) -> Router {
    let reports = Arc::new(DoorReports::new(people.store.clone(), finder.clone(), Secret::random()));
    let ports = people.ports(Arc::new(server::roads::Held::default()), reports);
    let mut state =
        AppState::new(config, ports, Package::none(), Readiness::always(Shutdown::new()), people.vault.carried_key());
    state.clock = Arc::new(|| NOW);
    state.trusted_proxies = TrustedProxies::new(vec!["0.0.0.0/32".parse().expect("a network")]);
    router(&state)
}

fn places(people: &People, finder: &Finder) -> Places {
    let zhengzhou = Point::from_degrees(34.75, 113.66).expect("a point");
    let found = finder.nearest(zhengzhou, 500, f64::INFINITY, &Wanted::default(), Unsaid::Include, NOW);
    let tree = people.organisations.tree();
    let county =
        |station: &Station| -> Option<OrganisationId> { tree.answering_for(station.adcode?).map(|one| one.id) };
    let here = found.iter().find(|found| county(&found.station).is_some()).expect("a station of a county");
    let union = county(&here.station).expect("found above");
    let there = found
        .iter()
        .find(|found| county(&found.station).is_some_and(|other| other != union))
        .expect("a station of another county");
    Places {
        station: here.station.code,
        county: union,
        other_station: there.station.code,
        elsewhere: organisations::id_of_region(440_000),
    }
}
