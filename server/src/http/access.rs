//! One log line and two numbers for every request: route and time, never path, query or address.

use super::request_id::RequestId;
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use http::{Method, StatusCode};
use std::time::{Duration, Instant};

/// The route of requests that match none.
const NO_ROUTE: &str = "(none)";

/// Counts, times and logs a request.
pub async fn record(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = RequestId::of(&request);
    let method = method_name(request.method());
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;

    let route = matched.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let took = begun.elapsed();
    count(method, route, response.status(), took);
    log(method, route, response.status(), took, &id);
    response
}

/// Methods are free text; a label or a log line takes only the known ones.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

fn count(method: &'static str, route: &str, status: StatusCode, took: Duration) {
    let route = route.to_owned();
    metrics::histogram!("http_request_duration_seconds", "method" => method, "route" => route.clone())
        .record(took.as_secs_f64());
    metrics::counter!("http_requests_total", "method" => method, "route" => route, "status" => status_label(status))
        .increment(1);
}

fn status_label(status: StatusCode) -> String {
    status.as_str().to_owned()
}

fn log(method: &str, route: &str, status: StatusCode, took: Duration, id: &RequestId) {
    let status = status.as_u16();
    let request_id = id.as_str();
    // Milliseconds with three decimals: a page takes fractions of one.
    let duration_ms = (took.as_secs_f64() * 1e6).round() / 1e3;
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(method, route, status, duration_ms, request_id, "{method} {route} {status}")
        };
    }
    match (status, route) {
        (500.., _) => line!(error),
        // Asked every few seconds by whoever watches.
        (_, "/healthz" | "/readyz") => line!(debug),
        _ => line!(info),
    }
}
