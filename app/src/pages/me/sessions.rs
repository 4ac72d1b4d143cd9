//! 登录的设备: every browser that is signed in, and its end.

use super::{back, sign_out::out};
use crate::{
    ask::{Ask, Fields},
    components::{Good, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::account::past,
};
use domain::{
    account::SessionId,
    policy::{Action, Refused},
    ports::SessionRow,
};
use leptos::prelude::*;

/// `/me/sessions`.
pub async fn page(ask: &Ask) -> Answer {
    let sessions = match ask.ports.accounts.sessions(&ask.actor, ask.now).await {
        Ok(sessions) => sessions,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    let is_done = ask.query.get("done").is_some();
    Page::new("登录的设备", Some(Tab::Me), move || {
        let row = |SessionRow { id, phone, strength, created_at, seen_at, is_this }: SessionRow| {
            let about = format!("{} 用过", past(seen_at, now));
            let since = format!("{} 登录，{}", past(created_at, now), strength.word());
            let name = format!("{phone} 退出");
            view! {
                <li><div class="line"><Icon name="device"/><span>{phone}<small>{about}</small><small>{since}</small></span>
                    {if is_this { view! { <span class="end">"正在用的"</span> }.into_any() } else { view! {
                        <form method="post" action="/me/sessions/end">
                            <input type="hidden" name="id" value=id.to_string()/>
                            <button class="btn" aria-label=name>"退出"</button>
                        </form>
                    }.into_any() }}
                </div></li>
            }
        };
        let alone = sessions.len() == 1;
        view! {
            {back()}
            <h1>"登录的设备"</h1>
            {is_done.then(|| view! { <Good said="那部设备已经退出，再用要重新登录。"/> })}
            <ul class="list">{sessions.into_iter().map(row).collect_view()}</ul>
            <p class="small muted">{if alone { "只有这一部登录着。" } else { "有不认识的？先让它退出。手机丢了，就全部退出。" }}</p>
            <form id="all" method="post" action="/me/sessions/end-all"></form>
            <div class="act"><button class="btn main danger" form="all">{if alone { "退出登录" } else { "全部退出，这部也退出" }}</button></div>
        }
        .into_any()
    })
    .into()
}

/// Ends one of them.
pub struct EndOne;

impl Form for EndOne {
    const PATH: &'static str = "/me/sessions/end";
    const ACTION: Action = Action::EndSession;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let ended = match fields.get("id").and_then(SessionId::parse) {
                Some(id) => ask.ports.accounts.end_session(&ask.actor, id, ask.now).await,
                None => Err(Refused::NotFound),
            };
            match ended {
                Ok(()) => see("/me/sessions?done=1"),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

/// 全部退出, this one too.
pub struct EndAll;

impl Form for EndAll {
    const PATH: &'static str = "/me/sessions/end-all";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            match ask.ports.accounts.end_all_sessions(&ask.actor, ask.now).await {
                // Nobody signed in: the button pressed twice, and the first time did it.
                Ok(()) | Err(Refused::SignIn) => out(&ask, "/me?done=all"),
                Err(why) => refused(&ask, why),
            }
        })
    }
}
