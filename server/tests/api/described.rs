//! The description and the program say the same: every reply has a documented shape, and everything
//! documented can happen.

use crate::{
    corridor::CORRIDOR,
    schema::{faults, resolve},
    world::{NOW, app, app_of, ask, code, get, post, retired, stations},
};
use serde_json::Value;
use std::collections::BTreeSet;

async fn description() -> Value {
    get(&app(), "/api/v1/openapi.json").await.json()
}

/// The one operation of a path.
fn operation(item: &Value) -> &Value {
    item.get("post").unwrap_or(&item["get"])
}

/// Every reference below a value.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn it_is_an_openapi_description_without_loose_ends() {
    let description = description().await;
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    assert!(description["info"]["title"].is_string() && description["info"]["version"].is_string());
    let mut found = Vec::new();
    references(&description, &mut found);
    assert!(found.len() > 30);
    for reference in &found {
        assert!(resolve(&description, reference).is_some(), "{reference} points nowhere");
    }
    for section in ["schemas", "responses"] {
        for name in description["components"][section].as_object().expect("components").keys() {
            let reference = format!("#/components/{section}/{name}");
            let used = found.contains(&reference.as_str());
            assert!(
                used || ["not-found", "method-not-allowed", "internal", "unavailable"].contains(&name.as_str()),
                "{reference} is not used"
            );
        }
    }
    let mut ids = BTreeSet::new();
    for (path, item) in description["paths"].as_object().expect("paths") {
        let operation = operation(item);
        assert!(ids.insert(operation["operationId"].as_str().expect("an id")), "{path}");
        for parameter in operation["parameters"].as_array().expect("parameters") {
            assert!(parameter["description"].is_string() && parameter["schema"].is_object(), "{path} {parameter}");
            assert_eq!(
                parameter["in"] == "path",
                path.contains(&format!("{{{}}}", parameter["name"].as_str().expect("a name")))
            );
        }
    }
}

/// What provokes each documented reply: operation, status, the path to ask, and a header.
fn provocations() -> Vec<(&'static str, &'static str, String, Option<&'static str>)> {
    let (nearby, stations, one, own) = ("nearbyStations", "stationsInBox", "station", "description");
    let here = "/api/v1/stations/nearby?lat=34.7537&lng=113.6604&want=hot_water";
    let bbox = "/api/v1/stations?bbox=-180,-90,180,90&limit=3";
    let station = format!("/api/v1/stations/{}", code(2));
    vec![
        (nearby, "200", here.into(), None),
        (nearby, "304", here.into(), Some("*")),
        (nearby, "400", format!("{here}&limit=x"), None),
        (nearby, "429", here.into(), None),
        (stations, "200", bbox.into(), None),
        (stations, "304", bbox.into(), Some("*")),
        (stations, "400", format!("{bbox}&cursor=x"), None),
        (stations, "429", bbox.into(), None),
        (one, "200", station.clone(), None),
        (one, "304", station.clone(), Some("*")),
        (one, "400", format!("{station}?x=1"), None),
        (one, "404", "/api/v1/stations/0000000000".into(), None),
        (one, "410", format!("/api/v1/stations/{}", retired()), None),
        (one, "429", station, None),
        ("calendar", "200", "/api/v1/calendar?year=2026".into(), None),
        ("calendar", "304", "/api/v1/calendar?year=2026".into(), Some("*")),
        ("calendar", "400", "/api/v1/calendar?year=1".into(), None),
        ("calendar", "429", "/api/v1/calendar?year=2026".into(), None),
        ("cardKeys", "200", "/api/v1/cards/keys".into(), None),
        ("cardKeys", "304", "/api/v1/cards/keys".into(), Some("*")),
        ("cardKeys", "400", "/api/v1/cards/keys?x=1".into(), None),
        ("cardKeys", "429", "/api/v1/cards/keys".into(), None),
        ("revokedCards", "200", "/api/v1/cards/revoked".into(), None),
        ("revokedCards", "304", "/api/v1/cards/revoked".into(), Some("*")),
        ("revokedCards", "400", "/api/v1/cards/revoked?x=1".into(), None),
        ("revokedCards", "429", "/api/v1/cards/revoked".into(), None),
        (own, "200", "/api/v1/openapi.json".into(), None),
        (own, "304", "/api/v1/openapi.json".into(), Some("*")),
        (own, "400", "/api/v1/openapi.json?x=1".into(), None),
        (own, "429", "/api/v1/openapi.json".into(), None),
    ]
}

