//! A one-use link of a 试用安装: as whom it signs in, and the button that does it. A page that is only looked at
//! (by a preview, by a chat app) uses nothing up.

use crate::{
    ask::{Ask, Fields},
    components::Icon,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::error,
};
use domain::{
    policy::{Action, Refused, Role},
    ports::Browser,
};
use leptos::prelude::*;

fn gone() -> Page {
    Page::new("链接用过了", Some(Tab::Me), || {
        view! {
            <div class="calm">
                <Icon name="warning"/>
                <h1>"这个链接用过了，或者过期了"</h1>
                <p>"试用链接只能用一次，24 小时内有效。重新启动程序，窗口里会有新的。"</p>
            </div>
            <div class="act"><a class="btn main" href="/me">"去我的"</a></div>
        }
        .into_any()
    })
    .status(404)
}

fn failed(why: Refused, ask: &Ask) -> Page {
    match why {
        Refused::Unavailable => error::failure(503, &ask.request_id),
        Refused::SignIn | Refused::NotFound | Refused::ProveAgain => gone(),
    }
}

/// `/trial/{token}`.
pub async fn page(ask: &Ask) -> Page {
    let token = ask.parts.get("token").unwrap_or_default().to_owned();
    match ask.ports.trial.look(&token, ask.now).await {
        Ok(role) => Page::new("试用", Some(Tab::Me), move || {
            view! {
                <h1>"试用："{role.word()}</h1>
                <p>"这是示范账号，里面的人和事都是编的。请不要填真实身份信息。"</p>
                <form id="trial" method="post"></form>
                <div class="act"><button class="btn main" form="trial">"进去看看"</button></div>
            }
            .into_any()
        }),
        Err(why) => failed(why, ask),
    }
}

/// The form of `/trial/{token}`.
pub struct TakeUp;

impl Form for TakeUp {
    const PATH: &'static str = "/trial/{token}";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let token = ask.parts.get("token").unwrap_or_default().to_owned();
            let (sender, cookie) = ask.sender();
            let browser = Browser { sender, phone: "试用链接".into(), session: None };
            let role = ask.ports.trial.look(&token, ask.now).await;
            match ask.ports.trial.take_up(&token, &browser, ask.now).await {
                Ok(signed_in) => {
                    let session = ask.credentials.session_cookie(&signed_in.session, signed_in.seconds);
                    let to = if role == Ok(Role::Worker) { "/me" } else { "/desk" };
                    let cookies = cookie.into_iter().chain([session]).collect();
                    Answer::Redirect { to: to.into(), cookies, forget: false }
                }
                Err(why) => failed(why, &ask).into(),
            }
        })
    }
}
