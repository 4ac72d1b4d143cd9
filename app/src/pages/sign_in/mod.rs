//! Signing in with a mobile number: the number, the code, and a second fact where the number may have been resold.

mod code;
mod fact;
mod manager;
mod number;
mod resend;

pub use code::{EnterCode, page as code};
pub use fact::{EnterFact, NotMine, page as fact};
pub use manager::{BindStation, page as manager};
pub use number::{SendCode, page as number};
pub use resend::Resend;

use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::{refused, safe_next, see, with_next},
};
use domain::{
    account::Actor,
    policy::Refused,
    ports::{Attempt, AttemptPurpose, CodeFor, NextStep, NotSent, SignedIn},
};
use leptos::prelude::*;

/// Sends the buttons of forms once, says when there is no network, fills in the code of an SMS. No page needs it.
pub const SCRIPT: &str = "account.js";

/// Where to go after it, as the address says.
pub(super) fn next(ask: &Ask) -> Option<&str> {
    safe_next(ask.query.get("next"))
}

/// Whether somebody has signed in.
pub(super) const fn is_signed_in(ask: &Ask) -> bool {
    matches!(ask.actor, Actor::Person { .. })
}

/// Where a sign-in ends that was asked for by no page.
const fn home(purpose: AttemptPurpose) -> &'static str {
    match purpose {
        AttemptPurpose::SignIn => "/me",
        AttemptPurpose::ChangeMobile => "/me/phone?done=1",
        AttemptPurpose::Manager | AttemptPurpose::Staff => "/desk",
    }
}

/// Sends a code and leads to where it is typed.
pub(super) async fn send(ask: &Ask, mobile: &str, to: CodeFor) -> Result<Answer, NotSent> {
    let (browser, device) = ask.browser();
    let sent = ask.ports.accounts.send_code(mobile, to, &browser, ask.now).await?;
    let attempt = ask.credentials.attempt_cookie(&sent.attempt, sent.seconds);
    Ok(Answer::Redirect {
        to: with_next("/sign-in/code", next(ask)),
        cookies: device.into_iter().chain([attempt]).collect(),
        forget: false,
    })
}

/// The status of a page that says why no code is on its way.
pub(super) const fn status(why: &NotSent) -> u16 {
    match why {
        NotSent::Mobile | NotSent::ManagerCode | NotSent::Last4 { .. } => 422,
        NotSent::TooMany { .. } | NotSent::Paused { .. } | NotSent::Locked { .. } => 429,
        NotSent::Budget | NotSent::Gateway | NotSent::Refused(_) => 503,
    }
}

/// What a person is asked in an attempt.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Code,
    Fact,
}

/// The attempt of this browser, when it is at this step; otherwise where its step is asked.
async fn current(ask: &Ask, step: Step) -> Result<Attempt, Answer> {
    let Some(token) = &ask.credentials.attempt else { return Err(over(ask)) };
    let attempt = match ask.ports.accounts.attempt(token, ask.now).await {
        Ok(Some(attempt)) => attempt,
        Ok(None) | Err(Refused::NotFound) => return Err(over(ask)),
        Err(why) => return Err(refused(ask, why)),
    };
    let is_at = match attempt.next {
        NextStep::Code => Step::Code,
        NextStep::Fact { .. } => Step::Fact,
        NextStep::Totp => return Err(see(with_next("/staff/totp", next(ask)))),
    };
    match is_at {
        _ if is_at == step => Ok(attempt),
        Step::Code => Err(see(with_next("/sign-in/code", next(ask)))),
        Step::Fact => Err(see(with_next("/sign-in/fact", next(ask)))),
    }
}

/// An attempt that is over. Whom it signed in (a button pressed twice, a page gone back to) is led on.
fn over(ask: &Ask) -> Answer {
    if is_signed_in(ask) {
        return see(next(ask).unwrap_or("/me"));
    }
    let again = with_next("/sign-in", next(ask));
    Page::new("验证码过期了", Some(Tab::Me), move || {
        view! {
            <div class="calm">
                <Icon name="warning"/>
                <h1>"验证码过期了"</h1>
                <p>"它只能用一次，5 分钟内有效，错 5 次也会作废。再发一个就好。"</p>
            </div>
            <div class="act"><a class="btn main" href=again>"再发一个"</a></div>
        }
        .into_any()
    })
    .status(410)
    .into()
}

/// Gives the session's cookie, takes the attempt's away, and leads on.
fn enter(ask: &Ask, signed_in: &SignedIn, purpose: AttemptPurpose) -> Answer {
    let credentials = &ask.credentials;
    Answer::Redirect {
        to: next(ask).unwrap_or(home(purpose)).to_owned(),
        cookies: vec![
            credentials.session_cookie(&signed_in.session, signed_in.seconds),
            credentials.attempt_cookie("", 0),
        ],
        forget: false,
    }
}
