//! One tap at a door, and proposals, as a phone without scripts sends them.

use crate::world::{CELL, Reply, World};
use http::{HeaderName, StatusCode, header};

const ORIGIN: (HeaderName, &str) = (header::ORIGIN, "http://localhost:3000");
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of the first open door that people are asked about.
async fn open_door(world: &World) -> String {
    let list = world.get(&format!("/?cell={CELL}")).await;
    for row in list.html.split("<li ").filter(|row| row.contains("class=\"row open\"")) {
        let path = row.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        if world.get(path).await.html.contains("id=\"say\"") {
            return path.to_owned();
        }
    }
    panic!("no open door in {}", list.html)
}

/// The sign of a station's page.
fn sign(page: &Reply) -> String {
    let begin = page.html.find("<section ").expect("a sign");
    page.html[begin..].split("</section>").next().unwrap_or_default().to_owned()
}

fn token(number: u32) -> String {
    format!("device={number:032x}")
}

async fn tap(world: &World, path: &str, fields: &str, cookie: &str, address: &str) -> Reply {
    world.post_with(path, fields, &[ORIGIN, (header::COOKIE, cookie), (FORWARDED, address)]).await
}

#[tokio::test]
async fn a_tap_without_scripts_is_registered_and_a_second_one_counts_once() {
    let world = World::new(false).await.expect("the pack ships");
    let path = open_door(&world).await;
    let before = world.get(&path).await;
    assert!(before.html.contains(&format!("method=\"post\" action=\"{path}\"")), "{}", before.html);
    for button in ["open", "locked", "moved"] {
        assert!(before.html.contains(&format!("name=\"said\" value=\"{button}\"")), "{button}");
    }
    assert!(before.html.contains("name=\"near\" value=\"said\"") && !before.html.contains("id=\"heard\""));

    let done = world.post_with(&path, "near=said&said=locked", &[ORIGIN]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let to = done.header(header::LOCATION);
    assert_eq!(to, format!("{path}?heard=yes#heard"));
    let cookie = done.header(header::SET_COOKIE);
    assert!(cookie.starts_with("device=") && cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"));
    let page = world.get(to.split('#').next().expect("a path")).await;
    assert!(page.html.contains("id=\"heard\"") && page.html.contains("已登记，谢谢"));
    assert_eq!(sign(&page), sign(&before), "one voice changes nothing");

    let mine = cookie.split(';').next().expect("a pair");
    assert_eq!(mine.len(), "device=".len() + 32);
    let again = world.post_with(&path, "near=said&said=locked", &[ORIGIN, (header::COOKIE, mine)]).await;
    assert_eq!(again.header(header::LOCATION), format!("{path}?heard=already#heard"));
    assert!(again.headers.get(header::SET_COOKIE).is_none(), "the phone has one");
    assert!(world.get(&format!("{path}?heard=already")).await.html.contains("你已经说过"));
}

#[tokio::test]
async fn three_phones_of_three_networks_make_an_open_door_unknown() {
    let world = World::new(false).await.expect("the pack ships");
    let path = open_door(&world).await;
    let addresses = ["198.51.100.7", "203.0.113.7", "192.0.2.7"];
    for (number, address) in (1..).zip(addresses) {
        assert!(!sign(&world.get(&path).await).contains("class=\"sign unknown\""));
        let done = tap(&world, &path, "near=checked&said=locked", &token(number), address).await;
        assert_eq!(done.header(header::LOCATION), format!("{path}?heard=yes#heard"));
    }
    let page = world.get(&path).await;
    let sign = sign(&page);
    assert!(sign.contains("class=\"sign unknown\"") && sign.contains("3 位工友说门锁着"), "{sign}");
    assert!(!page.html.contains("198.51.100") && !page.html.contains(&token(1)));
}

#[tokio::test]
async fn fifty_fresh_phones_of_one_network_change_nothing_and_one_phone_is_refused_after_twenty() {
    let world = World::new(false).await.expect("the pack ships");
    let path = open_door(&world).await;
    let before = world.get(&path).await.html;
    for number in 0..50 {
        let address = format!("198.51.100.{number}");
        let done = tap(&world, &path, "near=checked&said=locked", &token(number), &address).await;
        assert_eq!(done.header(header::LOCATION), format!("{path}?heard=yes#heard"));
    }
    assert_eq!(world.get(&path).await.html, before);
    for (number, said) in (0..20).zip(["moved", "locked"].into_iter().cycle()) {
        let done = tap(&world, &path, &format!("said={said}"), &token(99), "198.51.100.9").await;
        assert!(done.header(header::LOCATION).ends_with("?heard=yes#heard"), "{number}");
    }
    let refused = tap(&world, &path, "said=moved", &token(99), "198.51.100.9").await;
    assert_eq!(refused.header(header::LOCATION), format!("{path}?heard=enough#heard"));
    assert!(world.get(&format!("{path}?heard=enough")).await.html.contains("没有登记"));
    assert_eq!(world.get(&path).await.html, before);
}

#[tokio::test]
async fn whatever_is_sent_the_answer_is_calm() {
    let world = World::new(false).await.expect("the pack ships");
    let path = open_door(&world).await;
    let long = format!("said={}", "x".repeat(10_000));
    let huge = format!("said=open&near={}", "x".repeat(70_000));
    for (at, fields, status) in [
        (&*path, "", 400),
        (&path, "near=said", 400),
        (&path, "said=", 400),
        (&path, "said=x", 400),
        (&path, "said=amenity_gone", 400),
        (&path, "said=open:hot_water", 400),
        (&path, "said=amenity_gone:sauna", 400),
        (&path, "said=%FF%00", 400),
        (&path, "said=x&said=open", 400),
        (&path, &long, 400),
        (&path, &huge, 413),
        ("/stations/0000000000", "said=open", 404),
        ("/stations/short", "said=open", 404),
        ("/stations/%FF", "said=open", 404),
        ("/stations/short", "said=x", 404),
        ("/stations/0000000000/fix", "words=x", 404),
    ] {
        let reply = world.post_with(at, fields, &[ORIGIN]).await;
        let shown: String = fields.chars().take(40).collect();
        assert_eq!(reply.status.as_u16(), status, "{at} {shown}");
        assert!(reply.headers.get(header::SET_COOKIE).is_none(), "{at} {shown}");
        assert!(reply.html.contains("看附近的驿站"), "{at} {shown}");
    }
    // Not knowing how near is being told so.
    let done = world.post_with(&path, "said=open&near=%3Cb%3E", &[ORIGIN]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_outcome_nobody_gave_is_not_shown() {
    let world = World::new(false).await.expect("the pack ships");
    let path = open_door(&world).await;
    let plain = world.get(&path).await.html;
    for heard in ["%3Cscript%3Ealert(1)%3C/script%3E", "yes%3Cscript%3E", "YES", "%00", "yes%20", ""] {
        let page = world.get(&format!("{path}?heard={heard}")).await;
        assert_eq!(page.status, StatusCode::OK, "{heard}");
        assert!(!page.html.contains("alert(1)") && !page.html.contains("<script>"), "{heard}");
        // Blanks around a known one are as good as none.
        assert_eq!(page.html == plain, heard != "yes%20", "{heard}");
    }
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let world = World::new(false).await.expect("the pack ships");
    let path = open_door(&world).await;
    for (at, fields) in [
        (path.clone(), "said=locked"),
        (format!("{path}/fix"), "words=x"),
        ("/stations/new".to_owned(), "name=x&place=y"),
    ] {
        let refused = world.post(&at, fields, "https://elsewhere.example").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{at}");
        assert!(refused.headers.get(header::SET_COOKIE).is_none() && refused.html.contains("不能这样提交"), "{at}");
    }
}

/// The number that a redirect leads to, after the page there has said so.
async fn registered(world: &World, done: &Reply, path: &str) -> String {
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let to = done.header(header::LOCATION);
    let number = to.strip_prefix(&format!("{path}?number=")).expect("a number").to_owned();
    let page = world.get(to).await;
    assert!(page.html.contains("已登记，谢谢") && page.html.contains(&number));
    number
}

#[tokio::test]
async fn a_correction_is_kept_and_the_page_stays_as_it_was() {
    let world = World::new(false).await.expect("the pack ships");
    let path = open_door(&world).await;
    let (before, fix) = (world.get(&path).await.html, format!("{path}/fix"));
    assert!(before.contains(&format!("href=\"{fix}\"")));
    let form = world.get(&fix).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.html.contains("哪里写错了？") && !form.html.contains("class=\"wrong\""));

    let done = world.post_with(&fix, "words=%E5%85%AB%E7%82%B9%E5%B0%B1%E5%85%B3%E9%97%A8", &[ORIGIN]).await;
    assert!(done.header(header::SET_COOKIE).starts_with("device="));
    assert_eq!(registered(&world, &done, &fix).await.len(), 8);
    assert_eq!(world.get(&path).await.html, before);
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost() {
    let world = World::new(false).await.expect("the pack ships");
    let fix = format!("{}/fix", open_door(&world).await);
    for blank in ["", "words=", "words=+%0D%0A+", "words=%00%1F", "other=x"] {
        let page = world.post_with(&fix, blank, &[ORIGIN]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{blank}");
        assert!(page.html.contains("id=\"words-wrong\"") && page.html.contains("写一句哪里不对"), "{blank}");
        assert!(page.html.contains("aria-invalid=\"true\"") && page.headers.get(header::SET_COOKIE).is_none());
    }

    let long = format!("words=%3C/textarea%3E%3Cscript%3E{}", "a".repeat(500));
    let page = world.post_with(&fix, &long, &[ORIGIN]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("最多 500 个字，现在有 519 个"), "{}", page.html);
    assert!(page.html.contains(&"a".repeat(500)) && page.html.contains("&lt;/textarea&gt;&lt;script&gt;"));
    assert!(!page.html.contains("<script>") && page.html.matches("</textarea>").count() == 1);
    // Exactly as many as allowed, in lines as a browser sends them.
    let most = format!("words={}%0D%0A{}", "a".repeat(250), "b".repeat(249));
    registered(&world, &world.post_with(&fix, &most, &[ORIGIN]).await, &fix).await;
}

#[tokio::test]
async fn a_missing_station_is_reported_with_its_name_and_place() {
    let world = World::new(false).await.expect("the pack ships");
    let new = "/stations/new";
    let form = world.get(new).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.html.contains("这里有个站点没登记？") && !form.html.contains("name=\"here\""));
    let somewhere = [(header::COOKIE, "cell=34.75,113.66")];
    assert!(world.get_with(new, &somewhere).await.html.contains("name=\"here\""));

    let page = world.post_with(new, "name=%22%3Cb%3E&place=&words=w%3Cw%26lt;", &[ORIGIN]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("id=\"place-wrong\"") && !page.html.contains("id=\"name-wrong\""));
    assert!(page.html.contains("有 1 处要改") && page.html.contains("w&lt;w&amp;lt;"));
    assert!(page.html.contains("&quot;") && !page.html.contains("\"<b>"), "{}", page.html);
    let long = format!("name={}&place={}&words={}&here=yes", "n".repeat(61), "p".repeat(121), "w".repeat(501));
    let page = world.post_with(new, &long, &[ORIGIN, (header::COOKIE, "cell=34.75,113.66")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["name", "place", "words"] {
        assert!(page.html.contains(&format!("id=\"{field}-wrong\"")), "{field}");
    }
    assert!(page.html.contains("有 3 处要改") && page.html.contains(" checked"));

    let list = world.get(&format!("/?cell={CELL}")).await.html;
    let done = world.post_with(new, "name=n&place=p&here=yes", &[ORIGIN, (header::COOKIE, "cell=34.75,113.66")]).await;
    registered(&world, &done, new).await;
    assert_eq!(world.get(&format!("/?cell={CELL}")).await.html, list);
}

#[tokio::test]
async fn a_number_nobody_gave_shows_the_form_and_the_eleventh_proposal_is_refused_with_its_words() {
    let world = World::new(false).await.expect("the pack ships");
    let path = open_door(&world).await;
    let fix = format!("{path}/fix");
    for number in ["garbage", "%3Cscript%3E", "0123456", "012345678", "%E5%85%AB%E7%82%B9", ""] {
        for at in [&*fix, "/stations/new"] {
            let page = world.get(&format!("{at}?number={number}")).await;
            assert_eq!(page.status, StatusCode::OK, "{number}");
            assert!(page.html.contains("id=\"propose\"") && !page.html.contains("已登记"), "{number}");
        }
    }
    let mine = token(7);
    for _ in 0..10 {
        let done = tap(&world, &fix, "words=x", &mine, "198.51.100.7").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
    }
    let refused = tap(&world, &fix, "words=eleventh", &mine, "198.51.100.7").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("没有登记") && refused.html.contains("eleventh"));
}
