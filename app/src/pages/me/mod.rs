//! 我的: who has signed in and what is theirs, how this phone shows things, and what it remembers.

pub mod applications;
mod consents;
mod data;
mod delete;
mod display;
mod identity;
mod inbox;
mod phone;
mod sessions;
mod sign_out;

pub use consents::{SetConsent, page as consents};
pub use data::{ExportHtml, ExportJson, page as data};
pub use delete::{Delete, deleted, page as delete, sure as delete_sure};
pub use display::Display;
pub use identity::{Reveal, SaveIdentity, page as identity};
pub use inbox::{notice, page as inbox};
pub use phone::{NewMobile, page as phone};
pub use sessions::{EndAll, EndOne, page as sessions};
pub use sign_out::SignOut;

use crate::{
    ask::Ask,
    components::{AMBULANCE, CITY, Good, Hotline, Hotlines, Icon, LAW, TRAFFIC, UNION},
    page::{Answer, Page, Tab},
    pages::{nearby::name_of, refused::refused, sign_in::is_signed_in},
};
use domain::{ports::Me, station::MapApp};
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

/// The way back to 我的, on every page below it.
fn back() -> impl IntoView {
    view! { <a class="back" href="/me"><Icon name="back"/>"我的"</a> }
}

/// What was done just before, as the address tells it.
fn done(ask: &Ask) -> Option<&'static str> {
    match ask.query.get("done")? {
        "out" => Some("已退出登录。"),
        "all" => Some("所有设备都退出了，这部也是。"),
        _ => None,
    }
}

fn row(path: &'static str, icon: &'static str, title: &'static str, about: String) -> impl IntoView {
    view! { <li><a href=path><Icon name=icon/><span>{title}<small>{about}</small></span><Icon name="next"/></a></li> }
}

/// For somebody who has signed in.
fn account(me: Me) -> impl IntoView {
    let Me { mobile, name, id, unread, sessions, has_desk, standing, union } = me;
    let identity = match id {
        Some((id_type, number)) => format!("{} {number}", id_type.word()),
        None => "还没填，入会时要用".into(),
    };
    let inbox = if unread == 0 { "没有新的".to_owned() } else { format!("{unread} 条没读") };
    view! {
        <div class="who"><Icon name="me"/><span><b>{name.unwrap_or_else(|| "工友，你好".into())}</b><span class="number">{mobile}</span></span></div>
        <ul class="list tall">
            {row("/me/membership", "join", "会籍", crate::text::membership::standing(standing, union.as_deref()))}
            <li><a href="/me/inbox"><Icon name="bell"/><span>"通知"<small>{inbox}</small></span>
                {(unread > 0).then(|| view! { <span class="new" aria-hidden="true">{unread}</span> })}<Icon name="next"/></a></li>
            {row("/me/card", "card", "我的会员证", "出示、打印、没网也能用".into())}
            {row("/me/applications", "paper", "入会申请", "办到哪一步、谁在审".into())}
            {row("/me/identity", "card", "实名信息", identity)}
            {row("/me/sessions", "device", "登录的设备", format!("{sessions} 部"))}
            {has_desk.then(|| row("/me/keys", "key", "通行密钥和动态口令", "进工作台用的".into()))}
            {row("/me/phone", "phone", "换手机号", "号码换了，账号还是你的".into())}
            {row("/me/consents", "paper", "同意书", "同意过什么，随时能撤回".into())}
            {row("/me/unions", "join", "我的建会请求", "发起的、加入的，办到哪了".into())}
            {row("/me/obstructions", "warning", "我反映的事", "单位不让入会，工会做了什么".into())}
            {row("/me/data", "box", "我的数据", "存了什么、下载、删除账号".into())}
        </ul>
        <form method="post" action="/sign-out"><button class="btn wide">"退出登录"</button></form>
        {has_desk.then(|| view! { <div class="act"><a class="btn main" href="/desk"><Icon name="desk"/>"打开工作台"</a></div> })}
    }
}

/// For somebody who has not.
fn stranger() -> impl IntoView {
    view! {
        <p>"找驿站不用登录。登录以后："</p>
        <ul class="ticks">
            <li>"入会、维权办到哪一步，这里看"</li>
            <li>"换了手机，资料还在"</li>
            <li>"存了你什么，随时看、下载、删掉"</li>
        </ul>
        <p class="small muted">"维权案件还没做好，今天要办，打下面的电话。"</p>
        <div class="act"><a class="btn main" href="/sign-in"><Icon name="me"/>"登录"</a></div>
    }
}

/// 我的.
pub async fn page(ask: &Ask) -> Answer {
    let me = if is_signed_in(ask) {
        match ask.ports.accounts.me(&ask.actor, ask.now).await {
            Ok(me) => Some(me),
            Err(why) => return refused(ask, why),
        }
    } else {
        None
    };
    let said = done(ask);
    let choices = ask.choices.clone();
    let place = choices.cell.map(|cell| name_of(&ask.ports, cell));
    let app = choices.map.as_deref().and_then(MapApp::parse);
    let page = Page::new("我的", Some(Tab::Me), move || {
        let text = if choices.large { "large" } else { "normal" };
        let remembers = place.is_some() || app.is_some();
        view! {
            <h1>"我的"</h1>
            {said.map(|said| view! { <Good said/> })}
            {match me {
                Some(me) => account(me).into_any(),
                None => stranger().into_any(),
            }}
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
    });
    // Whoever left leaves no card on this phone.
    if said.is_some() { page.script("card-forget.js").into() } else { page.into() }
}
