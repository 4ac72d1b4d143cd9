//! Which map app, and what to do inside 微信, where links to apps are blocked.

use super::station_of;
use crate::{
    ask::Ask,
    components::{Icon, Note},
    page::{Page, Tab},
};
use domain::station::MapApp;
use leptos::prelude::*;

/// The last used app; the first time 高德, which most of these phones have, and on an iPhone its own.
pub fn chosen_app(ask: &Ask) -> MapApp {
    let apps = apps(ask);
    let first = if ask.on_apple() { MapApp::Apple } else { MapApp::Amap };
    ask.choices.map.as_deref().and_then(MapApp::parse).filter(|app| apps.contains(app)).unwrap_or(first)
}

/// The apps this phone may have.
fn apps(ask: &Ask) -> Vec<MapApp> {
    MapApp::ALL.iter().copied().filter(|app| *app != MapApp::Apple || ask.on_apple()).collect()
}

/// `/stations/{code}/maps`.
pub fn maps(ask: &Ask) -> Page {
    let station = match station_of(ask) {
        Ok(station) => station,
        Err(page) => return page,
    };
    let wechat = ask.in_wechat();
    let apps = apps(ask);
    Page::new("换个地图", Some(Tab::Nearby), move || {
        let address = station.address.as_deref().map_or_else(|| station.name.to_string(), str::to_owned);
        let app = |app: MapApp| {
            view! { <li><a class="btn wide" href=format!("/go/{}/{}", app.code(), station.code)><Icon name="navigate"/>{app.word()}</a></li> }
        };
        view! {
            <a class="back" href=format!("/stations/{}", station.code)><Icon name="back"/>{station.name.to_string()}</a>
            <h1>{if wechat { "在微信里打不开地图" } else { "用哪个地图？" }}</h1>
            {wechat.then(|| view! {
                <Note strong="微信不让网页打开别的应用。".to_owned() then="先复制地址，再到地图里粘贴；或者点右上角三个点，选“在浏览器打开”。"/>
                <figure class="wechat"><svg viewBox="0 0 300 120" role="img" aria-label="点右上角的三个点，再选在浏览器打开">
                    <rect class="card" x="4" y="4" width="292" height="36" rx="8"></rect>
                    <circle class="dot" cx="250" cy="22" r="3"></circle><circle class="dot" cx="262" cy="22" r="3"></circle><circle class="dot" cx="274" cy="22" r="3"></circle>
                    <path class="way" d="M262 34v26m-6-8 6 8 6-8"></path>
                    <rect class="card" x="120" y="64" width="176" height="48" rx="8"></rect>
                    <text x="208" y="94" text-anchor="middle">"在浏览器打开"</text>
                </svg></figure>
            })}
            <p class="meta">{address.clone()}</p>
            <div class="tools"><button class="btn" type="button" data-copy=address hidden><Icon name="copy"/>"复制地址"</button></div>
            <p class="meta small" id="said" role="status"></p>
            {(!wechat).then(|| view! { <ul class="apps">{apps.iter().copied().map(app).collect_view()}</ul> })}
        }
        .into_any()
    })
    .script("station.js")
}
