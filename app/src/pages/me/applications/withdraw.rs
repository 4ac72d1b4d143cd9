//! `/me/applications/{id}/withdraw`: sure, and done.

use crate::{
    ask::{Ask, Fields},
    components::Icon,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::join as words,
};
use domain::policy::Action;
use leptos::prelude::*;

fn id(ask: &Ask) -> String {
    ask.parts.get("id").unwrap_or_default().to_owned()
}

/// `/me/applications/{id}/withdraw`.
pub async fn page(ask: &Ask) -> Answer {
    let application = match ask.ports.joining.application(&ask.actor, &id(ask), ask.now).await {
        Ok(application) => application,
        Err(why) => return refused(ask, why),
    };
    let back = format!("/me/applications/{}", application.row.id);
    // Withdrawn or decided meanwhile: its page says so.
    if !application.row.state.is_open() {
        return see(back);
    }
    Page::new("撤回申请", Some(Tab::Join), move || {
        view! {
            <a class="back" href=back.clone()><Icon name="back"/>{words::kind(application.row.kind)}</a>
            <h1 class="ask">"撤回这份申请？"</h1>
            <p>{application.row.owner.clone()}"不再审它。以后想入会，随时再申请。"</p>
            <form id="sure" method="post" action=format!("{back}/withdraw")></form>
            <a class="btn big wide" href=back.clone()>"不撤了，接着等"</a>
            <div class="act"><button class="btn main" form="sure">"撤回"</button></div>
        }
        .into_any()
    })
    .script("join.js")
    .into()
}

/// The form of it. Twice is once.
pub struct Withdraw;

impl Form for Withdraw {
    const PATH: &'static str = "/me/applications/{id}/withdraw";
    const ACTION: Action = Action::Apply;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let id = id(&ask);
            match ask.ports.joining.withdraw(&ask.actor, &id, ask.now).await {
                Ok(()) => see(format!("/me/applications/{id}")),
                Err(why) => refused(&ask, why),
            }
        })
    }
}
