//! 我的: how this phone shows things, and what it remembers.

mod display;

pub use display::Display;

use crate::{
    ask::Ask,
    components::{AMBULANCE, CITY, Hotline, Hotlines, LAW, TRAFFIC, UNION},
    page::{Page, Tab},
    pages::nearby::name_of,
};
use domain::station::MapApp;
use leptos::prelude::*;

const LINES: &[Hotline] = &[UNION, LAW, CITY, AMBULANCE, TRAFFIC];

/// One tap chooses: a button a value, the chosen one pressed.
fn switch(
    name: &'static str,
    title: &'static str,
    values: &[(&'static str, &'static str)],
    now: &str,
) -> impl IntoView {
    let id = format!("l-{name}");
    let button = |(value, word): &(&'static str, &'static str)| {
        let pressed = if *value == now { "true" } else { "false" };
        view! { <button name=name value=*value aria-pressed=pressed>{*word}</button> }
    };
    view! {
        <form method="post" action="/me"><h3 id=id.clone()>{title}</h3>
            <div class="switch" role="group" aria-labelledby=id>{values.iter().map(button).collect_view()}</div>
        </form>
    }
}

/// 我的.
pub async fn page(ask: &Ask) -> Page {
    let choices = ask.choices.clone();
    let place = choices.cell.map(|cell| name_of(&ask.ports, cell));
    let app = choices.map.as_deref().and_then(MapApp::parse);
    Page::new("我的", Some(Tab::Me), move || {
        let text = if choices.large { "large" } else { "normal" };
        let remembers = place.is_some() || app.is_some();
        view! {
            <h1>"我的"</h1>
            <p>"不用登录就能找驿站。会员证、申请和案件还没做好，今天要办，打下面的电话。"</p>
            <h2>"看着舒服"</h2>
            {switch("text", "字的大小", &[("normal", "标准"), ("large", "大字")], text)}
            {switch("theme", "深色浅色", &[("auto", "跟手机"), ("light", "浅色"), ("dark", "深色")], choices.theme.unwrap_or("auto"))}
            <h2>"这部手机记着"</h2>
            {(!remembers).then(|| view! { <p>"什么也没记。"</p> })}
            {remembers.then(|| view! {
                <ul class="list">
                    {place.map(|place| view! { <li><p><span>"上次的地方"<small>{place}"一带，只记大概一公里的一片"</small></span></p></li> })}
                    {app.map(|app| view! { <li><p><span>"常用的地图"<small>{app.word()}</small></span></p></li> })}
                </ul>
                <form method="post" action="/place"><button class="btn wide">"忘记这些"</button></form>
            })}
            <h2>"要帮忙"</h2>
            <Hotlines lines=LINES/>
        }
        .into_any()
    })
}
