//! `/desk/stations/{code}`: a station at its manager's and its officers' desk.

use super::parts::{holder, part, to_desk, typed};
use crate::{
    ask::{Ask, Fields},
    components::{Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::{account::past, moment, station as words, voices},
};
use domain::{
    policy::{Action, Role},
    ports::{Alert, IssuedCode, StationDesk},
    time::Millis,
};
use leptos::prelude::*;

fn alert(alert: &Alert, path: &str, may_clear: bool, now: Millis) -> AnyView {
    let said = format!("{}，有 {} 位工友这样说", past(alert.at, now), alert.voices);
    let noted = alert.seen_at.map(|at| format!(" · {}点过知道了", past(at, now)));
    let button = match (alert.seen_at, alert.may_undo) {
        (None, _) => Some(("clear", "知道了")),
        (Some(_), true) => Some(("undo", "撤回")),
        (Some(_), false) => None,
    };
    let form = button.filter(|_| may_clear).map(|(what, word)| {
        view! {
            <form method="post" action=format!("{path}/alerts")>
                <input type="hidden" name="alert" value=alert.id.clone()/>
                <button class="btn" name="do" value=what>{word}</button>
            </form>
        }
    });
    view! { <li class="beside"><p><span>{alert.kind.word()}<small>{said}{noted}</small></span></p>{form}</li> }
        .into_any()
}

/// What the people at the door read now.
fn shown(ask: &Ask, desk: &StationDesk) -> AnyView {
    let station = &desk.station;
    let state = ask.when().state(station);
    let code = station.code;
    let hours = station.hours.text.as_deref().unwrap_or("没有写开放时间").to_owned();
    let have = words::have(station);
    let door = voices::door(station, ask.now);
    let organisation = desk.organisation.clone();
    let makes_links = [Role::Officer, Role::Manager].into_iter().any(|role| ask.actor.holds(role));
    view! {
        <h2>"现在大家看到的"</h2>
        <ul class="list">
            <li><p><span>{words::state(&state, ask.now)}<small>"开放时间："{hours}</small></span></p></li>
            {door.map(|door| view! { <li><p>{door}</p></li> })}
            <li><p><span>{if have.is_empty() { "没写有什么".to_owned() } else { have }}<small>{words::fresh(station, ask.now)}</small></span></p></li>
            {organisation.map(|name| view! { <li><p><span>{name}<small>"管这个站点的工会"</small></span></p></li> })}
        </ul>
        <div class="pair">
            <a class="btn" href=format!("/stations/{code}")>"看公开的页面"</a>
            <a class="btn" href=format!("/stations/{code}/fix")>"写得不对，报给工会"</a>
            <a class="btn" href="/card/check">"核对会员证"</a>
            {makes_links.then(|| view! { <a class="btn" href=format!("/desk/links/station:{code}")>"入会二维码和海报"</a> })}
        </div>
    }.into_any()
}

/// `/desk/stations/{code}`.
pub async fn page(ask: &Ask) -> Answer {
    let desk = match ask.ports.staff.station_desk(&ask.actor, part(ask, "code"), ask.now).await {
        Ok(desk) => desk,
        Err(why) => return refused(ask, why),
    };
    let (ask, now) = (ask.clone(), ask.now);
    let path = format!("/desk/stations/{}", desk.station.code);
    Page::new(desk.station.name.to_string(), Some(Tab::Me), move || {
        let managers = desk.managers.iter().map(|one| holder(one, now)).collect_view();
        view! {
            {to_desk()}
            <h1>{desk.station.name.to_string()}</h1>
            <p class="meta">{desk.place.clone()}</p>
            <div class="split">
                {view! { <section class="stack">
                    <h2>"提醒"</h2>
                    {desk.alerts.is_empty().then(|| view! { <p>"没有提醒。"</p> })}
                    {(!desk.alerts.is_empty()).then(|| view! {
                        <ul class="list">{desk.alerts.iter().map(|one| alert(one, &path, desk.may_clear, now)).collect_view()}</ul>
                    })}
                    {shown(&ask, &desk)}
                </section> }.into_any()}
                {desk.may_appoint.then(|| view! {
                    <section class="stack">
                        <h2>"站点管理员"</h2>
                        {desk.managers.is_empty().then(|| view! { <p>"还没有人。"</p> })}
                        {(!desk.managers.is_empty()).then(|| view! { <ul class="list tall">{managers}</ul> })}
                        <p>"发一个管理码，念给或打印给站点的人。他用这个码加自己的手机号，绑定一部手机。码只用一次，24 小时内有效。"</p>
                        {desk.open_code_until.map(|until| view! {
                            <p class="meta">"有一个码还没用，到"{moment::clock(until, now)}"。再发一个，它就作废。"</p>
                        })}
                        <form method="post" action=format!("{path}/manager-code")><button class="btn big wide">"发站点管理码"</button></form>
                    </section>
                }.into_any())}
            </div>
        }
        .into_any()
    })
    .into()
}

/// Takes note of an alert, or takes that back.
pub struct Clear;

impl Form for Clear {
    const PATH: &'static str = "/desk/stations/{code}/alerts";
    const ACTION: Action = Action::ClearAlert;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let (alert, undo) = (typed(&fields, "alert"), fields.get("do") == Some("undo"));
            let code = part(&ask, "code");
            match ask.ports.staff.clear_alert(&ask.actor, code, &alert, undo, ask.now).await {
                Ok(()) => see(format!("/desk/stations/{code}")),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

/// Issues a code and shows it once.
pub struct ManagerCode;

impl Form for ManagerCode {
    const PATH: &'static str = "/desk/stations/{code}/manager-code";
    const ACTION: Action = Action::AppointManager;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let code = part(&ask, "code").to_owned();
            match ask.ports.staff.issue_manager_code(&ask.actor, &code, ask.now).await {
                Ok(issued) => code_page(&ask, issued, &code).into(),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

fn code_page(ask: &Ask, issued: IssuedCode, code: &str) -> Page {
    let back = format!("/desk/stations/{code}");
    let where_to = format!("{}/manager", ask.ports.site.url);
    let until = moment::clock(issued.until, ask.now);
    Page::new("站点管理码", Some(Tab::Me), move || {
        view! {
            <h1>"站点管理码"</h1>
            <p>{issued.station}</p>
            <p class="spoken" translate="no">{issued.spoken}</p>
            <p>"分两组念：每组四个字母或数字，没有字母 O、I、L、U。"</p>
            <ol class="todo">
                <li>"站点的人用自己的手机打开 "<b translate="no">{where_to}</b></li>
                <li>"输入上面的码和自己的手机号"</li>
                <li>"收到验证码，填进去，就绑定了"</li>
            </ol>
            <Note strong=format!("只显示这一遍，到{until}有效，只能用一次。") then="要留着，就现在打印或抄下来；不要发到群里。".to_owned()/>
            <div class="act"><a class="btn main" href=back><Icon name="check"/>"给到人了"</a></div>
        }
        .into_any()
    })
}
