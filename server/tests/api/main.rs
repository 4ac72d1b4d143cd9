//! The public API as its callers meet it, through the whole router.

mod anything;
mod corridor;
mod described;
mod map;
mod schema;
mod world;

use domain::{geo::Point, station::Kind, time::Millis};
use http::StatusCode;
use world::{HERE, NOW, app, app_of, ask, code, codes, get, retired, silent, stations, talkative};

const NEARBY: &str = "/api/v1/stations/nearby?lat=34.7537&lng=113.6604";
const BOX: &str = "/api/v1/stations?bbox=113.6,34.7,113.7,34.8";

fn named(numbers: &[u8]) -> Vec<String> {
    numbers.iter().map(|n| code(*n).to_string()).collect()
}

#[tokio::test]
async fn the_nearest_come_first_and_say_how_far_in_whole_metres() {
    let reply = get(&app(), NEARBY).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "application/geo+json"));
    let body = reply.json();
    assert_eq!(codes(&body), named(&[1, 2, 3, 4, 5]), "gone for good and beyond 20 km are not offered");
    assert_eq!(body["as_of"], "2026-11-23T10:00:00+08:00");
    assert_eq!(body["features"][0]["properties"]["distance_m"], 100);
    let position = [
        body["features"][0]["geometry"]["coordinates"][0].as_f64(),
        body["features"][0]["geometry"]["coordinates"][1].as_f64(),
    ];
    let first = stations()[0].point;
    assert_eq!(position, [Some(first.lng()), Some(first.lat())], "longitude first");
}

#[tokio::test]
async fn limit_and_radius_bound_the_answer() {
    assert_eq!(codes(&get(&app(), &format!("{NEARBY}&limit=2")).await.json()), named(&[1, 2]));
    assert_eq!(codes(&get(&app(), &format!("{NEARBY}&radius=250")).await.json()), named(&[1, 2]));
    let far = get(&app(), &format!("{NEARBY}&radius=20050000&limit=100")).await.json();
    assert_eq!(codes(&far), named(&[1, 2, 3, 4, 5, 7]));
}

#[tokio::test]
async fn everything_known_is_told_and_nothing_else() {
    let body = get(&app(), NEARBY).await.json();
    let full = &body["features"][1]["properties"];
    assert_eq!(full["name"], "司机之家 \"北\\门\"\n");
    assert_eq!(
        (full["state"].as_str(), full["open_until"].as_str()),
        (Some("closing_soon"), Some("2026-11-23T10:30:00+08:00"))
    );
    assert_eq!(full["hours"]["opening_hours"], "Mo-Fr 08:00-10:30");
    assert_eq!(full["hours"]["holidays"], "may_differ");
    assert_eq!(full["amenities"]["hot_water"]["verified_at"], "2026-11-23T10:00:30+08:00");
    assert_eq!(full["amenities"]["shower"], serde_json::json!({"present": true, "working": false}));
    assert_eq!(full["road"]["side"], "both");
    assert_eq!(full["source"]["attribution"], "© OpenStreetMap contributors");
    assert_eq!((full["adcode"].as_str(), full["confirmed_by"].as_str()), (Some("410105"), Some("manager")));
    let silent = body["features"][0]["properties"].as_object().expect("members");
    assert_eq!(silent["state"], "unknown");
    for absent in
        ["open_until", "hours", "door", "audience", "phone", "address", "road", "confirmed_at", "meets", "truck_spaces"]
    {
        assert!(!silent.contains_key(absent), "{absent} is not known, so it is not there");
    }
}

#[tokio::test]
async fn each_look_of_the_door_has_its_code_and_its_moment() {
    let app = app();
    let properties = async |n| get(&app, &format!("/api/v1/stations/{}", code(n))).await.json()["properties"].clone();
    let always = properties(3).await;
    assert_eq!((always["state"].as_str(), always.get("open_until")), (Some("open"), None));
    assert_eq!(always["hours"]["holidays"], "included");
    let later = properties(4).await;
    assert_eq!(
        (later["state"].as_str(), later["opens_at"].as_str()),
        (Some("closed_now"), Some("2026-11-23T18:00:00+08:00"))
    );
    let closed = properties(5).await;
    assert_eq!(
        (closed["state"].as_str(), closed["closed_reason"].as_str()),
        (Some("temporarily_closed"), Some("停水"))
    );
    assert_eq!(closed["closed_until"], "2026-11-24T10:00:30+08:00");
    assert_eq!(properties(6).await["state"], "permanently_closed");
    let misread = properties(7).await;
    assert_eq!((misread["state"].as_str(), misread["hours"]["text"].as_str()), (Some("unknown"), Some("工作日开放")));
    assert!(misread["hours"].get("opening_hours").is_none());
}

