//! What the map of our own pages loads.

use crate::world::{HERE, NOW, app, app_of, ask, code, get, silent, stations};
use http::StatusCode;

const VIEW: &str = "/map/stations?bbox=113.6,34.7,113.7,34.8&zoom=14";

#[tokio::test]
async fn few_stations_are_points_with_what_a_pin_needs() {
    let reply = get(&app(), VIEW).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "application/json"));
    assert_eq!(reply.header("access-control-allow-origin"), "", "for our own pages only");
    let body = reply.json();
    assert_eq!(body["points"].as_array().map(Vec::len), Some(5));
    let pin = &body["points"][0];
    assert_eq!(pin["code"], code(1).as_str());
    assert_eq!(
        (pin["kind"].as_str(), pin["state"].as_str(), pin["demo"].as_bool()),
        (Some("union_station"), Some("unknown"), Some(false))
    );
    assert_eq!((pin["lat"].as_f64(), pin["lng"].as_f64()), (Some(stations()[0].point.lat()), Some(HERE.1)));
    let wet = get(&app(), &format!("{VIEW}&want=hot_water")).await.json();
    assert_eq!([&wet["points"][0]["meets"], &wet["points"][1]["meets"]], ["unknown", "yes"]);
}

#[tokio::test]
async fn many_stations_are_counted() {
    let many = (0..=200_u8).map(|n| silent(n, f64::from(n))).collect();
    let body = get(&app_of(many, "off", NOW), VIEW).await.json();
    assert_eq!(body["clusters"][0]["count"], 201);
    assert!(body.get("points").is_none());
}

#[tokio::test]
async fn a_view_finer_than_the_cell_is_refused() {
    for bbox in ["113.6001,34.7,113.7,34.8", "113.6,34.7,113.7,34.80000001e0,", "113.6,34.7,113.705,34.8"] {
        let reply = get(&app(), &format!("/map/stations?bbox={bbox}&zoom=14")).await;
        assert_eq!(
            (reply.status, reply.json()["parameter"].as_str()),
            (StatusCode::BAD_REQUEST, Some("bbox")),
            "{bbox}"
        );
    }
    for query in
        ["bbox=113.6,34.7,113.7,34.8", "bbox=113.6,34.7,113.7,34.8&zoom=23", "bbox=113.6,34.7,113.7,34.8&zoom=-1"]
    {
        let reply = get(&app(), &format!("/map/stations?{query}")).await;
        assert_eq!(
            (reply.status, reply.json()["parameter"].as_str()),
            (StatusCode::BAD_REQUEST, Some("zoom")),
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_position_is_not_taken_at_all() {
    let reply = get(&app(), &format!("{VIEW}&lat=34.7537&lng=113.6604")).await;
    assert_eq!(reply.json()["fault"], "unknown");
}

#[tokio::test]
async fn outlines_come_as_small_as_the_caller_takes_them() {
    let app = app();
    let plain = get(&app, "/outlines/410000").await;
    assert_eq!((plain.status, plain.header("content-type")), (StatusCode::OK, "application/geo+json"));
    assert_eq!(plain.json()["type"], "FeatureCollection");
    assert!(plain.header("cache-control").contains("max-age=86400"));
    let small = ask(&app, "GET", "/outlines/410000", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(small.header("content-encoding"), "br");
    assert!(small.body.len() * 2 < plain.body.len());
    for reply in [&plain, &small] {
        assert!(reply.header("vary").to_lowercase().contains("accept-encoding"));
    }
    assert!(get(&app, "/outlines/100000").await.status.is_success(), "the country");
    for nowhere in ["410105", "999999", "x", "0410000", "%FF", "+41000"] {
        assert_eq!(get(&app, &format!("/outlines/{nowhere}")).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}
