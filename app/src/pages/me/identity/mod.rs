//! 实名信息: name and ID, typed once, shown masked, seen whole only with a reason.

mod form;
mod reveal;

pub use form::SaveIdentity;
pub use reveal::Reveal;

use super::back;
use crate::{
    ask::Ask,
    components::{Field, Good},
    page::{Answer, Page, Tab},
    pages::{refused::refused, sign_in::SCRIPT},
};
use domain::{account::IdType, ports::TypedIdentity};
use leptos::prelude::*;

/// `/me/identity`.
pub async fn page(ask: &Ask) -> Answer {
    let me = match ask.ports.accounts.me(&ask.actor, ask.now).await {
        Ok(me) => me,
        Err(why) => return refused(ask, why),
    };
    match me.id {
        Some(id) if ask.query.get("edit").is_none() => masked(ask, me.name, id, None).into(),
        _ => form::show(ask, TypedIdentity::default(), None).await,
    }
}

/// What is kept, masked, and how it can be seen whole. `wrong` is what is wrong with the reason.
fn masked(ask: &Ask, name: Option<String>, (id_type, number): (IdType, String), wrong: Option<String>) -> Page {
    let status = if wrong.is_some() { 422 } else { 200 };
    let is_done = ask.query.get("done").is_some() && wrong.is_none();
    Page::new("实名信息", Some(Tab::Me), move || {
        view! {
            {back()}
            <h1>"实名信息"</h1>
            {is_done.then(|| view! { <Good said="存好了。"/> })}
            <dl class="pairs">
                <dt>"姓名"</dt><dd>{name.unwrap_or_default()}</dd>
                <dt>{id_type.word()}</dt><dd>{number}</dd>
            </dl>
            <details class="fold" open=status == 422>
                <summary>"看完整的号码"</summary>
                <form class="fields" method="post" action="/me/identity/reveal">
                    <Field id="reason" label="为什么要看" hint="例：核对有没有填错。看一次记一笔。" value="" wrong/>
                    <button class="btn wide">"看完整的"</button>
                </form>
            </details>
            <p class="small muted">"不想再存？到"<a href="/me/consents">"同意书"</a>"里撤回。"</p>
            <div class="act"><a class="btn main" href="/me/identity?edit=1">"填错了，改一下"</a></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}
