//! Whatever bytes come: no 5xx, no panic, and every reply is one of ours.

use super::{PLACES, Reply, config, send};
use crate::{
    finder::{self, Finder},
    http::{AppState, assets::Package, router},
    ops::{readiness::Readiness, shutdown::Shutdown},
    regions::Regions,
    services::demo,
    store::Store,
};
use axum::body::Body;
use domain::{
    geo::Point,
    ports::{Ports, Stations as _, Unsaid},
    station::Wanted,
};
use http::{HeaderName, HeaderValue, Method, Request, Uri};
use proptest::{collection::vec, prelude::*, sample::select};
use std::sync::{Arc, LazyLock};
use tokio::runtime::{Builder, Runtime};

/// An installation with the 示范 pack, as it is after the first start.
static STATE: LazyLock<AppState> = LazyLock::new(|| RUNTIME.block_on(installation()));
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime"));

async fn installation() -> AppState {
    let config = config(&[("LIMITS", "off")]);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::connect(&format!("sqlite:{}/stations.db", folder.path().display())).await.expect("a database");
    store.migrate().await.expect("tables");
    demo::load(&store, Arc::new(Regions::load().expect("our own files")), NOW).await.expect("our own pack");
    let finder = Arc::new(Finder::empty());
    finder::load(&store, &finder).await.expect("stations");
    store.close().await;
    assert!(finder.count() > 0, "a test without stations proves little");
    let ports = Ports::without_people(
        finder,
        PLACES.clone(),
        Arc::new(domain::ports::Deaf),
        Arc::new(crate::roads::Held::default()),
        Arc::new(config.site()),
    );
    AppState::new(
        &config,
        ports,
        Package::none(),
        Readiness::always(Shutdown::new()),
        crate::vault::CarriedKey::random(),
    )
}

/// Monday, 2026-11-23, 10:00 in China.
const NOW: i64 = 1_795_399_200_000;

/// Beginnings that reach a handler, so that not everything ends in the 404.
static PREFIXES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let zhengzhou = Point::from_degrees(34.75, 113.66).expect("a point");
    let stations = &STATE.ports.stations;
    let near = stations.nearest(zhengzhou, 3, 5e6, &Wanted::default(), Unsaid::Include, NOW);
    let codes = near.iter().flat_map(|found| {
        let code = found.station.code;
        [
            format!("/stations/{code}"),
            format!("/stations/{code}?"),
            format!("/go/amap/{code}"),
            format!("/api/v1/stations/{code}"),
        ]
    });
    let fixed = [
        "/",
        "/?",
        "/?cell=",
        "/?cell=34.75,113.66&",
        "/?cell=34.75,113.66&want=",
        "/?q=",
        "/stations/",
        "/go/",
        "/map?",
        "/map?cell=34.75,113.66&",
        "/map/stations?bbox=",
        "/map/stations?bbox=113.5,34.6,113.8,34.9&",
        "/outlines/",
        "/api/v1/stations/",
        "/api/v1/stations?bbox=",
        "/api/v1/stations/nearby?lat=",
        "/api/v1/stations/nearby?lat=34.75&lng=113.66&",
    ];
    fixed.into_iter().map(str::to_owned).chain(codes).collect()
});

const HEADERS: [&str; 10] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "cookie",
    "content-type",
    "if-none-match",
    "if-modified-since",
    "range",
    "x-forwarded-for",
    "user-agent",
];

const METHODS: [&str; 9] = ["GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "OPTIONS", "BREW"];

/// As a browser or a program would have to send these bytes: what HTTP forbids is escaped.
fn escaped(bytes: &[u8], raw: bool) -> String {
    let fits = |byte: u8| {
        byte.is_ascii_graphic() && !matches!(byte, b'#' | b'<' | b'>' | b'"' | b'`' | b'{' | b'}' | b'\\' | b'^' | b'|')
    };
    bytes
        .iter()
        .map(
            |&byte| {
                if fits(byte) && (raw || byte != b'%') { char::from(byte).to_string() } else { format!("%{byte:02x}") }
            },
        )
        .collect()
}

fn ask(method: &str, uri: &str, headers: &[(&'static str, Vec<u8>)], body: Vec<u8>) -> Option<Reply> {
    // What is no URI or no header value never gets past the parser of the connection.
    let uri: Uri = uri.parse().ok()?;
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = Method::from_bytes(method.as_bytes()).ok()?;
    *request.uri_mut() = uri;
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            request.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    Some(RUNTIME.block_on(send(router(&STATE), request)))
}

fn check(reply: Option<&Reply>) -> Result<(), TestCaseError> {
    let Some(reply) = reply else { return Ok(()) };
    prop_assert!(!reply.status.is_server_error(), "{}", reply.status);
    prop_assert_eq!(reply.header("x-request-id").len(), 32);
    prop_assert!(!reply.header("content-security-policy").is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_path_query_and_headers(
        method in select(&METHODS[..]),
        prefix in select(PREFIXES.clone()),
        rest in vec(any::<u8>(), 0..60),
        raw in any::<bool>(),
        headers in vec((select(&HEADERS[..]), vec(any::<u8>(), 0..40)), 0..4),
        body in vec(any::<u8>(), 0..40),
    ) {
        let uri = format!("{prefix}{}", escaped(&rest, raw));
        check(ask(method, &uri, &headers, body).as_ref())?;
    }

    #[test]
    fn parameters_of_every_name(
        path in select(&["/", "/map", "/api/v1/stations", "/api/v1/stations/nearby", "/map/stations"][..]),
        pairs in vec((
            select(&["lat", "lng", "cell", "want", "limit", "radius", "bbox", "unknown", "cursor", "zoom", "q", "at", "place"][..]),
            prop_oneof!["[-+0-9.eE]{0,24}", "(-?[0-9]{1,4}(\\.[0-9]{0,9})?,){0,4}-?[0-9]{0,4}", "\\PC{0,12}"],
        ), 0..6),
    ) {
        let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value.as_bytes(), false))).collect();
        check(ask("GET", &format!("{path}?{}", query.join("&")), &[], Vec::new()).as_ref())?;
    }
}

#[test]
fn the_other_forms_of_a_target_are_answered_too() {
    for (method, target) in [
        ("OPTIONS", "*"),
        ("CONNECT", "example.org:443"),
        ("GET", "http://example.org/healthz"),
        ("GET", "http://example.org"),
    ] {
        let reply = ask(method, target, &[], Vec::new()).expect("a target");
        assert!(!reply.status.is_server_error(), "{method} {target}: {}", reply.status);
    }
}
