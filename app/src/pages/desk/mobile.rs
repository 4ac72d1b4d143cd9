//! `/desk/change-mobile`: another number for somebody whose old one is gone.

use super::parts::{summary, to_desk, typed, wrong};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::{
    policy::Action,
    ports::{NotDone, TypedChange},
};
use leptos::prelude::*;

/// `/desk/change-mobile`.
pub async fn page(ask: &Ask) -> Answer {
    match ask.ports.staff.may_change_mobile(&ask.actor, ask.now).await {
        Ok(()) => form_page(TypedChange::default(), &NotDone::default()).into(),
        Err(why) => refused(ask, why),
    }
}

fn form_page(typed: TypedChange, not: &NotDone) -> Page {
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    let head = summary(not);
    let [old, last4, new, reason] = ["old", "last4", "new", "reason"].map(|field| wrong(not, field));
    Page::new("替人换手机号", Some(Tab::Me), move || {
        view! {
            {to_desk()}
            <h1>"替人换手机号"</h1>
            <p>"本人带证件到窗口，旧号码收不到验证码的时候才用。换号记在审计记录里，他还登录着的手机会收到通知。"</p>
            {head}
            <form class="fields" id="change" method="post" action="/desk/change-mobile">
                <Field id="old" label="旧手机号" hint="账号现在用的号码" value=typed.old.clone() wrong=old kind="tel" keys="tel"/>
                <Field id="last4" label="证件号码后四位" hint="看着证件填，例：123X。没登记证件的工作人员和站点管理员可以不填。" value=typed.last4.clone() wrong=last4/>
                <Field id="new" label="新手机号" hint="以后登录用这个" value=typed.new.clone() wrong=new kind="tel" keys="tel"/>
                <Field id="reason" label="为什么" hint="例：旧号停机，本人到窗口核对过证件。不要写姓名和号码。" value=typed.reason.clone() wrong=reason/>
            </form>
            <div class="act"><button class="btn main" form="change">"换成新号码"</button></div>
        }
        .into_any()
    })
    .status(status)
}

/// The form of `/desk/change-mobile`.
pub struct ChangeMobile;

impl Form for ChangeMobile {
    const PATH: &'static str = "/desk/change-mobile";
    const ACTION: Action = Action::ChangeMobileOf;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let [old, last4, new, reason] = ["old", "last4", "new", "reason"].map(|field| typed(&fields, field));
            let typed = TypedChange { old, last4, new, reason };
            match ask.ports.staff.change_mobile(&ask.actor, &typed, ask.now).await {
                Ok(masked) => done(masked).into(),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => form_page(typed, &not).into(),
            }
        })
    }
}

fn done(masked: String) -> Page {
    Page::new("换好了", Some(Tab::Me), move || {
        view! {
            <div class="calm">
                <Icon name="check"/>
                <h1>"换好了"</h1>
                <p>"账号现在用 "<b>{masked}</b>"。请本人现在用新号码登录一次，看看对不对。"</p>
            </div>
            <div class="act"><a class="btn main" href="/desk">"回工作台"</a></div>
        }
        .into_any()
    })
}
