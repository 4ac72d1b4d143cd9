//! `/desk/applications/{id}`: who it is, what speaks against it, and 通过 in thumb's reach.

use super::{
    super::parts::{back, part},
    same::likely,
    version,
};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::{account::past, moment},
};
use domain::{
    membership::{ApplicationKind, ApplicationState},
    policy::Action,
    ports::{DeskApplication, NotDecided},
    time::Millis,
};
use leptos::prelude::*;

/// What the page says besides the application: what went wrong, and what was typed meanwhile.
#[derive(Clone, Default)]
pub struct Said {
    /// A sentence above everything.
    pub sentence: Option<String>,
    /// What was typed on a form that nobody took.
    pub typed: String,
    /// The reason for showing numbers, as it was typed, and what is wrong with it.
    pub reveal: Option<(String, Option<String>)>,
}

impl Said {
    fn is_wrong(&self) -> bool {
        self.sentence.is_some() || self.reveal.is_some()
    }
}

/// `/desk/applications/{id}`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, Said::default()).await
}

/// The page again, with what is to be said.
pub async fn show(ask: &Ask, said: Said) -> Answer {
    match ask.ports.deciding.application(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(application) => shown(application, said, ask.now).into(),
        Err(why) => refused(ask, why),
    }
}

/// The answer to a decision that was not taken; what was typed stays in sight.
pub async fn not_decided(ask: &Ask, why: NotDecided, typed: String) -> Answer {
    match why {
        NotDecided::Refused(why) => refused(ask, why),
        NotDecided::Outdated(sentence) | NotDecided::Wrong(_, sentence) => {
            show(ask, Said { sentence: Some(sentence), typed, reveal: None }).await
        }
    }
}

fn standing(one: &DeskApplication) -> AnyView {
    let due = one.due_at.map(|due_at| {
        let word = format!("{}前要办", moment::day(due_at));
        if one.is_overdue { format!("{word}，已到期") } else { word }
    });
    let line = match (one.state, &one.decided) {
        (ApplicationState::Submitted, _) => due.unwrap_or_default(),
        (ApplicationState::NeedsInfo, _) => "在等对方补充材料，也可以直接定".to_owned(),
        (ApplicationState::Withdrawn, _) => "对方撤回了，不用办".to_owned(),
        (ApplicationState::Approved, Some((authority, at))) => format!("批准机关：{authority}，{}", moment::day(*at)),
        (_, Some((authority, at))) => format!("由{authority}决定，{}", moment::day(*at)),
        _ => String::new(),
    };
    let word = if one.is_merged { "合并了" } else { one.state.word() };
    let class = if one.is_overdue { "stand late" } else { "stand" };
    view! { <p class=class><b>{word}</b>" · "{line}</p> }.into_any()
}

fn words(one: &DeskApplication) -> AnyView {
    let asked = if one.state == ApplicationState::Rejected { "没有通过的原因" } else { "请他补充的" };
    view! {
        {one.reason.clone().map(|words| view! { <h2>{asked}</h2><p class="told">{words}</p> })}
        {one.answer.clone().map(|words| view! { <h2>"他的回复"</h2><p class="told">{words}</p> })}
    }
    .into_any()
}

fn way(one: &DeskApplication, now: Millis) -> AnyView {
    let history = one
        .history
        .iter()
        .map(|(at, what)| view! { <li><p><span>{what.clone()}<small>{past(*at, now)}</small></span></p></li> });
    view! {
        {(!one.route.is_empty()).then(|| view! {
            <h2>"怎么到这里来的"</h2>
            <ol class="todo">{one.route.iter().map(|step| view! { <li>{step.clone()}</li> }).collect_view()}</ol>
        })}
        {(!one.history.is_empty()).then(|| view! { <h2>"经过"</h2><ul class="list">{history.collect_view()}</ul> })}
    }
    .into_any()
}

fn reveal(path: &str, reveal: Option<(String, Option<String>)>) -> AnyView {
    let is_open = reveal.is_some();
    let (typed, wrong) = reveal.unwrap_or_default();
    view! {
        <details class="fold" open=is_open><summary>"看完整的证件号和手机号"</summary>
            <form class="fields" method="post" action=format!("{path}/reveal")>
                <Field id="reason" label="为什么要看" hint="例：号码后几位和登记表对不上，核对。会记下来。不要写姓名和号码。" value=typed wrong=wrong/>
                <button class="btn wide">"看一次"</button>
            </form>
        </details>
    }
    .into_any()
}

