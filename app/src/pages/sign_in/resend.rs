//! `/sign-in/resend`: another code for the attempt that has begun.

use super::{Step, code, current, next, over, status};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
    pages::refused::{refused, with_next},
    text::account as words,
};
use domain::{
    policy::{Action, Refused},
    ports::NotSent,
};

/// 再发一个.
pub struct Resend;

impl Form for Resend {
    const PATH: &'static str = "/sign-in/resend";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let attempt = match current(&ask, Step::Code).await {
                Ok(attempt) => attempt,
                Err(answer) => return answer,
            };
            let token = ask.credentials.attempt.clone().unwrap_or_default();
            let (browser, _) = ask.browser();
            match ask.ports.accounts.resend_code(&token, &browser, ask.now).await {
                Ok(sent) => {
                    let address = with_next("/sign-in/code", next(&ask));
                    let joint = if address.contains('?') { '&' } else { '?' };
                    Answer::Redirect {
                        to: format!("{address}{joint}sent=1"),
                        cookies: vec![ask.credentials.attempt_cookie(&sent.attempt, sent.seconds)],
                        forget: false,
                    }
                }
                Err(NotSent::Refused(Refused::NotFound)) => over(&ask),
                Err(NotSent::Refused(why)) if why != Refused::Unavailable => refused(&ask, why),
                Err(why) => {
                    let (_, sentence) = words::not_sent(&why, ask.now);
                    let typed = code::Typed { note: Some(sentence), status: status(&why), ..code::Typed::default() };
                    code::show(&ask, &attempt, typed).into()
                }
            }
        })
    }
}
