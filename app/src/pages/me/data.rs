//! 我的数据: what is held, why and for how long; to take away, and the way to delete it.

use super::back;
use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::ports::{Export, Held};
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
                <a class="btn" href="/me/data/export.html" download="huizhanjia-my-data.html"><Icon name="down"/>"网页，打开就能看"</a>
                <a class="btn" href="/me/data/export.json" download="huizhanjia-my-data.json"><Icon name="down"/>"JSON，给程序用"</a>
            </div>
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

async fn export(ask: &Ask, file: impl FnOnce(Export) -> Answer) -> Answer {
    match ask.ports.accounts.export(&ask.actor, ask.now).await {
        Ok(export) => file(export),
        Err(why) => refused(ask, why),
    }
}

/// `/me/data/export.json`.
pub async fn json(ask: &Ask) -> Answer {
    export(ask, |export| Answer::File {
        name: "huizhanjia-my-data.json",
        kind: "application/json; charset=utf-8",
        body: export.json,
    })
    .await
}

/// `/me/data/export.html`.
pub async fn readable(ask: &Ask) -> Answer {
    export(ask, |export| Answer::File {
        name: "huizhanjia-my-data.html",
        kind: "text/html; charset=utf-8",
        body: export.html,
    })
    .await
}
