//! `/desk/applications/{id}/hand-on`: to another organisation, found by its name.

use super::{
    super::parts::{back, part, typed},
    one::not_decided,
    version,
};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
};
use domain::{
    policy::Action,
    ports::{Decision, DeskApplication, HandOnTarget, NotDecided},
};
use leptos::prelude::*;

#[derive(Clone, Default)]
struct Typed {
    search: String,
    to: String,
    reason: String,
    wrong: Option<(&'static str, String)>,
}

/// `/desk/applications/{id}/hand-on`.
pub async fn page(ask: &Ask) -> Answer {
    let search = ask.query.get("q").unwrap_or_default().to_owned();
    show(ask, Typed { search, ..Typed::default() }).await
}

async fn show(ask: &Ask, typed: Typed) -> Answer {
    let id = part(ask, "id");
    let one = match ask.ports.deciding.application(&ask.actor, id, ask.now).await {
        Ok(one) if !one.is_open() => return see(format!("/desk/applications/{}", one.id)),
        Ok(one) => one,
        Err(why) => return refused(ask, why),
    };
    match ask.ports.deciding.targets(&ask.actor, id, &typed.search, ask.now).await {
        Ok(targets) => shown(one, targets, typed).into(),
        Err(why) => refused(ask, why),
    }
}

fn shown(one: DeskApplication, targets: Vec<HandOnTarget>, typed: Typed) -> Page {
    let status = if typed.wrong.is_some() { 422 } else { 200 };
    Page::new("转给别的组织", Some(Tab::Me), move || {
        let path = format!("/desk/applications/{}", one.id);
        let wrong = |field: &str| typed.wrong.clone().filter(|(name, _)| *name == field).map(|(_, sentence)| sentence);
        let choice = |target: &HandOnTarget| {
            let checked = target.id == typed.to;
            view! {
                <label class="tick"><input type="radio" name="to" value=target.id.clone() checked=checked/>
                    <span>{target.name.clone()}<small class="muted">{target.what.clone()}</small></span></label>
            }
        };
        let choices = targets.iter().map(choice).collect_view();
        let form = if targets.is_empty() {
            view! { <p>"没有找到已开通的组织。换个名字再找，例：金水区。没开通的组织没有人看，不能转过去。"</p> }.into_any()
        } else {
            view! {
                <form class="fields" id="hand-on" method="post" action=format!("{path}/hand-on")>
                    <input type="hidden" name="version" value=one.version.to_string()/>
                    <input type="hidden" name="q" value=typed.search.clone()/>
                    <fieldset class="field">
                        <legend><b>"转给谁"</b></legend>
                        {wrong("to").map(|wrong| view! { <p class="wrong">{wrong}</p> })}
                        {choices}
                    </fieldset>
                    <Field id="reason" label="为什么转" hint="例：他在那个区干活。不要写姓名和号码。申请人会知道转给了谁。" value=typed.reason.clone() wrong=wrong("reason")/>
                </form>
                <div class="act"><button class="btn main" form="hand-on">"转过去"</button></div>
            }
            .into_any()
        };
        view! {
            {back(path.clone(), "回申请")}
            <h1>"转给别的组织"</h1>
            <p class="meta">{one.name.clone()}" · 现在由"{one.owner.clone()}"办"</p>
            <form class="find" role="search" method="get" action=format!("{path}/hand-on")>
                <input type="search" name="q" value=typed.search.clone() aria-label="组织的名字" placeholder="组织的名字，例：金水区"/>
                <button class="btn"><Icon name="search"/>"找"</button>
            </form>
            {form}
        }
        .into_any()
    })
    .status(status)
}

/// Hands it on.
pub struct HandOn;

impl Form for HandOn {
    const PATH: &'static str = "/desk/applications/{id}/hand-on";
    const ACTION: Action = Action::DecideApplication;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let id = part(&ask, "id").to_owned();
            let [to, reason, search] = ["to", "reason", "q"].map(|field| typed(&fields, field));
            let decision = Decision::HandOn { to: to.clone(), reason: reason.clone() };
            match ask.ports.deciding.decide(&ask.actor, &id, version(&fields), &decision, ask.now).await {
                // It may be out of reach now.
                Ok(()) => see("/desk/applications"),
                Err(NotDecided::Wrong(field @ ("to" | "reason"), sentence)) => {
                    show(&ask, Typed { search, to, reason, wrong: Some((field, sentence)) }).await
                }
                Err(why) => not_decided(&ask, why, reason).await,
            }
        })
    }
}
