//! The pages as a phone without scripts opens them: no page names anybody.

use crate::{
    databases::{on_each_engine, on_sqlite},
    world::{COUNTY, NOW, Somebody, World, config},
};
use axum::{Router, body::Body};
use http::{Request, StatusCode, header};
use server::{
    http::{AppState, assets::Package, client_address::TrustedProxies, router},
    ops::{readiness::Readiness, shutdown::Shutdown},
    store::Store,
};
use std::sync::Arc;
use tower::ServiceExt as _;

struct Site(Router);

struct Reply {
    status: StatusCode,
    location: String,
    html: String,
}

impl Site {
    fn of(world: &World) -> Self {
        let mut state = AppState::new(
            &config(),
            world.ports.clone(),
            Package::none(),
            Readiness::always(Shutdown::new()),
            world.people.vault.carried_key(),
        );
        state.clock = Arc::new(|| NOW);
        state.trusted_proxies = TrustedProxies::new(vec!["0.0.0.0/32".parse().expect("a network")]);
        Self(router(&state))
    }

    async fn ask(&self, request: Request<Body>) -> Reply {
        let (parts, body) = self.0.clone().oneshot(request).await.expect("infallible").into_parts();
        let bytes = axum::body::to_bytes(body, 10_000_000).await.expect("a whole body");
        let location = parts.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (status, location) = (parts.status, location.to_owned());
        Reply { status, location, html: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn get(&self, path: &str, who: Option<&Somebody>) -> Reply {
        let cookie = who.map(|who| format!("sid={}", who.token)).unwrap_or_default();
        self.ask(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).expect("a request")).await
    }

    async fn post(&self, path: &str, fields: &str, who: &Somebody) -> Reply {
        let request = Request::post(path)
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, "http://localhost:3000")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, format!("sid={}", who.token));
        self.ask(request.body(Body::from(fields.to_owned())).expect("a request")).await
    }
}

const NAMES: [&str; 3] = ["王大锤", "李小花", "赵铁柱"];

fn names_nobody(reply: &Reply) {
    assert_eq!(reply.status, StatusCode::OK);
    for name in NAMES.iter().copied().chain(["王*锤", "李*花"]) {
        assert!(!reply.html.contains(name), "{name}");
    }
    assert!(!reply.html.contains("style=\""));
}

#[tokio::test]
async fn names_stand_on_no_page_of_anybody_but_of_who_agreed() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let site = Site::of(&world);
        let (starter, shy, agreed) =
            (world.worker(NAMES[0]).await, world.worker(NAMES[1]).await, world.worker(NAMES[2]).await);
        let sent =
            site.post("/join/union/new", "unit=飞毛腿配送&place=二七区&colleagues=25&words=快来", &starter).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
        let link = sent.location;
        for who in [&shy, &agreed] {
            let contact = if who.subject == agreed.subject { "contact=1" } else { "" };
            let joined = site.post(&format!("{link}/join"), contact, who).await;
            assert_eq!(joined.location, format!("{link}?done=joined"));
        }
        for who in [None, Some(&starter), Some(&shy), Some(&agreed)] {
            names_nobody(&site.get(&link, who).await);
        }
        assert!(site.get(&link, Some(&starter)).await.html.contains("有几个人加入"));
        assert!(site.get(&link, None).await.html.contains("/sign-in?next=/join/union/"));
        for path in ["/me/unions", "/join/union"] {
            names_nobody(&site.get(path, Some(&shy)).await);
        }
        let officer = world.officer(COUNTY).await;
        let list = site.get("/desk/founding", Some(&officer)).await;
        names_nobody(&list);
        let desk = list.html.split("href=\"/desk/founding/").nth(1).expect("one")[..32].to_owned();
        let page = site.get(&format!("/desk/founding/{desk}"), Some(&officer)).await;
        names_nobody(&page);
        assert!(page.html.contains("赵*柱") && page.html.contains("不到 5 人") && page.html.contains("快来"));
        assert!(site.get("/desk", Some(&officer)).await.html.contains("/desk/founding"));
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_stays_and_each_slip_has_a_sentence() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        let (site, worker) = (Site::of(&world), world.worker(NAMES[0]).await);
        let sent = site.post("/join/union/new", "unit=飞&place=没有这里&colleagues=很多&words=留着", &worker).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        for id in ["unit-wrong", "place-wrong", "colleagues-wrong"] {
            assert!(sent.html.contains(id), "{id}");
        }
        assert!(sent.html.contains("没有这里") && sent.html.contains("留着"));
        // Several counties of one name: one is tapped.
        let several = site.post("/join/obstruction/new", "unit=飞毛腿&place=鼓楼区&what=不让入会", &worker).await;
        assert_eq!(several.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(several.html.matches("name=\"adcode\"").count() > 1);
        let other_slip = site.post("/join/obstruction/new", "place=鼓楼区&adcode=320106", &worker).await;
        assert!(other_slip.html.contains("value=\"320106\" checked"), "what was tapped is still tapped");
        let tapped = "unit=飞毛腿&place=鼓楼区&adcode=320106&what=不让入会";
        let sent = site.post("/join/obstruction/new", tapped, &worker).await;
        assert!(sent.location.starts_with("/me/obstructions/"), "{}", sent.html);
        let page = site.get(&sent.location, Some(&worker)).await;
        assert!(page.html.contains("还没有开通") && page.html.contains("12351") && page.html.contains("不让入会"));
        let list = site.get("/me/obstructions", Some(&worker)).await;
        assert!(!list.html.contains("飞毛腿"), "lists are read over shoulders");
    })
    .await;
}

#[tokio::test]
async fn letters_that_no_database_takes_are_no_trouble_of_the_server() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let site = Site::of(&world);
        let worker = world.worker(NAMES[0]).await;
        for path in ["/join/suggest?unit=%00", "/join/suggest?unit=a%00b", "/join/unit?unit=%00", "/join?org=%00"] {
            for who in [None, Some(&worker)] {
                let status = site.get(path, who).await.status;
                assert!(!status.is_server_error(), "{path}: {status}");
            }
        }
        for token in ["%00", "x", "0", &"g".repeat(32), &"A".repeat(32), &"0".repeat(33)] {
            let reply = site.get(&format!("/join/union/{token}"), Some(&worker)).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{token}");
        }
    })
    .await;
}
