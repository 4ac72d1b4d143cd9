//! 看完整的: one page, once, with a reason; the service writes it down.

use super::masked;
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
};
use domain::{policy::Action, ports::Identity};
use leptos::prelude::*;

/// The longest reason that is kept, in characters.
const REASON_AT_MOST: usize = 100;

/// The form of `/me/identity/reveal`.
pub struct Reveal;

impl Form for Reveal {
    const PATH: &'static str = "/me/identity/reveal";
    const ACTION: Action = Action::RevealIdentity;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let reason = fields.get("reason").unwrap_or_default();
            let wrong = match reason.chars().count() {
                0 => Some("写一句为什么要看，例：核对有没有填错。".to_owned()),
                1..=REASON_AT_MOST => None,
                long => Some(format!("最多 {REASON_AT_MOST} 个字，现在有 {long} 个，请删短一些。")),
            };
            if wrong.is_some() {
                return match ask.ports.accounts.me(&ask.actor, ask.now).await {
                    Ok(me) => match me.id {
                        Some(id) => masked(&ask, me.name, id, wrong).into(),
                        None => see("/me/identity"),
                    },
                    Err(why) => refused(&ask, why),
                };
            }
            match ask.ports.accounts.reveal_identity(&ask.actor, reason, ask.now).await {
                Ok(Some(identity)) => whole(identity).into(),
                Ok(None) => see("/me/identity"),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

fn whole(identity: Identity) -> Page {
    Page::new("实名信息", Some(Tab::Me), move || {
        let Identity { name, id_type, number, checked } = identity;
        view! {
            <h1>"完整的实名信息"</h1>
            <dl class="pairs">
                <dt>"姓名"</dt><dd>{name}</dd>
                <dt>{id_type.word()}</dt><dd>{number}</dd>
                <dt>"核对"</dt><dd>{checked}</dd>
            </dl>
            <p class="small muted">"已经记了一笔。只在这一页显示，离开就收起来。"</p>
            <div class="act"><a class="btn main" href="/me/identity">"看完了，收起来"</a></div>
        }
        .into_any()
    })
}
