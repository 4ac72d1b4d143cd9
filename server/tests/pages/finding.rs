//! Finding the nearest.

use crate::world::{CELL, World};
use http::{StatusCode, header};

#[tokio::test]
async fn without_a_place_the_page_asks_for_one() {
    let world = World::new(false).await.expect("the pack ships");
    let page = world.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("你在哪儿？") && page.html.contains("河南省"));
    assert!(page.html.contains("试用安装，请不要填真实身份信息"));
}

#[tokio::test]
async fn a_cell_is_listed_and_remembered_and_nothing_finer_is() {
    let world = World::new(false).await.expect("the pack ships");
    let page = world.get(&format!("/?cell={CELL}")).await;
    assert_eq!(page.names("id=\"yes\"").len(), 20);
    assert!(page.header(header::SET_COOKIE).starts_with("cell=34.75,113.66;"));
    assert!(page.html.contains("从这一片的中间算") && page.html.contains("<small>约</small>"));
    let again = world.get_with("/", &[(header::COOKIE, "cell=34.75,113.66")]).await;
    assert_eq!(again.names("id=\"yes\""), page.names("id=\"yes\""));
    assert!(again.headers.get(header::SET_COOKIE).is_none());
}

#[tokio::test]
async fn every_made_up_station_carries_its_mark() {
    let world = World::new(false).await.expect("the pack ships");
    let page = world.get(&format!("/?cell={CELL}")).await;
    let rows: Vec<_> = page.html.split("<li ").filter(|row| row.contains("class=\"row ")).collect();
    assert!(rows.len() >= 20 && rows.iter().all(|row| row.contains("示范")));
}

#[tokio::test]
async fn on_the_pack_the_chip_hot_water_finds_some() {
    let world = World::new(false).await.expect("the pack ships");
    let page = world.get(&format!("/?cell={CELL}&want=hot_water")).await;
    assert!(!page.names("id=\"yes\"").is_empty());
    for row in page.html.split("id=\"unsaid\"").next().expect("a part").split("<p class=\"have\">").skip(1) {
        let have = row.split("</p>").next().expect("a part");
        assert!(have.contains("热水") && !have.contains("热水（坏了）"), "{have}");
    }
}

#[tokio::test]
async fn on_the_real_rows_hot_water_is_not_registered_and_silence_is_listed_apart() {
    let Some(world) = World::new(true).await else { return };
    let page = world.get(&format!("/?cell={CELL}&want=hot_water")).await;
    assert!(page.html.contains("20 公里内没有登记热水的站点"));
    assert!(page.html.contains("没有写明（去之前打电话）"));
    assert!(page.names("id=\"yes\"").is_empty() && page.names("id=\"unsaid\"").len() == 20);
    // Real stations hide the made-up ones.
    assert!(!page.html.contains("示范"));
}

#[tokio::test]
async fn the_known_door_of_duling_street_is_open_on_a_monday_at_ten() {
    let Some(world) = World::new(true).await else { return };
    let page = world.get(&format!("/?cell={CELL}")).await;
    let row = page.html.split("<li ").find(|row| row.contains("金水工会杜岭户外劳动者爱心驿站"));
    let row = row.expect("it is within reach");
    assert!(row.contains("class=\"row open\"") && row.contains("开放中 · 17:30"), "{row}");
    // Imported rows are nobody's word: they say so.
    assert!(row.contains("未核实"));
}

#[tokio::test]
async fn a_wish_that_nobody_meets_says_how_far_the_next_is_and_what_to_drop() {
    let world = World::new(false).await.expect("the pack ships");
    let page = world.get(&format!("/?cell={CELL}&want=hot_water,shower")).await;
    assert!(page.html.contains("20 公里内没有登记"), "{}", page.html);
    assert!(page.html.contains("去掉“") && page.html.contains("最近约"));
}

#[tokio::test]
async fn a_link_that_cannot_be_read_still_leads_somewhere() {
    let world = World::new(false).await.expect("the pack ships");
    for (path, status) in [
        ("/?cell=abc", 400),
        ("/?cell=34.7537,113.6604", 400),
        ("/?cell=91,200", 400),
        ("/?cell=34.75,113.66&want=sauna,hot_water", 200),
        ("/?cell=0,-160", 200),
        ("/?%FF=%zz&&&=", 200),
        ("/nearby/rest", 400),
        ("/nope", 404),
        ("/stations/", 404),
    ] {
        let page = world.get(path).await;
        assert_eq!(page.status.as_u16(), status, "{path}");
        assert!(page.html.contains("aria-label=\"主要\""), "{path} has no way on");
    }
}

#[tokio::test]
async fn the_second_reply_has_what_the_page_did_not_carry_and_nothing_twice() {
    let Some(world) = World::new(true).await else { return };
    let page = world.get(&format!("/?cell={CELL}")).await;
    let rest = world.get(&format!("/nearby/rest?cell={CELL}")).await;
    assert_eq!(rest.status, StatusCode::OK);
    assert_eq!(rest.header(header::CACHE_CONTROL), "no-store");
    let first = page.names("id=\"yes\"");
    let more = rest.names("<ol");
    assert!(more.iter().all(|name| !first.contains(name)));
    assert_eq!(page.html.contains("data-rest="), !more.is_empty());
    assert!(!rest.html.contains("<html"));
}

#[tokio::test]
async fn an_island_takes_no_props_and_its_page_has_no_inline_script() {
    let world = World::new(false).await.expect("the pack ships");
    let page = world.get(&format!("/?cell={CELL}")).await;
    assert!(page.html.contains("<leptos-island") && !page.html.contains("data-props"));
    assert!(!page.html.contains("<script>") && !page.html.contains("style="));
    // The phone is given the cell's centre to rank from, and its own position is asked for on a tap only.
    assert!(page.html.contains("id=\"locate\" hidden"));
}
