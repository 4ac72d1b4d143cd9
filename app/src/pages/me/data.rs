//! 我的数据: what is held, why and for how long; to take away, and the way to delete it.

use super::back;
use crate::{
    ask::{Ask, Fields},
    components::Icon,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::{
    policy::Action,
    ports::{Export, Held},
};
use leptos::prelude::*;

/// `/me/data`.
pub async fn page(ask: &Ask) -> Answer {
    let held = match ask.ports.accounts.held(&ask.actor).await {
        Ok(held) => held,
        Err(why) => return refused(ask, why),
    };
    Page::new("我的数据", Some(Tab::Me), move || {
        let row = |Held { what, count, why }: Held| {
            let count = if count == 0 { "没有".to_owned() } else { format!("{count} 条") };
            view! { <li><p><span>{what}<small>{why}</small></span><span class="end count">{count}</span></p></li> }
        };
        view! {
            {back()}
            <h1>"我们存了你什么"</h1>
            <ul class="list">{held.into_iter().map(row).collect_view()}</ul>
            <h2>"拿走一份"</h2>
            <p>"里面有完整的姓名和号码，存在自己手机里，别发给不认识的人。"</p>
            <div class="pair">
                <button class="btn" form="html"><Icon name="down"/>"网页，打开就能看"</button>
                <button class="btn" form="json"><Icon name="down"/>"JSON，给程序用"</button>
            </div>
            <form id="html" method="post" action="/me/data/export.html"></form>
            <form id="json" method="post" action="/me/data/export.json"></form>
            <h2>"不用了"</h2>
            <ul class="list">
                <li><a href="/me/consents"><Icon name="paper"/><span>"撤回同意"<small>"只撤一件，账号还在"</small></span><Icon name="next"/></a></li>
                <li><a href="/me/delete"><Icon name="close"/><span>"删除账号"<small>"先看清楚会删什么"</small></span><Icon name="next"/></a></li>
            </ul>
        }
        .into_any()
    })
    .into()
}

async fn export(ask: Ask, file: impl FnOnce(Export) -> Answer) -> Answer {
    match ask.ports.accounts.export(&ask.actor, ask.now).await {
        Ok(export) => file(export),
        Err(why) => refused(&ask, why),
    }
}

/// Everything, for programs. Posted, because it is whole: a link of another site must not lay it into somebody's
/// folder of downloads.
pub struct ExportJson;

impl Form for ExportJson {
    const PATH: &'static str = "/me/data/export.json";
    const ACTION: Action = Action::RevealIdentity;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(export(ask, |export| Answer::File {
            name: "huizhanjia-my-data.json",
            kind: "application/json; charset=utf-8",
            body: export.json,
        }))
    }
}

/// Everything, to read. Posted as well.
pub struct ExportHtml;

impl Form for ExportHtml {
    const PATH: &'static str = "/me/data/export.html";
    const ACTION: Action = Action::RevealIdentity;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(export(ask, |export| Answer::File {
            name: "huizhanjia-my-data.html",
            kind: "text/html; charset=utf-8",
            body: export.html,
        }))
    }
}
