//! `/manager`: a station's manager binds this browser with the one-use code of an officer and the mobile number.

use super::{SCRIPT, next, send, status};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, with_next},
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
    code: String,
    mobile: String,
    why: Option<NotSent>,
}

/// `/manager`.
pub async fn page(ask: &Ask) -> Page {
    show(ask, Typed::default())
}

fn show(ask: &Ask, Typed { code, mobile, why }: Typed) -> Page {
    let status = why.as_ref().map_or(200, status);
    let said = why.as_ref().map(|why| words::not_sent(why, ask.now));
    let at = |field: &str| said.as_ref().filter(|(at, _)| *at == Some(field)).map(|(_, sentence)| sentence.clone());
    let (wrong_code, wrong_mobile) = (at("code"), at("mobile"));
    let note = said.filter(|(at, _)| at.is_none()).map(|(_, sentence)| sentence);
    let printed = words::printed(&ask.ports.site);
    let here = with_next("/manager", next(ask));
    Page::new("站点管理员", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/sign-in"><Icon name="back"/>"登录"</a>
            <h1>"绑定你管的站点"</h1>
            <p class="meta">"工会干部给你一个管理码。用一次，这部手机半年内不用再填。"</p>
            {note.map(|strong| view! { <Note strong/> })}
            <form class="fields" id="send" method="post" action=here>
                <Field id="code" label="管理码" hint="24 小时内有效，大小写不分，横线可以不填。" value=code wrong=wrong_code big=true/>
                <Field id="mobile" label="你的手机号" hint="验证码发到这里。" value=mobile wrong=wrong_mobile kind="tel" keys="numeric" big=true/>
            </form>
            {printed.map(|sentence| view! { <p class="note">{sentence}</p> })}
            <div class="act"><button class="btn main" form="send">"发验证码"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// The form of `/manager`.
pub struct BindStation;

impl Form for BindStation {
    const PATH: &'static str = "/manager";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let text = |name| fields.get(name).unwrap_or_default().to_owned();
            let (code, mobile) = (text("code"), text("mobile"));
            match send(&ask, &mobile, CodeFor::Manager(code.clone())).await {
                Ok(answer) => answer,
                Err(NotSent::Refused(why)) if why != Refused::Unavailable => refused(&ask, why),
                Err(why) => show(&ask, Typed { code, mobile, why: Some(why) }).into(),
            }
        })
    }
}
