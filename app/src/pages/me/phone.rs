//! 换手机号: the new number; its code is asked on `/sign-in/code`.

use super::back;
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        refused::refused,
        sign_in::{SCRIPT, send, status},
    },
    text::account as words,
};
use domain::{
    policy::{Action, Refused},
    ports::{CodeFor, NotSent},
};
use leptos::prelude::*;

/// `/me/phone`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, String::new(), String::new(), None).await
}

async fn show(ask: &Ask, typed: String, last4: String, why: Option<NotSent>) -> Answer {
    let (mobile, has_id) = match ask.ports.accounts.me(&ask.actor, ask.now).await {
        Ok(me) => (me.mobile, me.id.is_some()),
        Err(why) => return refused(ask, why),
    };
    if ask.query.get("done").is_some() && why.is_none() {
        return changed(mobile).into();
    }
    let status = why.as_ref().map_or(200, status);
    let (wrong, wrong_last4, note) = match why.as_ref().map(|why| words::not_sent(why, ask.now)) {
        Some((Some("last4"), sentence)) => (None, Some(sentence), None),
        Some((Some(_), sentence)) => (Some(sentence), None, None),
        Some((None, sentence)) => (None, None, Some(sentence)),
        None => (None, None, None),
    };
    let printed = words::printed(&ask.ports.site);
    Page::new("换手机号", Some(Tab::Me), move || {
        view! {
            {back()}
            <h1>"换手机号"</h1>
            <p>"现在是 "<b class="number">{mobile}</b>"。换了以后用新号码登录，旧号码打不开这个账号。"</p>
            {note.map(|strong| view! { <Note strong/> })}
            <form class="fields" id="send" method="post" action="/me/phone">
                <Field id="mobile" label="新手机号" hint="验证码发到新号码。" value=typed wrong kind="tel" keys="numeric" big=true/>
                {has_id.then(|| view! { <Field id="last4" label="证件号码后四位" hint="证明是你本人换号，例：123X。" value=last4 wrong=wrong_last4/> })}
            </form>
            {printed.map(|sentence| view! { <p class="note">{sentence}</p> })}
            <p class="small muted">"旧号码已经停机也能换：这部手机还登录着就行。"</p>
            <div class="act"><button class="btn main" form="send">"发验证码"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
    .into()
}

fn changed(mobile: String) -> Page {
    Page::new("换好了", Some(Tab::Me), move || {
        view! {
            <div class="calm"><Icon name="check"/><h1>"换好了"</h1><p>"以后用 "<b class="number">{mobile}</b>" 登录。"</p></div>
            <div class="act"><a class="btn main" href="/me">"回到我的"</a></div>
        }
        .into_any()
    })
}

/// The form of `/me/phone`.
pub struct NewMobile;

impl Form for NewMobile {
    const PATH: &'static str = "/me/phone";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let mobile = fields.get("mobile").unwrap_or_default().to_owned();
            let last4 = fields.get("last4").unwrap_or_default().to_owned();
            let to = CodeFor::ChangeMobile { actor: ask.actor.clone(), last4: last4.clone() };
            match send(&ask, &mobile, to).await {
                Ok(answer) => answer,
                Err(NotSent::Refused(why)) if why != Refused::Unavailable => refused(&ask, why),
                Err(why) => show(&ask, mobile, last4, Some(why)).await,
            }
        })
    }
}
