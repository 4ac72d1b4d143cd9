//! For the machine that watches: alive, and able to serve.

use super::{AppState, errors::SaysItAll};
use axum::{Extension, Router, extract::State, response::IntoResponse, routing::get};
use http::{StatusCode, header::CACHE_CONTROL};

/// `/healthz` and `/readyz`.
pub fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

/// The program answers: nothing else is looked at, so that a slow database does not restart it.
async fn alive() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok\n")
}

/// Send requests here: the database answers, the stations are loaded, the program is not leaving.
async fn ready(State(state): State<AppState>) -> impl IntoResponse {
    let (status, text) = match state.readiness.check().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
    };
    (status, Extension(SaysItAll), [(CACHE_CONTROL, "no-store")], text)
}
