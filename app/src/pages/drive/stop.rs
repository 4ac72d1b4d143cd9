//! One stop: a sign when it is the next, a row when it is not. The same elements in both, so that the
//! phone makes the next stop the sign without asking for anything.

use super::TRUCK_KMH;
use crate::{
    ask::When,
    components::Icon,
    text::{arrival, distance, drive as words, station},
};
use domain::{
    road::{Coming, Stop},
    station::{Ahead, Amenity, DRIVER_HOME_BASICS, Kind, Side, Station, Way},
};
use leptos::prelude::*;
use std::sync::Arc;

/// A stop with its station, as far along as the heading counts.
pub struct Listed {
    /// The station.
    pub station: Arc<Station>,
    /// Its place on the road.
    pub stop: Stop,
    /// Metres from where the heading begins.
    pub progress_m: u32,
    /// Metres from where the driver is taken to be; `None` where it is passed.
    pub away_m: Option<u32>,
}

impl Listed {
    /// From what [`domain::road::ahead`] found from the very beginning, seen from `here_m` of the same count.
    pub fn of(coming: &Coming<'_>, station: Arc<Station>, here_m: u32) -> Self {
        let progress_m = coming.distance_m;
        Self { station, stop: coming.stop.clone(), progress_m, away_m: progress_m.checked_sub(here_m) }
    }

    /// The door when a truck gets there.
    pub fn door_then(&self, when: &When) -> words::DoorThen {
        words::door_then(&self.station, &when.calendar, when.now, minutes(self.away_m.unwrap_or_default()))
    }
}

/// Minutes by truck for metres of road.
fn minutes(metres: u32) -> u32 {
    Way::Truck.minutes_along(f64::from(metres))
}

/// How a stop stands in its list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The sign on top.
    Lead,
    /// A later one.
    Later,
    /// Across the road, or nobody knows: told of, never led to.
    Aside,
}

/// A stop.
pub fn stop(listed: &Listed, place: Place, when: &When) -> impl IntoView + use<> {
    let Listed { station, stop, progress_m, away_m } = listed;
    let door = listed.door_then(when);
    let ahead = Ahead::of(&station.open_state(&when.calendar, when.now), when.now);
    let class = format!("stop {}{}", door.class, if place == Place::Lead { " lead" } else { "" });
    let metres = away_m.unwrap_or_default();
    let (number, unit) = distance::words(f64::from(metres));
    let more =
        (!door.more.is_empty()).then(|| view! { <span class="till"><span class="dot">" · "</span>{door.more}</span> });
    let full = (place != Place::Aside).then(|| full(station, when));
    view! {
        <li class=class data-at=*progress_m data-door=arrival::code(ahead) hidden=away_m.is_none()>
            <h2><a href=format!("/stations/{}", station.code)>{station.name.to_string()}</a></h2>
            <p class="away"><small>"约"</small><b>{number}</b><bdi>{unit}</bdi></p>
            <p class="when">"约 "<bdi>{words::minutes(minutes(metres))}</bdi>"后到"</p>
            <p class="state"><bdi>{door.said}</bdi>{more}</p>
            {way_in(stop).map(|words| view! { <p class="in">{words}</p> })}
            <p class="kind">{marks(station, stop)}{station.kind.word()}</p>
            {full}
        </li>
    }
}

/// How one gets in where that is not by the slip road of one's own side.
fn way_in(stop: &Stop) -> Option<String> {
    match (&stop.exit, stop.side) {
        (Some(exit), _) => Some(words::exit(&exit.name, exit.distance_m)),
        (None, Side::Both) => Some(Side::Both.word().to_owned()),
        (None, _) => None,
    }
}

/// 示范, 未核实, and 推定 where the side is derived and not said.
fn marks(station: &Station, stop: &Stop) -> impl IntoView + use<> {
    let derived = stop.derived.then_some(("推定", "tag doubt"));
    let marks = station::marks(station).into_iter().chain(derived);
    marks.map(|(word, class)| view! { <span class=class>{word}</span>" " }).collect_view()
}

/// What only the sign has room for.
fn full(station: &Station, when: &When) -> impl IntoView + use<> {
    let basics = DRIVER_HOME_BASICS.iter().chain(&[Amenity::Fuel, Amenity::EvCharging]);
    let basics = basics.map(|amenity| {
        let (class, shape, word) = words::offer(station.amenities.get(*amenity));
        view! { <li class=class><Icon name=amenity.code()/><b>{amenity.word()}</b><small><Icon name=shape/>{word}</small></li> }
    });
    let basics = basics.collect_view();
    // The five are promised by a 司机之家 only; at any other place they are what happens to be there.
    let label =
        if station.kind == Kind::DriverHome { "五项基本服务，加油和充电" } else { "这里有没有" };
    let spaces = words::spaces(station, when.now);
    // Who counted the spaces, and when, is said with them: not once more where it is the same.
    let fresh = station::fresh(station, when.now);
    let fresh = (!spaces.as_ref().is_some_and(|spaces| spaces.ends_with(&fresh))).then(|| format!("{fresh}。"));
    let lines = [spaces, station.vehicle.as_deref().and_then(words::fit), fresh];
    let lines = lines.into_iter().flatten().map(|line| view! { <p>{line}</p> }).collect_view();
    view! { <div class="full"><ul class="basics" aria-label=label>{basics}</ul>{lines}</div> }
}

/// How minutes are counted.
pub fn how() -> impl IntoView {
    view! { <p class="meta small">{format!("时间按货车每小时 {TRUCK_KMH} 公里估算，没算堵车。")}</p> }
}
