//! `/place`, `/place/{adcode}` and the search `/place?q=…`.

use crate::{
    ask::{Ask, When},
    components::{Find, Icon, Note, StationRow},
    page::{Page, Tab},
    pages::nearby::nearby_path,
};
use domain::{
    geo::{Cell, Point},
    ports::{Found, Place},
    station::{Kind, RoadPosition, Side, Station, Wanted},
};
use leptos::prelude::*;

/// How many answers of each kind a search shows.
const SHOWN: usize = 20;

/// Regions as a list of links: deeper where there is something to choose, else to the list of stations.
pub fn picks(places: Vec<Place>) -> AnyView {
    let pick = |place: Place| {
        let href = if place.has_children {
            format!("/place/{}", place.adcode)
        } else {
            nearby_path(Cell::of(place.centre), &Wanted::default())
        };
        view! { <li><a class="btn" href=href>{place.name}</a></li> }
    };
    view! { <ul class="names">{places.into_iter().map(pick).collect_view()}</ul> }.into_any()
}

/// Choosing a place.
pub fn page(ask: &Ask) -> Page {
    if let Some(words) = ask.query.get("q") {
        let words: String = words.chars().take(40).collect();
        return found(ask, words);
    }
    match ask.parts.get("adcode") {
        None => provinces(ask),
        Some(adcode) => match adcode.parse().ok().and_then(|adcode| ask.ports.places.by_adcode(adcode)) {
            Some(place) => below(ask, place),
            None => crate::pages::error::not_found("没有这个地区。"),
        },
    }
}

fn provinces(ask: &Ask) -> Page {
    let provinces = picks(ask.ports.places.provinces());
    let remembered = ask.choices.cell.is_some();
    Page::new("选地方", Some(Tab::Nearby), move || {
        view! {
            <a class="back" href="/"><Icon name="back"/>"附近"</a>
            <h1>"你在哪儿？"</h1>
            <Find/>
            <h2>"选省份"</h2>
            {provinces}
            {remembered.then(|| view! {
                <form method="post" action="/place"><button class="btn wide">"忘记位置"</button>
                <p class="meta small">"手机里只记着你上次选的那一片（约 1 公里见方）。"</p></form>
            })}
        }
        .into_any()
    })
}

fn below(ask: &Ask, place: Place) -> Page {
    let children = ask.ports.places.children(place.adcode);
    let whole = nearby_path(Cell::of(place.centre), &Wanted::default());
    let (title, path) = (place.name.clone(), place.path.clone());
    let up = path
        .rsplit_once(' ')
        .map_or_else(|| "/place".to_owned(), |_| format!("/place/{}", place.adcode / 10_000 * 10_000));
    Page::new(title, Some(Tab::Nearby), move || {
        view! {
            <a class="back" href=up><Icon name="back"/>"上一级"</a>
            <h1>{path}</h1>
            {if children.is_empty() { None } else { Some(picks(children)) }}
            <div class="act"><a class="btn main" href=whole>{format!("看{}中心附近", place.name)}</a></div>
        }
        .into_any()
    })
}

fn found(ask: &Ask, words: String) -> Page {
    let places = ask.ports.places.find(&words, SHOWN);
    let near = ask.choices.cell.map(Cell::centre);
    let stations = ask.ports.stations.find(&words, near, SHOWN);
    let stations: Vec<_> = stations
        .into_iter()
        .map(|found| {
            let place = place_of(ask, &found.station);
            (found, place)
        })
        .collect();
    let when = ask.when();
    let title = format!("找“{words}”");
    Page::new(title, Some(Tab::Nearby), move || {
        let nothing = places.is_empty() && stations.is_empty();
        view! {
            <a class="back" href="/place"><Icon name="back"/>"选地方"</a>
            <h1>"找地方"</h1>
            <Find typed=words.clone()/>
            {nothing.then(|| view! { <Note strong=format!("没找到“{words}”。") then="换个写法，比如只写区县名，或者回去按省份选。"/> })}
            {(!places.is_empty()).then(|| view! { <h2>"地方"</h2>{paths(places)} })}
            {(!stations.is_empty()).then(|| view! { <h2>"站点"</h2>{named(stations, near, &when)} })}
        }
        .into_any()
    })
}

/// Regions with their whole path, since a search may find several of one name.
fn paths(places: Vec<Place>) -> impl IntoView {
    let pick = |place: Place| {
        let href = if place.has_children {
            format!("/place/{}", place.adcode)
        } else {
            nearby_path(Cell::of(place.centre), &Wanted::default())
        };
        view! { <li><a href=href>{place.path}<Icon name="next"/></a></li> }
    };
    view! { <ul class="list">{places.into_iter().map(pick).collect_view()}</ul> }
}

/// Stations of a name, told apart by where they are: many share one, above all two sides of a road.
fn named(stations: Vec<(Found, String)>, near: Option<Point>, when: &When) -> impl IntoView {
    let row = |(found, place): (Found, String)| {
        let from = near.unwrap_or(found.station.point);
        view! { <StationRow found from when=when.clone() known=near.is_some() place/> }
    };
    view! { <ol class="rows">{stations.into_iter().map(row).collect_view()}</ol> }
}

/// Address, else county; for a place along a road its direction, or that nobody knows it.
fn place_of(ask: &Ask, station: &Station) -> String {
    let county = || station.adcode.and_then(|adcode| ask.ports.places.by_adcode(adcode)).map(|county| county.path);
    let place = station.address.as_deref().map(str::to_owned).or_else(county);
    let road = station.road.as_deref();
    let side = (road.is_some() || station.kind == Kind::ServiceArea).then(|| {
        let direction = road.and_then(|road| road.direction.as_deref().map(str::to_owned));
        direction.unwrap_or_else(|| road.map_or(Side::Unknown, RoadPosition::side).word().to_owned())
    });
    [place, side].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
