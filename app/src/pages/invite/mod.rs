//! `/invite/{token}`: what an invitation is to, and the ways to take it up. A page that is only looked at uses
//! nothing up.

mod authenticator;

pub use authenticator::{SetUpInvited, page as authenticator};

use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note, PASSKEY_SCRIPT, PasskeyButton},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        refused::{refused, with_next},
        sign_in::{send, status},
    },
    text::{account as words, moment},
};
use domain::{
    account::Actor,
    policy::{Action, Refused},
    ports::{CodeFor, Invited, NotSent},
};
use leptos::prelude::*;

/// What was typed, and why no code is on its way.
#[derive(Default)]
struct Typed {
    mobile: String,
    why: Option<NotSent>,
}

/// A link that opens nothing: wrong, used, withdrawn or old, it is the same page.
fn gone() -> Page {
    Page::new("邀请打不开了", Some(Tab::Me), || {
        view! {
            <div class="calm">
                <Icon name="warning"/>
                <h1>"这个邀请打不开了"</h1>
                <p>"邀请只能用一次，而且有期限。也可能是链接没复制完整。"</p>
                <p>"已经登记过的，直接登录；还没登记的，请发邀请的人再发一个。"</p>
            </div>
            <div class="act"><a class="btn main" href="/staff">"工作人员登录"</a></div>
        }
        .into_any()
    })
    .status(404)
}

fn not_there(ask: &Ask, why: Refused) -> Answer {
    if why == Refused::Unavailable { refused(ask, why) } else { gone().into() }
}

fn token(ask: &Ask) -> String {
    ask.parts.get("token").unwrap_or_default().to_owned()
}

/// `/invite/{token}`.
pub async fn page(ask: &Ask) -> Answer {
    match ask.ports.proofs.invitation(&token(ask), ask.now).await {
        Ok(invited) => show(ask, invited, Typed::default()).into(),
        Err(why) => not_there(ask, why),
    }
}

/// To what, where, by whom and until when.
fn facts(invited: &Invited, now: domain::time::Millis) -> impl IntoView + use<> {
    let place = invited.organisation.clone().unwrap_or_else(|| "全国".into());
    let by = invited.invited_by.clone().unwrap_or_else(|| "管理这个网站的人".into());
    view! {
        <dl class="pairs">
            <dt>"身份"</dt><dd>{invited.role.word()}</dd>
            <dt>"管哪里"</dt><dd>{place}</dd>
            <dt>"谁邀请的"</dt><dd>{by}</dd>
            <dt>"有效到"</dt><dd>{moment::clock(invited.expires_at, now)}</dd>
        </dl>
    }
}

fn show(ask: &Ask, invited: Invited, Typed { mobile, why }: Typed) -> Page {
    let code = why.as_ref().map_or(200, status);
    let (wrong, note) = match why.as_ref().map(|why| words::not_sent(why, ask.now)) {
        Some((Some(_), sentence)) => (Some(sentence), None),
        Some((None, sentence)) => (None, Some(sentence)),
        None => (None, None),
    };
    let token = token(ask);
    let here = format!("/invite/{token}");
    let sends = with_next(&here, Some(&format!("{here}/authenticator")));
    let has_passkeys = ask.ports.proofs.has_passkeys();
    let printed = words::printed(&ask.ports.site);
    let signed_in = matches!(ask.actor, Actor::Person { .. });
    let now = ask.now;
    Page::new("接受邀请", Some(Tab::Me), move || {
        let again = invited.again;
        view! {
            <h1>{if again { "重新登记你的设备" } else { "邀请你来工作" }}</h1>
            {facts(&invited, now)}
            {again.then(|| view! { <Note strong="登记新设备后，原来的通行密钥、动态口令和登录马上作废。"/> })}
            {(signed_in && !again).then(|| view! { <p class="note">"身份会加到你现在登录的账号上。"</p> })}
            {note.map(|strong| view! { <Note strong/> })}
            {if has_passkeys {
                view! {
                    <p>"这部手机或电脑的锁屏密码、指纹、人脸，就是你的钥匙，别人打不开。它叫通行密钥，只存在你的设备里。"</p>
                    <PasskeyButton act="register" word="用通行密钥" invitation=Some(token)/>
                }.into_any()
            } else {
                view! { <p class="note">"这个网址是数字的，不能用通行密钥，用短信和动态口令。"</p> }.into_any()
            }}
            <h2>"这部设备不支持？"</h2>
            <p>"用手机号加动态口令，两步办好。先在手机上装一个验证器（应用商店里搜“验证器”或“动态口令”，能用 TOTP 的都行）。"</p>
            <form class="fields" id="send" method="post" action=sends>
                <Field id="mobile" label="手机号" hint="以后登录也要用它收验证码。" value=mobile wrong kind="tel" keys="numeric" big=true/>
                <button class="btn wide big">"发验证码"</button>
            </form>
            {printed.map(|sentence| view! { <p class="note">{sentence}</p> })}
        }
        .into_any()
    })
    .status(code)
    .script(PASSKEY_SCRIPT)
}

/// The form of `/invite/{token}`.
pub struct SendInvitedCode;

impl Form for SendInvitedCode {
    const PATH: &'static str = "/invite/{token}";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let invited = match ask.ports.proofs.invitation(&token(&ask), ask.now).await {
                Ok(invited) => invited,
                Err(why) => return not_there(&ask, why),
            };
            let mobile = fields.get("mobile").unwrap_or_default().to_owned();
            match send(&ask, &mobile, CodeFor::Staff).await {
                Ok(answer) => answer,
                Err(NotSent::Refused(why)) if why != Refused::Unavailable => refused(&ask, why),
                Err(why) => show(&ask, invited, Typed { mobile, why: Some(why) }).into(),
            }
        })
    }
}

/// The number that got the code belongs to another account than the invitation.
fn other_number(ask: &Ask, why: domain::ports::NotProved, back: String) -> Page {
    let sentence = crate::text::proofs::not_typed(why, ask.now);
    Page::new("号码不对", Some(Tab::Me), move || {
        view! {
            <div class="calm"><Icon name="warning"/><h1>"要用账号上的手机号"</h1><p>{sentence}</p></div>
            <div class="act"><a class="btn main" href=back>"换个号码"</a></div>
        }
        .into_any()
    })
    .status(409)
}