#[tokio::test]
async fn no_hides_unknown_is_marked_or_left_out() {
    let app = app();
    let wet = get(&app, &format!("{NEARBY}&amenities=hot_water")).await.json();
    assert_eq!(codes(&wet), named(&[1, 2, 3, 4, 5]));
    assert_eq!(wet["features"][0]["properties"]["meets"], "unknown");
    assert_eq!(wet["features"][1]["properties"]["meets"], "yes");
    assert_eq!(codes(&get(&app, &format!("{NEARBY}&amenities=hot_water&unknown=exclude")).await.json()), named(&[2]));
    let shower = get(&app, &format!("{NEARBY}&want=shower")).await.json();
    assert!(!codes(&shower).contains(&code(2).to_string()), "a broken shower is none");
    assert_eq!(codes(&get(&app, &format!("{NEARBY}&kind=service_area,driver_home")).await.json()), named(&[2, 4]));
    assert_eq!(codes(&get(&app, &format!("{NEARBY}&audience=everyone&unknown=exclude")).await.json()), named(&[2]));
    assert_eq!(codes(&get(&app, &format!("{NEARBY}&want=open&unknown=exclude")).await.json()), named(&[2, 3]));
}

#[tokio::test]
async fn open_at_another_moment_is_told_for_that_moment() {
    for plus in ["%2B", "+"] {
        let evening = format!("{NEARBY}&open_at=2026-11-23T19:00:00{plus}08:00&unknown=exclude");
        let body = get(&app(), &evening).await.json();
        assert_eq!(codes(&body), named(&[3, 4]));
        assert_eq!(body["as_of"], "2026-11-23T19:00:00+08:00");
        assert_eq!(body["features"][1]["properties"]["state"], "closing_soon");
    }
}

#[tokio::test]
async fn a_box_is_read_page_by_page_each_station_once() {
    let app = app();
    let (mut path, mut seen, mut pages) = (format!("{BOX}&limit=2&kind=union_station"), Vec::new(), 0);
    loop {
        let reply = get(&app, &path).await;
        let body = reply.json();
        seen.extend(codes(&body));
        pages += 1;
        let Some(next) = body["next"].as_str() else {
            assert_eq!(reply.header("link"), "");
            break;
        };
        assert_eq!(reply.header("link"), format!("<{next}>; rel=\"next\""));
        path = next.to_owned();
    }
    assert_eq!((seen, pages), (named(&[1, 3, 5]), 2));
}

#[tokio::test]
async fn a_box_is_exact() {
    let edge = Point::from_degrees(HERE.0 + 250.0 / 111_195.0, HERE.1).expect("on the globe").lat();
    let path = format!("/api/v1/stations?bbox=113.66,34.75,113.67,{edge}");
    assert_eq!(codes(&get(&app(), &path).await.json()), named(&[1, 2]));
    let around = "/api/v1/stations?bbox=113.67,34.7,113.6,34.8";
    assert_eq!(codes(&get(&app(), around).await.json()), Vec::<String>::new(), "the other way round the globe");
}

#[tokio::test]
async fn a_code_is_read_as_people_type_it() {
    let app = app();
    let typed = code(2).as_str().to_lowercase().replace('0', "o");
    let reply = get(&app, &format!("/api/v1/stations/{typed}")).await;
    assert_eq!((reply.status, reply.json()["id"].as_str()), (StatusCode::OK, Some(code(2).as_str())));
}

