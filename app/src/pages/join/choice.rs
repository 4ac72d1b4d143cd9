//! Questions that one tap answers: every row is a button that sends.

use super::{Flow, SCRIPT, not_saved};
use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
};
use domain::{
    membership::{ApplicationKind, Lane, Screen},
    ports::NotSaved,
};
use leptos::prelude::*;

/// A row: what it sends, its word, what that means, whether it is the answer that is kept.
pub(super) fn row(name: &'static str, value: String, word: String, about: Option<String>, chosen: bool) -> AnyView {
    let current = chosen.then_some("true");
    view! {
        <li><button class="btn pick" name=name value=value aria-pressed=current>
            <span>{word}{about.map(|about| view! { <small>{about}</small> })}</span>
            {chosen.then(|| view! { <Icon name="check"/> })}
        </button></li>
    }
    .into_any()
}

fn screen(screen: Screen, flow: Flow, class: &'static str, rows: Vec<AnyView>, after: AnyView) -> Page {
    let (status, wrong) = (flow.status, flow.wrong.as_ref().map(|(_, sentence)| sentence.clone()));
    Page::new(screen.word(), Some(Tab::Join), move || {
        view! {
            {flow.top(screen)}
            {wrong.map(|wrong| view! { <p class="wrong" role="alert">{wrong}</p> })}
            <form method="post" action=format!("/join/{}", screen.code())>
                {flow.hidden()}
                <ul class=class>{rows}</ul>
            </form>
            {after}
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// New, or a member already.
pub(super) fn kind(flow: Flow) -> Page {
    let kept = flow.draft.kind;
    let about = |kind| match kind {
        ApplicationKind::Join => "第一次加入工会，或者退过会",
        ApplicationKind::Transfer => "会籍跟着你走，不用再入一次",
    };
    let one = |kind: &ApplicationKind| {
        row("kind", kind.code().into(), kind.word().into(), Some(about(*kind).into()), kept == Some(*kind))
    };
    let rows = ApplicationKind::ALL.iter().map(one).collect();
    screen(Screen::Kind, flow, "picks", rows, ().into_any())
}

/// The two lanes.
pub(super) fn lane(flow: Flow) -> Page {
    let kept = flow.typed.as_ref().map_or(flow.draft.lane, |typed| Lane::parse(&typed.lane));
    let about = |lane| match lane {
        Lane::Unit => "发出去以前会告诉你：你单位的工会会看到",
        Lane::Region => "平台、站点、个体都算：交给你常在的地方的工会",
    };
    let one = |lane: &Lane| {
        row("lane", lane.code().into(), lane.word().into(), Some(about(*lane).into()), kept == Some(*lane))
    };
    let rows = Lane::ALL.iter().map(one).collect();
    screen(Screen::Lane, flow, "picks", rows, ().into_any())
}

/// What one does.
pub(super) async fn occupation(ask: &Ask, flow: Flow) -> Result<Page, Answer> {
    let known = ask.ports.joining.occupations().await;
    let known = known.map_err(|why| not_saved(ask, NotSaved::Refused(why)))?;
    let kept =
        flow.typed.as_ref().map_or_else(|| flow.draft.occupation.clone(), |typed| Some(typed.occupation.clone()));
    let rows = known
        .into_iter()
        .filter(|one| !one.is_retired)
        .map(|one| {
            let chosen = kept.as_ref() == Some(&one.code);
            // 外卖配送员（网约送餐员）: the other word is the smaller one.
            let (word, other) = match one.name.split_once('（') {
                Some((word, other)) => (word.to_owned(), Some(other.trim_end_matches('）').to_owned())),
                None => (one.name, None),
            };
            row("occupation", one.code, word, other, chosen)
        })
        .collect();
    Ok(screen(Screen::Occupation, flow, "picks two", rows, ().into_any()))
}
