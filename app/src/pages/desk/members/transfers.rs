//! `/desk/transfers`: what waits, the most urgent first.

use super::super::parts::to_desk;
use crate::{
    ask::Ask,
    components::{Good, Icon},
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::{account::past, membership::done, moment},
};
use domain::{ports::TransferItem, time::Millis};
use leptos::prelude::*;

fn due(item: &TransferItem, now: Millis) -> String {
    if item.due_at <= now {
        format!("已经超期（{}）", past(item.due_at, now))
    } else {
        format!("{} 以前", moment::clock(item.due_at, now))
    }
}

fn row(item: &TransferItem, now: Millis) -> AnyView {
    let up = item.went_up.then_some(" · 从下级交上来的");
    view! {
        <li><a href=format!("/desk/transfers/{}", item.id)>
            <span>{item.name.clone()}<small>{item.from.clone()}" → "{item.to.clone()}</small><small>{item.owner.clone()}" · "{due(item, now)}{up}</small></span><Icon name="next"/>
        </a></li>
    }
    .into_any()
}

fn list(title: &'static str, empty: &'static str, items: &[TransferItem], now: Millis) -> AnyView {
    view! {
        <section class="stack">
            <h2>{title}" "{items.len()}</h2>
            {items.is_empty().then(|| view! { <p>{empty}</p> })}
            {(!items.is_empty()).then(|| view! { <ul class="list tall">{items.iter().map(|item| row(item, now)).collect_view()}</ul> })}
        </section>
    }
    .into_any()
}

/// `/desk/transfers`.
pub async fn page(ask: &Ask) -> Answer {
    let queue = match ask.ports.memberships.transfers(&ask.actor, ask.now).await {
        Ok(queue) => queue,
        Err(why) => return refused(ask, why),
    };
    let (now, said) = (ask.now, done(ask.query.get("done")));
    Page::new("转会审核", Some(Tab::Me), move || {
        view! {
            {to_desk()}
            <h1>"转会审核"</h1>
            {said.map(|said| view! { <Good said/> })}
            <p class="meta">"到期不答复，交给上级；一直不答复，按规则算同意，记录上写“逾期未答复”。"</p>
            <div class="split">
                {list("要转出的", "没有等着转出的。", &queue.out, now)}
                {list("要转进来的", "没有等着接收的。", &queue.into, now)}
            </div>
            {queue.has_more.then(|| view! { <p class="meta">"还有没列出来的，处理掉上面的就会排上来。"</p> })}
        }
        .into_any()
    })
    .into()
}
