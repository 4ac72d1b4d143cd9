//! `/drive` and `/drive?q=G60`: which road.

use super::{mark, road_path, shield, station_of};
use crate::{
    ask::Ask,
    components::{Icon, Note},
    page::{Page, Tab},
};
use domain::{
    ports::RoadSummary,
    road::Road,
    station::{Kind, Wanted, Wish},
};
use leptos::prelude::*;

/// Longer words are no road's.
const LONGEST: usize = 40;

/// Which road.
pub fn roads(ask: &Ask) -> Page {
    let words: Option<String> = ask.query.get("q").map(|words| words.chars().take(LONGEST).collect());
    let known: Vec<_> = ask.ports.roads.roads().into_iter().filter_map(|road| Row::of(ask, road)).collect();
    let any = !known.is_empty();
    let wanted = words.as_deref().map(plain).unwrap_or_default();
    let (found, others): (Vec<_>, Vec<_>) = known.into_iter().partition(|row| row.matches(&wanted));
    let areas = areas_nearby(ask);
    Page::new("货车 · 沿路找", Some(Tab::Nearby), move || {
        let nothing = words.as_ref().filter(|_| found.is_empty());
        let failed = nothing.map(|words| {
            view! { <Note strong=format!("没有找到“{words}”。") then="写路牌上的编号，比如 G60，或者路名里的两个字。"/> }
        });
        let rest = (!others.is_empty()).then(|| {
            let rows = others.into_iter().map(Row::view).collect_view();
            view! { <h2>"其他的路"</h2><ul class="list tall roads">{rows}</ul> }
        });
        let rows = (!found.is_empty()).then(|| {
            view! { <ul class="list tall roads">{found.into_iter().map(Row::view).collect_view()}</ul> }
        });
        view! {
            <a class="back" href="/"><Icon name="back"/>"附近"</a>
            <h1>"走哪条高速？"</h1>
            {any.then(|| find(words.unwrap_or_default()))}
            {failed}
            {(!any).then(nothing_yet)}
            {rows}
            {rest}
            <ul class="list"><li><a href=areas><Icon name="nearby"/>"附近的高速服务区、司机之家"<Icon name="next"/></a></li></ul>
        }
        .into_any()
    })
}

/// Places along roads near the last cell; without a cell the question where one is.
fn areas_nearby(ask: &Ask) -> String {
    let kinds = [Kind::ServiceArea, Kind::DriverHome];
    let wanted = kinds.into_iter().fold(Wanted::default(), |wanted, kind| wanted.toggled(Wish::Kind(kind)));
    let cell = ask.choices.cell.map(|cell| crate::pages::nearby::address::nearby_path(cell, &wanted));
    cell.unwrap_or_else(|| "/".to_owned())
}

fn find(typed: String) -> impl IntoView {
    view! {
        <form class="find" role="search" action="/drive" method="get">
            <label class="aside" for="q">"高速编号或名字"</label>
            <input id="q" name="q" type="search" maxlength="40" placeholder="编号或名字，如 G60" autocomplete="off" autocapitalize="characters" enterkeyhint="search" value=typed/>
            <button class="btn"><Icon name="search"/>"找"</button>
        </form>
    }
}

fn nothing_yet() -> impl IntoView {
    view! {
        <h2 class="none">"还没有导入道路"</h2>
        <p>"管理员导入一条路的线路，或者由服务区推定以后，这里就能按方向看前面有什么。"</p>
        <p>"现在能帮上忙的：按位置看附近的服务区。注意看清在路的哪边，对面的过不去。"</p>
    }
}

/// A road of the list.
struct Row {
    summary: RoadSummary,
    /// Stops that are still listed.
    stops: usize,
    road: std::sync::Arc<domain::road::RoadStops>,
}

impl Row {
    /// `None` where none of its places is listed any more: made-up roads step back with their stations.
    fn of(ask: &Ask, summary: RoadSummary) -> Option<Self> {
        let road = ask.ports.roads.road(&summary.code)?;
        let stops = road.stops.iter().filter(|stop| station_of(ask, stop.station).is_some()).count();
        (stops > 0 || road.stops.is_empty()).then_some(Self { summary, stops, road })
    }

    fn matches(&self, wanted: &str) -> bool {
        let Road { code, name, .. } = &self.road.road;
        let texts = [Some(&**code), name.as_deref(), Some(&self.summary.up), Some(&self.summary.down)];
        wanted.is_empty() || texts.into_iter().flatten().any(|text| plain(text).contains(wanted))
    }

    fn view(self) -> impl IntoView {
        let Self { summary, stops, road } = self;
        let name = summary.name.as_deref().unwrap_or("没有登记路名").to_owned();
        let ends = format!("{} — {} · {stops} 处", end(&summary.down), end(&summary.up));
        view! {
            <li><a href=road_path(&summary.code)>{shield(&summary.code)}<span>{name}{mark(&road.road)}<small>{ends}</small></span><Icon name="next"/></a></li>
        }
    }
}

/// `合肥` of `往合肥方向`.
fn end(towards: &str) -> &str {
    towards.trim_start_matches('往').trim_end_matches("方向")
}

/// Letters and digits as people type them on any keyboard, without blanks.
fn plain(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
        other => other,
    };
    text.chars().filter(|letter| !letter.is_whitespace()).map(narrow).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_typed() {
        for typed in ["g60", " G 60 ", "Ｇ６０", "ｇ60"] {
            assert_eq!(plain(typed), "G60", "{typed}");
        }
        assert_eq!(end("往合肥方向"), "合肥");
    }
}