fn deeds(one: &DeskApplication, path: &str) -> AnyView {
    if !one.is_open() {
        let undo = one.is_merged.then(|| {
            view! {
                <form method="post" action=format!("{path}/unmerge")>
                    <input type="hidden" name="version" value=one.version.to_string()/>
                    <button class="btn wide">"合并弄错了，取消合并"</button>
                </form>
            }
        });
        return view! {
            {undo}
            <div class="act"><a class="btn main" href="/desk/applications">"看下一份"</a></div>
        }
        .into_any();
    }
    let is_join = one.kind == ApplicationKind::Join;
    view! {
        <h2>"不能直接通过？"</h2>
        <div class="pair">
            <a class="btn" href=format!("{path}/ask")>"请他补充材料"</a>
            <a class="btn" href=format!("{path}/refuse")>"不通过"</a>
            <a class="btn" href=format!("{path}/hand-on")>"转给别的组织"</a>
        </div>
        {if is_join {
            view! {
                <p class="small muted">"通过就是登记"<b>{one.owner.clone()}</b>"批准他入会，由你录入。"</p>
                <form class="act" method="post" action=format!("{path}/approve")>
                    <input type="hidden" name="version" value=one.version.to_string()/>
                    <button class="btn main">"通过"</button>
                </form>
            }.into_any()
        } else {
            view! { <p>"这是转接会籍：由转出、转入两边分别同意。"<a href="/desk/transfers">"去会籍接转"</a></p> }.into_any()
        }}
    }
    .into_any()
}

fn shown(one: DeskApplication, said: Said, now: Millis) -> Page {
    let status = if said.is_wrong() { 422 } else { 200 };
    Page::new("入会申请", Some(Tab::Me), move || {
        let path = format!("/desk/applications/{}", one.id);
        let facts = one.facts.iter().map(|(label, value)| view! { <dt>{*label}</dt><dd>{value.clone()}</dd> }).collect_view();
        let kept = (!said.typed.is_empty()).then(|| view! { <p>"你刚才写的，还没有发出："</p><p class="told">{said.typed.clone()}</p> });
        view! {
            {back("/desk/applications", "入会审核")}
            <h1>{one.name.clone()}</h1>
            <p class="meta">{one.kind.word()}{one.lane.map(|lane| format!(" · {}", lane.word()))}</p>
            {said.sentence.clone().map(|strong| view! { <Note strong/> })}
            {kept}
            {standing(&one)}
            {one.membership.clone().map(|number| view! { <p class="note"><Icon name="check"/><span>"会员编号 "<b>{number}</b></span></p> })}
            <div class="split">
                {view! { <section class="stack">
                    {likely(&one, &path, now)}
                    <h2>"申请"</h2>
                    <dl class="pairs">
                        {facts}
                        <dt>"由谁决定"</dt><dd>{one.owner.clone()}</dd>
                        <dt>"登记号"</dt><dd>{one.number.clone()}</dd>
                        <dt>"提交"</dt><dd>{past(one.submitted_at, now)}</dd>
                    </dl>
                    {(one.may_reveal || said.reveal.is_some()).then(|| reveal(&path, said.reveal.clone()))}
                </section> }.into_any()}
                {view! { <section class="stack">
                    {words(&one)}
                    {way(&one, now)}
                </section> }.into_any()}
            </div>
            {deeds(&one, &path)}
        }
        .into_any()
    })
    .status(status)
}

/// 通过.
pub struct Approve;

impl Form for Approve {
    const PATH: &'static str = "/desk/applications/{id}/approve";
    const ACTION: Action = Action::DecideApplication;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let id = part(&ask, "id").to_owned();
            match ask.ports.deciding.approve(&ask.actor, &id, version(&fields), ask.now).await {
                Ok(_) => see(format!("/desk/applications/{id}")),
                Err(why) => not_decided(&ask, why, String::new()).await,
            }
        })
    }
}
