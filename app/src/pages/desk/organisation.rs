//! `/desk/organisations/{id}`: an organisation at its officers' desk.

use super::parts::{holder, part, to_desk};
use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::{account::past, moment},
};
use domain::{
    policy::Role,
    ports::{Below, OpenInvitation, OrganisationDesk},
    time::Millis,
};
use leptos::prelude::*;

const fn open_word(is_open: bool) -> &'static str {
    if is_open { "已开通" } else { "未开通" }
}

fn below(one: &Below) -> AnyView {
    let under = if one.below > 0 { format!(" · 下级 {} 个", one.below) } else { String::new() };
    view! {
        <li><a href=format!("/desk/organisations/{}", one.id)>
            <span>{one.name.clone()}<small>{open_word(one.is_open)}{under}</small></span><Icon name="next"/>
        </a></li>
    }
    .into_any()
}

fn invitation(one: &OpenInvitation, now: Millis) -> AnyView {
    let again = one.again.then_some("（重新登记）");
    view! {
        <li class="beside">
            <p><span>{one.role.word()}{again}<small>{past(one.created_at, now)}"发的，到"{moment::clock(one.until, now)}</small></span></p>
            <form method="post" action="/desk/invitations/withdraw">
                <input type="hidden" name="invitation" value=one.id.clone()/>
                <button class="btn">"撤回"</button>
            </form>
        </li>
    }.into_any()
}

fn facts(desk: &OrganisationDesk, now: Millis) -> AnyView {
    let what = desk.what.map(|(kind, level)| format!("{} · {}", kind.word(), level.word()));
    let active = desk.active_at.map_or_else(
        || "还没有工会干部用过".to_owned(),
        |at| format!("{}有工会干部在用；14 天没人用就算没开通", past(at, now)),
    );
    let fact = |name: &'static str, word: String| view! { <dt>{name}</dt><dd>{word}</dd> };
    let above = desk.above.iter().map(|(id, name)| {
        view! { <li><a href=format!("/desk/organisations/{id}")><span>{name.clone()}<small>"上级"</small></span><Icon name="next"/></a></li> }
    });
    let (above, has_above) = (above.collect_view(), !desk.above.is_empty());
    let is_organisation = desk.what.is_some();
    let unknown = |text: &Option<String>| text.clone().unwrap_or_else(|| "不知道".to_owned());
    view! {
        {is_organisation.then(|| view! { <p><b>{open_word(desk.is_open)}</b>"："{active}"。"</p> })}
        {(is_organisation || desk.region.is_some()).then(|| view! {
            <dl class="pairs">
                {what.map(|what| fact("类型和级别", what))}
                {desk.region.clone().map(|region| fact("管哪里", region))}
                {is_organisation.then(|| fact("统一社会信用代码", unknown(&desk.code)))}
                {is_organisation.then(|| fact("电话", unknown(&desk.phone)))}
                {desk.dues.clone().map(|dues| fact("会费", dues))}
            </dl>
        })}
        {has_above.then(|| view! { <ul class="list">{above}</ul> })}
    }
    .into_any()
}

/// The lists and figures of an organisation.
fn lists(desk: &OrganisationDesk) -> AnyView {
    let to = |rest: &str| format!("/desk/organisations/{}/{rest}", desk.id);
    let row = |to: String, word: &'static str, what: &'static str| {
        view! { <li><a href=to><span>{word}<small>{what}</small></span><Icon name="next"/></a></li> }
    };
    view! {
        <ul class="list">
            {desk.may_list_members.then(|| row(to("members"), "会员名单", "查看、导出"))}
            {desk.may_read_figures.then(|| row(to("figures"), "入会数字", "申请、通过、会员，责任目标"))}
        </ul>
    }
    .into_any()
}

/// `/desk/organisations/{id}`.
pub async fn page(ask: &Ask) -> Answer {
    let desk = match ask.ports.staff.organisation(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(desk) => desk,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    let makes_links = desk.what.is_some() && ask.actor.holds(Role::Officer);
    Page::new(desk.name.clone(), Some(Tab::Me), move || {
        let staff = desk.staff.iter().map(|one| holder(one, now)).collect_view();
        let open = desk.invitations.iter().map(|one| invitation(one, now)).collect_view();
        view! {
            {to_desk()}
            <h1>{desk.name.clone()}</h1>
            <div class="split">
                {view! { <section class="stack">
                    {facts(&desk, now)}
                    {(desk.may_list_members || desk.may_read_figures).then(|| lists(&desk))}
                    <h2>"工作人员"</h2>
                    {desk.staff.is_empty().then(|| view! { <p>"还没有人。"</p> })}
                    {(!desk.staff.is_empty()).then(|| view! { <ul class="list tall">{staff}</ul> })}
                    {(!desk.invitations.is_empty()).then(|| view! { <h2>"发出的邀请"</h2><ul class="list">{open}</ul> })}
                    {(!desk.may_invite.is_empty()).then(|| view! {
                        <a class="btn big wide" href=format!("/desk/organisations/{}/invite", desk.id)>"邀请工作人员"</a>
                    })}
                    {makes_links.then(|| view! {
                        <a class="btn wide" href=format!("/desk/links/organisation:{}", desk.id)>"入会二维码和海报"</a>
                    })}
                </section> }.into_any()}
                {view! { <section class="stack">
                    <h2>"下级组织"</h2>
                    {desk.below.is_empty().then(|| view! { <p>"没有下级。"</p> })}
                    {(!desk.below.is_empty()).then(|| view! { <ul class="list tall">{desk.below.iter().map(below).collect_view()}</ul> })}
                    {(desk.more_below > 0).then(|| view! { <p class="meta">"还有 "{desk.more_below}" 个没有列出，请管理员用 server organisations list 看。"</p> })}
                </section> }.into_any()}
            </div>
        }
        .into_any()
    })
    .into()
}
