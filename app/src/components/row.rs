//! A station in a list: one card, one link.

use super::Turned;
use crate::{
    ask::When,
    text::{arrival, distance, station as words},
};
use domain::{
    geo::{Compass, Point, bearing_deg},
    ports::Found,
    station::{Ahead, Station},
};
use leptos::prelude::*;

/// Distance and direction.
fn far(distance_m: f64, bearing: f64, approximate: bool) -> impl IntoView {
    let (number, unit) = distance::words(distance_m);
    view! {
        {approximate.then(|| view! { <small>"约"</small> })}
        <b>{number}</b>{unit}<span><Turned bearing/>" "{Compass::of(bearing).word()}</span>
    }
}

/// The marks a reader must see on every card.
fn marks(station: &Station) -> impl IntoView + use<> {
    words::marks(station).into_iter().map(|(word, class)| view! { <span class=class>{word}</span>" " }).collect_view()
}

/// A row of a list. The phone re-ranks by `data-y` and `data-x` (WGS-84, 1e-7 degree).
#[component]
pub fn StationRow(
    /// The station and its distance from `from`.
    found: Found,
    /// Where distances are counted from.
    from: Point,
    /// The moment of asking.
    when: When,
    /// Rows beyond the page: hidden until the phone has ranked them.
    #[prop(optional)]
    hidden: bool,
    /// Whether `from` is where somebody asked from; without it no distance is shown.
    #[prop(default = true)]
    known: bool,
    /// Its number on a 方位图.
    #[prop(optional)]
    number: Option<usize>,
    /// Where it is, in words, for rows that share a name.
    #[prop(optional, into)]
    place: Option<String>,
) -> impl IntoView {
    let Found { station, distance_m } = found;
    let When { now, calendar } = when;
    let state = station.open_state(&calendar, now);
    let door_ahead = Ahead::of(&state, now);
    let have = words::have(&station);
    let door = station.door.map(|door| view! { <b>{door.word()}</b>" " });
    view! {
        <li class=format!("row {}", state.code()) data-y=station.point.lat_e7() data-x=station.point.lng_e7() data-d=arrival::code(door_ahead) hidden=hidden>
            <h3><a href=format!("/stations/{}", station.code)>{number.map(|number| view! { <span class="num">{number}</span>" " })}{station.name.to_string()}</a></h3>
            {known.then(|| view! { <p class="far">{far(distance_m, bearing_deg(from, station.point), true)}</p> })}
            {place.map(|place| view! { <p class="fresh">{place}</p> })}
            <p class="state">{words::state(&state, now)}</p>
            {known.then(|| view! { <p class="arrive">{arrival::sentence(distance_m, door_ahead, 0)}</p> })}
            <p class="have">{door}{if have.is_empty() { view! { <span class="muted">"没写有什么"</span> }.into_any() } else { have.into_any() }}</p>
            <p class="fresh">{marks(&station)}{station.kind.word()}" · "{words::fresh(&station, now)}</p>
        </li>
    }
}
