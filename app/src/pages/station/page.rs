//! `/stations/{code}`.

use super::{facts, maps::chosen_app, say, station_of, week::week};
use crate::{
    ask::{Ask, When},
    components::{Icon, Note, Turned},
    page::{Page, Tab},
    pages::nearby::nearby_path,
    text::{distance, station as words, voices},
};
use domain::{
    geo::{Cell, Compass, bearing_deg, distance_m},
    station::{Station, Wanted},
};
use leptos::prelude::*;
use std::sync::Arc;

/// A station's page.
pub fn page(ask: &Ask) -> Page {
    let station = match station_of(ask) {
        Ok(station) => station,
        Err(page) => return page,
    };
    let (when, cell) = (ask.when(), ask.choices.cell);
    let tap = ask.assets.url("station-tap.js");
    let heard = ask.query.get("heard").map(str::to_owned);
    let county = station.adcode.and_then(|adcode| ask.ports.places.by_adcode(adcode)).map(|county| county.path);
    let roads = ask.ports.roads.places_of(station.code);
    let app = chosen_app(ask);
    let go = if ask.in_wechat() {
        format!("/stations/{}/maps", station.code)
    } else {
        format!("/go/{}/{}", app.code(), station.code)
    };
    let back = nearby_path(cell.unwrap_or_else(|| Cell::of(station.point)), &Wanted::default());
    Page::new(station.name.to_string(), Some(Tab::Nearby), move || {
        let marks = words::marks(&station)
            .into_iter()
            .map(|(word, class)| view! { " "<span class=class>{word}</span> })
            .collect_view();
        let place = station.address.as_deref().map(str::to_owned).or(county);
        view! {
            <a class="back" href=back><Icon name="back"/>"附近"</a>
            <h1>{station.name.to_string()}{marks}</h1>
            <p class="meta">{station.kind.word()}{place.map(|place| format!(" · {place}"))}</p>
            {warning(&station)}
            {sign(&station, cell, &when)}
            {tools(&station, tap)}
            {say::section(&station, heard.as_deref(), when.now)}
            {facts::amenities(&station)}
            {week(&station, &when)}
            {facts::entrance(&station)}
            {facts::road(&station, &roads)}
            {facts::origin(&station)}
            <div class="act">
                <a class="btn main" href=go><Icon name="navigate"/>"带我去 · "{app.word()}</a>
                <a class="btn big" href=format!("/stations/{}/maps", station.code)><Icon name="swap"/>"换个地图"</a>
            </div>
        }
        .into_any()
    })
    .script("station.js")
}

/// What must be read before anybody sets out.
fn warning(station: &Station) -> Option<impl IntoView + use<>> {
    if station.is_demo() {
        Some(view! { <Note strong="示范站点，是编的，别真去。"/> })
    } else if station.is_synthetic() {
        Some(view! { <Note strong="测试用的假数据，别真去。"/> })
    } else {
        None
    }
}

/// The sentence first: is the door open, how does one get in, how sure is that.
fn sign(station: &Arc<Station>, cell: Option<Cell>, when: &When) -> impl IntoView + use<> {
    let (state, now) = (when.state(station), when.now);
    let doubt = words::doubt(station, &state);
    let door = station.door.map_or("进门方式没有登记。", |door| facts::door_sentence(door));
    let (lat, lng) = (station.point.lat_e7(), station.point.lng_e7());
    let away = cell.map(|cell| {
        let from = cell.centre();
        view! { <p class="far" id="far" data-y=lat data-x=lng>{away_words(distance_m(from, station.point), bearing_deg(from, station.point))}</p> }
    });
    view! {
        <section class=format!("sign {}", state.code()) aria-label="现在">
            <p class="state">{words::state(&state, now)}</p>
            <p>{door}</p>
            {doubt.map(|doubt| view! { <p>{doubt}</p> })}
            {voices::door(station, now).map(|said| view! { <p>{said}</p> })}
            <p class="small">{words::fresh(station, now)}"。"</p>
            {away}
        </section>
    }
}

/// Direction first, then how far: the sign of a motorway. A script counts again from the position that
/// the phone keeps, so that list and page agree.
fn away_words(metres: f64, bearing: f64) -> impl IntoView {
    let (number, unit) = distance::words(metres);
    view! { <Turned bearing/>" "<bdi>{Compass::of(bearing).word()}</bdi>" "<small>"约"</small><b>{number}</b><bdi>{unit}</bdi> }
}

fn tools(station: &Station, tap: String) -> impl IntoView + use<> {
    let phones = words::phones(station);
    let first = phones.first().map(|(_, dialled)| format!("tel:{dialled}"));
    let address = station.address.as_deref().map_or_else(|| station.name.to_string(), str::to_owned);
    // The button dials the first; the others are dialled from their own text.
    let number = |(at, (written, dialled)): (usize, (String, String))| match at {
        0 => view! { <span>{written}</span> }.into_any(),
        _ => view! { "、"<a href=format!("tel:{dialled}")>{written}</a> }.into_any(),
    };
    let numbers = if phones.is_empty() {
        view! { <p class="meta small">"没有登记电话。"</p> }.into_any()
    } else {
        view! { <p class="meta">"电话 "{phones.into_iter().enumerate().map(number).collect_view()}</p> }.into_any()
    };
    view! {
        <div class="tools">
            {first.map(|href| view! { <a class="btn" href=href><Icon name="phone"/>"打电话"</a> })}
            <button class="btn" type="button" data-copy=address hidden><Icon name="copy"/>"复制地址"</button>
            <button class="btn" type="button" data-share hidden><Icon name="share"/>"分享"</button>
        </div>
        {numbers}
        <p class="meta small" id="said" role="status" data-tap=tap title="网断了，有网再点一次。"></p>
    }
}
