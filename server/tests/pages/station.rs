//! A station's page and the way there.

use crate::world::{CELL, World};
use domain::geo::{Datum, to_wgs84};
use http::{StatusCode, header};

/// The address of a row's page.
async fn address_of(world: &World, name: &str) -> String {
    let page = world.get(&format!("/?cell={CELL}")).await;
    let row = page.html.split("<h3>").skip(1).find(|row| row.contains(name)).expect("listed");
    row.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned()
}

#[tokio::test]
async fn two_taps_from_the_list_the_map_app_gets_its_own_datum() {
    let Some(world) = World::new(true).await else { return };
    let path = address_of(&world, "金水工会杜岭户外劳动者爱心驿站").await;
    let page = world.get(&path).await;
    assert!(page.html.contains("05:00–17:30") && page.html.contains("放假和调休的日子开不开没有写明。"));
    assert!(page.html.contains("带我去 · 高德地图"));
    let code = path.rsplit('/').next().expect("a code");
    let go = world.get(&format!("/go/amap/{code}")).await;
    assert_eq!(go.status, StatusCode::SEE_OTHER);
    assert!(go.header(header::SET_COOKIE).starts_with("map=amap;"));
    // The file gives 113.671888, 34.757321 in GCJ-02; it is stored as WGS-84 and goes out as GCJ-02 again.
    let to = go.header(header::LOCATION);
    let pair = to.split("to=").nth(1).expect("a destination");
    let mut numbers = pair.split(',').map(|number| number.parse::<f64>().unwrap_or(f64::NAN));
    let (lng, lat) = (numbers.next().expect("lng"), numbers.next().expect("lat"));
    assert!((lng - 113.671_888).abs() < 1e-5 && (lat - 34.757_321).abs() < 1e-5, "{to}");
    assert!((to_wgs84(Datum::Gcj02, lat, lng).1 - 113.665_783).abs() < 1e-5);
}

#[tokio::test]
async fn the_last_used_app_comes_first_and_apples_only_on_its_phones() {
    let world = World::new(false).await.expect("the pack ships");
    let path = address_of(&world, "").await;
    let with = async |cookie: &str, agent: &str| {
        world.get_with(&path, &[(header::COOKIE, cookie), (header::USER_AGENT, agent)]).await.html
    };
    assert!(with("map=baidu", "Android").await.contains("带我去 · 百度地图"));
    assert!(with("map=apple", "Android").await.contains("带我去 · 高德地图"));
    assert!(with("map=apple", "iPhone").await.contains("带我去 · 苹果地图"));
    assert!(with("map=nope", "Android").await.contains("带我去 · 高德地图"));
}

#[tokio::test]
async fn inside_wechat_the_way_out_is_shown_instead_of_a_dead_link() {
    let world = World::new(false).await.expect("the pack ships");
    let path = address_of(&world, "").await;
    let agent = [(header::USER_AGENT, "Mozilla/5.0 MicroMessenger/8.0")];
    assert!(!world.get_with(&path, &agent).await.html.contains("href=\"/go/"));
    let maps = world.get_with(&format!("{path}/maps"), &agent).await;
    assert!(maps.html.contains("在浏览器打开") && maps.html.contains("复制地址"));
    assert!(!maps.html.contains("href=\"/go/"));
}

#[tokio::test]
async fn what_is_not_there_says_so_with_a_way_on() {
    let world = World::new(false).await.expect("the pack ships");
    for path in
        ["/stations/0000000000", "/stations/short", "/stations/%FF", "/go/amap/0000000000", "/go/nope/0000000000"]
    {
        let page = world.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.html.contains("看附近的驿站"), "{path}");
    }
}

#[tokio::test]
async fn a_page_without_an_island_carries_no_wasm_and_no_hydration() {
    let world = World::new(false).await.expect("the pack ships");
    for path in ["/place", "/join", "/rights", "/cover", "/me", "/privacy", "/about", &format!("/radar?cell={CELL}")] {
        let page = world.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.html.contains("<script") && !page.html.contains("wasm") && !page.html.contains("<!>"), "{path}");
        assert!(!page.html.contains("style=") && !page.html.contains("data-props"), "{path}");
    }
}
