//! `/me/membership/retain`: 保留会籍, and back from it.

use super::{after, back, no_membership, whole};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
};
use domain::{
    policy::Action,
    ports::{NotDone, WhyRetained},
};
use leptos::prelude::*;

/// `/me/membership/retain`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, String::new(), NotDone::default()).await
}

async fn show(ask: &Ask, chosen: String, not: NotDone) -> Answer {
    let one = match ask.ports.memberships.mine(&ask.actor, ask.now).await {
        Ok(Some(one)) if one.state.is_member() => one,
        Ok(_) => return no_membership().into(),
        Err(why) => return refused(ask, why),
    };
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    Page::new("保留会籍", Some(Tab::Me), move || {
        let choice = |why: &WhyRetained| {
            view! {
                <label class="tick"><input type="radio" name="why" value=why.code() checked=chosen == why.code()/><span>{why.word()}</span></label>
            }
        };
        view! {
            {back()}
            <h1>"保留会籍"</h1>
            <p class="meta">{one.organisation.clone()}</p>
            {whole(&not)}
            <ul class="ticks">
                <li>"不用交会费，会籍不会自动终止"</li>
                <li>"会员证照样能用"</li>
                <li>"重新干活了，一点就恢复"</li>
            </ul>
            <form class="fields" id="retain" method="post" action="/me/membership/retain">
                <fieldset class="field">
                    <legend><b>"为什么（可以不选）"</b></legend>
                    {WhyRetained::ALL.iter().map(choice).collect_view()}
                </fieldset>
            </form>
            <div class="act"><button class="btn main" form="retain">"保留会籍"</button></div>
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// The form of `/me/membership/retain`.
pub struct Retain;

impl Form for Retain {
    const PATH: &'static str = "/me/membership/retain";
    const ACTION: Action = Action::ChangeMembership;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let why = fields.get("why").unwrap_or_default().to_owned();
            match ask.ports.memberships.retain(&ask.actor, &why, ask.now).await {
                Ok(()) => see("/me/membership?done=retained"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, why, not).await,
            }
        })
    }
}

/// Back from it.
pub struct Resume;

impl Form for Resume {
    const PATH: &'static str = "/me/membership/resume";
    const ACTION: Action = Action::ChangeMembership;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let done = ask.ports.memberships.resume(&ask.actor, ask.now).await;
            after(&ask, done, "resumed")
        })
    }
}
