//! For whom one works: a tap on a platform, or a name typed. Suggestions come by a button without scripts, and while
//! one types with them.

use super::{Flow, SCRIPT, choice::row, here, not_saved};
use crate::{
    ask::Ask,
    components::Field,
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::{
    membership::{Lane, Screen},
    ports::{NotSaved, Suggestion},
};
use leptos::prelude::*;

/// The longest name that is looked for, in characters.
const AT_MOST: usize = 40;

fn cut(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(AT_MOST).collect()
}

/// The rows of what may be meant.
fn rows(found: Vec<Suggestion>, kept: Option<&str>) -> AnyView {
    let one = |one: Suggestion| {
        let chosen = kept == Some(one.pick.as_str());
        let is_union = one.pick.starts_with("organisation:");
        let about = match (is_union, one.is_open) {
            (true, false) => Some(format!("{} · 还没开通网上入会", one.what)),
            // 平台 says nothing that its name does not.
            (false, _) if one.what == "平台" => None,
            _ => Some(one.what),
        };
        row("pick", one.pick, one.name, about, chosen)
    };
    found.into_iter().map(one).collect_view().into_any()
}

/// `/join/suggest`: rows for the script of the page.
pub async fn suggest(ask: &Ask) -> Answer {
    let lane = ask.query.get("lane").and_then(Lane::parse).unwrap_or(Lane::Region);
    let text = cut(ask.query.get("unit").unwrap_or_default());
    let adcode = here(ask).map(|place| place.adcode);
    match ask.ports.joining.suggest(lane, &text, adcode, ask.now).await {
        Ok(found) => Answer::Piece(Box::new(move || rows(found, None))),
        Err(why) => refused(ask, why),
    }
}

/// The screen.
pub(super) async fn page(ask: &Ask, flow: Flow) -> Result<Page, Answer> {
    let lane = flow.draft.lane.unwrap_or(Lane::Region);
    let looked = ask.query.get("unit").map(cut);
    let typed = looked.clone().unwrap_or_else(|| {
        // What was tapped is a row; the field is for what was typed.
        let kept = flow.draft.unit.clone().filter(|_| flow.draft.enterprise.is_none() && flow.draft.chosen.is_none());
        flow.value(|typed| &typed.unit, kept)
    });
    let adcode = flow.draft.place.as_ref().map(|(adcode, _)| *adcode).or_else(|| here(ask).map(|place| place.adcode));
    let found = ask.ports.joining.suggest(lane, &typed, adcode, ask.now).await;
    let found = found.map_err(|why| not_saved(ask, NotSaved::Refused(why)))?;
    let kept = match (&flow.draft.chosen, &flow.draft.enterprise) {
        (Some(id), _) => Some(format!("organisation:{id}")),
        (None, Some(id)) => Some(format!("enterprise:{id}")),
        (None, None) => None,
    };
    let nothing = found.is_empty() && !typed.is_empty();
    let (status, wrong) = (flow.status, flow.wrong("unit").or_else(|| flow.wrong("pick")));
    let hint = match lane {
        Lane::Unit => "写全名或者几个字，从下面点你单位的工会。",
        Lane::Region => "没有的写在这里，写几个字就找得到。",
    };
    let is_optional = lane == Lane::Region;
    let (first, second) = (rows_first(lane), flow.hidden());
    let again = flow.hidden();
    Ok(Page::new(Screen::Unit.word(), Some(Tab::Join), move || {
        let list = view! {
            <form method="post" action="/join/unit">
                {second}
                <ul class="picks two" id="found" data-lane=lane.code()>{rows(found, kept.as_deref())}</ul>
                {nothing.then(|| view! { <p class="meta">"没找到这个名字。写的是对的，就点“下一步”。"</p> })}
            </form>
        }
        .into_any();
        let field = view! {
            <form class="fields" id="save" method="post" action="/join/unit">
                {again}
                <Field id="unit" label="平台、公司或站点的名字" hint value=typed wrong/>
                <button class="btn wide" formmethod="get" id="look">"找一找"</button>
            </form>
        }
        .into_any();
        let (above, below) = if first { (list, field) } else { (field, list) };
        view! {
            {flow.top(Screen::Unit)}
            {above}
            {below}
            <div class="act">
                <button class="btn main" form="save">"下一步"</button>
                {is_optional.then(|| view! { <button class="btn big" form="skip">"说不清，跳过"</button> })}
            </div>
            {is_optional.then(|| view! { <form id="skip" method="post" action="/join/unit">{flow.hidden()}</form> })}
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT))
}

/// Whether the list stands first: platforms are tapped, names of units are typed.
const fn rows_first(lane: Lane) -> bool {
    matches!(lane, Lane::Region)
}