#[tokio::test]
async fn gone_and_never_heard_of_are_told_apart() {
    let app = app();
    for (path, status, slug) in [
        (format!("/api/v1/stations/{}", retired()), 410, "station-retired"),
        (format!("/api/v1/stations/{}", code(50)), 404, "station-missing"),
        ("/api/v1/stations/x".into(), 404, "station-missing"),
        ("/api/v1/stations/%FF%FE%FD%FC%FB%FA%F9%F8%F7%F6".into(), 404, "station-missing"),
        ("/api/v1/stations/a/b".into(), 404, "not-found"),
        ("/api/v1/stations/".into(), 404, "not-found"),
        ("/api/v1".into(), 404, "not-found"),
        ("/api/v1/".into(), 404, "not-found"),
        ("/api/v1/nothing".into(), 404, "not-found"),
    ] {
        let reply = get(&app, &path).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("content-type")),
            (status, "application/problem+json"),
            "{path}"
        );
        let body = reply.json();
        assert!(body["type"].as_str().is_some_and(|kind| kind.ends_with(slug)), "{path}: {body}");
        assert_eq!(body["request_id"].as_str(), Some(reply.header("x-request-id")), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_parameter_is_named() {
    let app = app();
    for (query, parameter, fault) in [
        ("nearby?lng=113", "lat", "missing"),
        ("nearby?lat=34", "lng", "missing"),
        ("nearby?lat=91&lng=0", "lat", "invalid"),
        ("nearby?lat=NaN&lng=0", "lat", "invalid"),
        ("nearby?lat=inf&lng=0", "lat", "invalid"),
        ("nearby?lat=0&lng=-180.1", "lng", "invalid"),
        ("nearby?lat=0&lng=0&limit=0", "limit", "invalid"),
        ("nearby?lat=0&lng=0&limit=101", "limit", "invalid"),
        ("nearby?lat=0&lng=0&radius=0.5", "radius", "invalid"),
        ("nearby?lat=0&lng=0&radius=99999999999", "radius", "invalid"),
        ("nearby?lat=0&lng=0&want=sauna", "want", "invalid"),
        ("nearby?lat=0&lng=0&kind=hot_water", "kind", "invalid"),
        ("nearby?lat=0&lng=0&amenities=driver_home", "amenities", "invalid"),
        ("nearby?lat=0&lng=0&audience=members", "audience", "invalid"),
        ("nearby?lat=0&lng=0&open_at=tomorrow", "open_at", "invalid"),
        ("nearby?lat=0&lng=0&unknown=maybe", "unknown", "invalid"),
        ("nearby?lat=0&lng=0&colour=red", "colour", "unknown"),
        ("nearby?lat=0&lng=0&LAT=0", "LAT", "unknown"),
        ("nearby?lat=0&lng=0&lat=0", "lat", "repeated"),
        ("nearby?lat=0&lng=0&want=%FF", "want", "invalid"),
    ] {
        refused(&app, &format!("/api/v1/stations/{query}"), parameter, fault).await;
    }
    for (query, parameter, fault) in [
        ("", "bbox", "missing"),
        ("bbox=1,2,3", "bbox", "invalid"),
        ("bbox=1,2,3,4,5", "bbox", "invalid"),
        ("bbox=1,3,2,2", "bbox", "invalid"),
        ("bbox=1,2,3,NaN", "bbox", "invalid"),
        ("bbox=0,0,1,1&limit=501", "limit", "invalid"),
        ("bbox=0,0,1,1&cursor=x", "cursor", "invalid"),
        ("bbox=0,0,1,1&lat=1", "lat", "unknown"),
    ] {
        refused(&app, &format!("/api/v1/stations?{query}"), parameter, fault).await;
    }
    refused(&app, &format!("/api/v1/stations/{}?at=now", code(1)), "at", "unknown").await;
    refused(&app, "/api/v1/openapi.json?format=yaml", "format", "unknown").await;
}

async fn refused(app: &axum::Router, path: &str, parameter: &str, fault: &str) {
    let reply = get(app, path).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{path}");
    let body = reply.json();
    assert_eq!((body["parameter"].as_str(), body["fault"].as_str()), (Some(parameter), Some(fault)), "{path}");
}

#[tokio::test]
async fn a_refusal_never_repeats_the_position() {
    for query in
        ["lat=34.7537123&lng=500.7654321", "lat=34.7537123&lng=113.7654321&limit=x", "lat=34.7537123&lat=34.7654321"]
    {
        let reply = get(&app(), &format!("/api/v1/stations/nearby?{query}")).await;
        let body = String::from_utf8(reply.body).expect("UTF-8");
        assert!(!body.contains("7537123") && !body.contains("7654321"), "{body}");
    }
}

#[tokio::test]
async fn who_has_the_answer_gets_304_until_the_minute_or_the_stations_change() {
    let app = app();
    for path in [NEARBY, BOX, "/api/v1/openapi.json", &format!("/api/v1/stations/{}", code(1)), "/outlines/410000"] {
        let first = get(&app, path).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with("W/\""), "{path}: {etag}");
        let again = ask(&app, "GET", path, &[("if-none-match", &etag)]).await;
        assert_eq!(
            (again.status, again.body.len(), again.header("etag")),
            (StatusCode::NOT_MODIFIED, 0, etag.as_str()),
            "{path}"
        );
        let other = ask(&app, "GET", path, &[("if-none-match", "W/\"other\"")]).await;
        assert_eq!((other.status, other.body == first.body), (StatusCode::OK, true), "{path}");
    }
    let later = get(&app_of(stations(), "off", NOW + 60_000), NEARBY).await;
    assert_ne!(later.header("etag"), get(&app, NEARBY).await.header("etag"));
}

