//! `/desk`: what one is, and what waits.

use super::parts::back;
use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::account::past,
};
use domain::{
    ports::{AlertedStation, Desk, Post, Tool},
    time::Millis,
};
use leptos::prelude::*;

fn post(post: &Post) -> impl IntoView + use<> {
    let words = view! { <span>{post.role.word()}<small>{post.place.clone()}</small></span> };
    match post.link.clone() {
        Some(link) => view! { <li><a href=link>{words}<Icon name="next"/></a></li> }.into_any(),
        None => view! { <li><p>{words}</p></li> }.into_any(),
    }
}

fn station(station: &AlertedStation, now: Millis) -> AnyView {
    let waits = station
        .latest
        .map_or_else(|| "没有提醒".to_owned(), |at| format!("{} 条提醒 · {}", station.alerts, past(at, now)));
    view! {
        <li><a href=format!("/desk/stations/{}", station.code)>
            <span>{station.name.clone()}<small>{station.place.clone()}" · "{waits}</small></span><Icon name="next"/>
        </a></li>
    }
    .into_any()
}

fn tool(tool: Tool) -> AnyView {
    let (path, what) = match tool {
        Tool::Applications => ("/desk/applications", "谁在等，按到期的先后"),
        Tool::Matters => ("/desk/matters", "指派给你的"),
        Tool::Cover => ("/desk/cover", "你管的保障项目"),
        Tool::Transfers => ("/desk/transfers", "会员要转出、转进来的；开除、终止的异议"),
        Tool::ChangeMobile => ("/desk/change-mobile", "本人到窗口，旧号用不了的时候"),
        Tool::Figures => ("/desk/figures", "申请、通过、会员，按月看"),
        Tool::Founding => ("/desk/founding", "工友想建工会，五个工作日里联系"),
        Tool::Obstructions => ("/desk/obstructions", "单位不让入会，保密办"),
        Tool::Enterprises => ("/desk/enterprises", "头部企业和分公司、加盟、代理、派遣"),
        Tool::Occupations => ("/desk/occupations", "入会时选的职业"),
        Tool::Audit => ("/desk/audit", "谁在什么时候做了什么、为什么"),
    };
    view! { <li><a href=path><span>{tool.word()}<small>{what}</small></span><Icon name="next"/></a></li> }.into_any()
}

/// `/desk`.
pub async fn page(ask: &Ask) -> Answer {
    let Desk { posts, stations, more, tools } = match ask.ports.staff.desk(&ask.actor, ask.now).await {
        Ok(desk) => desk,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    Page::new("工作台", Some(Tab::Me), move || {
        let has_tools = !tools.is_empty();
        view! {
            {back("/me", "我的")}
            <h1>"工作台"</h1>
            <div class="split">
                {view! { <section class="stack">
                    <h2>"你是"</h2>
                    <ul class="list tall">{posts.iter().map(post).collect_view()}</ul>
                    {has_tools.then(|| view! {
                        <h2>"要做什么"</h2>
                        <ul class="list tall">
                            {tools.iter().map(|one| tool(*one)).collect_view()}
                        </ul>
                    })}
                </section> }.into_any()}
                {view! { <section class="stack">
                    <h2>"站点"</h2>
                    {stations.is_empty().then(|| view! { <p>"没有要看的提醒。"</p> })}
                    {(!stations.is_empty()).then(|| view! {
                        <ul class="list tall">{stations.iter().map(|one| station(one, now)).collect_view()}</ul>
                    })}
                    {(more > 0).then(|| view! { <p class="meta">"还有 "{more}" 个站点有提醒，处理掉上面的就会排上来。"</p> })}
                </section> }.into_any()}
            </div>
        }
        .into_any()
    })
    .into()
}