#[tokio::test]
async fn every_documented_reply_can_be_had_and_has_the_documented_shape() {
    let description = description().await;
    let mut provoked = BTreeSet::new();
    for (id, status, path, known) in provocations() {
        let app = if status == "429" { used_up(&path).await } else { app() };
        let headers: Vec<_> = known.map(|etag| ("if-none-match", etag)).into_iter().collect();
        let reply = ask(&app, "GET", &path, &headers).await;
        assert_eq!(reply.status.as_str(), status, "{path}");
        let documented = response(&description, id, status);
        for name in documented["headers"].as_object().into_iter().flat_map(|headers| headers.keys()) {
            assert!(!reply.header(name).is_empty(), "{id} {status}: {name} is documented");
        }
        match documented["content"].as_object() {
            None => assert!(reply.body.is_empty(), "{id} {status}"),
            Some(content) => {
                let schema = &content[reply.header("content-type")]["schema"];
                assert_eq!(faults(&description, schema, &reply.json()), Vec::<String>::new(), "{id} {status}");
            }
        }
        assert!(provoked.insert(format!("{id} {status}")), "{id} {status} is here twice");
    }
    for (status, media, body) in crate::corridor::provocations() {
        let app = app();
        let reply = post(&app, CORRIDOR, media, body).await;
        assert_eq!(reply.status.as_str(), status, "{media}");
        let schema = &response(&description, "stationsAlongLine", status)["content"][reply.header("content-type")];
        assert_eq!(faults(&description, &schema["schema"], &reply.json()), Vec::<String>::new(), "{status}");
        provoked.insert(format!("stationsAlongLine {status}"));
    }
    assert_eq!(crate::corridor::asked_too_often().await.status.as_u16(), 429);
    provoked.insert("stationsAlongLine 429".into());
    assert_eq!(provoked, documented(&description), "documented and provoked");
}

/// A router whose limit is used up for this address.
async fn used_up(path: &str) -> axum::Router {
    let app = app_of(stations(), "on", NOW);
    for _ in 0..200 {
        let reply = get(&app, path).await;
        if reply.status.as_u16() == 429 {
            assert!(reply.header("retry-after").parse::<u64>().expect("seconds") >= 1);
            return app;
        }
    }
    panic!("200 requests at once were all answered");
}

fn response<'a>(description: &'a Value, id: &str, status: &str) -> &'a Value {
    let paths = description["paths"].as_object().expect("paths");
    let found = paths.values().map(operation).find(|one| one["operationId"] == id).expect("an operation");
    let response = &found["responses"][status];
    response["$ref"].as_str().map_or(response, |reference| resolve(description, reference).expect("resolves"))
}

fn documented(description: &Value) -> BTreeSet<String> {
    let operations = description["paths"].as_object().expect("paths").values().map(operation);
    operations
        .flat_map(|operation| {
            let id = operation["operationId"].as_str().expect("an id");
            operation["responses"].as_object().expect("responses").keys().map(move |status| format!("{id} {status}"))
        })
        .collect()
}

#[tokio::test]
async fn every_problem_leads_to_its_documentation() {
    let (app, description) = (app(), description().await);
    for (method, path) in
        [("GET", "/api/v1/stations"), ("GET", "/api/v1/x"), ("GET", "/api/v1/stations/x"), ("POST", "/api/v1/stations")]
    {
        let body = ask(&app, method, path, &[]).await.json();
        assert_eq!(faults(&description, &description["components"]["schemas"]["Problem"], &body), Vec::<String>::new());
        let (document, fragment) = body["type"].as_str().expect("a type").split_once('#').expect("a fragment");
        assert_eq!(document, "/api/v1/openapi.json");
        assert!(resolve(&description, &format!("#{fragment}")).is_some(), "{fragment}");
    }
}

#[tokio::test]
async fn every_station_however_silent_or_talkative_has_the_documented_shape() {
    let (app, description) = (app(), description().await);
    let schema = &description["components"]["schemas"]["StationFeature"];
    for n in 1..=7 {
        let reply = get(&app, &format!("/api/v1/stations/{}", code(n))).await;
        assert_eq!(faults(&description, schema, &reply.json()), Vec::<String>::new(), "station {n}");
    }
}
