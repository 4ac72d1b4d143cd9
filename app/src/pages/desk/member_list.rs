//! `/desk/organisations/{id}/members`: an organisation's own list, masked; and the whole of it as a file.

use super::parts::{back, part, summary, typed, wrong};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::refused,
    routes::ROUTES,
    text::account::past,
};
use domain::{
    membership::MembershipState,
    policy::Action,
    ports::{ExportForm, MemberRow, MembersPage, NotDone, TypedExport},
    time::Millis,
};
use leptos::prelude::*;

/// The page of one member, where this program has it.
const MEMBER: &str = "/desk/members/{id}";

fn member(one: &MemberRow, has_page: bool, now: Millis) -> AnyView {
    let name = one.name.clone().unwrap_or_else(|| "看不到姓名".to_owned());
    let more: Vec<String> = [Some(one.number.clone()), one.mobile.clone(), one.occupation.clone()]
        .into_iter()
        .flatten()
        .chain([format!("{}入会", past(one.joined_at, now))])
        .collect();
    let words = view! { <span>{name}<small>{more.join(" · ")}</small></span> };
    if has_page {
        let to = MEMBER.replace("{id}", &one.id);
        view! { <li><a href=to>{words}<Icon name="next"/></a></li> }.into_any()
    } else {
        view! { <li><p>{words}</p></li> }.into_any()
    }
}

/// `/desk/organisations/{id}/members`.
pub async fn page(ask: &Ask) -> Answer {
    let (state, after) = (ask.query.get("state"), ask.query.get("after"));
    let page = match ask.ports.lists.members(&ask.actor, part(ask, "id"), state, after).await {
        Ok(page) => page,
        Err(why) => return refused(ask, why),
    };
    let (now, begins) = (ask.now, after.is_none());
    let has_page = ROUTES.iter().any(|route| route.path == MEMBER);
    Page::new("会员名单", Some(Tab::Me), move || {
        let MembersPage { id, name, state, rows, next } = page;
        let to = format!("/desk/organisations/{id}/members");
        let chip = |one: &MembershipState| {
            let current = (*one == state).then_some("page");
            view! { <li><a class="chip" aria-current=current href=format!("{to}?state={}", one.code())>{one.word()}</a></li> }
        };
        let none = if begins { "这里还没有人。" } else { "后面没有了。" };
        view! {
            {back(format!("/desk/organisations/{id}"), "回组织")}
            <h1>"会员名单"</h1>
            <p class="meta">{name}"，不含下级组织"</p>
            <ul class="chips">{MembershipState::ALL.iter().map(chip).collect_view()}</ul>
            {rows.is_empty().then(|| view! { <p>{none}</p> })}
            <ul class="list tall">{rows.iter().map(|one| member(one, has_page, now)).collect_view()}</ul>
            {next.map(|next| view! { <a class="btn big wide" href=format!("{to}?state={}&after={next}", state.code())>"后面的 50 位"</a> })}
            <a class="btn big wide" href=format!("{to}/export")><Icon name="down"/>"导出名单"</a>
        }
        .into_any()
    })
    .into()
}

async fn form(ask: &Ask, sent: TypedExport, not: NotDone) -> Answer {
    let form = match ask.ports.lists.export_form(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(form) => form,
        Err(why) => return refused(ask, why),
    };
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    Page::new("导出会员名单", Some(Tab::Me), move || {
        let ExportForm { id, name, templates } = form;
        let to = format!("/desk/organisations/{id}/members");
        let invalid = wrong(&not, "template").map(|_| "true");
        let choice = |(code, name, note): &(String, String, String)| {
            let checked = sent.template == *code;
            view! {
                <label class="tick"><input type="radio" name="template" value=code.clone() checked=checked aria-invalid=invalid/>
                    <span>{name.clone()}<small class="muted">{note.clone()}</small></span></label>
            }
        };
        view! {
            {back(to.clone(), "回名单")}
            <h1>"导出会员名单"</h1>
            <p class="meta">{name}</p>
            <p>"文件里有完整的姓名、证件号码和手机号。只存在单位的电脑上，用完就删。谁在什么时候为什么导出，都记下来。"</p>
            {summary(&not)}
            <form class="fields" id="export" method="post" action=format!("{to}/export")>
                <fieldset class="field">
                    <legend><b>"哪种表"</b></legend>
                    {wrong(&not, "template").map(|wrong| view! { <p class="wrong">{wrong}</p> })}
                    {templates.iter().map(choice).collect_view()}
                </fieldset>
                <Field id="reason" label="为什么导出" hint="例：报送省系统。不要写姓名和号码。" value=sent.reason.clone() wrong=wrong(&not, "reason")/>
            </form>
            <div class="act"><button class="btn main" form="export">"导出"</button></div>
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// `/desk/organisations/{id}/members/export`.
pub async fn export(ask: &Ask) -> Answer {
    form(ask, TypedExport::default(), NotDone::default()).await
}

/// The form of it: the file itself.
pub struct ExportMembers;

impl Form for ExportMembers {
    const PATH: &'static str = "/desk/organisations/{id}/members/export";
    const ACTION: Action = Action::ExportMembers;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let sent = TypedExport { template: typed(&fields, "template"), reason: typed(&fields, "reason") };
            match ask.ports.lists.export(&ask.actor, part(&ask, "id"), &sent, ask.now).await {
                Ok(pieces) => Answer::Stream { name: "members.csv", kind: "text/csv; charset=utf-8", pieces },
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => form(&ask, sent, not).await,
            }
        })
    }
}
