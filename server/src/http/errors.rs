//! Whatever goes wrong, a calm reply: a page for people, problem+json for programs.

use super::{
    AppState,
    api::problem::{Kind, PROBLEM_JSON, Problem},
    is_api, pages,
    request_id::RequestId,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt as _;
use http::{
    HeaderValue, StatusCode,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_TYPE, COOKIE, RETRY_AFTER, USER_AGENT},
    request::Parts,
};
use std::{panic::AssertUnwindSafe, time::Duration};

/// The longest a reply may take to begin.
pub const TIME_LIMIT: Duration = Duration::from_secs(15);

/// On a reply of status 4xx or 5xx that is plain text on purpose.
#[derive(Clone, Copy)]
pub struct SaysItAll;

/// Nothing has this address. The words are given by [`calm`], as to every bare status.
pub async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// Catches panics and what takes too long, and gives words to replies that have none: the bare
/// statuses of routes and layers below, and the English lines of the framework's extractors.
pub async fn calm(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let asked = essence(&request);
    let id = RequestId::of(&request);
    let answer = AssertUnwindSafe(tokio::time::timeout(TIME_LIMIT, next.run(request))).catch_unwind().await;
    match answer {
        Ok(Ok(response)) if is_bare(&response) => {
            let worded = reply(&state, &asked, response.status(), &id).await;
            with_headers_of(&response, worded)
        }
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!(request_id = id.as_str(), "request {id} took longer than {} s", TIME_LIMIT.as_secs());
            let mut response = reply(&state, &asked, StatusCode::SERVICE_UNAVAILABLE, &id).await;
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            response
        }
        Err(_) => {
            // The hook has logged where; here it gets the request's name.
            tracing::error!(request_id = id.as_str(), "request {id} ended in a panic");
            reply(&state, &asked, StatusCode::INTERNAL_SERVER_ERROR, &id).await
        }
    }
}

/// What an error page needs to know of a request, kept while the request itself is used up.
fn essence(request: &Request) -> Parts {
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.uri = request.uri().clone();
    for name in [COOKIE, USER_AGENT] {
        if let Some(value) = request.headers().get(&name) {
            parts.headers.insert(name, value.clone());
        }
    }
    if let Some(id) = request.extensions().get::<RequestId>() {
        parts.extensions.insert(id.clone());
    }
    parts
}

fn is_bare(response: &Response) -> bool {
    let status = response.status();
    let unworded = match response.headers().get(CONTENT_TYPE) {
        None => true,
        Some(kind) => kind.as_bytes().starts_with(b"text/plain"),
    };
    let failed = status.is_client_error() || status.is_server_error();
    failed && unworded && response.extensions().get::<SaysItAll>().is_none()
}

fn with_headers_of(bare: &Response, mut worded: Response) -> Response {
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = bare.headers().get(&name) {
            worded.headers_mut().insert(name, value.clone());
        }
    }
    worded
}

/// The reply for a status, in the form the path asks for.
async fn reply(state: &AppState, asked: &Parts, status: StatusCode, id: &RequestId) -> Response {
    if is_api(asked.uri.path()) {
        return problem(status, id);
    }
    // The page is made by the same code that may just have failed.
    let page = AssertUnwindSafe(pages::error_page(state, asked, status)).catch_unwind().await;
    page.unwrap_or_else(|_| last_resort(status, id))
}

fn problem(status: StatusCode, id: &RequestId) -> Response {
    let documented = [Kind::Internal, Kind::Unavailable, Kind::NotFound, Kind::MethodNotAllowed];
    if let Some(kind) = documented.into_iter().find(|kind| kind.status() == status) {
        return Problem::new(kind, sentence(status)).with_request_id(id.as_str()).into_response();
    }
    // Refused before the API saw it, for its size or its form (RFC 9457, 4.2.1).
    let body = serde_json::json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": sentence(status),
        "request_id": id.as_str(),
    });
    let headers = [
        (CONTENT_TYPE, PROBLEM_JSON),
        (CACHE_CONTROL, "no-store"),
        // A page of another origin must be able to read what is wrong.
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (status, headers, body.to_string()).into_response()
}

/// A page that needs nothing, for when the error page itself fails.
fn last_resort(status: StatusCode, id: &RequestId) -> Response {
    let sentence = sentence(status);
    let html = format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{sentence}</title><h1>{sentence}</h1><p><a href=\"/\">回到附近</a></p>\
         <p>要报修，告诉我们这个编号：{id}</p></html>"
    );
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], html).into_response()
}

/// What happened and what to do, in a sentence.
fn sentence(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => "提交的内容太大，请减少一些再试。",
        StatusCode::URI_TOO_LONG => "网址太长，请缩短再试。",
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "请求头太多，请减少再试。",
        StatusCode::SERVICE_UNAVAILABLE => "现在忙不过来，请过几秒再试。",
        _ if status.is_client_error() => "这个请求办不了，请检查网址和内容再试。",
        _ => "我们这边出错了，请稍后再试。",
    }
}
