//! Legal matters, as far as they are read: the handler's list, and one matter with its words.

use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::moment,
};
use domain::{
    account::MatterId,
    ports::{MatterPage, MatterRow, MatterText, NotRead},
};
use leptos::prelude::*;

/// Digits of an id that people use to tell matters apart.
const SHORT: usize = 8;

fn number(id: MatterId) -> String {
    // The last digits: the first ones of matters of one day are alike.
    let id = id.to_string();
    id[id.len() - SHORT..].to_owned()
}

/// `/desk/matters`.
pub async fn list(ask: &Ask) -> Answer {
    let rows = match ask.ports.matters.list_assigned(&ask.actor).await {
        Ok(rows) => rows,
        Err(why) => return refused(ask, why),
    };
    Page::new("承办的案件", Some(Tab::Me), move || {
        let row = |row: &MatterRow| {
            let href = format!("/desk/matters/{}", row.id);
            let opened = moment::day(row.created_at);
            view! { <li><a href=href><span>"案件 "<span class="code">{number(row.id)}</span><small>{opened}"提交"</small></span><Icon name="next"/></a></li> }
        };
        view! {
            <a class="back" href="/desk"><Icon name="back"/>"工作台"</a>
            <h1>"承办的案件"</h1>
            {rows.is_empty().then(|| view! { <p>"现在没有指派给你的案件。"</p> })}
            {(!rows.is_empty()).then(|| view! {
                <p class="meta">"打开一个案件会记下来：谁、什么时候。一小时最多看 30 个。"</p>
                <ul class="list">{rows.iter().map(row).collect_view()}</ul>
            })}
        }
        .into_any()
    })
    .into()
}

/// `/desk/matters/{id}`.
pub async fn of_handler(ask: &Ask) -> Answer {
    one(ask, "/desk/matters", "承办的案件").await
}

/// `/me/matters/{id}`.
pub async fn of_worker(ask: &Ask) -> Answer {
    one(ask, "/me", "我的").await
}

async fn one(ask: &Ask, back: &'static str, to: &'static str) -> Answer {
    // What is no id at all is asked for like one that is not there.
    let id = ask.parts.get("id").and_then(MatterId::parse).unwrap_or(MatterId([0; 16]));
    let token = ask.credentials.session.as_deref();
    match ask.ports.matters.read(&ask.actor, token, id, ask.now).await {
        Ok(matter) => page(matter, back, to).into(),
        Err(NotRead::Refused(why)) => refused(ask, why),
        Err(NotRead::KeyProcess) => closed(
            503,
            "现在打不开案件",
            "保管钥匙的程序没有回应。案件都在，没有丢，过一会儿再打开。急的事先打 12348。",
            (back, to),
        )
        .into(),
        Err(NotRead::TooMany) => closed(
            429,
            "这一小时看得够多了",
            "一小时最多看 30 个案件，这是为了保护当事人。过一会儿再看；已经打开过的现在还能看。",
            (back, to),
        )
        .into(),
    }
}

fn page(matter: MatterPage, back: &'static str, to: &'static str) -> Page {
    Page::new("案件", Some(Tab::Me), move || {
        let text = |text: &MatterText| {
            let lines = text.words.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
            view! { <section><h2>{text.part.clone()}</h2>{lines}<p class="meta small">{moment::day(text.created_at)}</p></section> }
        };
        let who = if matter.is_own {
            "只有你和承办人看得到。承办人每看一次都会记下来。"
        } else {
            "只有当事人和你看得到。这一次查看已经记下来。"
        };
        view! {
            <a class="back" href=back><Icon name="back"/>{to}</a>
            <h1>"案件 "<span class="code">{number(matter.id)}</span></h1>
            <p class="meta">{moment::day(matter.created_at)}"提交。"{who}</p>
            {matter.texts.iter().map(text).collect_view()}
        }
        .into_any()
    })
}

fn closed(status: u16, title: &'static str, sentence: &'static str, (back, to): (&'static str, &'static str)) -> Page {
    Page::new(title, Some(Tab::Me), move || {
        view! {
            <div class="calm">
                <Icon name="warning"/>
                <h1>{title}</h1>
                <p>{sentence}</p>
            </div>
            <div class="act"><a class="btn main" href=back>"回到"{to}</a></div>
        }
        .into_any()
    })
    .status(status)
}
