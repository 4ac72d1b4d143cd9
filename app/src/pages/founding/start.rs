//! `/join/union`: what it is. `/me/unions`: what one started or joined.

use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::moment,
};
use domain::{founding::FoundingStage, ports::FoundingRow, time::Millis};
use leptos::prelude::*;

/// `/join/union`.
pub fn page(_: &Ask) -> Page {
    Page::new("我们想建工会", Some(Tab::Join), || {
        view! {
            <a class="back" href="/join"><Icon name="back"/>"入会"</a>
            <h1>"我们想建工会"</h1>
            <p>"单位没有工会，几个工友一起提，县区总工会就来帮着建。"</p>
            <ul class="ticks">
                <li>"一个人发起，写单位、地方、大概多少人"</li>
                <li>"把链接或二维码发给工友，点一下就加入"</li>
                <li>"谁加入了，工友和单位都看不到名字；工会也只看到愿意被联系的人"</li>
                <li>"五个工作日里，工会来联系；每一步都告诉你们"</li>
                <li>"随时能退出"</li>
            </ul>
            <p>"结果可能是：成立基层工会、和附近小单位一起成立联合工会、成立行业工会，或者先编入已有的工会。"</p>
            <ul class="list tall">
                <li><a href="/me/unions"><Icon name="list"/><span>"我发起的、加入的"<small>"看办到哪了"</small></span><Icon name="next"/></a></li>
                <li><a href="/join/obstruction/new"><Icon name="warning"/><span>"单位不让入会"<small>"告诉上级工会，单位不知道是谁说的"</small></span><Icon name="next"/></a></li>
            </ul>
            <div class="act"><a class="btn main" href="/join/union/new">"我来发起"</a></div>
        }
        .into_any()
    })
}

/// Where it stands, in few words.
pub fn standing(row: &FoundingRow, now: Millis) -> String {
    match (row.stage, row.due_at) {
        (FoundingStage::Sent, Some(due)) if due >= now => format!("{}，{}前联系", row.stage.word(), moment::day(due)),
        (FoundingStage::Contacted, Some(due)) if due >= now => {
            format!("{}，{}前再联系", row.stage.word(), moment::day(due))
        }
        (FoundingStage::Sent | FoundingStage::Contacted, Some(_)) => "到期没有进展，正在转给上级".to_owned(),
        (stage, _) => stage.word().to_owned(),
    }
}

/// A request in a list. `few`: what stands in place of a count that is not shown.
pub fn row(row: &FoundingRow, few: &'static str, now: Millis) -> AnyView {
    let count = row.count.map_or_else(|| few.to_owned(), |count| format!("{count} 人以上"));
    view! {
        <li><a href=row.path.clone()>
            <span>{row.unit.clone()}<small>{row.place.clone()}" · "{count}</small><small>{standing(row, now)}</small></span>
            <Icon name="next"/>
        </a></li>
    }
    .into_any()
}

/// `/me/unions`.
pub async fn mine(ask: &Ask) -> Answer {
    let rows = match ask.ports.founding.mine(&ask.actor).await {
        Ok(rows) => rows,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    Page::new("我的建会请求", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/me"><Icon name="back"/>"我的"</a>
            <h1>"我的建会请求"</h1>
            {rows.is_empty().then(|| view! { <p>"你还没有发起或加入过。"</p> })}
            {(!rows.is_empty()).then(|| view! { <ul class="list tall">{rows.iter().map(|one| row(one, "人还不多", now)).collect_view()}</ul> })}
            <div class="act"><a class="btn main" href="/join/union">"我们想建工会"</a></div>
        }
        .into_any()
    })
    .into()
}
