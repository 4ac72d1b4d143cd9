//! `/me/applications`: what was sent, where it stands, who decides and by when.

mod one;
mod withdraw;

pub use one::{Reply, page as one};
pub use withdraw::{Withdraw, page as withdraw};

use super::back;
use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::{account::past, join as words},
};
use domain::ports::ApplicationRow;
use leptos::prelude::*;

/// `/me/applications`.
pub async fn page(ask: &Ask) -> Answer {
    let rows = match ask.ports.joining.applications(&ask.actor).await {
        Ok(rows) => rows,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    Page::new("我的申请", Some(Tab::Join), move || {
        let one = |row: ApplicationRow| {
            let when = past(row.submitted_at, now);
            let about = words::whose(row.state, &row.owner, row.due_at, now);
            view! {
                <li><a href=format!("/me/applications/{}", row.id)>
                    <span>{words::kind(row.kind)}" · "{row.state.word()}<small>{about}</small><small>{when}" 发的 · 登记号 "{row.number}</small></span>
                    <Icon name="next"/>
                </a></li>
            }
        };
        let is_empty = rows.is_empty();
        let list = rows.into_iter().map(one).collect_view();
        view! {
            {back()}
            <h1>"我的申请"</h1>
            {is_empty.then(|| view! { <p class="none">"还没有发过申请。"</p> })}
            {(!is_empty).then(|| view! { <ul class="list tall">{list}</ul> })}
            <div class="act"><a class="btn main" href="/join">"入会"</a></div>
        }
        .into_any()
    })
    .into()
}
