//! `/join/union/new`: one worker starts.

use super::place::{self, Where};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Good, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        desk::parts::{summary, typed, wrong},
        refused::{refused, see},
    },
};
use domain::{
    policy::Action,
    ports::{NotDone, TypedFounding},
};
use leptos::prelude::*;

/// `/join/union/new`.
pub async fn page(ask: &Ask) -> Answer {
    // Whoever may not start one is told before anything is typed.
    match ask.ports.founding.mine(&ask.actor).await {
        Ok(_) => {
            let (sent, at) = match &ask.carried {
                Some(fields) => read(ask, fields),
                None => (TypedFounding::default(), Where::remembered(ask)),
            };
            form(sent, at, &NotDone::default(), ask.returned()).into()
        }
        Err(why) => refused(ask, why),
    }
}

/// What was typed.
fn read(ask: &Ask, fields: &Fields) -> (TypedFounding, Where) {
    let at = Where::sent(ask, fields, false);
    let [unit, colleagues, words] = ["unit", "colleagues", "words"].map(|field| typed(fields, field));
    let contact = fields.get("contact").is_some();
    (TypedFounding { unit, adcode: at.adcode, colleagues, words, contact }, at)
}

fn form(sent: TypedFounding, at: Where, not: &NotDone, returned: Option<&'static str>) -> Page {
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    let not = not.clone();
    Page::new("发起建会", Some(Tab::Join), move || {
        view! {
            <a class="back" href="/join/union"><Icon name="back"/>"我们想建工会"</a>
            <h1>"发起建会"</h1>
            <p>"发起后送到当地总工会。不写你的名字，单位不知道是谁。"</p>
            {returned.map(|said| view! { <Good said/> })}
            {summary(&not)}
            <form class="fields" id="start" method="post" action="/join/union/new">
                <Field id="unit" label="哪个平台、单位或站点" hint="例：飞毛腿外卖 金水路站" value=sent.unit.clone() wrong=wrong(&not, "unit")/>
                {place::field(&at, "在哪个区县", "例：金水区", &not)}
                <Field id="colleagues" label="大概多少工友" hint="写个大概的数，例：25" value=sent.colleagues.clone() wrong=wrong(&not, "colleagues") keys="numeric"/>
                <Field id="words" label="想对工会说的话（可以不写）" hint="只有办这件事的工会干部看得到。最多 500 字。" value=sent.words.clone() wrong=wrong(&not, "words") long=true/>
                <label class="tick"><input type="checkbox" name="contact" value="1" checked=sent.contact/>
                    <span>"愿意让工会打电话联系我"<small class="muted">"不勾，工会只能在这里给你写信"</small></span></label>
            </form>
            <div class="act"><button class="btn main" form="start">"发起"</button></div>
        }
        .into_any()
    })
    .status(status)
}

/// The form of `/join/union/new`.
pub struct StartUnion;

impl Form for StartUnion {
    const PATH: &'static str = "/join/union/new";
    const ACTION: Action = Action::AskForUnion;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let (sent, at) = read(&ask, &fields);
            match ask.ports.founding.start(&ask.actor, &sent, ask.now).await {
                Ok(started) => {
                    let there = if started.was_there { "?there=1" } else { "" };
                    see(format!("/join/union/{}{there}", started.token))
                }
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => form(sent, at, &not, None).into(),
            }
        })
    }
}
