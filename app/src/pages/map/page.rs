//! `/map?cell=…&want=…`: the map. Its script draws outlines, or the configured tiles after a yes.

use super::switch;
use crate::{
    ask::Ask,
    page::{Page, Tab},
    pages::nearby::{address, chips::chips, name_of},
};
use domain::geo::Cell;
use leptos::prelude::*;

/// The map of a cell; without a cell the question where one is.
pub fn page(ask: &Ask) -> Page {
    let Some(cell) = ask.query.get("cell").and_then(Cell::parse).or(ask.choices.cell) else {
        return crate::pages::nearby::page(ask);
    };
    let wanted = address::read_wanted(ask.query.get("want"));
    let name = name_of(&ask.ports, cell);
    let county = ask.ports.places.county_of(cell.centre()).map(|county| county.adcode);
    let (tiles, tiles_name) = (ask.ports.site.tiles.clone(), ask.ports.site.tiles_name.clone());
    let approval = ask.ports.site.map_approval.clone();
    let (map, styles) = (ask.assets.url("map.js"), ask.assets.url("map.css"));
    Page::new(format!("{name}附近的地图"), Some(Tab::Nearby), move || {
        view! {
            <h1 class="aside">{name}"附近的站点，地图"</h1>
            {switch("/map", cell, &wanted)}
            {chips("/map", cell, &wanted)}
            <div id="where" role="status"></div>
            <div class="map" id="map" role="region" aria-label="地图" tabindex="0" data-cell=cell.to_string()
                data-want=wanted.to_query() data-province=county.map(|adcode| adcode / 10_000 * 10_000)
                data-map=map data-styles=styles data-tiles=tiles data-tiles-name=tiles_name>
                <p class="note">"地图要用到脚本。打不开的话，用“方位图”或“列表”，都不用脚本。"</p>
            </div>
            {approval.map(|number| view! { <p class="meta small">{format!("本图审图号 {number}")}</p> })}
        }
        .into_any()
    })
    .script("map-page.js")
}
