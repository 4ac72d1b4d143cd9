//! The pages as a phone without scripts opens them, and the files as they arrive.

use crate::{
    databases::on_sqlite,
    made::{document, import, made_up},
    world::{DAY, NOW, Somebody, World, config, union},
};
use axum::{Router, body::Body};
use domain::membership::Month;
use http::{HeaderMap, Request, StatusCode, header};
use server::{
    http::{AppState, assets::Package, client_address::TrustedProxies, router},
    ops::{readiness::Readiness, shutdown::Shutdown},
    services::{
        lists::count_months,
        reports::{DoorReports, Secret},
    },
    store::Store,
};
use std::sync::Arc;
use tower::ServiceExt as _;

pub struct Site(Router);

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Site {
    pub fn of(world: &World) -> Self {
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
        Reply { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn get(&self, path: &str, who: &Somebody) -> Reply {
        let cookie = format!("sid={}", who.token);
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
async fn plots_are_told_in_words_and_stand_beside_a_table() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        let mut edit = store.edit().await.expect("begins");
        edit.put_made_up_lists(&[("courier", "快递员")], &[], &[], NOW).await.expect("writes");
        let months = (0..12).map(|back| Month(2026 * 12 + 9 - back));
        let one = |(number, month): (u32, Month)| made_up(number, 410_105, "submitted", month.begins() + DAY);
        let rows: Vec<_> = (0..).zip(months.flat_map(|month| [month; 12])).map(one).collect();
        edit.put_made_up_applications(&rows, NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
        assert_eq!(count_months(&world.people, NOW).await.expect("counts"), 12);
        let (site, officer) = (Site::of(&world), world.officer(410_100).await);
        let path = format!("/desk/organisations/{}/figures", union(410_100));
        let page = site.get(&path, &officer).await;
        assert_eq!((page.status, page.header(header::CACHE_CONTROL)), (StatusCode::OK, "no-store"));
        for told in
            ["role=\"img\"", "<desc id=\"applied-told\">12 个月里申请", "2026-10", "太少", "每个组织里每 5 个人记一次"]
        {
            assert!(page.text.contains(told), "{told}");
        }
        let file = site.get(&format!("{path}.csv"), &officer).await;
        assert!(file.text.starts_with("\u{feff}分类,类别,月份,申请,通过,会员\r\n"));
        assert!(file.text.lines().filter(|line| line.starts_with("全部,")).count() == 12);
        let home = site.get("/desk/figures", &officer).await;
        assert!(home.text.contains(&path));
        // Numbers that are not fives stand nowhere.
        assert!(!page.text.contains("<td>12</td>"));
    })
    .await;
}

#[tokio::test]
async fn a_list_is_a_file_of_its_own_and_what_was_typed_stays_when_it_is_not_made() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        let text = format!("姓名,证件号码\n张小明,{}\n", document(1));
        import(&world, 410_105, text.as_bytes(), false).await;
        let (site, officer) = (Site::of(&world), world.officer(410_105).await);
        let path = format!("/desk/organisations/{}/members", union(410_105));
        let list = site.get(&path, &officer).await;
        assert!(list.text.contains("张*明") && !list.text.contains("张小明"));
        let form = site.get(&format!("{path}/export"), &officer).await;
        assert!(form.text.contains("通用名单") && form.text.contains("name=\"reason\""));
        let wrong = site.post(&format!("{path}/export"), "reason=13812345678", &officer).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("选一种表") && wrong.text.contains("13812345678"));
        let file = site.post(&format!("{path}/export"), "template=generic&reason=报送省系统", &officer).await;
        assert_eq!(file.header(header::CONTENT_DISPOSITION), "attachment; filename=\"members.csv\"");
        assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
        assert!(file.text.contains("\"张小明\"") && file.text.lines().count() == 2);
    })
    .await;
}
