//! The public API, `/api/v1`: stations for maps, city platforms and other apps.
//!
//! Reading only (a line to look along is posted, and forgotten), open to every origin, answered from memory (revoked
//! cards from the database). Whatever the caller sends, the answer is
//! a reply the description documents; errors are RFC 9457 problems. Coordinates are used and forgotten:
//! nothing here logs, and the parts that do are handed a coarser query.

mod bounds;
mod calendar;
mod cards;
mod corridor;
pub mod etag;
mod feature;
pub mod json;
mod moment;
mod nearby;
mod openapi;
pub mod parameters;
pub mod problem;
mod schemas;
mod station;

use super::{AppState, request_id::RequestId};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any, get, post},
};
use http::{HeaderValue, StatusCode, header};
use problem::{Kind, Problem};
use std::{num::NonZeroU32, time::Duration};

/// Where everything of this version lies.
pub const ROOT: &str = "/api/v1";
/// The stations of a box; below it, one station by its code.
pub const STATIONS: &str = "/api/v1/stations";
/// The nearest stations.
pub const NEARBY: &str = "/api/v1/stations/nearby";
/// The stations along a line.
pub const CORRIDOR: &str = "/api/v1/stations/corridor";
/// The days off and make-up working days of a year.
pub const CALENDAR: &str = "/api/v1/calendar";
/// The public keys that verify cards.
pub const CARD_KEYS: &str = "/api/v1/cards/keys";
/// Cards that are revoked.
pub const REVOKED_CARDS: &str = "/api/v1/cards/revoked";
/// The description of the API.
pub const OPENAPI: &str = "/api/v1/openapi.json";

/// What the description says of the `type` of problems.
const PROBLEM_TYPES: &str =
    "Which problem: a reference to the response of this description that documents it. Compare it as text.";

/// `GeoJSON` (RFC 7946, 12).
pub const GEO_JSON: &str = "application/geo+json";
/// What may be done here.
pub const ALLOWED_METHODS: &str = "GET, HEAD, OPTIONS";
/// What may be done where a line is posted.
pub const POST_METHODS: &str = "POST, OPTIONS";
/// How many ordinary requests one with a file counts as.
pub const LARGE_COST: NonZeroU32 = NonZeroU32::new(10).expect("10 is not 0");
/// Headers that pages of other origins may read.
pub const EXPOSED_HEADERS: &str = "ETag, Link, Retry-After, X-Request-Id";

/// How one operation answers.
type Answer = fn(&AppState, &Request) -> Result<Response, Problem>;

/// Every route of the API, with its own 404 and 405.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(NEARBY, read(nearby::answer))
        .route(STATIONS, read(bounds::answer))
        .route("/api/v1/stations/{code}", read(station::answer))
        .route(CALENDAR, read(calendar::answer))
        .route(CARD_KEYS, read(cards::keys))
        .route(REVOKED_CARDS, revoked_cards())
        .route(OPENAPI, read(openapi::answer))
        .route(ROOT, any(not_found))
        .route("/api/v1/", any(not_found))
        .route("/api/v1/{*rest}", any(not_found))
}

/// The routes that take files, and limit them themselves.
pub fn large() -> Router<AppState> {
    let other = |request: Request| async move {
        let refusal = Problem::new(Kind::MethodNotAllowed, format!("Only {POST_METHODS} here."));
        let mut response = sent(refusal, &request);
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(POST_METHODS));
        response
    };
    let route = post(|State(state): State<AppState>, request: Request| async move {
        let id = RequestId::of(&request);
        let answer = corridor::answer(state, request).await;
        answer.unwrap_or_else(|problem| problem.with_request_id(id.as_str()).into_response())
    });
    Router::new().route(CORRIDOR, route.options(|| async { preflight(POST_METHODS, "Content-Type") }).fallback(other))
}

/// GET and HEAD answer, OPTIONS says so, anything else is refused.
pub(super) fn read(answer: Answer) -> MethodRouter<AppState> {
    get(move |State(state): State<AppState>, request: Request| async move {
        answer(&state, &request).unwrap_or_else(|problem| sent(problem, &request))
    })
    .options(|| async { preflight(ALLOWED_METHODS, "If-None-Match") })
    .fallback(|request: Request| async move {
        sent(Problem::new(Kind::MethodNotAllowed, format!("Only {ALLOWED_METHODS} here.")), &request)
    })
}

/// The one list that is read from the database: it must not be a moment old.
fn revoked_cards() -> MethodRouter<AppState> {
    get(|State(state): State<AppState>, request: Request| async move {
        let id = RequestId::of(&request);
        let (parts, _) = request.into_parts();
        let answer = cards::revoked(state, parts.uri.query(), &parts.headers).await;
        answer.unwrap_or_else(|problem| problem.with_request_id(id.as_str()).into_response())
    })
    .options(|| async { preflight(ALLOWED_METHODS, "If-None-Match") })
    .fallback(|request: Request| async move {
        sent(Problem::new(Kind::MethodNotAllowed, format!("Only {ALLOWED_METHODS} here.")), &request)
    })
}

async fn not_found(request: Request) -> Response {
    sent(Problem::new(Kind::NotFound, format!("There is no such path; {OPENAPI} lists all there are.")), &request)
}

/// How the limits refuse: a [`limits::Refusal`](super::limits::Refusal).
#[must_use]
pub fn refuse(wait: Duration, request_id: &RequestId) -> Response {
    Problem::too_many_requests(wait.as_secs()).with_request_id(request_id.as_str()).into_response()
}

/// A problem that names the request.
fn sent(problem: Problem, request: &Request) -> Response {
    problem.with_request_id(RequestId::of(request).as_str()).into_response()
}

/// What a browser asks before it sends a page's `If-None-Match`, or a file (Fetch, CORS preflight).
fn preflight(methods: &'static str, may_send: &'static str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ALLOW, methods),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, methods),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, may_send),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
