//! 通过勾选的: how many, which were left, and why.

use super::super::parts::back;
use crate::{
    ask::{Ask, Fields},
    components::{Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::{policy::Action, ports::Bulk};
use leptos::prelude::*;

/// The form of `/desk/applications`.
pub struct ApproveAll;

impl Form for ApproveAll {
    const PATH: &'static str = "/desk/applications/approve";
    const ACTION: Action = Action::DecideApplication;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let picked: Vec<(String, i64)> = fields
                .all("pick")
                .filter_map(|pick| pick.split_once(':'))
                .map(|(id, version)| (id.to_owned(), version.parse().unwrap_or(-1)))
                .collect();
            match ask.ports.deciding.approve_all(&ask.actor, &picked, ask.now).await {
                Ok(bulk) => done(bulk, picked.is_empty()).into(),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

fn done(bulk: Bulk, is_nothing: bool) -> Page {
    let status = if is_nothing { 422 } else { 200 };
    Page::new("一起通过", Some(Tab::Me), move || {
        let left = bulk.left.iter().map(|(id, number, why)| {
            let number = if number.is_empty() { "一份申请".to_owned() } else { number.clone() };
            match id {
                Some(id) => view! {
                    <li><a href=format!("/desk/applications/{id}")><span>{number}<small>{why.clone()}</small></span><Icon name="next"/></a></li>
                }.into_any(),
                None => view! { <li><p><span>{number}<small>{why.clone()}</small></span></p></li> }.into_any(),
            }
        });
        view! {
            {back("/desk/applications", "入会审核")}
            <h1>{if is_nothing { "没有勾选".to_owned() } else { format!("通过了 {} 份", bulk.approved) }}</h1>
            {is_nothing.then(|| view! { <Note strong="一份也没有勾选。回去在名单左边勾上要通过的。"/> })}
            {(bulk.merged > 0).then(|| view! { <p>{bulk.merged}" 份并到了原来的会籍里：他们已经是会员。"</p> })}
            {(!bulk.left.is_empty()).then(|| view! {
                <h2>{bulk.left.len()}" 份没有动"</h2>
                <ul class="list tall">{left.collect_view()}</ul>
            })}
            <div class="act"><a class="btn main" href="/desk/applications">"回入会审核"</a></div>
        }
        .into_any()
    })
    .status(status)
}
