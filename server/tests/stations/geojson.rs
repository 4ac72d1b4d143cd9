//! `GeoJSON`: a collection, or one feature a line.

use crate::{
    databases::on_sqlite,
    loads::{counts, equal, load, options, stations},
};
use domain::geo::{Point, distance_m};
use server::services::import::Options;

const POINT: &str = r#"{"type":"Feature","id":"way/1","properties":{"@id":"way/1","name":"甲服务区","toilets":"yes","lanes":2,"note":null},"geometry":{"type":"Point","coordinates":[117.7,31.95,12.5]}}"#;
// An L: its centre of mass lies outside.
const AREA: &str = r#"{"type":"Feature","properties":{"@id":"way/2","name":"乙服务区","kind":"services"},"geometry":{"type":"Polygon","coordinates":[[[117.0,31.0],[117.1,31.0],[117.1,31.01],[117.01,31.01],[117.01,31.1],[117.0,31.1],[117.0,31.0]]]}}"#;

fn collection(features: &[&str]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"generator\":[1,{{}}],\n\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

#[tokio::test]
async fn a_collection_and_one_feature_a_line_are_the_same_rows() {
    on_sqlite(&async |store| {
        let summary = load(store, collection(&[POINT, AREA]), options()).await.expect("imports");
        assert_eq!((counts(&summary), summary.landed), ([2, 0, 0, 0, 0], true));
        assert_eq!(summary.ignored, ["lanes", "note", "kind"]);
        for lines in [format!("{POINT}\n{AREA}\n"), format!("\u{1e}{POINT}\n\n\u{1e}{AREA}")] {
            assert_eq!(counts(&load(store, lines, options()).await.expect("imports")), [0, 0, 2, 0, 0]);
        }
        let one = stations(store).await.remove(0);
        assert_eq!(&*one.source_id, "way/2");
        let from = |lat, lng| distance_m(one.point, Point::from_degrees(lat, lng).expect("in range"));
        let inside =
            one.point.lng() < 117.01 && one.point.lat() < 31.1 || one.point.lat() < 31.01 && one.point.lng() < 117.1;
        assert!(inside && from(31.0, 117.0) < 15_000.0, "{:?}", one.point);
    })
    .await;
}

#[tokio::test]
async fn a_feature_that_is_no_place_is_refused_by_its_line() {
    on_sqlite(&async |store| {
        let line = POINT.replace("\"Point\"", "\"LineString\"").replace("way/1", "way/3");
        let nowhere =
            POINT.replace(r#"{"type":"Point","coordinates":[117.7,31.95,12.5]}"#, "null").replace("way/1", "way/4");
        let huge = AREA.replace("117.1,31.01", "1e300,31.01").replace("way/2", "way/5");
        let swapped = POINT.replace("117.7,31.95", "31.95,117.7").replace("way/1", "way/6");
        let file = collection(&[POINT, &line, &nowhere, &huge, "7", &swapped, AREA]);
        let summary = load(store, file, Options { skip_bad: true, ..options() }).await.expect("imports");
        assert_eq!(counts(&summary), [2, 0, 0, 0, 5]);
        let said = summary.shown.join("\n");
        for words in [
            "第 4 行 经度：LineString 不能",
            "第 5 行 经度：没有位置",
            "第 6 行",
            "第 7 行 整行：这不是一个 Feature",
            "第 8 行 经度：经度和纬度写反了",
        ] {
            assert!(said.contains(words), "{words} in\n{said}");
        }
    })
    .await;
}

#[tokio::test]
async fn broken_json_is_refused_with_its_line() {
    on_sqlite(&async |store| {
        let cut = collection(&[POINT, AREA]).replace("\"乙服务区\"", "");
        let error = load(store, cut, options()).await.expect_err("broken").to_string();
        assert!(error.starts_with("第 4 行不是正确的 JSON"), "{error}");
        for other in ["{}", "[]", "{\"type\":\"Topology\"}", "{\"type\":\"FeatureCollection\"}"] {
            let error = load(store, other, options()).await.expect_err("no collection").to_string();
            assert!(error.contains("GeoJSON") || error.contains("JSON"), "{error}");
        }
        assert!(stations(store).await.is_empty());
        // One feature a line: only that line is bad.
        let lines = format!("{POINT}\n{{\"type\":\n{AREA}\n");
        let summary = load(store, lines, Options { skip_bad: true, ..options() }).await.expect("imports");
        assert_eq!(counts(&summary), [2, 0, 0, 0, 1]);
        assert!(summary.shown[0].starts_with("第 2 行"), "{:?}", summary.shown);
    })
    .await;
}

#[tokio::test]
async fn features_are_chosen_by_a_property() {
    on_sqlite(&async |store| {
        let chosen = Options { filters: vec![equal("kind", "services")], ..options() };
        let summary = load(store, collection(&[POINT, AREA]), chosen).await.expect("imports");
        assert_eq!((summary.new, summary.left_out), (1, 1));
    })
    .await;
}
