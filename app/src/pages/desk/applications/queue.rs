//! `/desk/applications`: the queue by due date.

use super::super::parts::to_desk;
use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::moment,
};
use domain::{
    ports::{Queue, QueueFilter, QueueRow, Waiting},
    time::Millis,
};
use leptos::prelude::*;
use std::fmt::Write as _;

/// `/desk/applications`.
pub async fn page(ask: &Ask) -> Answer {
    let asked = |name: &str| ask.query.get(name).unwrap_or_default().to_owned();
    let [organisation, occupation, waiting, after] = ["organisation", "occupation", "waiting", "after"].map(asked);
    let filter = QueueFilter { organisation, occupation, waiting, after };
    let is_later = !filter.after.is_empty();
    match ask.ports.deciding.queue(&ask.actor, &filter, ask.now).await {
        Ok(queue) => shown(queue, is_later, ask.now).into(),
        Err(why) => refused(ask, why),
    }
}

/// The address of a part of the queue.
fn address(filter: &QueueFilter, waiting: Waiting, after: Option<&str>) -> String {
    let mut address = format!("/desk/applications?waiting={}", waiting.code());
    for (name, value) in [
        ("organisation", filter.organisation.as_str()),
        ("occupation", &filter.occupation),
        ("after", after.unwrap_or_default()),
    ] {
        if !value.is_empty() {
            let _ = write!(address, "&{name}={value}");
        }
    }
    address
}

fn due(row: &QueueRow, part: Waiting, now: Millis) -> AnyView {
    let Some(due_at) = row.due_at.filter(|_| part != Waiting::NeedsInfo) else { return ().into_any() };
    if row.is_overdue {
        view! { <span class="end late">"已到期"<br/>{moment::day(due_at)}</span> }.into_any()
    } else if due_at - now < 24 * 3_600_000 {
        view! { <span class="end"><b>"今天到期"</b></span> }.into_any()
    } else {
        view! { <span class="end">{moment::day(due_at)}<br/>"到期"</span> }.into_any()
    }
}

fn row(row: &QueueRow, part: Waiting, now: Millis) -> AnyView {
    let occupation = row.occupation.clone().map(|word| view! { <small>{word}</small> });
    let pick = row.is_clean.then(|| {
        let value = format!("{}:{}", row.id, row.version);
        let label = format!("选中 {} {}", row.name, row.number);
        view! { <label class="pick"><input type="checkbox" name="pick" value=value aria-label=label/></label> }
    });
    let look = (!row.is_clean && part != Waiting::NeedsInfo).then(|| {
        let word = if row.kind == domain::membership::ApplicationKind::Transfer { "转会" } else { "可能重复" };
        view! { <span class="tag">{word}</span> }
    });
    view! {
        <li class="picked">
            {pick}
            <a href=format!("/desk/applications/{}", row.id)>
                <span>{row.name.clone()}" "{look}{occupation}<small>{row.owner.clone()}</small><small>{row.number.clone()}</small></span>
                {due(row, part, now)}<Icon name="next"/>
            </a>
        </li>
    }
    .into_any()
}

fn options(all: &[(String, String)], chosen: &str) -> AnyView {
    all.iter()
        .map(|(value, word)| {
            let selected = value == chosen;
            view! { <option value=value.clone() selected=selected>{word.clone()}</option> }
        })
        .collect_view()
        .into_any()
}

fn filters(queue: &Queue, part: Waiting) -> AnyView {
    let Queue { organisations, occupations, filter, .. } = queue;
    let is_on = !filter.organisation.is_empty() || !filter.occupation.is_empty();
    let organisations: Vec<(String, String)> =
        organisations.iter().map(|(id, name, all)| (id.clone(), format!("{name}（{all}）"))).collect();
    view! {
        <details class="fold" open=is_on><summary>"按组织、职业筛选"</summary>
            <form class="fields" method="get" action="/desk/applications">
                <input type="hidden" name="waiting" value=part.code()/>
                <div class="field"><label for="organisation">"组织"</label>
                    <select id="organisation" name="organisation"><option value="">"全部"</option>{options(&organisations, &filter.organisation)}</select></div>
                <div class="field"><label for="occupation">"职业"</label>
                    <select id="occupation" name="occupation"><option value="">"全部"</option>{options(occupations, &filter.occupation)}</select></div>
                <button class="btn wide">"筛选"</button>
            </form>
        </details>
    }
    .into_any()
}

fn nothing(part: Waiting) -> &'static str {
    match part {
        Waiting::Submitted => "没有待审核的申请。新的来了会排在这里。",
        Waiting::Overdue => "没有到期还没办的申请。",
        Waiting::NeedsInfo => "没有在等对方补充材料的申请。",
    }
}

fn shown(queue: Queue, is_later: bool, now: Millis) -> Page {
    let part = Waiting::parse(&queue.filter.waiting).unwrap_or(Waiting::Submitted);
    Page::new("入会审核", Some(Tab::Me), move || {
        let counts = queue.counts;
        let chip = |of: Waiting| {
            let all = match of {
                Waiting::Submitted => counts.submitted,
                Waiting::Overdue => counts.overdue,
                Waiting::NeedsInfo => counts.needs_info,
            };
            let current = (of == part).then_some("page");
            view! { <a class="chip" href=address(&queue.filter, of, None) aria-current=current>{of.word()}" "{all}</a> }
        };
        let chips = Waiting::ALL.iter().map(|of| chip(*of)).collect_view();
        let can_pick = queue.rows.iter().any(|row| row.is_clean);
        let rows = queue.rows.iter().map(|one| row(one, part, now)).collect_view();
        let list = if queue.rows.is_empty() {
            view! { <p>{nothing(part)}</p> }.into_any()
        } else {
            view! {
                <form id="picked" method="post" action="/desk/applications/approve">
                    <ul class="list tall">{rows}</ul>
                </form>
            }
            .into_any()
        };
        let more = queue.next.clone().map(|next| {
            view! { <p><a class="btn wide" href=address(&queue.filter, part, Some(&next))>"下一页"</a></p> }
        });
        view! {
            {to_desk()}
            <h1>"入会审核"</h1>
            <nav class="chips" aria-label="哪一些">{chips}</nav>
            {filters(&queue, part)}
            {is_later.then(|| view! { <p><a href=address(&queue.filter, part, None)>"回到最先到期的"</a></p> })}
            {list}
            {more}
            {can_pick.then(|| view! {
                <p class="small muted">"能勾选的：新入会、没有疑似重复。通过前请确认批准机关已经同意。"</p>
                <div class="act"><button class="btn main" form="picked">"通过勾选的"</button></div>
            })}
        }
        .into_any()
    })
}
