//! `/me/authenticator`: setting an authenticator up, in place of an older one.

use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note, Qr},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        refused::{refused, see, with_next},
        sign_in::SCRIPT,
        staff::{enter, status},
    },
    text::proofs as words,
};
use domain::{
    policy::{Action, Refused},
    ports::{Authenticator, AuthenticatorFor, NotProved},
};
use leptos::prelude::*;

/// `/me/authenticator`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, String::new(), None).await
}

async fn show(ask: &Ask, code: String, why: Option<NotProved>) -> Answer {
    match ask.ports.proofs.authenticator(&ask.actor, AuthenticatorFor::Actor, ask.now).await {
        Ok(authenticator) => {
            let ways = ("/me/keys".to_owned(), "/me/authenticator".to_owned(), "确认");
            setting_up(ask, authenticator, ways, code, why).into()
        }
        Err(why) => not_now(ask, why),
    }
}

fn not_now(ask: &Ask, why: NotProved) -> Answer {
    match why {
        NotProved::Refused(Refused::ProveAgain) => see(with_next("/staff", Some("/me/authenticator"))),
        NotProved::Refused(why) => refused(ask, why),
        _ => refused(ask, Refused::ProveAgain),
    }
}

/// The QR code, the secret to type, and the field for the first code. `ways`: back, where the form goes, and what
/// its button says.
pub fn setting_up(
    ask: &Ask,
    authenticator: Authenticator,
    (back, here, word): (String, String, &'static str),
    code: String,
    why: Option<NotProved>,
) -> Page {
    let has_one = here == "/me/authenticator";
    let wrong = why.map(|why| words::not_typed(why, ask.now));
    Page::new("设置动态口令", Some(Tab::Me), move || {
        let Authenticator { secret, squares } = authenticator;
        view! {
            <a class="back" href=back><Icon name="back"/>"返回"</a>
            <h1>"设置动态口令"</h1>
            {has_one.then(|| view! { <p class="meta">"以前设过的，这次设好就作废。"</p> })}
            <h2>"1. 用验证器扫一扫"</h2>
            <Qr squares=&squares label="动态口令的二维码"/>
            <p>"就在这部手机上装了验证器的，扫不了，把下面这串密钥填进去："</p>
            <p class="number secret">{secret}</p>
            <Note strong="这个码和密钥只在这一次看得到。别截图，别发给别人。"/>
            <h2>"2. 填验证器里的数字"</h2>
            <form class="fields digits" id="enter" method="post" action=here>
                <Field id="code" label="动态口令" hint="6 位数字，30 秒换一次。手机的时间要准。" value=code wrong keys="numeric" fill="one-time-code" big=true/>
            </form>
            <div class="act"><button class="btn main" form="enter">{word}</button></div>
        }
        .into_any()
    })
    .status(why.map_or(200, status))
    .script(SCRIPT)
}

/// The form of `/me/authenticator`.
pub struct SetUp;

impl Form for SetUp {
    const PATH: &'static str = "/me/authenticator";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let code = fields.get("code").unwrap_or_default().to_owned();
            let (browser, _) = ask.browser();
            let to = AuthenticatorFor::Actor;
            match ask.ports.proofs.set_up_authenticator(&ask.actor, to, &code, &browser, ask.now).await {
                Ok(signed_in) => enter(&ask, &signed_in, "/me/keys"),
                Err(why @ NotProved::Wrong) => show(&ask, code, Some(why)).await,
                Err(why) => not_now(&ask, why),
            }
        })
    }
}
