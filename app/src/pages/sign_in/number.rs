//! `/sign-in`: the mobile number of somebody who signs in.

use super::{SCRIPT, is_signed_in, next, send, status};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see, with_next},
    text::account as words,
};
use domain::{
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

/// `/sign-in`.
pub async fn page(ask: &Ask) -> Answer {
    if is_signed_in(ask) {
        return see(next(ask).unwrap_or("/me"));
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
    let printed = words::printed(&ask.ports.site);
    let here = with_next("/sign-in", next(ask));
    let returns = next(ask).is_some_and(|next| next != "/me");
    Page::new("登录", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/me"><Icon name="back"/>"我的"</a>
            <h1>"用手机号登录"</h1>
            {returns.then(|| view! { <p class="meta">"登录后回到你要去的那一页。"</p> })}
            {note.map(|strong| view! { <Note strong/> })}
            <form class="fields" id="send" method="post" action=here>
                <Field id="mobile" label="手机号" hint="第一次登录会自动开一个账号，不用设密码。" value=mobile wrong kind="tel" keys="numeric" big=true/>
            </form>
            <p class="small muted">"号码加密保存，只用来登录和给你发通知，不给平台，也不给单位看。"</p>
            {printed.map(|sentence| view! { <p class="note">{sentence}</p> })}
            <h2>"管站点、办业务的人"</h2>
            <ul class="list">
                <li><a href="/manager"><span>"站点管理员"<small>"有工会干部给的管理码"</small></span><Icon name="next"/></a></li>
                <li><a href="/staff"><span>"工作人员"<small>"工会干部、法律承办人等"</small></span><Icon name="next"/></a></li>
            </ul>
            <div class="act"><button class="btn main" form="send">"发验证码"</button></div>
        }
        .into_any()
    })
    .status(code)
    .script(SCRIPT)
}

/// The form of `/sign-in`.
pub struct SendCode;

impl Form for SendCode {
    const PATH: &'static str = "/sign-in";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let mobile = fields.get("mobile").unwrap_or_default().to_owned();
            match send(&ask, &mobile, CodeFor::SignIn).await {
                Ok(answer) => answer,
                Err(NotSent::Refused(why)) if why != Refused::Unavailable => refused(&ask, why),
                Err(why) => show(&ask, Typed { mobile, why: Some(why) }).into(),
            }
        })
    }
}
