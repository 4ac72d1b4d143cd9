//! Which county somebody means: typed, and where several have that name, one of them tapped.

use crate::ask::{Ask, Fields};
use domain::ports::{Level, NotDone, Place, Places};
use leptos::prelude::*;

/// So many places are offered.
const OFFERED: usize = 12;

/// What was typed, what it means, and what else it may mean.
#[derive(Clone, Default)]
pub struct Where {
    /// As typed.
    pub text: String,
    /// GB/T 2260, once it is clear.
    pub adcode: Option<u32>,
    /// What it may mean.
    pub offered: Vec<(u32, String)>,
}

impl Where {
    /// As a form was sent. `any_level`: provinces and cities too.
    pub fn sent(ask: &Ask, fields: &Fields, any_level: bool) -> Self {
        let places = &*ask.ports.places;
        let text: String =
            fields.get("place").unwrap_or_default().chars().filter(|letter| !letter.is_control()).collect();
        let mut at = Self { offered: offered(places, &text, any_level), text, adcode: None };
        let tapped = fields.get("adcode").and_then(|adcode| adcode.parse().ok());
        let is_offered = |adcode: &u32| at.offered.iter().any(|(offered, _)| offered == adcode);
        at.adcode = match (tapped.filter(is_offered), at.offered.as_slice()) {
            (Some(tapped), _) => Some(tapped),
            (None, [(only, _)]) => Some(*only),
            _ => at.offered.iter().find(|(_, path)| *path == at.text).map(|(adcode, _)| *adcode),
        };
        at
    }

    /// Of a place that is known.
    pub fn of(ask: &Ask, adcode: Option<u32>) -> Self {
        let text = adcode.and_then(|adcode| ask.ports.places.by_adcode(adcode)).map(|place| place.path);
        Self { text: text.unwrap_or_default(), adcode, offered: Vec::new() }
    }

    /// The county that this phone looked at last.
    pub fn remembered(ask: &Ask) -> Self {
        let county = ask.choices.cell.and_then(|cell| ask.ports.places.county_of(cell.centre()));
        Self::of(ask, county.map(|county| county.adcode))
    }
}

fn offered(places: &dyn Places, text: &str, any_level: bool) -> Vec<(u32, String)> {
    let Some(last) = text.split_whitespace().last() else { return Vec::new() };
    let found = places.find(last, OFFERED);
    let exact: Vec<&Place> = found.iter().filter(|place| place.path == text).collect();
    let found: Vec<&Place> = if exact.is_empty() { found.iter().collect() } else { exact };
    let mut offered = Vec::new();
    for place in found {
        if any_level || place.level == Level::County || !place.has_children {
            offered.push((place.adcode, place.path.clone()));
        } else if place.level == Level::City {
            offered.extend(places.children(place.adcode).into_iter().map(|county| (county.adcode, county.path)));
        }
    }
    offered.dedup();
    offered.truncate(2 * OFFERED);
    offered
}

/// The field, with a round button for each of several.
pub fn field(at: &Where, label: &'static str, hint: &'static str, not: &NotDone) -> AnyView {
    let wrong = not.wrong.iter().find(|(field, _)| *field == "place").map(|(_, sentence)| sentence.clone());
    let invalid = wrong.is_some().then_some("true");
    // Also while something else is wrong: what was tapped must not be lost.
    let several = at.offered.len() > 1;
    let choice = |(adcode, path): &(u32, String)| {
        let checked = at.adcode == Some(*adcode);
        view! { <label class="tick"><input type="radio" name="adcode" value=adcode.to_string() checked=checked/><span>{path.clone()}</span></label> }
    };
    view! {
        <div class="field">
            <label for="place">{label}</label>
            <p class="small muted" id="place-hint">{hint}</p>
            {wrong.map(|wrong| view! { <p class="wrong" id="place-wrong">{wrong}</p> })}
            <input type="text" id="place" name="place" value=at.text.clone() aria-describedby="place-hint" aria-invalid=invalid autocomplete="off"/>
            {several.then(|| view! {
                <fieldset><legend class="small">"是哪一个？"</legend>{at.offered.iter().map(choice).collect_view()}</fieldset>
            })}
        </div>
    }
    .into_any()
}
