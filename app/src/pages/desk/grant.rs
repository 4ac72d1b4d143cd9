//! `/desk/grants/{id}`: a role that was given, to take it back or to invite its holder again.

use super::{
    invite::made_page,
    parts::{back, part, summary, typed, wrong},
};
use crate::{
    ask::{Ask, Fields},
    components::Field,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::account::past,
};
use domain::{policy::Action, ports::NotDone};
use leptos::prelude::*;

/// Which of the two forms was sent, with its reason and what is wrong.
#[derive(Clone, Default)]
struct Sent {
    revoke: String,
    again: String,
    revoke_not: NotDone,
    again_not: NotDone,
}

/// `/desk/grants/{id}`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, Sent::default()).await
}

async fn show(ask: &Ask, sent: Sent) -> Answer {
    let desk = match ask.ports.staff.grant(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(desk) => desk,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    let bad = !sent.revoke_not.wrong.is_empty() || !sent.again_not.wrong.is_empty();
    Page::new("角色", Some(Tab::Me), move || {
        let holder = &desk.holder;
        let path = format!("/desk/grants/{}", holder.grant);
        let who = [holder.name.clone(), holder.mobile.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let who = if who.is_empty() { "没有登记姓名和手机号".to_owned() } else { who };
        view! {
            {back(desk.back.clone(), "回去")}
            <h1>{holder.role.word()}</h1>
            <dl class="pairs">
                <dt>"本人"</dt><dd>{who}</dd>
                <dt>"管哪里"</dt><dd>{desk.place.clone()}</dd>
                <dt>"从什么时候起"</dt><dd>{past(holder.since, now)}</dd>
            </dl>
            {desk.may_invite_again.then(|| view! {
                <h2>"换了手机，进不来了"</h2>
                <p>"发一个新的邀请链接给本人。他用的时候，原来的通行密钥和动态口令全部作废。先当面或打电话认准人。"</p>
                {summary(&sent.again_not)}
                <form class="fields" method="post" action=format!("{path}/again")>
                    <Field id="again_reason" label="为什么" hint="例：手机丢了，当面核对过。不要写姓名和号码。" value=sent.again.clone() wrong=wrong(&sent.again_not, "reason")/>
                    <button class="btn big wide">"生成邀请链接"</button>
                </form>
            }.into_any())}
            {if holder.is_self {
                view! { <p class="meta">"这是你自己的角色，要请另一位有权的人来收回。"</p> }.into_any()
            } else {
                view! {
                    <h2>"收回这个角色"</h2>
                    <p>"马上生效：他要重新登录，没用掉的邀请和管理码也一起作废。"</p>
                    {summary(&sent.revoke_not)}
                    <form class="fields" method="post" action=format!("{path}/revoke")>
                        <Field id="reason" label="为什么收回" hint="例：调走了。不要写姓名和号码。" value=sent.revoke.clone() wrong=wrong(&sent.revoke_not, "reason")/>
                        <button class="btn big wide danger">"收回角色"</button>
                    </form>
                }.into_any()
            }}
        }
        .into_any()
    })
    .status(if bad { 422 } else { 200 })
    .into()
}

/// Takes the role back.
pub struct Revoke;

impl Form for Revoke {
    const PATH: &'static str = "/desk/grants/{id}/revoke";
    const ACTION: Action = Action::AppointStaff;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let reason = typed(&fields, "reason");
            match ask.ports.staff.revoke(&ask.actor, part(&ask, "id"), &reason, ask.now).await {
                Ok(back) => see(back),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { revoke: reason, revoke_not: not, ..Sent::default() }).await,
            }
        })
    }
}

/// Invites its holder again.
pub struct Again;

impl Form for Again {
    const PATH: &'static str = "/desk/grants/{id}/again";
    const ACTION: Action = Action::AppointStaff;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let reason = typed(&fields, "again_reason");
            match ask.ports.staff.invite_again(&ask.actor, part(&ask, "id"), &reason, ask.now).await {
                Ok(made) => made_page(&ask, made).into(),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { again: reason, again_not: not, ..Sent::default() }).await,
            }
        })
    }
}
