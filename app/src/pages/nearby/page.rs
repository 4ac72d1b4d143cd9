//! `/`: the lists of a cell, or the question where one is.

use super::{address, chips::chips, list, nowhere::nowhere};
use crate::{
    ask::Ask,
    components::Icon,
    islands::NearbyIsland,
    page::{Answer, Page, Tab},
};
use domain::{geo::Cell, ports::Ports};
use leptos::prelude::*;

/// What a cell is called: its county, or nothing where none contains its centre.
pub fn name_of(ports: &Ports, cell: Cell) -> String {
    ports.places.county_of(cell.centre()).map_or_else(|| "这个位置".to_owned(), |county| county.name)
}

/// 附近.
pub fn page(ask: &Ask) -> Page {
    let (cell, chosen) = match ask.query.get("cell") {
        Some(text) => match Cell::parse(text) {
            Some(cell) => (cell, true),
            None => return nowhere(ask, Some("链接里的位置看不懂。")),
        },
        None => match ask.choices.cell {
            Some(cell) => (cell, false),
            None => return nowhere(ask, None),
        },
    };
    let wanted = address::read_wanted(ask.query.get("want"));
    let answer = ask.ports.stations.nearby(cell, &wanted, ask.now);
    let name = name_of(&ask.ports, cell);
    let title = format!("{name}附近");
    let heading = title.clone();
    let when = ask.when();
    let map = if ask.ports.site.tiles.is_some() { "/map" } else { "/radar" };
    let page = Page::new(title, Some(Tab::Nearby), move || {
        view! {
            <div class="head"><h1>{heading}</h1><a class="btn" href="/place">"换地方"</a></div>
            <p class="meta small" id="how">"距离是大约的：从这一片的中间算"</p>
            <div id="where" role="status"></div>
            <p class="meta small" id="clock" role="status"></p>
            {chips("/", cell, &wanted)}
            {list::lists(answer, cell, wanted, &when)}
            <p class="meta small"><a href="/stations/new">"附近有个站点这里没有？报一个"</a></p>
            <div class="act">
                <NearbyIsland/>
                <a class="btn big" href=address::path(map, cell, &wanted)><Icon name="map"/>"地图"</a>
            </div>
        }
        .into_any()
    });
    if chosen { page.cookie(ask.choice_cookie("cell", Some(&cell.to_string()))) } else { page }
}

/// The rows that the page did not carry, for the phone to rank.
pub fn rest(ask: &Ask) -> Answer {
    let wanted = address::read_wanted(ask.query.get("want"));
    let Some(cell) = ask.query.get("cell").and_then(Cell::parse) else {
        return nowhere(ask, Some("链接里的位置看不懂。")).into();
    };
    let answer = ask.ports.stations.nearby(cell, &wanted, ask.now);
    let when = ask.when();
    Answer::Piece(Box::new(move || list::rest_lists(answer, cell, &when).into_any()))
}
