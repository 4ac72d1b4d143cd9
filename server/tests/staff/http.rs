//! The desks as a phone without scripts opens them.

use crate::{
    databases::on_sqlite,
    world::{NOW, Somebody, World, config, tree, union},
};
use axum::{Router, body::Body};
use domain::{account::Reach, policy::Role};
use http::{Request, StatusCode, header};
use server::{
    http::{AppState, assets::Package, client_address::TrustedProxies, router},
    ops::{readiness::Readiness, shutdown::Shutdown},
    services::reports::{DoorReports, Secret},
    store::Store,
};
use std::sync::Arc;
use tower::ServiceExt as _;

struct Site(Router);

struct Reply {
    status: StatusCode,
    location: String,
    cache: String,
    html: String,
}

impl Site {
    fn of(world: &World) -> Self {
        let people = &world.people;
        let reports = DoorReports::new(people.store.clone(), people.finder.clone(), Secret::random());
        let ports = people.ports(Arc::new(server::roads::Held::default()), Arc::new(reports));
        let mut state = AppState::new(
            &config(),
            ports,
            Package::none(),
            Readiness::always(Shutdown::new()),
            people.vault.carried_key(),
        );
        state.clock = Arc::new(|| NOW);
        state.trusted_proxies = TrustedProxies::new(vec!["0.0.0.0/32".parse().expect("a network")]);
        Self(router(&state))
    }

    async fn ask(&self, request: Request<Body>) -> Reply {
        let (parts, body) = self.0.clone().oneshot(request).await.expect("infallible").into_parts();
        let bytes = axum::body::to_bytes(body, 10_000_000).await.expect("a whole body");
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Reply {
            status: parts.status,
            location: text(header::LOCATION),
            cache: text(header::CACHE_CONTROL),
            html: String::from_utf8_lossy(&bytes).into_owned(),
        }
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

#[tokio::test]
async fn an_officer_walks_from_the_desk_to_an_invitation_and_a_managers_code() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        let (site, officer) = (Site::of(&world), world.officer(410_103).await);
        let desk = site.get("/desk", Some(&officer)).await;
        assert_eq!((desk.status, desk.cache.as_str()), (StatusCode::OK, "no-store"));
        let organisation = format!("/desk/organisations/{}", union(410_103));
        assert!(desk.html.contains("二七区总工会") && desk.html.contains(&organisation));
        assert!(desk.html.contains("/desk/change-mobile") && !desk.html.contains("/desk/audit"));

        world.people.organisations.catch_up(store).await.expect("reads");
        let page = site.get(&organisation, Some(&officer)).await;
        assert!(page.html.contains("已开通") && page.html.contains("（你自己）") && page.html.contains("/invite"));
        let form = site.get(&format!("{organisation}/invite"), Some(&officer)).await;
        assert!(form.html.contains("法律承办人") && !form.html.contains("系统管理员"));
        let empty = site.post(&format!("{organisation}/invite"), "role=handler&reason=", &officer).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.html.contains("写一句为什么") && empty.html.contains("value=\"handler\" checked"));
        let made = site.post(&format!("{organisation}/invite"), "role=handler&reason=新到岗的律师", &officer).await;
        assert_eq!((made.status, made.cache.as_str()), (StatusCode::OK, "no-store"));
        let link = made.html.split("/invite/").nth(1).expect("a link");
        assert_eq!(link.chars().take_while(char::is_ascii_hexdigit).count(), 64);
        assert!(made.html.contains("<svg") && !made.html.contains("style=\""));
        let listed = site.get(&organisation, Some(&officer)).await;
        assert!(listed.html.contains("发出的邀请") && !listed.html.contains(&link[..64]), "shown once");

