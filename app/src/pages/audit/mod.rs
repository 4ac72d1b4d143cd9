//! `/desk/audit`: what was done, for the auditor. Read only.

use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::{
    ports::AuditEntry,
    time::{LocalTime, Millis},
};
use leptos::prelude::*;

/// `2026-11-23 10:00`: the exact minute, as a record has it.
fn minute(at: Millis) -> String {
    let local = LocalTime::of(at);
    format!("{} {:02}:{:02}", local.date(), local.minute / 60, local.minute % 60)
}

fn address(month: Option<&str>, before: Option<i64>) -> String {
    match (month, before) {
        (None, None) => "/desk/audit".to_owned(),
        (Some(month), None) => format!("/desk/audit?month={month}"),
        (None, Some(before)) => format!("/desk/audit?before={before}"),
        (Some(month), Some(before)) => format!("/desk/audit?month={month}&before={before}"),
    }
}

/// The log, newest first.
pub async fn page(ask: &Ask) -> Answer {
    let month = ask.query.get("month").map(str::to_owned);
    let before = ask.query.get("before").and_then(|before| before.parse().ok());
    let log = match ask.ports.audit.list(&ask.actor, month.as_deref(), before, ask.now).await {
        Ok(log) => log,
        Err(why) => return refused(ask, why),
    };
    Page::new("审计记录", Some(Tab::Me), move || {
        let row = |entry: &AuditEntry| {
            let who = entry.actor.clone().map_or_else(|| "程序".to_owned(), |id| format!("{} {id}", entry.role));
            let reason = (!entry.reason.is_empty()).then(|| view! { <small>{entry.reason.clone()}</small> });
            view! {
                <li><p><span>
                    {entry.action.clone()}" · "{entry.object.clone()}
                    <small>{minute(entry.at)}" · "{who}" · 第 "{entry.seq}" 条"</small>
                    {reason}
                </span></p></li>
            }
        };
        let chip = |label: String, href: String, is_on: bool| {
            let current = is_on.then_some("page");
            view! { <a class="chip" href=href aria-current=current>{label}</a> }
        };
        let chips = std::iter::once(chip("全部".to_owned(), address(None, None), month.is_none()))
            .chain(
                log.months
                    .iter()
                    .map(|one| chip(one.clone(), address(Some(one), None), month.as_deref() == Some(one.as_str()))),
            )
            .collect_view();
        let next = log.next.map(|next| {
            let href = address(month.as_deref(), Some(next));
            view! { <a class="btn wide" href=href>"更早的"</a> }
        });
        view! {
            <a class="back" href="/desk"><Icon name="back"/>"工作台"</a>
            <h1>"审计记录"</h1>
            <p class="meta">"只能看，谁也改不了。里面没有姓名、证件号和案件内容。"</p>
            <nav class="chips" aria-label="月份">{chips}</nav>
            {log.entries.is_empty().then(|| view! { <p>"这里没有记录。"</p> })}
            <ul class="list">{log.entries.iter().map(row).collect_view()}</ul>
            {next}
        }
        .into_any()
    })
    .into()
}
