//! From where on the road distances are counted, without asking the phone.

use super::{heading_path, station_of};
use crate::ask::Ask;
use domain::{
    geo::Cell,
    road::{Heading, RoadStops},
};
use leptos::prelude::*;

/// A cell farther from the line than this, in metres, says nothing of where one is on the road.
const NEAR_M: f64 = 20_000.0;
/// So many places are offered to count from.
const MOST: usize = 120;

/// Where counting begins, in metres along the line, and how that is said.
pub struct Begin {
    /// Metres along the line.
    pub along_m: u32,
    /// For the reader.
    pub words: String,
    /// Whether the link's own beginning could not be read.
    pub wrong: bool,
}

/// `?from=` in metres along the line, else the last cell where it is near, else where the road begins.
pub fn begin(ask: &Ask, road: &RoadStops, heading: Heading) -> Begin {
    let line = &road.road.line;
    let start = start_of(road, heading);
    let from_start = |wrong| Begin { along_m: start, words: "从这条路的起点数起".to_owned(), wrong };
    if let Some(text) = ask.query.get("from") {
        let metres = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let metres = metres.and_then(|text| text.parse().ok()).filter(|metres| *metres <= line.length_m());
        return metres.map_or_else(
            || from_start(true),
            |along_m| Begin { along_m, words: passed(ask, road, heading, along_m), wrong: false },
        );
    }
    let near = ask.choices.cell.map(|cell: Cell| line.locate(cell.centre())).filter(|found| found.off_m <= NEAR_M);
    near.map_or_else(
        || from_start(false),
        |found| Begin { along_m: found.along_m, words: "从你选的那一片算起".to_owned(), wrong: false },
    )
}

/// Where a heading begins, in metres along the line.
pub fn start_of(road: &RoadStops, heading: Heading) -> u32 {
    match heading {
        Heading::Up => 0,
        Heading::Down => road.road.line.length_m(),
    }
}

/// `刚过雁过坡服务区`, or how many kilometres of the road lie behind.
fn passed(ask: &Ask, road: &RoadStops, heading: Heading, along_m: u32) -> String {
    let known = places(ask, road, heading).into_iter().find(|(_, begin)| *begin == along_m);
    known.map_or_else(
        || format!("从第 {} 公里数起", start_of(road, heading).abs_diff(along_m) / 1_000),
        |(name, _)| format!("从刚过{name}数起"),
    )
}

/// The places of a road in the order they are passed, by name, and the metre behind each.
fn places(ask: &Ask, road: &RoadStops, heading: Heading) -> Vec<(String, u32)> {
    let mut places: Vec<(String, u32)> = Vec::new();
    let name = |station: &domain::station::Station| {
        let area = station.road.as_deref().and_then(|road| road.service_area.clone());
        area.map_or_else(|| station.name.to_string(), String::from)
    };
    let behind = |along_m: u32| match heading {
        Heading::Up => (along_m + 1).min(road.road.line.length_m()),
        Heading::Down => along_m.saturating_sub(1),
    };
    let mut add = |stop: &domain::road::Stop| {
        if let Some(name) = station_of(ask, stop.station).map(|station| name(&station))
            && places.len() < MOST
        {
            // Both sides of one area are one place to pass.
            places.retain(|(known, _)| *known != name);
            places.push((name, behind(stop.along_m)));
        }
    };
    match heading {
        Heading::Up => road.stops.iter().for_each(&mut add),
        Heading::Down => road.stops.iter().rev().for_each(&mut add),
    }
    places
}

/// Links to count from elsewhere.
pub fn links(ask: &Ask, road: &RoadStops, heading: Heading) -> impl IntoView + use<> {
    let path = heading_path(&road.road.code, heading);
    let start = format!("{path}?from={}", start_of(road, heading));
    let places: Vec<_> = places(ask, road, heading)
        .into_iter()
        .map(|(name, begin)| view! { <li><a href=format!("{path}?from={begin}")>{format!("刚过{name}")}</a></li> })
        .collect();
    view! {
        <details class="fold parked">
            <summary>"刚过了哪里？从那里数起"</summary>
            <ul class="list tall"><li><a href=start>"还没上路：从起点数"</a></li>{places}</ul>
        </details>
    }
}
