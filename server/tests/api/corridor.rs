//! The stations along a posted line.

use crate::world::{HERE, NOW, Reply, app, app_of, ask, code, codes, post, stations};
use axum::body::Body;
use http::StatusCode;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::json;

pub const CORRIDOR: &str = "/api/v1/stations/corridor";
const GEO: &str = "application/geo+json";
const GPX: &str = "application/gpx+xml";

/// North past the stations, which lie 100 m apart along it.
fn road() -> String {
    json!({"type": "LineString", "coordinates": [[HERE.1, HERE.0 - 0.01], [HERE.1, HERE.0 + 0.1]]}).to_string()
}

fn gpx(element: &str, points: &[(f64, f64)]) -> String {
    let points: Vec<_> = points
        .iter()
        .map(|(lat, lon)| format!("<{element} lat=\"{lat}\" lon='{lon}'><ele>1</ele></{element}>"))
        .collect();
    format!("<?xml version=\"1.0\"?><gpx version=\"1.1\"><trk><trkseg>{}</trkseg></trk></gpx>", points.concat())
}

/// What provokes each documented reply: status, media type, body.
pub fn provocations() -> Vec<(&'static str, &'static str, String)> {
    let tangled: Vec<_> = (0..7).map(|n| [HERE.1, HERE.0 + f64::from(n) / 100.0]).collect();
    vec![
        ("200", GEO, road()),
        ("400", GEO, "{}".into()),
        ("413", GEO, " ".repeat(4_000_001)),
        ("415", "text/plain", road()),
        ("422", GEO, json!({"type": "LineString", "coordinates": tangled}).to_string()),
    ]
}

/// The reply to the first request that is one too many: each counts as ten of 120.
pub async fn asked_too_often() -> Reply {
    let app = app_of(stations(), "on", NOW);
    for _ in 0..12 {
        assert_eq!(post(&app, CORRIDOR, GEO, road()).await.status, StatusCode::OK);
    }
    post(&app, CORRIDOR, GEO, road()).await
}

fn named(numbers: &[u8]) -> Vec<String> {
    numbers.iter().map(|n| code(*n).to_string()).collect()
}

#[tokio::test]
async fn stations_come_in_the_order_of_the_road_however_it_is_written() {
    let app = app();
    let ends = [(HERE.0 - 0.01, HERE.1), (HERE.0 + 0.1, HERE.1)];
    let [south, north] = [[HERE.1, ends[0].0], [HERE.1, ends[1].0]];
    let line = json!({"type": "LineString", "coordinates": [south, north]});
    let pieces =
        json!({"type": "MultiLineString", "coordinates": [[south, [HERE.1, HERE.0]], [[HERE.1, HERE.0, 9], north]]});
    let feature = json!({"type": "Feature", "properties": {"name": "x"}, "geometry": line});
    let encoded = json!({"polyline": "aeaiE}uptTok]?", "precision": 5});
    for (media, body) in [
        (GEO, line.to_string()),
        ("application/json; charset=utf-8", line.to_string()),
        (GEO, feature.to_string()),
        (GEO, json!({"type": "FeatureCollection", "features": [feature]}).to_string()),
        (GEO, pieces.to_string()),
        (GPX, gpx("trkpt", &ends)),
        (GPX, gpx("rtept", &ends)),
    ] {
        let reply = post(&app, CORRIDOR, media, body).await;
        assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, GEO), "{media}");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(codes(&reply.json()), named(&[1, 2, 3, 4, 5]), "{media}");
        assert_eq!(reply.json()["features"][0]["properties"]["along_m"], 1212);
    }
    assert_eq!(post(&app, CORRIDOR, GEO, encoded.to_string()).await.status, StatusCode::OK);
    let back = json!({"type": "LineString", "coordinates": [north, south]}).to_string();
    assert_eq!(codes(&post(&app, CORRIDOR, GEO, back).await.json()), named(&[5, 4, 3, 2, 1]));
}

#[tokio::test]
async fn filters_limit_and_arrival_are_told() {
    let app = app();
    let ask = async |query: &str| post(&app, &format!("{CORRIDOR}?{query}"), GEO, road()).await.json();
    assert_eq!(codes(&ask("limit=2").await), named(&[1, 2]));
    assert_eq!(codes(&ask("kind=service_area").await), named(&[4]));
    let slow = ask("speed_kmh=1").await;
    let second = &slow["features"][1]["properties"];
    // 1,312 m at 1 km/h are 79 minutes; it closes at 10:30.
    assert_eq!(
        (second["state"].as_str(), second["state_at_arrival"].as_str()),
        (Some("closing_soon"), Some("closed_now"))
    );
    assert!(second["arrive_at"].as_str().is_some_and(|at| at.starts_with("2026-11-23T11:1")), "{second}");
    assert!(ask("").await["features"][0]["properties"].get("arrive_at").is_none());
}

#[tokio::test]
async fn a_side_is_told_in_the_direction_of_the_line() {
    let beside = |east: f64| {
        json!({"type": "LineString", "coordinates": [[HERE.1 + east, HERE.0 - 0.01], [HERE.1 + east, HERE.0 + 0.1]]})
            .to_string()
    };
    for (east, side) in [(0.001, "left"), (-0.001, "right")] {
        let reply = post(&app(), CORRIDOR, GEO, beside(east)).await.json();
        assert_eq!(reply["features"][0]["properties"]["side_of_line"], side);
        assert_eq!(reply["features"][0]["properties"]["away_m"], 91);
    }
}

