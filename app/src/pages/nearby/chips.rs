//! The wishes as chips: links, so that they work without scripts.

use super::address;
use crate::components::Icon;
use domain::{
    geo::Cell,
    station::{Amenity, Kind, Wanted, Wish},
};
use leptos::prelude::*;

/// What people look for, most asked first.
pub const CHIPS: [Wish; 16] = [
    Wish::OpenNow,
    Wish::Amenity(Amenity::Toilet),
    Wish::Amenity(Amenity::HotWater),
    Wish::Amenity(Amenity::PhoneCharging),
    Wish::Amenity(Amenity::EbikeCharging),
    Wish::AllDay,
    Wish::Kind(Kind::DriverHome),
    Wish::Amenity(Amenity::Shower),
    Wish::Amenity(Amenity::TruckParking),
    Wish::Amenity(Amenity::Microwave),
    Wish::Amenity(Amenity::Rest),
    Wish::Amenity(Amenity::WomensToilet),
    Wish::Amenity(Amenity::BatterySwap),
    Wish::Amenity(Amenity::Laundry),
    Wish::Kind(Kind::ServiceArea),
    Wish::Everyone,
];

/// The strip of chips; the chosen ones stand first. A tap adds a wish or takes it back.
pub fn chips(base: &'static str, cell: Cell, wanted: &Wanted) -> impl IntoView + use<> {
    let chosen: Vec<_> = wanted.wishes().collect();
    let others = CHIPS.iter().copied().filter(|wish| !chosen.contains(wish));
    let chip = |wish: Wish, on: bool| {
        let href = address::path(base, cell, &wanted.toggled(wish));
        view! {
            <a class="chip" aria-current=on.then_some("true") href=href>
                {on.then(|| view! { <Icon name="check"/> })}{wish.word()}
                {on.then(|| view! { <span class="aside">"，已选，点一下去掉"</span> })}
            </a>
        }
    };
    let on = chosen.iter().map(|wish| chip(*wish, true)).collect_view();
    let off = others.map(|wish| chip(wish, false)).collect_view();
    // Whoever follows a road asks another question: one chip, so that the nearest door stays where it is.
    let truck = (base == "/").then(|| view! { <a class="chip" href="/drive"><Icon name="truck"/>"货车 · 沿路找"</a> });
    view! { <nav class="chips" aria-label="筛选">{on}{truck}{off}</nav> }
}
