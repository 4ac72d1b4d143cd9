//! Name and numbers of a member, whole: the reason is written down first.

use super::{
    super::parts::{back, part, typed},
    member::{Sent, show},
};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::{
    policy::Action,
    ports::{NotDone, Unmasked},
};
use leptos::prelude::*;

/// What was asked for, on a page of its own that no link leads to.
fn whole(id: &str, shown: Unmasked) -> Page {
    let to = format!("/desk/members/{id}");
    Page::new("完整的信息", Some(Tab::Me), move || {
        let pair = |name: &'static str, value: String| view! { <dt>{name}</dt><dd>{value}</dd> };
        let Unmasked { name, mobile, id } = shown.clone();
        let is_nothing = name.is_none() && mobile.is_none() && id.is_none();
        view! {
            {back(to.clone(), "回会员")}
            <h1>"完整的信息"</h1>
            <dl class="pairs">
                {name.map(|name| pair("姓名", name))}
                {mobile.map(|mobile| pair("手机号", mobile))}
                {id.map(|(id_type, number)| pair(id_type.word(), number))}
            </dl>
            {is_nothing.then(|| view! { <p>"没有登记姓名和号码。"</p> })}
            <p class="meta">"已经记了一笔：谁、什么时候、为什么看的。离开这一页就看不到了。"</p>
        }
        .into_any()
    })
}

/// Shows it once.
pub struct RevealMember;

impl Form for RevealMember {
    const PATH: &'static str = "/desk/members/{id}/reveal";
    const ACTION: Action = Action::RevealMember;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let reason = typed(&fields, "reveal_reason");
            match ask.ports.memberships.reveal_member(&ask.actor, part(&ask, "id"), &reason, ask.now).await {
                Ok(shown) => whole(part(&ask, "id"), shown).into(),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { reveal: reason, not, ..Sent::default() }).await,
            }
        })
    }
}