        let station = world.station_in(410_103).code;
        let at = format!("/desk/stations/{station}");
        let page = site.get(&at, Some(&officer)).await;
        assert!(page.html.contains("发站点管理码") && page.html.contains("没有提醒"));
        let code = site.post(&format!("{at}/manager-code"), "", &officer).await;
        assert_eq!((code.status, code.cache.as_str()), (StatusCode::OK, "no-store"));
        assert!(code.html.contains("class=\"spoken\"") && code.html.contains("/manager"));
        assert!(site.get(&at, Some(&officer)).await.html.contains("有一个码还没用"));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_theirs_and_what_is_not_there_is_one_page() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        let site = Site::of(&world);
        let officer = world.officer(420_000).await;
        let manager = world.with_role(Role::Manager, Reach::Station(world.station_in(410_105).code)).await;
        let handler = world.with_role(Role::Handler, tree(410_103)).await;
        let grant = store.grants_of(handler.subject).await.expect("reads")[0].id;
        let foreign = [
            format!("/desk/stations/{}", world.station_in(410_103).code),
            format!("/desk/organisations/{}", union(410_103)),
            format!("/desk/organisations/{}/invite", union(410_103)),
            format!("/desk/grants/{grant}"),
            "/desk/organisations/all".to_owned(),
            "/desk/organisations/all/invite".to_owned(),
        ];
        let missing = ["/desk/stations/0000000000", "/desk/organisations/0", "/desk/grants/00"];
        let body = |reply: &Reply| reply.html.split("<b class=\"code\">").next().unwrap_or_default().to_owned();
        let known = body(&site.get(missing[0], Some(&officer)).await);
        assert!(known.contains("没找到"));
        for path in foreign.iter().map(String::as_str).chain(missing) {
            for who in [&officer, &manager, &handler] {
                let reply = site.get(path, Some(who)).await;
                assert_eq!((reply.status, body(&reply)), (StatusCode::NOT_FOUND, known.clone()), "{path}");
            }
            let nobody = site.get(path, None).await;
            assert_eq!(nobody.status, StatusCode::SEE_OTHER, "{path}");
            assert!(nobody.location.starts_with("/sign-in?next=/desk/"), "{}", nobody.location);
        }
    })
    .await;
}

#[tokio::test]
async fn a_manager_clears_an_alert_and_takes_that_back() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        let (site, station) = (Site::of(&world), world.station_in(410_103).code);
        let mut write = store.write().await.expect("begins");
        write.put_alert(station, "moved", 2, NOW - 60_000).await.expect("writes");
        write.finish_quietly().await.expect("lasts");
        let manager = world.with_role(Role::Manager, Reach::Station(station)).await;
        let at = format!("/desk/stations/{station}");
        let page = site.get(&at, Some(&manager)).await;
        assert!(page.html.contains("站点搬走了") && page.html.contains("2 位工友"));
        let id = page.html.split("name=\"alert\" value=\"").nth(1).expect("a form");
        let id = id.split('"').next().expect("an id").to_owned();
        for (what, next) in [("clear", "undo"), ("undo", "clear")] {
            let done = site.post(&format!("{at}/alerts"), &format!("alert={id}&do={what}"), &manager).await;
            assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, at.as_str()));
            let page = site.get(&at, Some(&manager)).await;
            assert!(page.html.contains(&format!("name=\"do\" value=\"{next}\"")), "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_role_is_taken_back_over_http_and_the_other_browser_is_out() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        let site = Site::of(&world);
        let (officer, other) = (world.officer(410_100).await, world.officer(410_103).await);
        let grant = format!("/desk/grants/{}", store.grants_of(other.subject).await.expect("reads")[0].id);
        assert_eq!(site.get("/desk", Some(&other)).await.status, StatusCode::OK);
        let page = site.get(&grant, Some(&officer)).await;
        assert!(page.html.contains("收回这个角色") && page.html.contains("换了手机"));
        let wrong = site.post(&format!("{grant}/revoke"), "reason=13812345678", &officer).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.html.contains("不要写手机号") && wrong.html.contains("13812345678"), "the typed text stays");
        let done = site.post(&format!("{grant}/revoke"), "reason=调走了", &officer).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert_eq!(site.get("/desk", Some(&other)).await.location, "/sign-in?next=/desk");
    })
    .await;
}
