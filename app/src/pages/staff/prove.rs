//! Showing again, at a desk that is open already, that it is the same person: before keys are changed and roles are
//! given.

use super::totp::{enter, status};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note, PASSKEY_SCRIPT, PasskeyButton},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, safe_next, with_next},
    text::proofs as words,
};
use domain::{
    policy::{Action, Refused},
    ports::NotProved,
};
use leptos::prelude::*;

/// What was typed, and why it opened nothing.
#[derive(Default)]
pub(super) struct Typed {
    code: String,
    why: Option<NotProved>,
}

pub(super) async fn page(ask: &Ask, Typed { code, why }: Typed) -> Answer {
    let keys = match ask.ports.proofs.keys(&ask.actor).await {
        Ok(keys) => keys,
        Err(why) => return refused(ask, why),
    };
    let next = safe_next(ask.query.get("next")).unwrap_or("/desk").to_owned();
    let here = with_next("/staff/prove", Some(&next));
    let wrong = why.map(|why| words::not_typed(why, ask.now));
    let has_passkey = !keys.passkeys.is_empty() && ask.ports.proofs.has_passkeys();
    let has_authenticator = keys.authenticator.is_some();
    Page::new("再验证一次", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/desk"><Icon name="back"/>"工作台"</a>
            <h1>"再验证一次是你本人"</h1>
            <p class="meta">"下一步会改登录方式，或者给人开权限。手机放在桌上被别人拿起来，也做不了这些事。验证一次管 10 分钟。"</p>
            {has_passkey.then(|| view! { <PasskeyButton act="prove" word="用通行密钥验证" next=Some(next)/> })}
            {has_authenticator.then(|| view! {
                <form class="fields digits" id="enter" method="post" action=here>
                    <Field id="code" label="动态口令" hint="验证器里“会站家”下面的 6 位数字，30 秒换一次。" value=code wrong keys="numeric" fill="one-time-code" big=true/>
                    <button class="btn wide big">"用动态口令验证"</button>
                </form>
            })}
            {(!has_passkey && !has_authenticator).then(|| view! {
                <Note strong="这个账号还没有通行密钥，也没有动态口令。" then="请给你开权限的人再发一个邀请。示范账号的话，重新启动程序，用新的链接进来，10 分钟内能办。"/>
            })}
        }
        .into_any()
    })
    .status(why.map_or(200, status))
    .script(PASSKEY_SCRIPT)
    .into()
}

/// The form of `/staff` for whoever is at a desk.
pub struct ProveTotp;

impl Form for ProveTotp {
    const PATH: &'static str = "/staff/prove";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let code = fields.get("code").unwrap_or_default().to_owned();
            match ask.ports.proofs.prove_totp(&ask.actor, &code, ask.now).await {
                Ok(signed_in) => enter(&ask, &signed_in, safe_next(ask.query.get("next")).unwrap_or("/desk")),
                Err(NotProved::Refused(why @ (Refused::SignIn | Refused::NotFound))) => refused(&ask, why),
                Err(NotProved::Gone) => refused(&ask, Refused::ProveAgain),
                Err(why) => page(&ask, Typed { code, why: Some(why) }).await,
            }
        })
    }
}
