//! Choosing a place, and what the phone remembers.

use crate::world::World;
use http::{StatusCode, header};

#[tokio::test]
async fn province_city_county_end_at_a_list() {
    let world = World::new(false).await.expect("the pack ships");
    assert!(world.get("/place").await.html.contains("href=\"/place/410000\""));
    assert!(world.get("/place/410000").await.html.contains("href=\"/place/410100\""));
    let city = world.get("/place/410100").await;
    let link = city.html.split("<a class=\"btn\"").find(|link| link.contains("金水区")).expect("a county of the city");
    assert!(link.contains("href=\"/?cell="), "{link}");
    assert_eq!(world.get("/place/999999").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/place/x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_place_or_a_station_is_found_by_words_and_nothing_found_keeps_them() {
    let world = World::new(false).await.expect("the pack ships");
    assert!(world.get("/place?q=%E9%87%91%E6%B0%B4").await.html.contains("河南省 郑州市 金水区"));
    let nothing = world.get("/place?q=%3Cb%3Exyz").await;
    assert!(nothing.html.contains("没找到") && nothing.html.contains("&lt;b&gt;xyz"));
    assert!(!nothing.html.contains("<b>xyz"));
}

#[tokio::test]
async fn large_text_and_night_are_kept_in_cookies_and_shown() {
    let world = World::new(false).await.expect("the pack ships");
    let done = world.post("/me", "theme=dark", "http://localhost:3000").await;
    assert_eq!((done.status, done.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/me"));
    assert!(done.header(header::SET_COOKIE).starts_with("theme=dark;"));
    let page = world.get_with("/me", &[(header::COOKIE, "theme=dark; text=large")]).await;
    assert!(page.html.contains("data-theme=\"dark\"") && page.html.contains("data-text=\"large\""));
}

#[tokio::test]
async fn forgetting_takes_the_cell_off_the_phone() {
    let world = World::new(false).await.expect("the pack ships");
    let done = world.post("/place", "", "http://localhost:3000").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let cookies: Vec<_> = done.headers.get_all(header::SET_COOKIE).iter().collect();
    assert!(cookies.iter().any(|cookie| cookie.as_bytes().starts_with(b"cell=; Path=/; Max-Age=0")), "{cookies:?}");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_in_words() {
    let world = World::new(false).await.expect("the pack ships");
    let refused = world.post("/me", "theme=dark", "https://elsewhere.example").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.headers.get(header::SET_COOKIE).is_none());
    assert!(refused.html.contains("本站"));
}
