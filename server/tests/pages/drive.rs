//! 货车: what comes next on my side of the road. On the made-up motorway of the 示范 pack, without scripts.

use crate::world::{Reply, World, text_of};
use http::{StatusCode, header};

const UP: [&str; 6] = [
    "柳渡服务区南区",
    "柳渡服务区司机之家",
    "惠风岭服务区",
    "南湾出口拴马桩司机之家",
    "栖霞岗服务区南区",
    "老槐坡服务区",
];
const DOWN: [&str; 5] =
    ["栖霞岗服务区司机之家", "栖霞岗服务区北区", "南湾出口拴马桩司机之家", "惠风岭服务区", "柳渡服务区北区"];

async fn world() -> World {
    World::new(false).await.expect("the pack ships")
}

fn tag(item: &str) -> &str {
    item.split('>').next().unwrap_or_default()
}

/// The stops of a list, as HTML, each with its own list of services.
fn stops(page: &Reply, list: &str) -> Vec<String> {
    let Some(begin) = page.html.find(&format!("id=\"{list}\"")) else { return Vec::new() };
    let end = page.html[begin..].find("</ol>").map_or(page.html.len(), |end| begin + end);
    let mut stops: Vec<String> = Vec::new();
    for item in page.html[begin..end].split("<li ").skip(1) {
        match stops.last_mut() {
            Some(stop) if !tag(item).contains("class=\"stop ") => stop.extend(["<li ", item]),
            _ => stops.push(item.to_owned()),
        }
    }
    stops
}

fn name(stop: &str) -> String {
    text_of(stop.split("<h2>").nth(1).and_then(|rest| rest.split("</h2>").next()).unwrap_or_default())
}

fn is_shown(stop: &str) -> bool {
    !tag(stop).contains("hidden")
}

fn shown(page: &Reply, list: &str) -> Vec<String> {
    stops(page, list).iter().filter(|stop| is_shown(stop)).map(|stop| name(stop)).collect()
}

/// The sign on top. There is at most one, and only among those a driver gets into.
fn lead(page: &Reply) -> Option<String> {
    let signs = page.html.matches(" lead\"").count();
    let lead = stops(page, "next").into_iter().find(|stop| tag(stop).contains(" lead\""));
    assert_eq!(signs, usize::from(lead.is_some()), "a sign outside the list of what can be reached");
    lead
}

fn link(html: &str, with: &str) -> String {
    let at =
        html.split("<a ").skip(1).find(|link| link.contains(with)).unwrap_or_else(|| panic!("no link with {with}"));
    at.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address").to_owned()
}

#[tokio::test]
async fn the_other_carriageway_and_an_unknown_side_are_never_the_next_stop() {
    let world = world().await;
    let up = world.get("/drive/G9999/up?from=0").await;
    assert_eq!(shown(&up, "next"), UP);
    assert_eq!(shown(&up, "opposite"), ["柳渡服务区北区", "栖霞岗服务区北区", "栖霞岗服务区司机之家"]);
    assert_eq!(shown(&up, "unknown"), ["芦花荡停车区"]);
    // From every place that the page offers to count from, and between them.
    for from in (0..95_000).step_by(2_500) {
        for (way, mine) in [("up", &UP[..]), ("down", &DOWN[..])] {
            let page = world.get(&format!("/drive/G9999/{way}?from={from}")).await;
            if page.status != StatusCode::OK {
                assert!(from > 90_000, "{from} lies on the road");
                continue;
            }
            let lead = lead(&page).as_deref().map(name);
            assert!(lead.as_deref().is_none_or(|lead| mine.contains(&lead)), "{way} from {from}: {lead:?}");
            assert!(lead.as_deref() != Some("芦花荡停车区"));
            assert!(shown(&page, "next").iter().all(|name| mine.contains(&name.as_str())));
        }
    }
}

#[tokio::test]
async fn the_two_directions_list_different_areas_in_the_order_they_are_passed() {
    let world = world().await;
    let down = world.get("/drive/G9999/down").await;
    assert_eq!(shown(&down, "next"), DOWN);
    assert_eq!(lead(&down).as_deref().map(name).as_deref(), Some(DOWN[0]));
    // Both ways share what serves both sides and what lies off an exit, and nothing else.
    let both: Vec<_> = UP.iter().filter(|name| DOWN.contains(name)).collect();
    assert_eq!(both, [&"惠风岭服务区", &"南湾出口拴马桩司机之家"]);
}

#[tokio::test]
async fn what_is_passed_is_gone_and_a_place_shut_for_days_is_not_the_next_stop() {
    let world = world().await;
    let start = world.get("/drive/G9999/up").await;
    let passed = link(&start.html, "刚过南湾").replace("&amp;", "&");
    let page = world.get(&passed).await;
    assert!(page.html.contains("从刚过南湾出口拴马桩司机之家数起"), "{passed}");
    assert_eq!(shown(&page, "next"), UP[4..]);
    let sign = lead(&page).expect("one is left");
    assert_eq!(name(&sign), "老槐坡服务区");
    // Its file names no side: the line does, and the page says so.
    assert!(sign.contains("推定"));
    let shut = stops(&page, "next").into_iter().find(|stop| name(stop) == UP[4]).expect("it is told of");
    assert!(shut.contains("临时关闭") && shut.contains("场地翻修，车开不进来"));
    let end = world.get("/drive/G9999/up?from=90000").await;
    assert!(lead(&end).is_none() && end.html.contains("前面没有登记的站了"));
    assert!(!end.html.contains("带我去下一站"));
}