#[tokio::test]
async fn the_same_minute_gives_the_same_bytes() {
    let at = |now: Millis| async move { get(&app_of(stations(), "off", now), NEARBY).await.body };
    assert_eq!(at(NOW).await, at(NOW + 29_000).await);
}

#[tokio::test]
async fn any_site_may_read_but_nobody_may_write() {
    let app = app();
    for path in [NEARBY, BOX, "/api/v1/stations/x", "/api/v1/openapi.json", "/api/v1/nothing"] {
        let reply = ask(&app, "GET", path, &[("origin", "https://city.example")]).await;
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
    }
    let preflight = [
        ("origin", "https://city.example"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let reply = ask(&app, "OPTIONS", NEARBY, &preflight).await;
    assert_eq!(
        (reply.status, reply.header("access-control-allow-methods")),
        (StatusCode::NO_CONTENT, "GET, HEAD, OPTIONS")
    );
    assert_eq!(reply.header("access-control-allow-headers"), "If-None-Match");
    for method in ["POST", "PUT", "DELETE", "PATCH", "BREW"] {
        let reply = ask(&app, method, NEARBY, &[("origin", "https://city.example")]).await;
        assert_eq!(
            (reply.status, reply.header("allow")),
            (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"),
            "{method}"
        );
        assert_eq!(reply.header("content-type"), "application/problem+json", "{method}");
    }
}

#[tokio::test]
async fn head_says_what_get_says_without_the_body() {
    let app = app();
    for path in [NEARBY, BOX, "/api/v1/openapi.json", "/api/v1/stations/x"] {
        let (get, head) = (get(&app, path).await, ask(&app, "HEAD", path, &[]).await);
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["etag", "content-type", "cache-control", "link"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn a_reply_with_a_position_in_its_address_is_not_for_shared_caches() {
    let app = app();
    assert!(get(&app, NEARBY).await.header("cache-control").starts_with("private"));
    assert_eq!(get(&app, "/api/v1/stations/nearby").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn demo_and_synthetic_are_marked() {
    let of = |n, name: &str| {
        let mut station = talkative(n, f64::from(n));
        station.source =
            std::sync::Arc::new(domain::station::Source { name: name.into(), licence: None, attribution: None });
        station
    };
    let app = app_of(vec![of(1, "demo"), of(2, "synthetic"), silent(3, 3.0)], "off", NOW);
    let body = get(&app, NEARBY).await.json();
    let marks = |at: usize| {
        (
            body["features"][at]["properties"]["demo"].as_bool(),
            body["features"][at]["properties"]["synthetic"].as_bool(),
        )
    };
    assert_eq!(
        [marks(0), marks(1), marks(2)],
        [(Some(true), Some(false)), (Some(false), Some(true)), (Some(false), Some(false))]
    );
    assert_eq!(body["features"][2]["properties"]["kind"], Kind::UnionStation.code());
}

#[tokio::test]
async fn arriving_at_a_moment_tells_the_state_of_then_and_leaves_nothing_out() {
    let app = app();
    // Station 2 is open on weekdays from 08:00 to 10:30, and NOW is a Monday, 10:00.
    let later = "/api/v1/stations/nearby?lat=34.7537&lng=113.6604&arrive_at=2026-11-23T11:00:00%2B08:00";
    let reply = get(&app, later).await.json();
    let all = get(&app, "/api/v1/stations/nearby?lat=34.7537&lng=113.6604").await.json();
    assert_eq!(codes(&reply), codes(&all));
    let features = reply["features"].as_array().expect("a collection");
    let second = features.iter().find(|feature| feature["id"] == code(2).to_string()).expect("there");
    assert_eq!(second["properties"]["state"], "closed_now");
    refused(&app, &format!("{later}&open_at=2026-11-23T11:00:00%2B08:00"), "arrive_at", "invalid").await;
}

#[tokio::test]
async fn unknown_says_why() {
    let app = app();
    let reason = async |n| {
        get(&app, &format!("/api/v1/stations/{}", code(n))).await.json()["properties"]["state_reason"].clone()
    };
    assert_eq!((reason(1).await, reason(7).await), ("not_given".into(), "unclear".into()));
    assert!(reason(3).await.is_null());
}
