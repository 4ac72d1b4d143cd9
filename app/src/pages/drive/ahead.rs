//! `/drive/{road}/{heading}`: what comes next, what is across the road, what nobody knows.

use super::{
    begin::{self, begin},
    course, heading_path, mark, rest, road_of, road_path, shield, station_of,
    stop::{Listed, Place, how, stop},
};
use crate::{
    ask::{Ask, When},
    components::{Icon, Note},
    page::{Page, Tab},
    pages::{error, station::chosen_app},
    text::drive as words,
};
use domain::road::{Coming, Heading, RoadStops};
use leptos::prelude::*;

/// So many places of a list go into the page.
const MOST: usize = 120;

/// The three lists of a heading, whole: what is passed is hidden, so that the phone can count again.
struct Lists {
    next: Vec<Listed>,
    opposite: Vec<Listed>,
    unknown: Vec<Listed>,
}

impl Lists {
    fn of(ask: &Ask, road: &RoadStops, heading: Heading, from_m: u32) -> Self {
        let start = begin::start_of(road, heading);
        let whole = road.ahead(start, heading);
        let listed = |list: &[Coming<'_>]| -> Vec<Listed> {
            let known = list.iter().filter_map(|coming| {
                let station = station_of(ask, coming.stop.station).filter(|station| !station.closed_for_good)?;
                Some(Listed::of(coming, station, start.abs_diff(from_m)))
            });
            known.take(MOST).collect()
        };
        Self { next: listed(&whole.next), opposite: listed(&whole.opposite), unknown: listed(&whole.unknown) }
    }

    /// The next stop: the nearest ahead that is not shut for days.
    fn lead(&self, when: &When) -> Option<&Listed> {
        self.next
            .iter()
            .filter(|listed| listed.away_m.is_some())
            .find(|listed| !words::is_shut(&listed.door_then(when)))
    }
}

/// The road ahead.
pub fn ahead(ask: &Ask) -> Page {
    let road = match road_of(ask) {
        Ok(road) => road,
        Err(page) => return page,
    };
    let Some(heading) = ask.parts.get("heading").and_then(Heading::parse) else {
        return error::not_found("没有这个方向。");
    };
    let begin = begin(ask, &road, heading);
    let lists = Lists::of(ask, &road, heading, begin.along_m);
    let links = begin::links(ask, &road, heading);
    let when = ask.when();
    let go = go_prefix(ask);
    let towards = road.road.towards(heading);
    let title = format!("{} {towards}", road.road.code);
    let status = if begin.wrong { 400 } else { 200 };
    Page::new(title, Some(Tab::Nearby), move || {
        let about = &road.road;
        let lead = lists.lead(&when).map(|listed| listed.station.code);
        let placed = |listed: &Listed| if Some(listed.station.code) == lead { Place::Lead } else { Place::Later };
        let next = lists.next.iter().map(|listed| stop(listed, placed(listed), &when)).collect_view();
        let other = heading.opposite();
        let (before, behind) = go;
        let to = lead.map(|code| format!("{before}{code}{behind}"));
        view! {
            <a class="back parked" href=road_path(&about.code)><Icon name="back"/>"换方向、换路"</a>
            <div class="road">{shield(&about.code)}<h1>{towards}{mark(about)}</h1></div>
            {begin.wrong.then(|| view! { <Note strong="链接里的起点看不懂。" then="先从路的起点数起；在下面“刚过了哪里”重新选。"/> })}
            {super::is_demo(about).then(|| view! { <Note strong="示范道路，是编的，别照着开。"/> })}
            <p class="meta" id="since">{begin.words}</p>
            <div class="pair follow">
                <button class="btn" type="button" id="follow" hidden><Icon name="locate"/><span>"跟着我走"</span></button>
                <button class="btn" type="button" id="speak" aria-pressed="false" hidden><Icon name="sound"/><span>"念出下一站"</span></button>
            </div>
            <div id="where" role="status"></div>
            <p class="aside" id="said" aria-live="polite"></p>
            <p class="driving">"停车后再填、再看别的。"</p>
            <h2 class="aside">"前面的站"</h2>
            <ol class="stops" id="next">{next}</ol>
            <p class="none" id="none" hidden=lead.is_some()>"前面没有登记的站了"</p>
            <p class="meta small" id="private" hidden>"位置只在这部手机里算，不发给我们，也不存下来。"</p>
            {links}
            {aside("对面的（过不去）", "opposite", "这些在路的另一边，从这个方向进不去。", &lists.opposite, &when)}
            {aside("方向未知", "unknown", "不知道在路的哪一边，到跟前看路牌；不当下一站。", &lists.unknown, &when)}
            {rest::countdown()}
            {how()}
            {rest::help_words()}
            {course::known(about)}
            <div id="drive" data-line=course::code(&about.line) data-reach=course::reach_m(about) data-way=heading.code()
                data-now=when.now.to_string() data-go=before data-go-end=behind data-other=heading_path(&about.code, other)
                data-towards=about.towards(other)></div>
            <div class="act">
                {action(to, &about.code)}
                {rest::help()}
            </div>
        }
        .into_any()
    })
    .status(status)
    .script("drive.js")
}

/// What stands before and behind a station's code in the address of the way there.
fn go_prefix(ask: &Ask) -> (String, &'static str) {
    if ask.in_wechat() { ("/stations/".to_owned(), "/maps") } else { (format!("/go/{}/", chosen_app(ask).code()), "") }
}

/// The one action; where nothing is ahead, another road.
fn action(go: Option<String>, code: &str) -> impl IntoView + use<> {
    match go {
        Some(href) => {
            view! { <a class="btn main" id="go" href=href><Icon name="navigate"/>"带我去下一站"</a> }.into_any()
        }
        None => view! { <a class="btn main" href=road_path(code)><Icon name="swap"/>"换方向、换路"</a> }.into_any(),
    }
}

/// A list that never holds the next stop.
fn aside(
    title: &'static str,
    id: &'static str,
    why: &'static str,
    list: &[Listed],
    when: &When,
) -> Option<impl IntoView + use<>> {
    let shown = list.iter().filter(|listed| listed.away_m.is_some()).count();
    let rows = list.iter().map(|listed| stop(listed, Place::Aside, when)).collect_view();
    (!list.is_empty()).then(|| {
        view! {
            <details class="fold parked" hidden=shown == 0>
                <summary>{title}<span class="end"><bdi>{shown}</bdi>" 处"</span></summary>
                <p class="meta small">{why}</p>
                <ol class="stops" id=id>{rows}</ol>
            </details>
        }
    })
}
