//! `/desk/applications/{id}/refuse` and `/ask`: words that the applicant reads.

use super::{
    super::parts::{back, part, typed},
    one::not_decided,
    version,
};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Good},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
};
use domain::{
    policy::Action,
    ports::{Decision, DeskApplication, NotDecided},
};
use leptos::prelude::*;

/// Which of the two it is.
#[derive(Clone, Copy)]
enum Letter {
    Refuse,
    AskBack,
}

impl Letter {
    /// Path, title, label, hint, button.
    const fn words(self) -> [&'static str; 5] {
        match self {
            Self::Refuse => [
                "refuse",
                "不通过",
                "为什么不通过，他可以怎么办",
                "他会看到这段话，改好了可以再申请。例：你的单位归省直机关工会管，请选“我的单位有工会”再申请一次。",
                "不通过，告诉他",
            ],
            Self::AskBack => [
                "ask",
                "请他补充材料",
                "还缺什么",
                "他会看到这段话，回复以后回到你这里。例：平台名写得不全，请写清楚在哪个站点接单。",
                "发给他",
            ],
        }
    }

    const fn decision(self, words: String) -> Decision {
        match self {
            Self::Refuse => Decision::Refuse(words),
            Self::AskBack => Decision::AskBack(words),
        }
    }
}

/// What was typed before the session had ended.
fn carried(ask: &Ask) -> String {
    ask.carried.as_ref().map(|fields| typed(fields, "words")).unwrap_or_default()
}

/// `/desk/applications/{id}/refuse`.
pub async fn refuse(ask: &Ask) -> Answer {
    page(ask, Letter::Refuse, carried(ask), None).await
}

/// `/desk/applications/{id}/ask`.
pub async fn ask_back(ask: &Ask) -> Answer {
    page(ask, Letter::AskBack, carried(ask), None).await
}

async fn page(ask: &Ask, letter: Letter, typed: String, wrong: Option<String>) -> Answer {
    match ask.ports.deciding.application(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(one) if !one.is_open() => see(format!("/desk/applications/{}", one.id)),
        Ok(one) => shown(one, letter, (typed, ask.returned()), wrong).into(),
        Err(why) => refused(ask, why),
    }
}

fn shown(
    one: DeskApplication,
    letter: Letter,
    (typed, returned): (String, Option<&'static str>),
    wrong: Option<String>,
) -> Page {
    let [path, title, label, hint, button] = letter.words();
    let status = if wrong.is_some() { 422 } else { 200 };
    Page::new(title, Some(Tab::Me), move || {
        let to = format!("/desk/applications/{}", one.id);
        view! {
            {back(to.clone(), "回申请")}
            <h1>{title}</h1>
            <p class="meta">{one.name.clone()}" · "{one.number.clone()}</p>
            {returned.map(|said| view! { <Good said/> })}
            <form class="fields" id="letter" method="post" action=format!("{to}/{path}")>
                <input type="hidden" name="version" value=one.version.to_string()/>
                <Field id="words" label=label hint=hint value=typed wrong=wrong long=true/>
            </form>
            <div class="act"><button class="btn main" form="letter">{button}</button></div>
        }
        .into_any()
    })
    .status(status)
}

async fn submit(ask: Ask, fields: Fields, letter: Letter) -> Answer {
    let (id, words) = (part(&ask, "id").to_owned(), typed(&fields, "words"));
    let decision = letter.decision(words.clone());
    match ask.ports.deciding.decide(&ask.actor, &id, version(&fields), &decision, ask.now).await {
        Ok(()) => see(format!("/desk/applications/{id}")),
        Err(NotDecided::Wrong("words", sentence)) => page(&ask, letter, words, Some(sentence)).await,
        Err(why) => not_decided(&ask, why, words).await,
    }
}

/// 不通过.
pub struct Refuse;

impl Form for Refuse {
    const PATH: &'static str = "/desk/applications/{id}/refuse";
    const ACTION: Action = Action::DecideApplication;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(submit(ask, fields, Letter::Refuse))
    }
}

/// 补充材料.
pub struct AskBack;

impl Form for AskBack {
    const PATH: &'static str = "/desk/applications/{id}/ask";
    const ACTION: Action = Action::DecideApplication;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(submit(ask, fields, Letter::AskBack))
    }
}
