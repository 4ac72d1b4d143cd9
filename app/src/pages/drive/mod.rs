//! 货车: what comes next on my side of my road. Three pages of plain links: road, direction, stops.
//!
//! Whether a stop is ahead, across the road or on an unknown side is decided in `domain::road` alone.

mod ahead;
mod begin;
mod course;
mod direction;
mod rest;
mod roads;
mod stop;

pub use ahead::ahead;
pub use direction::direction;
pub use roads::roads;

use crate::{ask::Ask, page::Page, pages::error};
use domain::{
    ports::StationLookup,
    road::{Heading, Road, RoadStops},
    station::{Code, DEMO_SOURCE, Station},
};
use leptos::prelude::*;
use std::{fmt::Write as _, sync::Arc};

/// Slower than a car on the same road, the speed by which a truck's arrival is told, in km/h.
const TRUCK_KMH: u32 = 60;

/// The road of the route's `{road}`, or the page that says why not.
fn road_of(ask: &Ask) -> Result<Arc<RoadStops>, Page> {
    let road = ask.parts.get("road").and_then(|code| ask.ports.roads.road(code));
    road.ok_or_else(|| error::not_found("没有这条路。"))
}

/// A station that is still listed.
fn station_of(ask: &Ask, code: Code) -> Option<Arc<Station>> {
    match ask.ports.stations.by_code(code) {
        StationLookup::Here(station) => Some(station),
        StationLookup::Retired | StationLookup::Missing => None,
    }
}

/// `/drive/G60`, whatever letters a road's number has.
fn road_path(code: &str) -> String {
    let mut path = String::from("/drive/");
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() {
            path.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path
}

/// `/drive/G60/up`.
fn heading_path(code: &str, heading: Heading) -> String {
    format!("{}/{}", road_path(code), heading.code())
}

/// The number on its sign, as on the motorway.
fn shield(code: &str) -> impl IntoView + use<> {
    view! { <b class="shield">{code.to_owned()}</b> }
}

/// Made up by the project, and marked as such.
fn is_demo(road: &Road) -> bool {
    &*road.source.name == DEMO_SOURCE
}

/// The mark of a made-up road.
fn mark(road: &Road) -> Option<impl IntoView + use<>> {
    is_demo(road).then(|| view! { " "<span class="tag">"示范"</span> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_any_letters_stays_one_part_of_the_path() {
        assert_eq!(heading_path("G60", Heading::Up), "/drive/G60/up");
        assert_eq!(road_path("a/../b?x#y"), "/drive/a%2F%2E%2E%2Fb%3Fx%23y");
    }
}
