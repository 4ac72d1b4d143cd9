//! `/me/membership/resign`: 退会, on one screen, at any time, for no reason.

use super::{back, no_membership, whole};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        desk::parts::wrong,
        refused::{refused, see},
    },
};
use domain::{policy::Action, ports::NotDone};
use leptos::prelude::*;

/// `/me/membership/resign`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, NotDone::default()).await
}

async fn show(ask: &Ask, not: NotDone) -> Answer {
    let one = match ask.ports.memberships.mine(&ask.actor, ask.now).await {
        Ok(Some(one)) if one.state.is_member() => one,
        Ok(_) => return no_membership().into(),
        Err(why) => return refused(ask, why),
    };
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    Page::new("退会", Some(Tab::Me), move || {
        let sure = wrong(&not, "sure");
        let described = sure.is_some().then_some("sure-wrong");
        let invalid = sure.is_some().then_some("true");
        view! {
            {back()}
            <h1>"退出"{one.organisation.clone()}</h1>
            {whole(&NotDone { wrong: not.wrong.iter().filter(|(field, _)| field.is_empty()).cloned().collect(), refused: None })}
            <ul class="ticks">
                <li>"马上生效，不用谁批准，不用说理由"</li>
                <li>"会员证马上不能用，正在转会的也停下"</li>
                <li>"想回来，随时重新入会，会有新的会员编号"</li>
            </ul>
            <p>"只是暂时没活干？"<a href="/me/membership/retain">"保留会籍"</a>"，不用交会费，会员证照样用。"</p>
            <form class="fields" method="post" action="/me/membership/resign">
                <div class="agree">
                    {sure.map(|sure| view! { <p class="wrong" id="sure-wrong">{sure}</p> })}
                    <label class="tick"><input type="checkbox" id="sure" name="sure" value="yes" aria-describedby=described aria-invalid=invalid/>"我要退会"</label>
                </div>
                <button class="btn wide danger">"退会"</button>
            </form>
            <div class="act"><a class="btn main" href="/me/membership">"不退了"</a></div>
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// The form of `/me/membership/resign`.
pub struct Resign;

impl Form for Resign {
    const PATH: &'static str = "/me/membership/resign";
    const ACTION: Action = Action::ChangeMembership;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let is_sure = fields.get("sure").is_some();
            match ask.ports.memberships.resign(&ask.actor, is_sure, ask.now).await {
                Ok(()) => see("/me/membership?done=resigned"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, not).await,
            }
        })
    }
}
