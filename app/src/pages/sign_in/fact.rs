//! `/sign-in/fact`: 号码可能换过主人. A number is sold again after 90 days, so a code sent to it does not prove the
//! person: a second fact does. 这不是我的账号 lets a new owner begin empty.

use super::{SCRIPT, Step, current, enter, next, over};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::with_next,
    text::{account as words, moment},
};
use domain::{
    policy::Action,
    ports::{Attempt, NextStep, NotEntered},
    time::Millis,
};
use leptos::prelude::*;

/// What was typed, and what is to be said about it.
#[derive(Default)]
struct Typed {
    fact: String,
    wrong: Option<String>,
    note: Option<String>,
    status: u16,
}

/// `/sign-in/fact`.
pub async fn page(ask: &Ask) -> Answer {
    match current(ask, Step::Fact).await {
        Ok(Attempt { next: NextStep::Fact { tries_left: 0, .. }, .. }) => locked(ask, None).into(),
        Ok(attempt) => show(ask, &attempt, Typed { status: 200, ..Typed::default() }).into(),
        Err(answer) => answer,
    }
}

/// The quiet way for somebody who never was the owner: folded, so that the owner does not lose the account by a slip
/// of the thumb.
fn not_mine(ask: &Ask) -> impl IntoView + use<> {
    let path = with_next("/sign-in/not-mine", next(ask));
    view! {
        <details class="fold">
            <summary>"这不是我的账号"</summary>
            <p>"号码归你，从一个空账号开始。以前那个账号和这个号码断开，里面的资料你看不到，也不会给你。"</p>
            <form method="post" action=path><button class="btn wide">"这个号码现在是我的，用空账号开始"</button></form>
        </details>
    }
}

fn show(ask: &Ask, attempt: &Attempt, typed: Typed) -> Page {
    let Typed { fact, wrong, note, status } = typed;
    let member_number = matches!(attempt.next, NextStep::Fact { member_number: true, .. });
    let label = if member_number { "身份证后四位，或会员号" } else { "证件号码的后四位" };
    let mobile = attempt.mobile.clone();
    let here = with_next("/sign-in/fact", next(ask));
    let quiet = not_mine(ask);
    Page::new("再核对一下", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/me"><Icon name="back"/>"先不登录"</a>
            <h1>"再核对一下是不是你"</h1>
            <p>"手机号停用后会卖给别人。"<b class="number">{mobile}</b>" 上有个账号，核对一下才不会开给别人。"</p>
            {note.map(|strong| view! { <Note strong/> })}
            <form class="fields digits" id="enter" method="post" action=here>
                <Field id="fact" label hint="最后一位是 X 就填 X。错 3 次要等 7 天。" value=fact wrong big=true/>
            </form>
            {quiet}
            <div class="act"><button class="btn main" form="enter">"核对并登录"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// Nobody is asked any more until then.
pub(super) fn locked(ask: &Ask, until: Option<Millis>) -> Page {
    let when =
        until.map_or_else(|| "过几天再来".to_owned(), |until| format!("{} 以后再来", moment::clock(until, ask.now)));
    let quiet = not_mine(ask);
    Page::new("先不能核对", Some(Tab::Me), move || {
        view! {
            <div class="calm">
                <Icon name="lock"/>
                <h1>{when}</h1>
                <p>"错了 3 次，为了不让别人试出来，这个账号暂停核对。已经登录的手机不受影响，也收到了通知。"</p>
            </div>
            {quiet}
            <div class="act"><a class="btn main" href="/">"看附近的驿站"</a></div>
        }
        .into_any()
    })
    .status(422)
}

/// The form of `/sign-in/fact`.
pub struct EnterFact;

impl Form for EnterFact {
    const PATH: &'static str = "/sign-in/fact";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let attempt = match current(&ask, Step::Fact).await {
                Ok(attempt) => attempt,
                Err(answer) => return answer,
            };
            let fact = fields.get("fact").unwrap_or_default().to_owned();
            if fact.is_empty() {
                let wrong = Some("填证件号码最后四位，例如 123X。".into());
                return show(&ask, &attempt, Typed { wrong, status: 422, ..Typed::default() }).into();
            }
            let token = ask.credentials.attempt.clone().unwrap_or_default();
            let (browser, _) = ask.browser();
            match ask.ports.accounts.enter_fact(&token, &fact, &browser, ask.now).await {
                Ok(signed_in) => enter(&ask, &signed_in, attempt.purpose),
                Err(NotEntered::Gone) => over(&ask),
                Err(NotEntered::Locked { until }) => locked(&ask, Some(until)).into(),
                Err(why @ (NotEntered::Unavailable | NotEntered::Paused { .. })) => {
                    let note = Some(words::not_entered(why, "", ask.now));
                    let status = if why == NotEntered::Unavailable { 503 } else { 429 };
                    show(&ask, &attempt, Typed { fact, wrong: None, note, status }).into()
                }
                Err(why) => {
                    let wrong = Some(words::not_entered(why, "核对的号码", ask.now));
                    show(&ask, &attempt, Typed { fact, wrong, note: None, status: 422 }).into()
                }
            }
        })
    }
}

/// 这不是我的账号.
pub struct NotMine;

impl Form for NotMine {
    const PATH: &'static str = "/sign-in/not-mine";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let attempt = match current(&ask, Step::Fact).await {
                Ok(attempt) => attempt,
                Err(answer) => return answer,
            };
            let token = ask.credentials.attempt.clone().unwrap_or_default();
            let (browser, _) = ask.browser();
            match ask.ports.accounts.not_mine(&token, &browser, ask.now).await {
                Ok(signed_in) => enter(&ask, &signed_in, attempt.purpose),
                Err(why @ (NotEntered::Unavailable | NotEntered::Paused { .. })) => {
                    let note = Some(words::not_entered(why, "", ask.now));
                    let status = if why == NotEntered::Unavailable { 503 } else { 429 };
                    show(&ask, &attempt, Typed { note, status, ..Typed::default() }).into()
                }
                Err(NotEntered::Locked { until }) => locked(&ask, Some(until)).into(),
                Err(NotEntered::Wrong { .. } | NotEntered::Gone | NotEntered::MobileTaken) => over(&ask),
            }
        })
    }
}
