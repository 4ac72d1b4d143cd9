//! Other records that may be of the same person: the same or not, and taking that back.

use super::{
    super::parts::{part, typed},
    one::not_decided,
    version,
};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
    pages::refused::see,
    text::account::past,
};
use domain::{
    policy::Action,
    ports::{Decision, DeskApplication, Likely, OtherKind},
    time::Millis,
};
use leptos::prelude::*;

fn record(one: &DeskApplication, other: &Likely, path: &str, now: Millis) -> AnyView {
    let did = match other.kind {
        OtherKind::Membership => "入会",
        OtherKind::Application => "提交",
    };
    let since = other.since.map(|since| format!("，{}{did}", past(since, now)));
    let what = match &other.organisation {
        Some(at) => format!("{at}有同一个人的{}", other.kind.word()),
        None => "别的组织有同一个人的记录".to_owned(),
    };
    let rest = format!("{}{}。{}。", other.state, since.unwrap_or_default(), other.by.word());
    // A membership that ended keeps nobody from joining: there is nothing to merge with.
    let can_merge = other.is_member || other.kind == OtherKind::Application;
    let deeds = (one.is_open() && !other.is_dismissed).then(|| {
        view! {
            <form class="pair" method="post" action=format!("{path}/same")>
                <input type="hidden" name="version" value=one.version.to_string()/>
                <input type="hidden" name="other" value=other.id.clone()/>
                {can_merge.then(|| view! { <button class="btn" name="ruling" value="same">"是同一个人，合并"</button> })}
                <button class="btn" name="ruling" value="different">"不是同一个人"</button>
            </form>
        }
    });
    let opened = other.link.clone().map(|link| view! { <a href=link>"打开那一份"</a> });
    view! {
        <li class="other">
            <p><b>{what}</b></p>
            <p>{rest}{other.is_dismissed.then_some("看过了：不是同一个人。")}</p>
            {opened}
            {deeds}
        </li>
    }
    .into_any()
}

/// What stands before the facts of an application, so that nobody approves without having seen it.
pub fn likely(one: &DeskApplication, path: &str, now: Millis) -> AnyView {
    if one.likely.is_empty() {
        return ().into_any();
    }
    let records = one.likely.iter().map(|other| record(one, other, path, now)).collect_view();
    view! {
        <h2>"可能是同一个人"</h2>
        <p>"合并：这份申请结束，已有的那份留下。弄错了可以取消合并。"</p>
        <ul class="others">{records}</ul>
    }
    .into_any()
}

/// The same person, or somebody else.
pub struct Rule;

impl Form for Rule {
    const PATH: &'static str = "/desk/applications/{id}/same";
    const ACTION: Action = Action::DecideApplication;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let other = typed(&fields, "other");
            let decision =
                if typed(&fields, "ruling") == "same" { Decision::Same(other) } else { Decision::Different(other) };
            decide(ask, &fields, decision).await
        })
    }
}

/// A merge was wrong.
pub struct Unmerge;

impl Form for Unmerge {
    const PATH: &'static str = "/desk/applications/{id}/unmerge";
    const ACTION: Action = Action::DecideApplication;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move { decide(ask, &fields, Decision::Unmerge).await })
    }
}

async fn decide(ask: Ask, fields: &Fields, decision: Decision) -> Answer {
    let id = part(&ask, "id").to_owned();
    match ask.ports.deciding.decide(&ask.actor, &id, version(fields), &decision, ask.now).await {
        Ok(()) => see(format!("/desk/applications/{id}")),
        Err(why) => not_decided(&ask, why, String::new()).await,
    }
}
