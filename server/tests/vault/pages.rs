//! The screens of matters and of the audit log.

use super::{
    attack::web,
    engines::Site,
    world::{Someone, World},
};
use axum::{Router, body::Body};
use domain::policy::Role;
use http::{Request, StatusCode, header};
use tower::ServiceExt as _;

struct Reply {
    status: StatusCode,
    to: String,
    cached: String,
    html: String,
}

async fn get(app: &Router, path: &str, who: Option<&Someone>) -> Reply {
    let cookie = who.map(|who| format!("sid={}", who.token)).unwrap_or_default();
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
    let response = app.clone().oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = axum::body::to_bytes(body, 10_000_000).await.expect("whole");
    let html = String::from_utf8_lossy(&bytes).into_owned();
    Reply { status: parts.status, to: text(header::LOCATION), cached: text(header::CACHE_CONTROL), html }
}

/// Without what differs from one reply to the next.
fn calm(html: &str) -> String {
    html.split("<b class=\"code\">").map(|part| part.split_once("</b>").map_or(part, |(_, rest)| rest)).collect()
}

#[tokio::test]
async fn a_matter_is_a_page_for_its_two_people_and_not_there_for_everybody_else() {
    let site = Site::on_sqlite();
    let mut world = World::new(&site).await;
    let (worker, officer, handler) =
        (world.worker().await, world.staff(Role::Officer).await, world.staff(Role::Handler).await);
    let matter = world.open(&worker, "第一行\n<b>第二行</b>").await;
    world.assign(&officer, matter, &handler).await.expect("assigned");
    let app = web(&world);
    let (mine, desk) = (format!("/me/matters/{matter}"), format!("/desk/matters/{matter}"));
    for (path, who) in [(&mine, &worker), (&desk, &handler)] {
        let reply = get(&app, path, Some(who)).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(
            reply.html.contains("<p>第一行</p>") && reply.html.contains("&lt;b&gt;第二行&lt;/b&gt;"),
            "{}",
            reply.html
        );
        assert_eq!(reply.cached, "no-store");
    }
    assert!(get(&app, "/desk/matters", Some(&handler)).await.html.contains(&desk));
    let signed_out = get(&app, &desk, None).await;
    assert_eq!((signed_out.status, signed_out.html.contains("第一行")), (StatusCode::SEE_OTHER, false));
    assert!(signed_out.to.starts_with("/sign-in"), "{}", signed_out.to);

    let administrator = world.staff(Role::Administrator).await;
    let missing = get(&app, &format!("/desk/matters/{}", "9".repeat(32)), Some(&administrator)).await;
    let nonsense = get(&app, "/desk/matters/x", Some(&administrator)).await;
    for path in [&mine, &desk] {
        let foreign = get(&app, path, Some(&administrator)).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        assert_eq!(calm(&foreign.html), calm(&missing.html), "foreign and missing look alike");
        assert_eq!(calm(&foreign.html), calm(&nonsense.html));
    }

    world.stop_keyd().await;
    let closed = get(&app, &mine, Some(&worker)).await;
    assert_eq!(closed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(closed.html.contains("案件都在，没有丢") && !closed.html.contains("第一行"));
    world.close().await;
}

#[tokio::test]
async fn the_audit_log_is_paged_in_words_for_the_auditor_alone() {
    let site = Site::on_sqlite();
    let world = World::new(&site).await;
    let (worker, officer, handler) =
        (world.worker().await, world.staff(Role::Officer).await, world.staff(Role::Handler).await);
    let matter = world.open(&worker, "内容").await;
    world.assign(&officer, matter, &handler).await.expect("assigned");
    for _ in 0..60 {
        world.read(&handler, matter).await.expect("read");
    }
    let (app, auditor) = (web(&world), world.staff(Role::Auditor).await);
    let first = get(&app, "/desk/audit", Some(&auditor)).await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(first.html.matches("看案件内容").count(), 50);
    assert!(first.html.contains("?before=12") && !first.html.contains(&matter.to_string()));
    let second = get(&app, "/desk/audit?month=2026-11&before=12", Some(&auditor)).await;
    assert_eq!(second.html.matches("看案件内容").count(), 10);
    assert!(second.html.contains("指派案件") && !second.html.contains("更早的"));
    for wrong in ["/desk/audit?month=x", "/desk/audit?month=2026-13"] {
        assert_eq!(get(&app, wrong, Some(&auditor)).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    for who in [&worker, &officer, &handler] {
        assert_eq!(get(&app, "/desk/audit", Some(who)).await.status, StatusCode::NOT_FOUND);
    }
    world.close().await;
}
