//! Where one usually is: one tap where the phone has a place, else province, city, county; the street if one likes.

use super::{Flow, SCRIPT, choice::row, here};
use crate::{
    ask::Ask,
    components::Icon,
    page::{Page, Tab},
};
use domain::{
    membership::Screen,
    ports::{Level, Place},
};
use leptos::prelude::*;

/// How many places a search shows.
const SHOWN: usize = 12;

/// The screen: the place that is known, a region to look into, or what was looked for.
pub(super) fn page(ask: &Ask, flow: Flow) -> Page {
    let places = &ask.ports.places;
    if let Some(words) = ask.query.get("q") {
        let words: String = words.chars().take(40).collect();
        let found = places.find(&words, SHOWN);
        return pick(ask, flow, None, found, Some(words));
    }
    let inside = ask.query.get("in").and_then(|adcode| adcode.parse().ok()).and_then(|adcode| places.by_adcode(adcode));
    match inside {
        Some(place) if place.has_children => {
            let below = places.children(place.adcode);
            pick(ask, flow, Some(place), below, None)
        }
        Some(place) => confirm(ask, flow, place, true),
        None if ask.query.get("other").is_some() => pick(ask, flow, None, places.provinces(), None),
        None => {
            let kept = flow.draft.place.as_ref().and_then(|(adcode, _)| places.by_adcode(*adcode));
            match kept.or_else(|| here(ask)) {
                // A link may have chosen a city: its counties are what is asked.
                Some(place) if place.has_children => {
                    let below = places.children(place.adcode);
                    pick(ask, flow, Some(place), below, None)
                }
                Some(place) => confirm(ask, flow, place, false),
                None => pick(ask, flow, None, places.provinces(), None),
            }
        }
    }
}

/// A county: this is it, or rather one of its streets, or somewhere else.
fn confirm(ask: &Ask, flow: Flow, place: Place, open: bool) -> Page {
    let towns = ask.ports.joining.towns(place.adcode);
    let kept = flow.draft.town.as_ref().map(|(id, _)| id.clone());
    let (status, wrong) = (flow.status, flow.wrong.as_ref().map(|(_, sentence)| sentence.clone()));
    Page::new(Screen::Place.word(), Some(Tab::Join), move || {
        let adcode = place.adcode;
        let street = |(id, name): (String, String)| {
            let chosen = kept.as_ref() == Some(&id);
            row("town", id, name, None, chosen)
        };
        let has_towns = !towns.is_empty();
        let rows = towns.into_iter().map(street).collect_view();
        view! {
            {flow.top(Screen::Place)}
            {wrong.map(|wrong| view! { <p class="wrong" role="alert">{wrong}</p> })}
            <p class="sign place"><b>{place.name.clone()}</b><span>{place.path.clone()}</span></p>
            <p class="meta">"跑单、住、等单最多的地方。申请由这里的工会审。"</p>
            <a class="btn wide" href=format!("/join/place{}", flow.query(&[("other", "1")]))>"不是这里，换一个"</a>
            {has_towns.then(|| view! {
                <details class="fold" open=open>
                    <summary>"知道是哪个街道、镇？点一下更准"</summary>
                    <form method="post" action="/join/place">
                        {flow.hidden()}
                        <input type="hidden" name="adcode" value=adcode/>
                        <ul class="picks two">{rows}</ul>
                    </form>
                </details>
            })}
            <form id="save" method="post" action="/join/place">
                {flow.hidden()}
                <input type="hidden" name="adcode" value=adcode/>
            </form>
            <div class="act"><button class="btn main" form="save">{format!("常在{}", place.name)}</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// Regions to choose from. A county is answered by the tap unless it has streets to tell apart.
fn pick(ask: &Ask, flow: Flow, inside: Option<Place>, found: Vec<Place>, looked: Option<String>) -> Page {
    let (status, wrong) = (flow.status, flow.wrong.as_ref().map(|(_, sentence)| sentence.clone()));
    let with_towns: Vec<bool> = found
        .iter()
        .map(|place| place.level == Level::County && !ask.ports.joining.towns(place.adcode).is_empty())
        .collect();
    let is_search = looked.is_some();
    let nothing = found.is_empty();
    Page::new(Screen::Place.word(), Some(Tab::Join), move || {
        let one = |(place, has_towns): (Place, bool)| {
            let name = if is_search { place.path.clone() } else { place.name.clone() };
            if place.has_children || has_towns {
                let to = format!("/join/place{}", flow.query(&[("in", &place.adcode.to_string())]));
                view! { <li><a class="btn" href=to>{name}</a></li> }.into_any()
            } else {
                view! { <li><button class="btn" name="adcode" value=place.adcode>{name}</button></li> }.into_any()
            }
        };
        let list = found.into_iter().zip(with_towns).map(one).collect_view();
        let up = inside.as_ref().map(|place| {
            let above = (place.level != Level::Province).then(|| (place.adcode / 10_000 * 10_000).to_string());
            let more = above.as_deref().map_or([("other", "1")], |above| [("in", above)]);
            view! { <p class="head"><b>{place.path.clone()}</b><a class="btn" href=format!("/join/place{}", flow.query(&more))>"上一级"</a></p> }
        });
        let class = if is_search { "stack whole" } else { "names" };
        view! {
            {flow.top(Screen::Place)}
            {wrong.map(|wrong| view! { <p class="wrong" role="alert">{wrong}</p> })}
            <form class="find" role="search" action="/join/place" method="get">
                {flow.hidden()}
                <label class="aside" for="q">"找区县"</label>
                <input id="q" name="q" type="search" maxlength="40" placeholder="区县名" autocomplete="off" enterkeyhint="search" value=looked.clone()/>
                <button class="btn"><Icon name="search"/>"找"</button>
            </form>
            {nothing.then(|| view! { <p class="meta">"没找到。换个写法，比如只写区县的头两个字。"</p> })}
            {up}
            <form method="post" action="/join/place">
                {flow.hidden()}
                <ul class=class>{list}</ul>
            </form>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}
