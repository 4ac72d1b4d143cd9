//! What the button of 附近 does.

use super::{
    clock,
    position::{self, Fix, NoFix},
    rows,
};
use crate::text::distance;
use domain::geo::Cell;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement};

/// A fix worse than this is called 大概位置.
const ROUGH_M: f64 = 1_000.0;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn button() -> Option<HtmlElement> {
    document()?.get_element_by_id("locate")?.dyn_into().ok()
}

fn element(id: &str) -> Option<web_sys::Element> {
    document()?.get_element_by_id(id)
}

/// How exact the distances are: the quiet line under the title.
fn how(sentence: &str) {
    if let Some(place) = element("how") {
        place.set_text_content(Some(sentence));
    }
}

/// What is the matter with the position, in a box; an empty strong sentence takes the box away.
/// All text is ours: nothing here comes from the person or the network.
fn tell(strong: &str, then: &str, pick: &str) {
    let Some(place) = element("where") else { return };
    if strong.is_empty() {
        return place.set_inner_html("");
    }
    let pick = if pick.is_empty() {
        String::new()
    } else {
        [r#"<div class="pair"><a class="btn" href="/place">"#, pick, "</a></div>"].concat()
    };
    place.set_inner_html(
        &[r#"<div class="note warn"><div><b>"#, strong, "</b><p>", then, "</p>", &pick, "</div></div>"].concat(),
    );
}

/// Labels the button; quieter once there is a position.
fn label(word: &str, main: bool) {
    if let Some(button) = button() {
        button.set_class_name(if main { "btn main" } else { "btn big" });
        if let Ok(Some(span)) = button.query_selector("span") {
            span.set_text_content(Some(word));
        }
    }
}

/// The cell the page is about, from its address.
fn page_cell() -> Option<Cell> {
    let list = document()?.get_element_by_id("yes")?;
    Cell::parse(&list.get_attribute("data-cell")?)
}

/// Shows the button, and ranks at once when this session already knows where it is.
pub fn start() {
    let Some(button) = button() else { return };
    drop(button.remove_attribute("hidden"));
    if let (Some(sentence), Some(place)) = (clock::complaint(), element("clock")) {
        place.set_text_content(Some(&sentence));
    }
    if page_cell().is_some() {
        label("按我的位置排", true);
    }
    if let Some(fix) = position::kept().filter(|fix| page_cell() == Some(Cell::of(fix.point))) {
        use_fix(fix);
    }
    let tapped = Closure::<dyn Fn()>::new(locate);
    drop(button.add_event_listener_with_callback("click", tapped.as_ref().unchecked_ref()));
    // The button lives as long as the page.
    tapped.forget();
}

fn locate() {
    label("正在定位…", true);
    tell("", "", "");
    how("正在找你的位置，最多 8 秒。");
    position::ask(|answer| match answer {
        Ok(fix) => {
            position::keep(fix);
            if page_cell() == Some(Cell::of(fix.point)) { use_fix(fix) } else { go_to(Cell::of(fix.point)) }
        }
        Err(why) => {
            label("再试一次", true);
            how("距离是大约的：从这一片的中间算");
            let why = match why {
                NoFix::Denied => "手机没让用定位。在手机设置里打开，或者自己选地方。",
                NoFix::Unavailable => "手机说不出在哪儿。到窗边或室外再试，或者自己选地方。",
                NoFix::TooSlow => "等了 8 秒没等到。到窗边或室外再试，或者自己选地方。",
            };
            tell("没拿到你的位置。", why, "自己选地方");
        }
    });
}

/// The list of another cell. The wishes go along; the position stays.
fn go_to(cell: Cell) {
    let Some(window) = web_sys::window() else { return };
    let search = window.location().search().unwrap_or_default();
    let want = search.trim_start_matches('?').split('&').find(|pair| pair.starts_with("want="));
    let mut address = ["/?cell=", &cell.to_string()].concat();
    if let Some(want) = want {
        address.push('&');
        address.push_str(want);
    }
    drop(window.location().assign(&address));
}

/// Ranks by a fix; the rows that the page did not carry are fetched first, once.
fn use_fix(fix: Fix) {
    let Some(document) = document() else { return };
    let list = document.get_element_by_id("yes");
    let Some((list, address)) = list.and_then(|list| list.get_attribute("data-rest").map(|address| (list, address)))
    else {
        return show(&document, fix);
    };
    // A second tap while this is under way must not fetch twice.
    drop(list.remove_attribute("data-rest"));
    wasm_bindgen_futures::spawn_local(async move {
        let rest = fetch(&address).await;
        match &rest {
            Some(html) => rows::add(&document, html),
            None => drop(list.set_attribute("data-rest", &address)),
        }
        show(&document, fix);
        if rest.is_none() {
            tell("网断了。", "先排手机里已有的这些，近处可能不全。", "");
        }
    });
}

async fn fetch(address: &str) -> Option<String> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(address)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// The heading of the list, counted again from where the phone is: the page counted from the middle of
/// the cell. Nothing to count leaves the page's own words.
fn count(shown: usize, within: usize, nearest: Option<f64>) {
    let (Some(place), Some(nearest)) = (element("count"), nearest) else { return };
    let sentence = if shown == 0 {
        let (number, unit) = distance::words(nearest);
        ["20 公里内没有，最近的在 ", &number, " ", unit, "外（直线）"].concat()
    } else if shown == within {
        ["20 公里内 ", &shown.to_string(), " 个，近的在前（直线距离）"].concat()
    } else {
        ["最近的 ", &shown.to_string(), " 个，近的在前（直线距离）"].concat()
    };
    place.set_text_content(Some(&sentence));
}

fn show(document: &Document, fix: Fix) {
    let rough = fix.accuracy_m > ROUGH_M;
    let waited = clock::waited();
    let (shown, within, nearest) = rows::rank(document, "yes", fix.point, rough, waited);
    count(shown, within, nearest);
    rows::rank(document, "unsaid", fix.point, rough, waited);
    let (number, unit) = distance::words(fix.accuracy_m);
    how(&["误差约 ", &number, " ", unit, " · 位置只在这部手机里"].concat());
    if rough {
        let strong = ["大概位置，误差约 ", &number, " ", unit, "。"].concat();
        tell(&strong, "站在窗边或室外再定一次会准些。", "位置不对？自己选");
    } else if let Some(place) = element("where") {
        // A position lies even where it claims to be exact.
        place.set_inner_html(r#"<p class="meta small"><a href="/place">位置不对？自己选</a></p>"#);
    }
    label("重新定位", false);
}