#[tokio::test]
async fn what_is_no_line_is_refused_and_not_repeated() {
    let app = app();
    let deep = "[".repeat(100_000);
    for (media, body) in [
        (GEO, String::new()),
        (GEO, deep.clone()),
        (GEO, format!("{{\"coordinates\":{deep}")),
        (GEO, r#"{"type":"LineString","coordinates":[[113.7654321,34.7]]}"#.into()),
        (GEO, r#"{"type":"LineString","coordinates":[[113.7654321,34.7],[113.7654321,"x"]]}"#.into()),
        (GEO, r#"{"type":"LineString","coordinates":[[34.7654321,113.7],[34.7654321,113.8]]}"#.into()),
        (GEO, r#"{"type":"LineString","coordinates":[[179.7654321,0],[-179.7654321,0]]}"#.into()),
        (GEO, r#"{"type":"MultiLineString","coordinates":[[[1,1],[2,2]],[[3.7654321,3],[4,4]]]}"#.into()),
        (GEO, r#"{"type":"Point","coordinates":[113.7654321,34.7]}"#.into()),
        (GEO, r#"{"type":"LineString","coordinates":[]}"#.into()),
        (GEO, r#"{"polyline":"_p~iF"}"#.into()),
        (GEO, r#"{"polyline":"_p~iF~ps|U_ulLnnqC","precision":7}"#.into()),
        (GPX, String::new()),
        (GPX, "<kml><trkpt lat='1' lon='2'/><trkpt lat='1' lon='3'/></kml>".into()),
        (GPX, "<gpx><trkpt lat='34.7654321' lon='113'/></gpx>".into()),
        (GPX, "<gpx><trkpt lat='34.7654321'/></gpx>".into()),
        (GPX, "<gpx><trkpt lat='34.7654321' lon='NaN'/></gpx>".into()),
        (GPX, "<gpx><trkpt lat='34.7654321' lon='113'></gpx>".into()),
        (GPX, "<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx><trkpt lat='&a;' lon='1'/></gpx>".into()),
    ] {
        let reply = post(&app, CORRIDOR, media, body.clone()).await;
        let shown: String = body.chars().take(80).collect();
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (400, "application/problem+json"), "{shown}");
        let text = String::from_utf8(reply.body).expect("UTF-8");
        assert!(text.contains("bad-line") && !text.contains("7654321"), "{shown}: {text}");
    }
    let many: Vec<_> = (0..200_001).map(|n| [n % 2, 0]).collect();
    let many = json!({"type": "LineString", "coordinates": many}).to_string();
    assert!(matches!(post(&app, CORRIDOR, GEO, many).await.status.as_u16(), 400 | 422));
    let reply = post(&app, &format!("{CORRIDOR}?width_m=50001"), GEO, road()).await;
    assert_eq!((reply.status.as_u16(), reply.json()["parameter"].as_str()), (400, Some("width_m")));
}

/// 50 MB in pieces, without saying how many: reading ends at the limit.
#[tokio::test]
async fn a_file_of_50_mb_is_not_read_to_its_end() {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    let read = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&read);
    let pieces = (0..50).map(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok::<_, std::io::Error>(vec![b' '; 1_000_000])
    });
    let reply = post(&app(), CORRIDOR, GPX, Body::from_stream(futures::stream::iter(pieces))).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(read.load(Ordering::Relaxed) <= 6, "{read:?} MB were read");
}

#[tokio::test]
async fn pages_of_other_sites_may_post_a_line_and_nothing_else() {
    let app = app();
    let asks = [("origin", "https://city.example"), ("access-control-request-method", "POST")];
    let reply = ask(&app, "OPTIONS", CORRIDOR, &asks).await;
    assert_eq!(
        (reply.status, reply.header("access-control-allow-methods"), reply.header("access-control-allow-headers")),
        (StatusCode::NO_CONTENT, "POST, OPTIONS", "Content-Type")
    );
    for method in ["GET", "PUT", "DELETE"] {
        let reply = ask(&app, method, CORRIDOR, &[]).await;
        assert_eq!(
            (reply.status, reply.header("allow")),
            (StatusCode::METHOD_NOT_ALLOWED, "POST, OPTIONS"),
            "{method}"
        );
    }
}

/// Whatever is posted, the answer is good or says what is wrong with it.
#[test]
fn any_body_gets_an_answer_or_a_problem() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let app = app();
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"type\"",
        "\"LineString\"",
        "\"coordinates\"",
        "\"polyline\"",
        "113.6",
        "-1e999",
        "34.7",
        "null",
        "<gpx>",
        "</gpx>",
        "<trkpt lat=\"34\" lon=\"113\"/>",
        "<rtept lat='",
        "'>",
        "<!--",
        "<![CDATA[",
        "&lt;",
        "<?xml encoding='gb18030'?>",
        "\0",
    ]);
    let body = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat().into_bytes()),
        (0..400_usize, any::<u8>()).prop_map(|(at, byte)| {
            let mut bytes = road().into_bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes
        }),
    ];
    let media = prop::sample::select(vec![GEO, GPX, "application/json", "", "x"]);
    TestRunner::new(Config { cases: 2000, failure_persistence: None, ..Config::default() })
        .run(&(body, media), |(body, media)| {
            let reply = runtime.block_on(post(&app, CORRIDOR, media, body));
            prop_assert!(matches!(reply.status.as_u16(), 200 | 400 | 415 | 422), "{}", reply.status);
            reply.json();
            Ok(())
        })
        .expect("no body breaks it");
}
