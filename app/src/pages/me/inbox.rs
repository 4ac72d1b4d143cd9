//! 通知: `/me/inbox` and one of them.

use super::back;
use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::{refused, safe_next},
    text::account::past,
};
use domain::{
    account::NoticeId,
    policy::Refused,
    ports::{Notice, NoticeRow},
};
use leptos::prelude::*;

/// `/me/inbox`.
pub async fn page(ask: &Ask) -> Answer {
    let notices = match ask.ports.accounts.inbox(&ask.actor).await {
        Ok(notices) => notices,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    Page::new("通知", Some(Tab::Me), move || {
        if notices.is_empty() {
            return view! {
                {back()}
                <div class="calm">
                    <Icon name="bell"/>
                    <h1>"还没有通知"</h1>
                    <p>"登录、入会、维权有动静，都会写在这里。"</p>
                </div>
                <div class="act"><a class="btn main" href="/me">"回到我的"</a></div>
            }
            .into_any();
        }
        let row = |NoticeRow { id, title, created_at, is_read }: NoticeRow| {
            let class = if is_read { "read" } else { "unread" };
            view! {
                <li><a class=class href=format!("/me/inbox/{id}")><span>{title}<small>{past(created_at, now)}</small></span>
                    {(!is_read).then(|| view! { <span class="new">"新"</span> })}<Icon name="next"/></a></li>
            }
        };
        view! {
            {back()}
            <h1>"通知"</h1>
            <ul class="list tall">{notices.into_iter().map(row).collect_view()}</ul>
        }
        .into_any()
    })
    .into()
}

/// `/me/inbox/{id}`.
pub async fn notice(ask: &Ask) -> Answer {
    let asked = match ask.parts.get("id").and_then(NoticeId::parse) {
        Some(id) => ask.ports.accounts.notice(&ask.actor, id, ask.now).await,
        None => Err(Refused::NotFound),
    };
    let Notice { title, text, link, created_at } = match asked {
        Ok(notice) => notice,
        Err(why) => return refused(ask, why),
    };
    let link = safe_next(link.as_deref()).map(str::to_owned);
    let now = ask.now;
    Page::new(title.clone(), Some(Tab::Me), move || {
        view! {
            <a class="back" href="/me/inbox"><Icon name="back"/>"通知"</a>
            <h1>{title}</h1>
            <p class="meta small">{past(created_at, now)}</p>
            <div class="prose">{text.lines().filter(|line| !line.is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}</div>
            {link.map(|link| view! { <div class="act"><a class="btn main" href=link>"去看看"</a></div> })}
        }
        .into_any()
    })
    .into()
}
