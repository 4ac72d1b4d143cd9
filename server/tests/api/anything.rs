//! Bad input: whatever the query, nothing breaks.

use crate::world::{app, get};
use http::StatusCode;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

/// Whatever the query, the answer is good or says what is wrong with it.
#[test]
fn any_query_gets_an_answer_or_a_problem() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let app = app();
    let names = [
        "lat",
        "lng",
        "limit",
        "radius",
        "want",
        "kind",
        "amenities",
        "audience",
        "open_at",
        "unknown",
        "bbox",
        "cursor",
        "zoom",
        "",
        "%6Cat",
    ];
    let value = prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,6}",
        "-?[0-9]{1,12}(\\.[0-9]{0,9})?(e[0-9]{1,4})?",
        "(-?[0-9]{1,3}(\\.[0-9]{1,3})?,){3}-?[0-9]{1,3}",
        "20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})",
        prop::sample::select(vec![
            "open",
            "24h,shower",
            "include",
            "exclude",
            "everyone",
            "%FF%FE",
            "%",
            "%0",
            "+",
            ",,,",
            "nan",
            "inf"
        ])
        .prop_map(String::from),
    ];
    let pair = (prop::sample::select(names.to_vec()), value).prop_map(|(name, value)| format!("{name}={value}"));
    let paths = [
        "/api/v1/stations/nearby",
        "/api/v1/stations",
        "/api/v1/stations/0123456789",
        "/api/v1/openapi.json",
        "/map/stations",
        "/outlines/410000",
    ];
    let query = (prop::sample::select(paths.to_vec()), prop::collection::vec(pair, 0..5), any::<bool>());
    // Nothing to write beside the tests: a case that fails is shown in full.
    TestRunner::new(Config { cases: 2000, failure_persistence: None, ..Config::default() })
        .run(&query, |(path, pairs, with_place)| {
            let place = if with_place { "lat=34.75&lng=113.66&" } else { "" };
            // What a client may put on the line: everything else is refused before it gets here.
            let safe: String = format!("{path}?{place}{}", pairs.join("&"))
                .bytes()
                .map(|byte| {
                    if matches!(byte, 0x21..=0x7E) && !b"\"<>\\^`{|}#".contains(&byte) {
                        char::from(byte).to_string()
                    } else {
                        format!("%{byte:02X}")
                    }
                })
                .collect();
            let reply = runtime.block_on(get(&app, &safe));
            prop_assert!(matches!(reply.status.as_u16(), 200 | 400 | 404), "{} {}", reply.status, safe);
            let media = if reply.status == StatusCode::OK { "json" } else { "application/problem+json" };
            prop_assert!(reply.header("content-type").contains(media));
            reply.json();
            Ok(())
        })
        .expect("no query breaks it");
}
