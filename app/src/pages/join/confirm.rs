//! `/join/confirm/{token}`: what somebody else filled in, for the one whom it is about.

use crate::{
    ask::{Ask, Fields},
    components::Icon,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::moment,
};
use domain::policy::Action;
use leptos::prelude::*;

/// `/join/confirm/{token}`.
pub async fn page(ask: &Ask) -> Answer {
    let token = ask.parts.get("token").unwrap_or_default().to_owned();
    let prepared = match ask.ports.joining.prepared(&ask.actor, &token, ask.now).await {
        Ok(prepared) => prepared,
        Err(why) => return refused(ask, why),
    };
    let until = moment::clock(prepared.until, ask.now);
    Page::new("是你要入会吗", Some(Tab::Join), move || {
        let fact = |(label, value): (&'static str, String)| view! { <dt>{label}</dt><dd>{value}</dd> };
        let action = format!("/join/confirm/{token}");
        view! {
            <h1 class="ask">"是你要入会吗？"</h1>
            <p><b>{prepared.helper.clone()}</b>"替你填了这份入会申请。看看对不对；还没有交给任何人。"</p>
            <dl class="pairs">{prepared.facts.into_iter().map(fact).collect_view()}</dl>
            <p class="small muted">{format!("{until}以前有效。不是你的意思，什么也不用点，到时候自己作废。")}</p>
            <form id="take" method="post" action=action></form>
            <a class="btn wide" href="/join">"不是我要的"</a>
            <div class="act"><button class="btn main" form="take"><Icon name="check"/>"是我，接着办"</button></div>
        }
        .into_any()
    })
    .script(super::SCRIPT)
    .into()
}

/// Takes it over as one's own draft: it is checked and sent like any other.
pub struct TakeOver;

impl Form for TakeOver {
    const PATH: &'static str = "/join/confirm/{token}";
    const ACTION: Action = Action::Apply;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let token = ask.parts.get("token").unwrap_or_default();
            match ask.ports.joining.take_over(&ask.actor, token, ask.now).await {
                Ok(next) => see(format!("/join/{}", next.code())),
                Err(why) => super::not_saved(&ask, why),
            }
        })
    }
}
