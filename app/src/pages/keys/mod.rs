//! `/me/keys`: what somebody signs in with: passkeys and the authenticator.

mod authenticator;
mod passkey;
mod remove;

pub use authenticator::{SetUp, page as authenticator, setting_up};
pub use passkey::{Rename, page as passkey};
pub use remove::{RemoveAuthenticator, RemovePasskey};

use crate::{
    ask::Ask,
    components::{Icon, Note, PASSKEY_SCRIPT, PasskeyButton},
    page::{Answer, Page, Tab},
    pages::refused::{refused, with_next},
    text::account::past,
};
use domain::ports::{Keys, PasskeyRow};
use leptos::prelude::*;

/// `/me/keys`.
pub async fn page(ask: &Ask) -> Answer {
    list(ask, None).await
}

/// The list, and why something was not done.
async fn list(ask: &Ask, note: Option<&'static str>) -> Answer {
    let Keys { passkeys, authenticator, .. } = match ask.ports.proofs.keys(&ask.actor).await {
        Ok(keys) => keys,
        Err(why) => return refused(ask, why),
    };
    let proved = ask.actor.has_proved_lately(ask.now);
    let has_passkeys = ask.ports.proofs.has_passkeys();
    let now = ask.now;
    let is_empty = passkeys.is_empty() && authenticator.is_none();
    Page::new("通行密钥和动态口令", Some(Tab::Me), move || {
        let row = |row: PasskeyRow| {
            let used = row.used_at.map_or_else(|| "还没用过".to_owned(), |at| format!("{} 用过", past(at, now)));
            view! {
                <li><a href=format!("/me/keys/{}", row.id)>
                    <span><bdi>{row.name}</bdi><small>{past(row.created_at, now)}" 添加 · "{used}</small></span><Icon name="next"/>
                </a></li>
            }
        };
        view! {
            <a class="back" href="/me"><Icon name="back"/>"我的"</a>
            <h1>"通行密钥和动态口令"</h1>
            <p class="meta">"进工作台用的。最好两部设备各有一把，丢了一部还能进。"</p>
            {note.map(|strong| view! { <Note strong/> })}
            {is_empty.then(|| view! { <p>"还没有。接受工作邀请的时候登记。"</p> })}
            <ul class="list">
                {passkeys.into_iter().map(row).collect_view()}
                {authenticator.map(|at| view! {
                    <li><a href="/me/authenticator"><span>"动态口令"<small>{past(at, now)}" 设置"</small></span><Icon name="next"/></a></li>
                })}
                {(authenticator.is_none() && !is_empty).then(|| view! {
                    <li><a href="/me/authenticator"><span>"设置动态口令"<small>"换到没有通行密钥的设备时用"</small></span><Icon name="next"/></a></li>
                })}
            </ul>
            {(has_passkeys && proved).then(|| view! { <PasskeyButton act="register" word="给这部设备加一把" next=Some("/me/keys".to_owned())/> })}
            {(!proved && !is_empty).then(|| view! {
                <div class="act"><a class="btn main" href=with_next("/staff", Some("/me/keys"))>"要添加或者删除，先验证一次"</a></div>
            })}
        }
        .into_any()
    })
    .status(if note.is_some() { 409 } else { 200 })
    .script(PASSKEY_SCRIPT)
    .into()
}
