//! `/desk/organisations/{id}/invite`: inviting somebody to a role. The link is shown once.

use super::parts::{back, part, summary, typed, wrong};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::moment,
};
use domain::{
    policy::{Action, Role},
    ports::{MadeInvitation, NotDone, TypedInvitation},
};
use leptos::prelude::*;

/// `/desk/organisations/{id}/invite`.
pub async fn page(ask: &Ask) -> Answer {
    let id = part(ask, "id").to_owned();
    match ask.ports.staff.may_invite(&ask.actor, &id, ask.now).await {
        Ok((name, roles)) => form_page(&id, name, roles, TypedInvitation::default(), &NotDone::default()).into(),
        Err(why) => refused(ask, why),
    }
}

const fn what(role: Role) -> &'static str {
    match role {
        Role::Officer => "审核入会、管站点、邀请别人",
        Role::Handler => "只看指派给自己的案件",
        Role::CoverAdministrator => "管保障项目",
        Role::Administrator => "导入资料、任免所有人；看不到案件内容",
        Role::Auditor => "只看审计记录",
        _ => "",
    }
}

fn form_page(id: &str, name: String, roles: Vec<Role>, typed: TypedInvitation, not: &NotDone) -> Page {
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    let to = format!("/desk/organisations/{id}");
    let (head, role_wrong, reason_wrong) = (summary(not), wrong(not, "role"), wrong(not, "reason"));
    Page::new("邀请工作人员", Some(Tab::Me), move || {
        let invalid = role_wrong.is_some().then_some("true");
        let choice = |role: &Role| {
            let checked = typed.role == role.code();
            view! {
                <label class="tick"><input type="radio" name="role" value=role.code() checked=checked aria-invalid=invalid/>
                    <span>{role.word()}<small class="muted">{what(*role)}</small></span></label>
            }
        };
        view! {
            {back(to.clone(), "回组织")}
            <h1>"邀请工作人员"</h1>
            <p class="meta">{name}</p>
            {head}
            <form class="fields" id="invite" method="post" action=format!("{to}/invite")>
                <fieldset class="field">
                    <legend><b>"什么角色"</b></legend>
                    {role_wrong.clone().map(|wrong| view! { <p class="wrong">{wrong}</p> })}
                    {roles.iter().map(choice).collect_view()}
                </fieldset>
                <Field id="reason" label="为什么" hint="例：新到岗，接替原来的人。不要写姓名和号码。" value=typed.reason.clone() wrong=reason_wrong/>
            </form>
            <div class="act"><button class="btn main" form="invite">"生成邀请链接"</button></div>
        }
        .into_any()
    })
    .status(status)
}

/// The form of `/desk/organisations/{id}/invite`.
pub struct Invite;

impl Form for Invite {
    const PATH: &'static str = "/desk/organisations/{id}/invite";
    const ACTION: Action = Action::AppointStaff;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let id = part(&ask, "id").to_owned();
            let typed = TypedInvitation { role: typed(&fields, "role"), reason: typed(&fields, "reason") };
            let not = match ask.ports.staff.invite(&ask.actor, &id, &typed, ask.now).await {
                Ok(made) => return made_page(&ask, made).into(),
                Err(not) => not,
            };
            if let Some(why) = not.refused {
                return refused(&ask, why);
            }
            match ask.ports.staff.may_invite(&ask.actor, &id, ask.now).await {
                Ok((name, roles)) => form_page(&id, name, roles, typed, &not).into(),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

/// The link and its QR code, told once.
pub fn made_page(ask: &Ask, made: MadeInvitation) -> Page {
    let until = moment::clock(made.until, ask.now);
    Page::new("邀请链接", Some(Tab::Me), move || {
        view! {
            <h1>"邀请一位"{made.role.word()}</h1>
            <p class="meta">{made.place}</p>
            <p>"让对方当面扫这个码，或者把链接发给他本人。打开以后登记通行密钥或动态口令，就能进工作台。"</p>
            <div class="qr" role="img" aria-label="邀请链接的二维码" inner_html=made.qr></div>
            <p class="quote long" translate="no">{made.link}</p>
            <Note strong=format!("只显示这一遍，到{until}有效，只能用一次。") then="拿到链接的人就能用它。发错了，回组织页面撤回。".to_owned()/>
            <div class="act"><a class="btn main" href=made.back><Icon name="check"/>"给到人了"</a></div>
        }
        .into_any()
    })
}

/// Withdraws an invitation.
pub struct Withdraw;

impl Form for Withdraw {
    const PATH: &'static str = "/desk/invitations/withdraw";
    const ACTION: Action = Action::AppointStaff;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let invitation = typed(&fields, "invitation");
            match ask.ports.staff.withdraw_invitation(&ask.actor, &invitation, ask.now).await {
                Ok(back) => see(back),
                Err(why) => refused(&ask, why),
            }
        })
    }
}
