//! 退出登录.

use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
    pages::refused::refused,
};
use domain::policy::{Action, Refused};

/// Ends the session that asks. Somebody who has none is signed out already.
pub struct SignOut;

impl Form for SignOut {
    const PATH: &'static str = "/sign-out";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            match ask.ports.accounts.sign_out(&ask.actor, ask.now).await {
                Ok(()) | Err(Refused::SignIn | Refused::NotFound) => out(&ask, "/me?done=out"),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

/// Takes the cookies away, and what scripts have kept on this phone, the card above all, and leads on.
pub(super) fn out(ask: &Ask, to: &str) -> Answer {
    Answer::Redirect { to: to.to_owned(), cookies: ask.credentials.forget(), forget: true }
}
