//! A small world to ask about: some stations, a clock that stands still, and the whole router.

use axum::{Router, body::Body};
use domain::{
    calendar::Calendar,
    geo::{Bounds, Cell, Datum, Line, Point, Tangled, distance_m},
    ports::{BoundsAnswer, Found, FoundAlong, NearbyAnswer, Place, Places, Ports, StationLookup, Stations, Unsaid},
    station::{
        Amenity, Audience, Closure, Code, Confirmation, Door, Hours, Kind, Offer, RoadPosition, Source, Station,
        Verdict, Verification, Wanted, Witness,
    },
    time::Millis,
};
use http::{HeaderMap, Request, StatusCode};
use server::{
    config::{Config, Settings},
    http::{AppState, assets::Package, router},
    ops::{readiness::Readiness, shutdown::Shutdown},
};
use std::{io::ErrorKind, sync::Arc};
use tower::ServiceExt as _;

/// Monday 2026-11-23, 10:00:30 in Shanghai.
pub const NOW: Millis = 1_795_399_230_000;
/// Where most of them are: 杜岭街.
pub const HERE: (f64, f64) = (34.753_7, 113.660_4);

/// The code of the n-th station.
pub fn code(n: u8) -> Code {
    Code::of_hash([n, 1, 2, 3, 4, 5, 6, 7])
}

/// A station that says as little as most real ones do, so many metres north of [`HERE`].
pub fn silent(n: u8, metres: f64) -> Station {
    let point = Point::from_degrees(HERE.0 + metres / 111_195.0, HERE.1).expect("on the globe");
    let source = Source { name: "test".into(), licence: None, attribution: None };
    let plain = Station::new(code(n), Kind::UnionStation, format!("第{n}驿站"), point, source.into(), n.to_string());
    Station { datum: Datum::Gcj02, updated_at: NOW - 1000, ..plain }
}

/// A station of which everything is known.
pub fn talkative(n: u8, metres: f64) -> Station {
    let hot = Offer { present: Some(true), free: Some(true), working: Some(true), verified_at: Some(NOW) };
    let broken = Offer { present: Some(true), working: Some(false), ..Offer::default() };
    Station {
        kind: Kind::DriverHome,
        name: "司机之家 \"北\\门\"\n".into(),
        host: Some("加油站".into()),
        phone: Some("0371-12345678".into()),
        address: Some("杜岭街 1 号".into()),
        adcode: Some(410_105),
        door: Some(Door::Scan),
        audience: Some(Audience::Everyone),
        amenities: [(Amenity::HotWater, hot), (Amenity::Shower, broken)].into_iter().collect(),
        hours: Hours::read("周一至周五 08:00-10:30"),
        truck_spaces: Some(30),
        road: Some(Box::new(RoadPosition {
            road: Some("G60".into()),
            stake: Some("K123+400".into()),
            side: Some("both".into()),
            direction: Some("往合肥方向".into()),
            exit: Some("3".into()),
            exit_distance_m: Some(800),
            service_area: Some("肥东服务区".into()),
        })),
        verification: Verification::Verified,
        confirmation: Some(Confirmation { at: NOW, by: Witness::Manager }),
        source: Arc::new(Source {
            name: "osm".into(),
            licence: Some("ODbL-1.0".into()),
            attribution: Some("© OpenStreetMap contributors".into()),
        }),
        ..silent(n, metres)
    }
}

/// Stations 1 to 7: every look of the door, and one kind each of what else can be.
pub fn stations() -> Vec<Station> {
    let closure =
        Closure { from: 0, until: Some(NOW + 86_400_000), reason: Some("停水".into()), by: None, hours: None };
    vec![
        silent(1, 100.4),
        talkative(2, 200.0),
        Station { hours: Hours::read("24小时"), ..silent(3, 300.0) },
        Station { hours: Hours::read("18:00-20:00"), kind: Kind::ServiceArea, ..silent(4, 400.0) },
        Station { closure: Some(Box::new(closure)), ..silent(5, 500.0) },
        Station { closed_for_good: true, ..silent(6, 600.0) },
        Station { hours: Hours::read("工作日开放"), ..silent(7, 30_000.0) },
    ]
}

/// A code that was a station's once.
pub fn retired() -> Code {
    code(99)
}

struct Few(Vec<Arc<Station>>);

impl Few {
    /// Every station that meets the wishes.
    fn kept<'a>(&'a self, wanted: &'a Wanted, unsaid: Unsaid, at: Millis) -> impl Iterator<Item = &'a Arc<Station>> {
        let least = if unsaid == Unsaid::Include { Verdict::Unsaid } else { Verdict::Yes };
        self.0.iter().filter(move |station| {
            wanted.judge(&station.facts(), station.open_state(&Calendar::default(), at).is_open()) >= least
        })
    }
}

impl Stations for Few {
    fn revision(&self) -> u64 {
        7
    }

