//! An identity service on this machine: what it is asked, and what becomes of its answers.

use crate::{
    databases::on_sqlite,
    world::{NOW, World},
};
use axum::{Json, Router, extract::State, http::HeaderMap, routing::post};
use domain::ports::{Accounts as _, TypedIdentity};
use http::{StatusCode, header};
use server::{
    outside::identity::IdentityCheck,
    services::{accounts::AccountService, people::People},
};
use std::sync::{Arc, Mutex, PoisonError};

type Asked = Arc<Mutex<Vec<serde_json::Value>>>;

async fn answer(
    State(asked): State<Asked>,
    headers: HeaderMap,
    Json(question): Json<serde_json::Value>,
) -> (StatusCode, Json<serde_json::Value>) {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if bearer != Some("Bearer the token") {
        return (StatusCode::UNAUTHORIZED, Json(serde_json::Value::Null));
    }
    let name = question["name"].as_str().unwrap_or_default().to_owned();
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(question);
    match name.as_str() {
        "李明" => (StatusCode::OK, Json(serde_json::json!({ "match": true, "person": "P-1" }))),
        "王明" => (StatusCode::OK, Json(serde_json::json!({ "match": false }))),
        "赵明" => (StatusCode::OK, Json(serde_json::json!("nonsense"))),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, Json(serde_json::Value::Null)),
    }
}

#[tokio::test]
async fn a_service_confirms_differs_or_is_silent() {
    let asked = Asked::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/check", listener.local_addr().expect("an address"));
    let app = Router::new().route("/check", post(answer)).with_state(asked.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    on_sqlite(&async |store: &server::store::Store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        let save = async |name: &str, token: &str| {
            let people = People { identity: IdentityCheck::http(&url, token), ..world.people.clone() };
            let typed = TypedIdentity {
                name: name.to_owned(),
                id_type: "resident".to_owned(),
                number: "11010519491231002X".to_owned(),
                consents: true,
                last4: "002X".to_owned(),
            };
            AccountService::new(people).save_identity(&actor, &typed, NOW).await
        };
        let checked = async || {
            let shown = world.accounts.reveal_identity(&actor, "核对", NOW).await.expect("an answer");
            shown.expect("kept").checked
        };
        let wrong = save("王明", "the token").await.expect_err("they differ");
        assert!(wrong.number.is_some_and(|words| words.contains("对不上")));
        assert!(world.accounts.me(&actor, NOW).await.expect("me").name.is_none());
        save("李明", "the token").await.expect("confirmed");
        assert_eq!(checked().await, "已由身份核验服务核对");
        // Silence, nonsense and a wrong token block nobody, and the record says what was checked.
        for (name, token) in [("赵明", "the token"), ("孙明", "the token"), ("李明", "another")] {
            save(name, token).await.expect("kept");
            assert_eq!(checked().await, "只核对了格式", "{name}");
        }
    })
    .await;
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(
        asked.first(),
        Some(&serde_json::json!({ "name": "王明", "id_type": "resident", "number": "11010519491231002X" }))
    );
}
