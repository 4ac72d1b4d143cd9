//! `/desk/transfers`: what waits, the most urgent first.

use super::super::parts::to_desk;
use crate::{
    ask::Ask,
    components::{Good, Icon},
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::{account::past, membership::done, moment},
};
use domain::{
    ports::{ObjectionItem, TransferItem},
    time::Millis,
};
use leptos::prelude::*;

fn due(due_at: Millis, now: Millis) -> String {
    if due_at <= now {
        format!("已经超期（{}）", past(due_at, now))
    } else {
        format!("{} 以前", moment::clock(due_at, now))
    }
}

fn objections(items: &[ObjectionItem], now: Millis) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let row = |one: &ObjectionItem| {
        view! {
            <li><a href=format!("/desk/members/{}", one.membership)>
                <span>{one.name.clone()}<small>"不同意"{one.organisation.clone()}"的决定"</small><small>{one.owner.clone()}" · "{due(one.due_at, now)}</small></span><Icon name="next"/>
            </a></li>
        }
    };
    view! {
        <section class="stack">
            <h2>"等复核的异议 "{items.len()}</h2>
            <p class="meta">"到期没有复核，再交给上级。写了什么，只有复核的人看得到。"</p>
            <ul class="list tall">{items.iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn row(item: &TransferItem, now: Millis) -> AnyView {
    let up = item.went_up.then_some(" · 从下级交上来的");
    view! {
        <li><a href=format!("/desk/transfers/{}", item.id)>
            <span>{item.name.clone()}<small>{item.from.clone()}" → "{item.to.clone()}</small><small>{item.owner.clone()}" · "{due(item.due_at, now)}{up}</small></span><Icon name="next"/>
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
    Page::new("转会和异议", Some(Tab::Me), move || {
        view! {
            {to_desk()}
            <h1>"转会和异议"</h1>
            {said.map(|said| view! { <Good said/> })}
            <p class="meta">"到期不答复，交给上级；一直不答复，按规则算同意，记录上写“逾期未答复”。"</p>
            {objections(&queue.objections, now)}
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
