//! `/me/applications/{id}`: one application; what is asked back is answered here.

use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::{account::past, join as words, moment},
};
use domain::{
    membership::ApplicationState,
    policy::{Action, Refused},
    ports::{MyApplication, NotSaved},
    time::Millis,
};
use leptos::prelude::*;

/// The longest answer, in characters: it has room in the cookie that carries it through a sign-in.
const ANSWER_AT_MOST: usize = 500;

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    answer: String,
    wrong: Option<String>,
    note: Option<String>,
    status: u16,
}

fn id(ask: &Ask) -> String {
    ask.parts.get("id").unwrap_or_default().to_owned()
}

/// `/me/applications/{id}`.
pub async fn page(ask: &Ask) -> Answer {
    let carried = ask.carried.as_ref();
    let typed = Typed {
        answer: carried.and_then(|fields| fields.get("answer")).unwrap_or_default().to_owned(),
        note: ask.returned().map(str::to_owned),
        status: 200,
        ..Typed::default()
    };
    load(ask, typed).await
}

async fn load(ask: &Ask, typed: Typed) -> Answer {
    match ask.ports.joining.application(&ask.actor, &id(ask), ask.now).await {
        Ok(application) => show(ask, application, typed).into(),
        Err(why) => refused(ask, why),
    }
}

/// The plate: state, number, who and by when.
fn plate(application: &MyApplication, now: Millis) -> AnyView {
    let row = &application.row;
    let is_with = matches!(row.state, ApplicationState::Submitted | ApplicationState::NeedsInfo);
    let class = match row.state {
        ApplicationState::Submitted | ApplicationState::Approved => "sign open",
        ApplicationState::NeedsInfo => "sign closing_soon",
        _ => "sign",
    };
    let decided = application.decided.clone().map(|(authority, at)| format!("{authority}，{}", moment::day(at)));
    view! {
        <section class=class aria-label="办到哪一步">
            <p class="state plain">{row.state.word()}</p>
            <p>{words::whose(row.state, &row.owner, row.due_at, now)}</p>
            {decided.map(|decided| view! { <p>{decided}</p> })}
            {is_with.then(|| view! { <p>{words::PENDING}</p> })}
            <p>"登记号 "<b class="number">{row.number.clone()}</b></p>
        </section>
    }
    .into_any()
}

fn reason(application: &MyApplication) -> AnyView {
    let title = match application.row.state {
        ApplicationState::NeedsInfo => "要补什么",
        ApplicationState::Submitted => "工会要的",
        _ => "原因",
    };
    let reason = application.reason.clone().map(|reason| view! { <h2>{title}</h2><p class="quote full">{reason}</p> });
    let answer = application.answer.clone().map(|answer| view! { <h2>"你补的"</h2><p class="quote full">{answer}</p> });
    view! { {reason}{answer} }.into_any()
}

