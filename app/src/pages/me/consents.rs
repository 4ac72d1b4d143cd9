//! 同意书: what was agreed to, for what, in which words; given and withdrawn one by one.

use super::back;
use crate::{
    ask::{Ask, Fields},
    components::Good,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::account::past,
};
use domain::{
    policy::{Action, Refused},
    ports::{Consent, ConsentFor},
};
use leptos::prelude::*;

/// `/me/consents`.
pub async fn page(ask: &Ask) -> Answer {
    let consents = match ask.ports.accounts.consents(&ask.actor).await {
        Ok(consents) => consents,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    let is_done = ask.query.get("done").is_some();
    Page::new("同意书", Some(Tab::Me), move || {
        let one = |Consent { purpose, version, text, given_at }: Consent| {
            let state = match given_at {
                Some(at) => format!("{} 同意的。", past(at, now)),
                None => "没有同意。".into(),
            };
            let (word, giving) = if given_at.is_some() { ("撤回", None) } else { ("同意", Some(version)) };
            view! {
                <h2>{purpose.word()}</h2>
                <p>{state}</p>
                <details class="fold" open=giving.is_some()><summary>{format!("全文（第 {version} 版）")}</summary><p class="full">{text}</p></details>
                <form method="post" action="/me/consents">
                    <input type="hidden" name="purpose" value=purpose.code()/>
                    {giving.map(|version| view! { <input type="hidden" name="version" value=version/> })}
                    <button class="btn wide" aria-label=format!("{word}：{}", purpose.word())>{word}</button>
                </form>
            }
        };
        view! {
            {back()}
            <h1>"同意书"</h1>
            <p>"每件事分开同意，不同意也不影响找驿站。随时能撤回，撤回前办过的事不受影响。"</p>
            {is_done.then(|| view! { <Good said="改好了。"/> })}
            {consents.into_iter().map(one).collect_view()}
        }
        .into_any()
    })
    .into()
}

/// Gives a consent to the version that was shown, or withdraws it.
pub struct SetConsent;

impl Form for SetConsent {
    const PATH: &'static str = "/me/consents";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let given = fields.get("version").map(str::parse);
            let set = match (fields.get("purpose").and_then(ConsentFor::parse), given) {
                (Some(purpose), None) => ask.ports.accounts.set_consent(&ask.actor, purpose, None, ask.now).await,
                (Some(purpose), Some(Ok(version))) => {
                    ask.ports.accounts.set_consent(&ask.actor, purpose, Some(version), ask.now).await
                }
                _ => Err(Refused::NotFound),
            };
            match set {
                Ok(()) => see("/me/consents?done=1"),
                Err(why) => refused(&ask, why),
            }
        })
    }
}
