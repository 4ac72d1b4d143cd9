//! What every request passes through.

use super::{Reply, get, request, send, state};
use crate::http::{AppState, BODY_LIMIT, client_address::ClientAddress, guard, limits, router};
use axum::{Router, body::Body, routing};
use http::{Request, StatusCode};
use std::time::Duration;
use tower::ServiceExt as _;

/// The guard around one route of our own.
async fn guarded(path: &'static str, route: routing::MethodRouter<AppState>, ask: Request<Body>) -> Reply {
    let state = state(&[]);
    send(guard(Router::new().route(path, route), Router::new(), &state).with_state(state), ask).await
}

#[tokio::test]
async fn every_reply_has_a_fresh_request_id_and_takes_none_from_outside() {
    let mut asked = request("GET", "/healthz");
    asked.headers_mut().insert("x-request-id", "mine".parse().expect("a value"));
    let state = state(&[]);
    let first = send(router(&state), asked).await;
    let second = get(&state, "/no/such/page").await;
    let id = first.header("x-request-id");
    assert!(id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit()), "{id}");
    assert_ne!(id, second.header("x-request-id"));
    assert!(second.text().contains(second.header("x-request-id")), "the error page names the request");
}

#[tokio::test]
async fn every_reply_has_the_security_headers() {
    let state = state(&[]);
    for path in ["/healthz", "/no/such/page", "/api/v1/openapi.json", "/api/v1/nothing"] {
        let reply = get(&state, path).await;
        assert_eq!(
            reply.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
             img-src 'self' data:; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(reply.header("permissions-policy").contains("geolocation=(self)"), "{path}");
        assert_eq!(reply.header("strict-transport-security"), "", "a trial has no TLS: {path}");
    }
}

#[tokio::test]
async fn only_the_api_may_be_embedded_elsewhere() {
    let state = state(&[]);
    assert_eq!(get(&state, "/healthz").await.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(get(&state, "/api/v1/openapi.json").await.header("cross-origin-resource-policy"), "cross-origin");
}

#[tokio::test]
async fn a_configured_tile_host_is_the_only_other_source_and_only_of_images() {
    let state = state(&[("TILES", "https://{s}.t.example/{z}/{x}/{y}")]);
    let reply = get(&state, "/healthz").await;
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("img-src 'self' data: https://*.t.example;"), "{policy}");
    assert_eq!(policy.matches("https:").count(), 1, "{policy}");
}

#[tokio::test]
async fn a_real_service_asks_browsers_to_stay_on_https() {
    let keys = [
        ("TRIAL", "off"),
        ("OPERATOR", "某工会"),
        ("PRIVACY_URL", "https://a.example/"),
        ("CONTACT", "12351"),
        ("PUBLIC_URL", "https://a.example"),
        ("SMS_GATEWAYS", "tencent"),
        ("TENCENT_SMS_SECRET_ID", "id"),
        ("TENCENT_SMS_SECRET_KEY", "sesame"),
        ("TENCENT_SMS_APP", "1400006666"),
        ("TENCENT_SMS_SIGN", "某工会"),
        ("TENCENT_SMS_TEMPLATE", "1234"),
    ];
    assert_eq!(get(&state(&keys), "/healthz").await.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn a_panic_becomes_a_calm_page_or_problem() {
    let panics = || routing::get(async || -> &'static str { panic!("as planned") });
    let page = guarded("/panic", panics(), request("GET", "/panic")).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.header("content-type").starts_with("text/html") && !page.text().contains("as planned"));
    assert!(page.text().contains(page.header("x-request-id")));

    let problem = guarded("/api/panic", panics(), request("GET", "/api/panic")).await;
    assert_eq!(problem.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert!(problem.text().contains(problem.header("x-request-id")));
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_never_comes_is_given_up() {
    let never = routing::get(async || tokio::time::sleep(Duration::from_hours(1)).await);
    let reply = guarded("/never", never, request("GET", "/never")).await;
    assert_eq!((reply.status, reply.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_and_our_own_is_not() {
    let post = |headers: &[(&'static str, &'static str)]| {
        let mut asked = request("POST", "/form");
        asked.headers_mut().insert("host", "here.example".parse().expect("a value"));
        for (name, value) in headers {
            asked.headers_mut().insert(*name, value.parse().expect("a value"));
        }
        guarded("/form", routing::post(async || "done"), asked)
    };
    for foreign in [
        [("sec-fetch-site", "cross-site")].as_slice(),
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
    ] {
        let reply = post(foreign).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{foreign:?}");
        assert!(reply.text().contains("不是从本站的页面"), "{foreign:?}");
    }
    for own in [[("sec-fetch-site", "same-origin")].as_slice(), &[("origin", "https://here.example")], &[]] {
        assert_eq!(post(own).await.status, StatusCode::OK, "{own:?}");
    }
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused_with_words() {
    let take = || routing::post(async |body: String| body.len().to_string());
    let with = |size: usize| Request::post("/form").header("content-length", size).body(Body::from(vec![b'a'; size]));
    assert_eq!(guarded("/form", take(), with(BODY_LIMIT).expect("a request")).await.status, StatusCode::OK);
    let refused = guarded("/form", take(), with(BODY_LIMIT + 1).expect("a request")).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.text().contains("太大"), "{}", refused.text());
    // Without a length it is cut while it is read.
    let unsaid = Request::post("/form").body(Body::from_stream(futures::stream::iter(
        (0..3).map(|_| Ok::<_, std::io::Error>(vec![b'a'; BODY_LIMIT / 2])),
    )));
    assert_eq!(guarded("/form", take(), unsaid.expect("a request")).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn addresses_and_headers_above_the_limit_are_refused_with_words() {
    let state = state(&[]);
    let long = format!("/?q={}", "a".repeat(limits::URI_LIMIT));
    let reply = get(&state, &long).await;
    assert!(reply.status == StatusCode::URI_TOO_LONG && reply.text().contains("地址太长"));

    let mut asked = request("GET", "/healthz");
    asked.headers_mut().insert("cookie", "a".repeat(limits::HEADERS_LIMIT).parse().expect("a value"));
    let reply = send(router(&state), asked).await;
    assert_eq!(reply.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[tokio::test]
async fn a_wrong_method_is_405_with_allow_and_words() {
    let reply = send(router(&state(&[])), request("DELETE", "/healthz")).await;
    assert_eq!((reply.status, reply.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
    assert!(reply.text().contains("不能这样打开"), "{}", reply.text());
}

#[tokio::test]
async fn an_english_line_of_the_framework_never_reaches_a_person() {
    let by_number = routing::get(async |axum::extract::Path(number): axum::extract::Path<u32>| number.to_string());
    let reply = guarded("/page/{number}", by_number, request("GET", "/page/x")).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(
        reply.header("content-type").starts_with("text/html") && reply.text().contains("看不懂这个请求"),
        "{}",
        reply.text()
    );
}

#[tokio::test]
async fn text_is_compressed_and_says_that_it_varies() {
    let text = routing::get(async || "站点 ".repeat(1000));
    let mut asked = request("GET", "/text");
    asked.headers_mut().insert("accept-encoding", "gzip, br".parse().expect("a value"));
    let reply = guarded("/text", text, asked).await;
    assert_eq!(reply.header("content-encoding"), "br");
    assert!(reply.header("vary").contains("accept-encoding") && reply.body.len() < 200);
}

#[tokio::test]
async fn pages_are_not_kept_by_shared_caches() {
    let page = routing::get(async || axum::response::Html("<p>"));
    assert_eq!(guarded("/page", page, request("GET", "/page")).await.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn the_api_is_limited_per_address_and_pages_are_not() {
    let state = state(&[("TRUSTED_PROXIES", "0.0.0.0/8")]);
    let ask = async |path: &str, from: &str| {
        let mut asked = request("GET", path);
        asked.headers_mut().insert("x-forwarded-for", from.parse().expect("a value"));
        send(router(&state), asked).await
    };
    let mut refused = None;
    for _ in 0..=200 {
        let reply = ask("/api/v1/nothing", "203.0.113.9").await;
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(reply);
            break;
        }
    }
    let refused = refused.expect("more than 120 at once");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.header("access-control-allow-origin"), "*");
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds >= 1));
    assert_eq!(ask("/api/v1/nothing", "203.0.113.10").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask("/healthz", "203.0.113.9").await.status, StatusCode::OK);
}

#[tokio::test]
async fn limits_off_limits_nothing() {
    let state = state(&[("LIMITS", "off")]);
    for _ in 0..300 {
        assert_eq!(get(&state, "/api/v1/nothing").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn one_address_cannot_post_sign_ins_without_end() {
    let state = state(&[]);
    let posted = async |address: &str| {
        let request = Request::post("/sign-in")
            .header("host", "localhost:3000")
            .header("origin", "http://localhost:3000")
            .header("content-type", "application/x-www-form-urlencoded")
            .extension(ClientAddress(address.parse().expect("an address")));
        let request = request.body(Body::from("mobile=1")).expect("a request");
        let response = pages_of(&state).oneshot(request).await.expect("infallible");
        response.status()
    };
    let mut refused = 0;
    for _ in 0..200 {
        if posted("203.0.113.5").await == StatusCode::TOO_MANY_REQUESTS {
            refused += 1;
        }
    }
    assert!(refused >= 70, "{refused} of 200 were refused");
    assert_ne!(posted("203.0.113.6").await, StatusCode::TOO_MANY_REQUESTS, "the neighbour is not");
}

/// Pages without the layers that find out where a request comes from.
fn pages_of(state: &AppState) -> Router {
    crate::http::pages::routes(state).with_state(state.clone())
}
