//! The form of 实名信息.

use super::super::back;
use crate::{
    ask::{Ask, Fields},
    components::{Field, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        refused::{refused, see},
        sign_in::SCRIPT,
    },
};
use domain::{
    account::IdType,
    policy::{Action, Refused},
    ports::{ConsentFor, IdentityWrong, TypedIdentity},
};
use leptos::prelude::*;

/// The form with what was typed, and what is wrong with it.
pub(super) async fn show(ask: &Ask, typed: TypedIdentity, wrong: Option<IdentityWrong>) -> Answer {
    let consents = match ask.ports.accounts.consents(&ask.actor).await {
        Ok(consents) => consents,
        Err(why) => return refused(ask, why),
    };
    let has_id = match ask.ports.accounts.me(&ask.actor, ask.now).await {
        Ok(me) => me.id.is_some(),
        Err(why) => return refused(ask, why),
    };
    let Some(consent) = consents.into_iter().find(|consent| consent.purpose == ConsentFor::Identity) else {
        return refused(ask, Refused::Unavailable);
    };
    let (status, note) = match &wrong {
        None => (200, None),
        Some(IdentityWrong { refused: Some(_), .. }) => {
            (503, Some("服务正在维护，没存成。填的还在，过一会儿再试。".into()))
        }
        Some(wrong) => {
            let fields = [&wrong.name, &wrong.id_type, &wrong.number, &wrong.consents, &wrong.last4];
            let count = fields.iter().filter(|field| field.is_some()).count();
            (422, Some(format!("有 {count} 处要改，填的都还在。")))
        }
    };
    let wrong = wrong.unwrap_or_default();
    let is_ticked = typed.consents || (status == 200 && consent.given_at.is_some());
    Page::new("实名信息", Some(Tab::Me), move || {
        let chosen = IdType::parse(&typed.id_type).unwrap_or(IdType::Resident);
        let described = wrong.consents.is_some().then_some("consents-wrong");
        let invalid = wrong.consents.is_some().then_some("true");
        view! {
            {back()}
            <h1>"实名信息"</h1>
            <p class="meta">"入会、维权要用真名。填一次，以后不再问。"</p>
            {note.map(|strong: String| view! { <Note strong/> })}
            <form class="fields" id="identity" method="post" action="/me/identity">
                <Field id="name" label="姓名" hint="和证件上一样，生僻字也能填。" value=typed.name wrong=wrong.name/>
                <div class="field">
                    <label for="id_type">"证件"</label>
                    {wrong.id_type.map(|wrong| view! { <p class="wrong" id="id_type-wrong">{wrong}</p> })}
                    <select id="id_type" name="id_type">{IdType::ALL.iter().map(|kind| view! {
                        <option value=kind.code() selected=*kind == chosen>{kind.word()}</option>
                    }).collect_view()}</select>
                </div>
                <Field id="number" label="证件号码" hint="加密保存，页面上只露头尾几位。" value=typed.number wrong=wrong.number/>
                {has_id.then(|| view! { <Field id="last4" label="原来存的证件号码后四位" hint="证明是你本人在改，例：123X。" value=typed.last4 wrong=wrong.last4/> })}
                <div class="agree">
                    <p class="label" id="consent-title">{format!("{}的同意书（第 {} 版）", consent.purpose.word(), consent.version)}</p>
                    <p class="full" role="group" aria-labelledby="consent-title">{consent.text}</p>
                    {wrong.consents.map(|wrong| view! { <p class="wrong" id="consents-wrong">{wrong}</p> })}
                    <label class="tick"><input type="checkbox" id="consents" name="consents" value="yes" checked=is_ticked aria-describedby=described aria-invalid=invalid/>"我看过，同意"</label>
                </div>
            </form>
            <div class="act"><button class="btn main" form="identity">"存起来"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
    .into()
}

/// The form of `/me/identity`.
pub struct SaveIdentity;

impl Form for SaveIdentity {
    const PATH: &'static str = "/me/identity";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let text = |name| fields.get(name).unwrap_or_default().to_owned();
            let typed = TypedIdentity {
                name: text("name"),
                id_type: text("id_type"),
                number: text("number"),
                consents: fields.get("consents").is_some(),
                last4: text("last4"),
            };
            match ask.ports.accounts.save_identity(&ask.actor, &typed, ask.now).await {
                Ok(()) => see("/me/identity?done=1"),
                Err(IdentityWrong { refused: Some(why), .. }) if why != Refused::Unavailable => refused(&ask, why),
                Err(wrong) => show(&ask, typed, Some(wrong)).await,
            }
        })
    }
}