#[tokio::test]
async fn links_alone_lead_from_the_list_to_the_way_there() {
    let world = world().await;
    assert!(world.get("/").await.html.contains("href=\"/drive\""));
    assert!(world.get("/?cell=34.75,113.66").await.html.contains("href=\"/drive\""));
    let roads = world.get("/drive").await;
    let road = link(&roads.html, "示范高速");
    assert_eq!(road, "/drive/G9999");
    let ways = world.get(&road).await;
    assert!(ways.html.contains("往兰考方向") && ways.html.contains("往郑州方向"));
    let page = world.get(&link(&ways.html, "data-way=\"up\"")).await;
    let sign = lead(&page).expect("the next stop");
    let station = link(&sign, "/stations/");
    let go = link(&page.html, "id=\"go\"");
    assert_eq!(go.rsplit('/').next(), station.rsplit('/').next(), "the button leads to the sign's stop");
    assert_eq!(world.get(&go).await.status, StatusCode::SEE_OTHER);
    assert!(page.html.contains("href=\"tel:12122\"") && page.html.contains("未核实"));
    for page in [&roads, &ways, &page] {
        assert!(!page.html.contains("style=") && !page.html.contains("<script>") && !page.html.contains("wasm"));
    }
    // What only a script can do is not offered without one.
    for id in ["follow", "speak"] {
        assert!(
            page.html.split(&format!("id=\"{id}\"")).nth(1).is_some_and(|rest| rest[..60].contains("hidden")),
            "{id}"
        );
    }
}

#[tokio::test]
async fn the_sign_says_how_far_how_long_the_door_and_the_five_services() {
    let world = world().await;
    let page = world.get("/drive/G9999/up").await;
    let sign = lead(&page).expect("the next stop");
    let text = text_of(sign.split_once('>').expect("a tag").1);
    for words in [
        "约11公里",
        "约 12 分钟后到",
        "到时门开着 · 24\u{a0}小时",
        "示范 高速服务区",
        "货车位 80 个（空几个不知道），3 天前管理员确认",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    for words in ["停车免费", "热水免费", "热饭不知道", "淋浴没有", "洗衣不知道", "加油要付钱", "充电桩要付钱"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("司机之家"), "a service area is no 司机之家");
    let off = stops(&page, "next").into_iter().find(|stop| name(stop) == UP[3]).expect("listed");
    assert!(off.contains("从“南湾”出口下，下去还有约 1.3 公里"));
    assert!(stops(&page, "next").into_iter().any(|stop| name(&stop) == UP[2] && stop.contains("两个方向都能进")));
    assert!(page.html.contains("示范道路，是编的"));
}

#[tokio::test]
async fn the_chosen_cell_counts_where_it_is_near_the_road() {
    let world = world().await;
    let with = async |cell: &str| world.get_with("/drive/G9999/up", &[(header::COOKIE, cell)]).await;
    let near = with("cell=34.70,114.45").await;
    assert!(near.html.contains("从你选的那一片算起"));
    assert_eq!(lead(&near).as_deref().map(name).as_deref(), Some("惠风岭服务区"));
    let far = with("cell=31.80,117.20").await;
    assert!(far.html.contains("从这条路的起点数起"));
}

#[tokio::test]
async fn a_road_is_found_by_number_and_name_and_nothing_typed_becomes_markup() {
    let world = world().await;
    for typed in ["g9999", "%EF%BC%A7%EF%BC%99", "%E7%A4%BA%E8%8C%83", "%E5%85%B0%E8%80%83"] {
        let page = world.get(&format!("/drive?q={typed}")).await;
        assert!(page.html.contains("href=\"/drive/G9999\"") && !page.html.contains("没有找到"), "{typed}");
    }
    let nothing = world.get("/drive?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onx%3D").await;
    assert_eq!(nothing.status, StatusCode::OK);
    assert!(nothing.html.contains("没有找到“&lt;script&gt;") && !nothing.html.contains("<script>alert"));
    assert!(nothing.html.contains("&quot;onx=\""), "the field keeps what was typed, as text");
    assert!(nothing.html.contains("href=\"/drive/G9999\""), "the known roads stay in reach");
}

#[tokio::test]
async fn without_roads_the_page_says_so_and_what_helps() {
    let world = World::without_roads().await.expect("the pack ships");
    let page = world.get_with("/drive", &[(header::COOKIE, "cell=34.75,113.66")]).await;
    assert!(page.html.contains("还没有导入道路"));
    let areas = link(&page.html, "附近的高速服务区");
    assert!(areas.contains("driver_home") && areas.contains("service_area"), "{areas}");
    assert_eq!(world.get(&areas.replace("&amp;", "&")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_made_up_road_steps_back_with_its_stations() {
    let Some(world) = World::new(true).await else { return };
    let page = world.get("/drive").await;
    assert!(!page.html.contains("示范高速") && page.html.contains("还没有导入道路"));
}

#[tokio::test]
async fn a_link_that_cannot_be_read_is_answered_calmly() {
    let world = world().await;
    for path in ["/drive/G1", "/drive/%FF", "/drive/%3Cb%3E", "/drive/G9999/sideways", "/drive/G1/up", "/drive/G9999/"]
    {
        let page = world.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.html.contains("看附近的驿站") && !page.html.contains("<b>\""), "{path}");
    }
    for from in ["abc", "-1", "%2B1", "1.5", "99999999", "99999999999999999999", "%EF%BC%91", "0x10"] {
        let page = world.get(&format!("/drive/G9999/up?from={from}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{from}");
        assert!(page.html.contains("链接里的起点看不懂") && shown(&page, "next").len() == 6, "{from}");
    }
}
