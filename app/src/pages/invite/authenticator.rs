//! `/invite/{token}/authenticator`: the authenticator of whoever takes an invitation up, after the code of the SMS.

use super::{not_there, token};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
    pages::{
        keys::setting_up,
        refused::{refused, see},
        staff::enter,
    },
};
use domain::{
    policy::{Action, Refused},
    ports::{AuthenticatorFor, NotProved},
};

/// `/invite/{token}/authenticator`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, String::new(), None).await
}

async fn show(ask: &Ask, code: String, why: Option<NotProved>) -> Answer {
    let token = token(ask);
    if let Err(why) = ask.ports.proofs.invitation(&token, ask.now).await {
        return not_there(ask, why);
    }
    let back = format!("/invite/{token}");
    let attempt = ask.credentials.attempt.clone().unwrap_or_default();
    let to = AuthenticatorFor::Invitation { token: &token, attempt: &attempt };
    match ask.ports.proofs.authenticator(&ask.actor, to, ask.now).await {
        Ok(authenticator) => {
            let here = format!("{back}/authenticator");
            setting_up(ask, authenticator, (back, here, "登记好，进工作台"), code, why).into()
        }
        Err(why @ NotProved::OtherNumber) => super::other_number(ask, why, back).into(),
        Err(NotProved::Refused(why @ Refused::Unavailable)) => refused(ask, why),
        // The SMS ran out in the meantime.
        Err(_) => see(back),
    }
}

/// The form of `/invite/{token}/authenticator`.
pub struct SetUpInvited;

impl Form for SetUpInvited {
    const PATH: &'static str = "/invite/{token}/authenticator";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let code = fields.get("code").unwrap_or_default().to_owned();
            let token = token(&ask);
            let attempt = ask.credentials.attempt.clone().unwrap_or_default();
            let to = AuthenticatorFor::Invitation { token: &token, attempt: &attempt };
            let (browser, _) = ask.browser();
            match ask.ports.proofs.set_up_authenticator(&ask.actor, to, &code, &browser, ask.now).await {
                Ok(signed_in) => enter(&ask, &signed_in, "/desk"),
                Err(NotProved::Refused(why @ Refused::Unavailable)) => refused(&ask, why),
                Err(NotProved::Gone) => see(format!("/invite/{token}")),
                Err(why) => show(&ask, code, Some(why)).await,
            }
        })
    }
}
