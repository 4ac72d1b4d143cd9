//! The whole program but its sockets: a database, the importer, the finder, the router.

use axum::{Router, body::Body};
use domain::{
    geo::Datum,
    ports::{Accounts, Joining, Ports},
    station::Kind,
    time::Millis,
};
use http::{HeaderMap, Request, StatusCode, header};
use server::{
    config::{Config, Settings},
    finder::{self, Finder},
    http::{AppState, assets::Package, client_address::TrustedProxies, router},
    ops::{readiness::Readiness, shutdown::Shutdown},
    regions::Regions,
    services::{
        demo,
        import::{self, Field, Input, Options, Progress},
        people::People,
        reports::{DoorReports, Secret},
    },
    store::Store,
};
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tower::ServiceExt as _;

/// Monday 2026-11-23, 10:00 in Shanghai: a working day.
pub const MONDAY_10: Millis = 1_795_399_200_000;
/// The cell of 34.7537, 113.6604.
pub const CELL: &str = "34.75,113.66";

/// What a page answered.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

impl Reply {
    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The names of the rows of a list, in order.
    pub fn names(&self, list: &str) -> Vec<String> {
        let Some(begin) = self.html.find(list) else { return Vec::new() };
        let list = self.html[begin..].split("</ol>").next().unwrap_or_default();
        list.split("<h3>").skip(1).map(|row| text_of(row.split("</h3>").next().unwrap_or_default())).collect()
    }
}

/// What is read of a piece of HTML.
pub fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// A configuration in which nothing is set.
fn defaults() -> Config {
    let settings = Settings::from(|_| None, |_| Err(ErrorKind::NotFound.into())).expect("nothing is set");
    Config::check(&settings).expect("the defaults are fine")
}

fn app(config: &Config, ports: Ports, people: &People, now: &Arc<AtomicI64>) -> Router {
    let ready = Readiness::always(Shutdown::new());
    let mut state = AppState::new(config, ports, Package::none(), ready, people.vault.carried_key());
    let clock = now.clone();
    state.clock = Arc::new(move || clock.load(Ordering::Relaxed));
    // Requests without a connection come from 0.0.0.0: it may say for whom it asks.
    state.trusted_proxies = TrustedProxies::new(vec!["0.0.0.0/32".parse().expect("a network")]);
    router(&state)
}

/// A running program without sockets.
pub struct World {
    app: Router,
    ports: Ports,
    /// What its services stand on.
    pub people: People,
    now: Arc<AtomicI64>,
    /// Held so that the database outlives the requests.
    held: tempfile::TempDir,
}

impl World {
    /// With the 示范 pack, and the file of Zhengzhou on top when asked for. `None` where it is not there.
    pub async fn new(real: bool) -> Option<Self> {
        Self::build(real, true, None, None).await
    }

    /// With the 示范 pack, and accounts that answer as a test wants.
    pub async fn with_accounts(accounts: Arc<dyn Accounts>) -> Self {
        Self::build(false, false, Some(accounts), None).await.expect("the pack ships")
    }

    /// With the 示范 pack, and accounts and joining that answer as a test wants.
    pub async fn with_joining(accounts: Arc<dyn Accounts>, joining: Arc<dyn Joining>) -> Self {
        Self::build(false, false, Some(accounts), Some(joining)).await.expect("the pack ships")
    }

    /// With the 示范 pack, but nobody knows a road.
    pub async fn without_roads() -> Option<Self> {
        Self::build(false, false, None, None).await
    }

    async fn build(
        real: bool,
        with_roads: bool,
        accounts: Option<Arc<dyn Accounts>>,
        joining: Option<Arc<dyn Joining>>,
    ) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store =
            Store::connect(&format!("sqlite:{}", folder.path().join("test.db").display())).await.expect("opens");
        store.migrate().await.expect("migrates");
        let regions = Arc::new(Regions::load().expect("whole"));
        demo::load(&store, regions.clone(), MONDAY_10).await.expect("the pack is good");
        if real {
            let file = Input::File(zhengzhou()?);
            let options = Options {
                kind: Some(Kind::UnionStation),
                columns: [
                    (Field::Lng, "lon_gcj02"),
                    (Field::Lat, "lat_gcj02"),
                    (Field::District, "district_as_given"),
                    (Field::Hours, "open_hours_as_given"),
                    (Field::Phone, "landline_as_given"),
                ]
                .map(|(field, column)| (field, column.to_owned()))
                .to_vec(),
                ..Options::new("zhengzhou", Datum::Gcj02)
            };
            import::import(&store, regions.clone(), file, options, MONDAY_10, Arc::new(Progress::default()))
                .await
                .expect("imports");
        }
        let finder = Arc::new(Finder::empty());
        finder::load(&store, &finder).await.expect("loads");
        let config = defaults();
        let roads = Arc::new(server::roads::Held::default());
        if with_roads {
            roads.catch_up(&store).await.expect("reads");
        }
        let reports = Arc::new(DoorReports::new(store.clone(), finder.clone(), Secret::random()));
        let site = Arc::new(config.site());
        let people = People::for_tests(store, finder, regions, site, folder.path()).await.expect("a vault");
        let mut ports = people.ports(roads, reports);
        if let Some(accounts) = accounts {
            ports.accounts = accounts;
        }
        if let Some(joining) = joining {
            ports.joining = joining;
        }
        let now = Arc::new(AtomicI64::new(MONDAY_10));
        Some(Self { app: app(&config, ports.clone(), &people, &now), ports, people, now, held: folder })
    }

    /// The same installation after a restart, or on a second machine: the same database and key file, another process.
    pub fn restart(&mut self) {
        self.app = app(&defaults(), self.ports.clone(), &self.people, &self.now);
    }

    /// Where everything lies that it writes.
    pub fn folder(&self) -> &Path {
        self.held.path()
    }

    /// Lets time pass, in milliseconds; says what time it is then.
    pub fn pass(&self, by: Millis) -> Millis {
        self.now.fetch_add(by, Ordering::Relaxed) + by
    }

    /// The last code that was sent to a number.
    pub fn code(&self, mobile: &str) -> String {
        self.people.sms.last_code(mobile).expect("a code was sent")
    }

    async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.app.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 10_000_000).await.expect("a whole body");
        Reply { status: parts.status, headers: parts.headers, html: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(header::HeaderName, &str)]) -> Reply {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.ask(request.body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&self, path: &str, fields: &str, origin: &str) -> Reply {
        self.post_with(path, fields, &[(header::ORIGIN, origin)]).await
    }

    pub async fn post_with(&self, path: &str, fields: &str, headers: &[(header::HeaderName, &str)]) -> Reply {
        let mut request = Request::post(path)
            .header(header::HOST, "localhost:3000")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.ask(request.body(Body::from(fields.to_owned())).expect("a request")).await
    }
}

fn zhengzhou() -> Option<PathBuf> {
    let folder = std::env::var_os("TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
    let file = folder.join("zhengzhou-union-stations/zhengzhou_union_stations_real82.csv");
    if file.exists() {
        return Some(file);
    }
    eprintln!("skipped: {} is not there (TEST_DATA)", file.display());
    None
}
