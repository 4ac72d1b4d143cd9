//! `/staff/totp`: the six digits of the authenticator, after those of the SMS.

use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, safe_next, see, with_next},
    pages::sign_in::SCRIPT,
    text::proofs as words,
};
use domain::{
    policy::{Action, Refused},
    ports::{NextStep, NotProved, SignedIn},
};
use leptos::prelude::*;

/// `/staff/totp`.
pub async fn page(ask: &Ask) -> Answer {
    let next = safe_next(ask.query.get("next"));
    // Whoever takes an invitation up has no authenticator yet.
    if let Some(invitation) = next.filter(|next| next.starts_with("/invite/")) {
        return see(invitation);
    }
    let Some(token) = &ask.credentials.attempt else { return see(with_next("/staff", next)) };
    match ask.ports.accounts.attempt(token, ask.now).await {
        Ok(Some(attempt)) if attempt.next == NextStep::Totp => show(ask, String::new(), None).into(),
        Ok(_) | Err(Refused::NotFound) => see(with_next("/staff", next)),
        Err(why) => refused(ask, why),
    }
}

fn show(ask: &Ask, code: String, why: Option<NotProved>) -> Page {
    let status = why.map_or(200, status);
    let wrong = why.map(|why| words::not_typed(why, ask.now));
    let next = safe_next(ask.query.get("next"));
    let (here, back) = (with_next("/staff/totp", next), with_next("/staff", next));
    Page::new("输动态口令", Some(Tab::Me), move || {
        view! {
            <a class="back" href=back><Icon name="back"/>"换个办法"</a>
            <h1>"打开验证器，填动态口令"</h1>
            <form class="fields digits" id="enter" method="post" action=here>
                <Field id="code" label="动态口令" hint="验证器里“会站家”下面的 6 位数字，30 秒换一次。" value=code wrong keys="numeric" fill="one-time-code" big=true/>
            </form>
            <div class="act"><button class="btn main" form="enter">"登录"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// The status of a page that says why a code opened nothing.
pub(in crate::pages) const fn status(why: NotProved) -> u16 {
    match why {
        NotProved::Locked { .. } | NotProved::TooMany => 429,
        NotProved::Refused(Refused::Unavailable) => 503,
        NotProved::Gone => 410,
        NotProved::OtherNumber | NotProved::Already | NotProved::NoPasskeys => 409,
        NotProved::Wrong | NotProved::Refused(_) => 422,
    }
}

/// Gives the cookie of the session that a code of the authenticator began, and leads on.
pub(in crate::pages) fn enter(ask: &Ask, signed_in: &SignedIn, to: &str) -> Answer {
    let session = ask.credentials.session_cookie(&signed_in.session, signed_in.seconds);
    let cookies = vec![session, ask.credentials.attempt_cookie("", 0)];
    Answer::Redirect { to: to.to_owned(), cookies, forget: false }
}

/// The form of `/staff/totp`.
pub struct EnterTotp;

impl Form for EnterTotp {
    const PATH: &'static str = "/staff/totp";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let code = fields.get("code").unwrap_or_default().to_owned();
            let attempt = ask.credentials.attempt.clone().unwrap_or_default();
            let (browser, _) = ask.browser();
            let next = safe_next(ask.query.get("next"));
            match ask.ports.proofs.enter_totp(&ask.actor, &attempt, &code, &browser, ask.now).await {
                Ok(signed_in) => enter(&ask, &signed_in, next.unwrap_or("/desk")),
                Err(NotProved::Gone) => see(with_next("/staff", next)),
                Err(why) => show(&ask, code, Some(why)).into(),
            }
        })
    }
}
