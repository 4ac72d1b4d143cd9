//! `/me/membership/object`: an objection to 开除会籍 or to an automatic end.

use super::{back, no_membership};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Good},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        desk::parts::{summary, typed, wrong},
        refused::{refused, see},
    },
    text::membership::day,
};
use domain::{policy::Action, ports::NotDone};
use leptos::prelude::*;

/// `/me/membership/object`.
pub async fn page(ask: &Ask) -> Answer {
    let words = ask.carried.as_ref().map(|fields| typed(fields, "objection"));
    show(ask, words.unwrap_or_default(), NotDone::default()).await
}

async fn show(ask: &Ask, words: String, not: NotDone) -> Answer {
    let one = match ask.ports.memberships.mine(&ask.actor, ask.now).await {
        Ok(Some(one)) => one,
        Ok(None) => return no_membership().into(),
        Err(why) => return refused(ask, why),
    };
    let Some(until) = one.object_until else { return see("/me/membership") };
    let returned = ask.returned();
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    Page::new("提异议", Some(Tab::Me), move || {
        let reviewer = one.reviewer.clone().unwrap_or_else(|| "上级工会".to_owned());
        view! {
            {back()}
            <h1>"提异议"</h1>
            <p>{one.organisation.clone()}"："<b>{one.state.word()}</b>"。"{day(until)}"以前可以提，由"{reviewer}"复核，做决定的人不参加。"</p>
            {one.reason.clone().map(|reason| view! { <p class="quote">{reason}</p> })}
            {returned.map(|said| view! { <Good said/> })}
            {summary(&not)}
            <form class="fields" id="object" method="post" action="/me/membership/object">
                <Field id="objection" label="为什么不同意" hint="写清楚就行，最多 500 字。只有你和复核的人看得到。" value=words.clone() wrong=wrong(&not, "objection") long=true/>
            </form>
            <div class="act"><button class="btn main" form="object">"交给上级工会"</button></div>
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// The form of `/me/membership/object`.
pub struct Object;

impl Form for Object {
    const PATH: &'static str = "/me/membership/object";
    const ACTION: Action = Action::ChangeMembership;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let words = typed(&fields, "objection");
            match ask.ports.memberships.object(&ask.actor, &words, ask.now).await {
                Ok(()) => see("/me/membership?done=objected"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, words, not).await,
            }
        })
    }
}