fn facts(application: &MyApplication, now: Millis) -> AnyView {
    let fact = |(label, value): &(&'static str, String)| view! { <dt>{*label}</dt><dd>{value.clone()}</dd> };
    let event = |(at, said): &(Millis, String)| {
        view! { <li><p><span>{said.clone()}<small>{past(*at, now)}</small></span></p></li> }
    };
    let facts = application.facts.iter().map(fact).collect_view();
    let events = application.history.iter().map(event).collect_view();
    let has_facts = !application.facts.is_empty();
    let has_events = !application.history.is_empty();
    view! {
        {has_events.then(|| view! { <h2>"一步一步"</h2><ul class="list">{events}</ul> })}
        {has_facts.then(|| view! { <h2>"发出去的"</h2><dl class="pairs">{facts}</dl> })}
    }
    .into_any()
}

fn show(ask: &Ask, application: MyApplication, typed: Typed) -> Page {
    let now = ask.now;
    let is_done = ask.query.get("done").is_some() && typed.status == 200;
    let (status, path) = (typed.status, format!("/me/applications/{}", application.row.id));
    let title = if is_done { "已登记" } else { words::kind(application.row.kind) };
    Page::new(title, Some(Tab::Join), move || {
        let state = application.row.state;
        let may_withdraw = matches!(state, ApplicationState::Submitted | ApplicationState::NeedsInfo);
        let asks = state == ApplicationState::NeedsInfo;
        let phone = application.phone.clone().map(|phone| {
            view! { <a class="btn big wide" href=format!("tel:{phone}")><Icon name="phone"/>{format!("打电话问：{phone}")}</a> }
        });
        let form = asks.then(|| {
            view! {
                <form class="fields" id="answer-form" method="post" action=format!("{path}/answer")>
                    <Field id="answer" label="你的回答" hint="问什么答什么，写清楚就行。" value=typed.answer wrong=typed.wrong long=true/>
                </form>
            }
            .into_any()
        });
        let main = match state {
            ApplicationState::NeedsInfo => view! { <button class="btn main" form="answer-form">"补好了，发出去"</button> }.into_any(),
            ApplicationState::Rejected | ApplicationState::Withdrawn => view! { <a class="btn main" href="/join">"再申请一次"</a> }.into_any(),
            ApplicationState::Approved if application.membership.is_some() => {
                view! { <a class="btn main" href="/me/membership">"看我的会籍"</a> }.into_any()
            }
            _ if is_done => view! { <a class="btn main" href="/join"><Icon name="check"/>"好了"</a> }.into_any(),
            _ => view! { <a class="btn main" href="/me">"回到我的"</a> }.into_any(),
        };
        view! {
            <a class="back" href="/me/applications"><Icon name="back"/>"我的申请"</a>
            {if is_done {
                view! { <h1 class="ask"><Icon name="check"/>"已登记"</h1> }.into_any()
            } else {
                view! { <h1>{words::kind(application.row.kind)}</h1> }.into_any()
            }}
            {typed.note.map(|strong| view! { <Note strong/> })}
            {plate(&application, now)}
            {is_done.then(|| view! { <p>"有结果会发通知给你，在“我的 · 通知”里看，也在这里看。不用再交一次。"</p> })}
            {reason(&application)}
            {form}
            {facts(&application, now)}
            {phone}
            {may_withdraw.then(|| view! { <a class="btn wide" href=format!("{path}/withdraw")>"不想办了，撤回"</a> })}
            <div class="act">{main}</div>
        }
        .into_any()
    })
    .status(status)
    .script("join.js")
}

/// The answer to what was asked back.
pub struct Reply;

impl Form for Reply {
    const PATH: &'static str = "/me/applications/{id}/answer";
    const ACTION: Action = Action::Apply;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let seen = |letter: &char| *letter == '\n' || !letter.is_control();
            let answer: String = fields.get("answer").unwrap_or_default().chars().filter(seen).collect();
            let answer = answer.trim().to_owned();
            let length = answer.chars().count();
            let wrong = (length > ANSWER_AT_MOST)
                .then(|| format!("最多 {ANSWER_AT_MOST} 个字，现在有 {length} 个，请删短一些。"));
            if wrong.is_some() {
                return load(&ask, Typed { answer, wrong, note: None, status: 422 }).await;
            }
            let id = id(&ask);
            match ask.ports.joining.answer(&ask.actor, &id, &answer, ask.now).await {
                Ok(()) => see(format!("/me/applications/{id}")),
                Err(NotSaved::At { sentence, .. }) => {
                    load(&ask, Typed { answer, wrong: Some(sentence), note: None, status: 422 }).await
                }
                Err(NotSaved::Refused(Refused::Unavailable)) => {
                    load(&ask, Typed { answer, wrong: None, note: Some(words::DOWN.into()), status: 503 }).await
                }
                Err(NotSaved::Refused(why)) => refused(&ask, why),
                Err(NotSaved::Running(id)) => see(format!("/me/applications/{id}")),
            }
        })
    }
}
