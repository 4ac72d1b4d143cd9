//! `/radar?cell=…&want=…`: 方位图. The person in the middle, rings, stations by bearing.

use super::{bearing, switch};
use crate::{
    ask::{Ask, When},
    components::StationRow,
    page::{Page, Tab},
    pages::nearby::{address, chips::chips, name_of},
    text::distance,
};
use domain::{
    geo::{Cell, Point, bearing_deg},
    ports::Found,
};
use leptos::prelude::*;

/// How many stations are numbered.
const SHOWN: usize = 10;

/// The 方位图 of a cell; without a cell the question where one is.
pub fn radar(ask: &Ask) -> Page {
    let Some(cell) = ask.query.get("cell").and_then(Cell::parse).or(ask.choices.cell) else {
        return crate::pages::nearby::page(ask);
    };
    let wanted = address::read_wanted(ask.query.get("want"));
    let answer = ask.ports.stations.nearby(cell, &wanted, ask.now);
    let name = name_of(&ask.ports, cell);
    let when = ask.when();
    let reached = |found: &Found| found.distance_m <= bearing::REACH_M;
    let mut near: Vec<_> = answer.yes.candidates.into_iter().filter(reached).take(SHOWN).collect();
    // Those that do not say come after: a filter of three values must not empty the picture.
    let said = near.len();
    near.extend(answer.unsaid.candidates.into_iter().filter(reached).take(SHOWN - said));
    Page::new(format!("{name}附近的方位图"), Some(Tab::Nearby), move || {
        let centre = cell.centre();
        let chart = chart(&near, centre, &when);
        let empty = near.is_empty();
        let mut rows: Vec<_> = near
            .into_iter()
            .enumerate()
            .map(|(at, found)| view! { <StationRow found from=centre when=when.clone() number=at + 1/> })
            .collect();
        let unsaid = rows.split_off(said);
        view! {
            <h1 class="aside">{name}"附近的站点，方位图"</h1>
            {switch("/radar", cell, &wanted)}
            {chips("/radar", cell, &wanted)}
            {chart}
            {empty.then(|| view! { <h2 class="none">"3 公里内没有"</h2><p>"点上面的“列表”，看更远的。"</p> })}
            {(!empty).then(|| view! { <h2 class="sub">"中间是你这一片的中心，上面是北。编号对着下面的列表。"</h2> })}
            <ol class="rows yes">{rows}</ol>
            {(!unsaid.is_empty()).then(|| view! { <h2 class="divide">"没有写明（去之前打电话）"</h2><ol class="rows">{unsaid}</ol> })}
        }
        .into_any()
    })
}

fn chart(near: &[Found], centre: Point, when: &When) -> impl IntoView + use<> {
    let whole = |value: f64| format!("{value:.0}");
    let spots: Vec<_> = near.iter().map(|found| (found.distance_m, bearing_deg(centre, found.station.point))).collect();
    let places = bearing::place(&spots);
    let rings = bearing::RINGS.map(|(_, radius)| view! { <circle cx="170" cy="170" r=whole(radius)></circle> });
    let labels = bearing::RINGS.map(|(metres, radius)| {
        let (x, y) = bearing::label(radius, &places);
        let (number, unit) = distance::words(metres);
        view! { <text class="ring" x=whole(x) y=whole(y + 5.0)>{format!("{} {unit}", number.trim_end_matches(".0"))}</text> }
    });
    let pins = places.iter().zip(near).enumerate().map(|(at, ((x, y), found))| {
        let class = format!("pin {}", when.state(&found.station).code());
        view! { <g class=class><circle cx=whole(*x) cy=whole(*y) r=whole(bearing::PIN)></circle><text x=whole(*x) y=whole(*y + 5.0)>{at + 1}</text></g> }
    });
    view! {
        <svg class="radar" viewBox="0 -8 340 346" role="img" aria-label="方位图：你在中间，上面是北。站点的编号、方向和距离在下面的列表里。">
            {rings.collect_view()}{labels.collect_view()}
            <path class="me" d="m170 154 11 28-11-7-11 7z"></path>
            <text class="north" x="170" y="15">"北"</text>
            {pins.collect_view()}
        </svg>
    }
}
