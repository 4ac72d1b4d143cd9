//! An applicant's numbers, whole: one page, once, with a reason that was written down before.

use super::{
    super::parts::{part, typed, wrong},
    one::{Said, show},
};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::{
    policy::Action,
    ports::{NotDone, RevealedApplicant},
};
use leptos::prelude::*;

/// The form of `/desk/applications/{id}/reveal`.
pub struct Reveal;

impl Form for Reveal {
    const PATH: &'static str = "/desk/applications/{id}/reveal";
    const ACTION: Action = Action::RevealMember;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let (id, reason) = (part(&ask, "id").to_owned(), typed(&fields, "reason"));
            match ask.ports.deciding.reveal(&ask.actor, &id, &reason, ask.now).await {
                Ok(shown) => whole(&id, shown).into(),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => {
                    let reveal = Some((reason, wrong(&not, "reason")));
                    show(&ask, Said { reveal, ..Said::default() }).await
                }
            }
        })
    }
}

fn whole(id: &str, shown: RevealedApplicant) -> Page {
    let to = format!("/desk/applications/{id}");
    Page::new("完整的号码", Some(Tab::Me), move || {
        let facts =
            shown.facts.into_iter().map(|(label, value)| view! { <dt>{label}</dt><dd>{value}</dd> }).collect_view();
        view! {
            <h1>"完整的号码"</h1>
            <dl class="pairs"><dt>"姓名"</dt><dd>{shown.name}</dd>{facts}</dl>
            <p class="small muted">"已经记了一笔。只在这一页显示，离开就收起来。"</p>
            <div class="act"><a class="btn main" href=to>"看完了，收起来"</a></div>
        }
        .into_any()
    })
}
