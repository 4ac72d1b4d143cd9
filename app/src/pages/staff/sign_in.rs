//! `/staff`: the way into a desk.

use super::prove;
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note, PASSKEY_SCRIPT, PasskeyButton},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        refused::{refused, safe_next, see, with_next},
        sign_in::{send, status},
    },
    text::account as words,
};
use domain::{
    account::Actor,
    policy::{Action, Refused},
    ports::{CodeFor, NotSent},
};
use leptos::prelude::*;

/// What was typed, and why no code is on its way.
#[derive(Default)]
struct Typed {
    mobile: String,
    why: Option<NotSent>,
}

/// `/staff`. Whoever is at a desk already shows again who they are, when a page wants that.
pub async fn page(ask: &Ask) -> Answer {
    let next = safe_next(ask.query.get("next"));
    if let Actor::Person { strength, .. } = &ask.actor
        && strength.opens_desks()
    {
        return match next {
            Some(next) if ask.actor.has_proved_lately(ask.now) => see(next),
            Some(_) => prove::page(ask, prove::Typed::default()).await,
            None => see("/desk"),
        };
    }
    show(ask, Typed::default()).into()
}

fn show(ask: &Ask, Typed { mobile, why }: Typed) -> Page {
    let code = why.as_ref().map_or(200, status);
    let (wrong, note) = match why.as_ref().map(|why| words::not_sent(why, ask.now)) {
        Some((Some(_), sentence)) => (Some(sentence), None),
        Some((None, sentence)) => (None, Some(sentence)),
        None => (None, None),
    };
    let waits = matches!(ask.actor, Actor::Person { waiting: true, .. });
    let printed = words::printed(&ask.ports.site);
    let has_passkeys = ask.ports.proofs.has_passkeys();
    let next = safe_next(ask.query.get("next")).map(str::to_owned);
    let here = with_next("/staff", next.as_deref());
    Page::new("工作人员登录", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/sign-in"><Icon name="back"/>"登录"</a>
            <h1>"工作人员登录"</h1>
            {waits.then(|| view! { <Note strong="只用短信验证码打不开工作台。" then="手机号会被别人买走，所以还要通行密钥或者动态口令。再登录一次就好。"/> })}
            {note.map(|strong| view! { <Note strong/> })}
            {if has_passkeys {
                view! { <p class="meta">"工会干部、法律承办人、保障管理员、系统管理员、审计员从这里进工作台。"</p><PasskeyButton act="sign-in" word="用通行密钥登录" next/> }.into_any()
            } else {
                view! { <p class="note">"这个网址是数字的，不能用通行密钥，用短信和动态口令。"</p> }.into_any()
            }}
            <h2>"用短信和动态口令"</h2>
            <form class="fields" id="send" method="post" action=here>
                <Field id="mobile" label="手机号" hint="先收短信验证码，再填动态口令。" value=mobile wrong kind="tel" keys="numeric" big=true/>
                <button class="btn wide big">"发验证码"</button>
            </form>
            {printed.map(|sentence| view! { <p class="note">{sentence}</p> })}
            <h2>"都用不了？"</h2>
            <p>"手机丢了，或者换了手机，请给你发邀请的人再发一个邀请。原来的通行密钥和动态口令马上作废。"</p>
        }
        .into_any()
    })
    .status(code)
    .script(PASSKEY_SCRIPT)
}

/// The form of `/staff`.
pub struct SendStaffCode;

impl Form for SendStaffCode {
    const PATH: &'static str = "/staff";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let mobile = fields.get("mobile").unwrap_or_default().to_owned();
            match send(&ask, &mobile, CodeFor::Staff).await {
                Ok(answer) => answer,
                Err(NotSent::Refused(why)) if why != Refused::Unavailable => refused(&ask, why),
                Err(why) => show(&ask, Typed { mobile, why: Some(why) }).into(),
            }
        })
    }
}