    fn calendar(&self) -> Arc<Calendar> {
        Arc::default()
    }
    fn count(&self) -> usize {
        self.0.len()
    }
    fn nearby(&self, _: Cell, _: &Wanted, _: Millis) -> NearbyAnswer {
        NearbyAnswer::default()
    }
    fn nearest(
        &self,
        at: Point,
        limit: usize,
        radius_m: f64,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> Vec<Found> {
        let mut found: Vec<_> = self
            .kept(wanted, unsaid, now)
            .map(|station| Found { station: Arc::clone(station), distance_m: distance_m(at, station.point) })
            .filter(|found| found.distance_m <= radius_m)
            .collect();
        found.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m));
        found.truncate(limit);
        found
    }
    fn along(
        &self,
        line: &Line,
        width_m: f64,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
        limit: usize,
    ) -> Result<Vec<FoundAlong>, Tangled> {
        let mut found: Vec<_> = self
            .kept(wanted, unsaid, now)
            .map(|station| (line.project(station.point), station))
            .filter(|(place, _)| place.away_m <= width_m)
            .map(|(place, station)| FoundAlong {
                station: Arc::clone(station),
                along_m: place.along_m,
                away_m: place.away_m,
                right: place.right,
            })
            .collect();
        found.sort_by(|a, b| a.along_m.total_cmp(&b.along_m));
        found.truncate(limit);
        if line.points().len() == 7 { Err(Tangled) } else { Ok(found) }
    }
    fn in_bounds(
        &self,
        bounds: Bounds,
        after: Option<Code>,
        limit: usize,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> BoundsAnswer {
        let mut stations: Vec<_> = self
            .kept(wanted, unsaid, now)
            .filter(|station| bounds.contains(station.point) && after.is_none_or(|after| station.code > after))
            .cloned()
            .collect();
        stations.sort_by_key(|station| station.code);
        let more = stations.len() > limit;
        stations.truncate(limit);
        let next = stations.last().filter(|_| more).map(|last| last.code);
        BoundsAnswer { stations, next }
    }
    fn clusters(
        &self,
        bounds: Bounds,
        columns: u16,
        rows: u16,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> Vec<(Point, usize)> {
        assert!(columns > 0 && rows > 0, "a grid has squares");
        let inside: Vec<_> = self.kept(wanted, unsaid, now).filter(|station| bounds.contains(station.point)).collect();
        inside.first().map(|first| (first.point, inside.len())).into_iter().collect()
    }
    fn by_code(&self, code: Code) -> StationLookup {
        match self.0.iter().find(|station| station.code == code) {
            Some(station) => StationLookup::Here(Arc::clone(station)),
            None if code == retired() => StationLookup::Retired,
            None => StationLookup::Missing,
        }
    }
    fn find(&self, _: &str, _: Option<Point>, _: usize) -> Vec<Found> {
        Vec::new()
    }
}

struct Nowhere;

impl Places for Nowhere {
    fn provinces(&self) -> Vec<Place> {
        Vec::new()
    }
    fn children(&self, _: u32) -> Vec<Place> {
        Vec::new()
    }
    fn by_adcode(&self, _: u32) -> Option<Place> {
        None
    }
    fn county_of(&self, _: Point) -> Option<Place> {
        None
    }
    fn find(&self, _: &str, _: usize) -> Vec<Place> {
        Vec::new()
    }
    fn outline(&self, _: u32) -> Option<&'static [u8]> {
        None
    }
}

/// The whole router over some stations; `limits` is on or off.
pub fn app_of(stations: Vec<Station>, limits: &str, now: Millis) -> Router {
    let environment = |name: &str| (name == "LIMITS").then(|| limits.into());
    let settings = Settings::from(environment, |_| Err(ErrorKind::NotFound.into())).expect("only LIMITS is set");
    let config = Config::check(&settings).expect("the defaults are fine");
    let ports = Ports::without_people(
        Arc::new(Few(stations.into_iter().map(Arc::new).collect())),
        Arc::new(Nowhere),
        Arc::new(domain::ports::Deaf),
        Arc::new(server::roads::Held::default()),
        Arc::new(config.site()),
    );
    let mut state = AppState::new(
        &config,
        ports,
        Package::none(),
        Readiness::always(Shutdown::new()),
        server::vault::CarriedKey::random(),
    );
    state.clock = Arc::new(move || now);
    router(&state)
}

/// The whole router over [`stations`], without limits.
pub fn app() -> Router {
    app_of(stations(), "off", NOW)
}

/// A reply, read to its end.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// A header as text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }
}

/// Asks the router.
pub async fn ask(app: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let request = headers
        .iter()
        .fold(Request::builder().method(method).uri(path), |request, (name, value)| request.header(*name, *value));
    let request = request.body(Body::empty()).expect("a request");
    let response = app.clone().oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
    Reply { status: parts.status, headers: parts.headers, body }
}

/// Posts a body to the router.
pub async fn post(app: &Router, path: &str, media_type: &str, body: impl Into<Body>) -> Reply {
    let request = Request::builder().method("POST").uri(path).header("content-type", media_type);
    let response = app.clone().oneshot(request.body(body.into()).expect("a request")).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
    Reply { status: parts.status, headers: parts.headers, body }
}

/// Asks with GET.
pub async fn get(app: &Router, path: &str) -> Reply {
    ask(app, "GET", path, &[]).await
}

/// The codes of a collection, in its order.
pub fn codes(collection: &serde_json::Value) -> Vec<String> {
    let features = collection["features"].as_array().expect("a collection");
    features.iter().map(|feature| feature["id"].as_str().expect("an id").to_owned()).collect()
}
