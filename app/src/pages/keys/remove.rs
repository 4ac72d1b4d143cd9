//! Taking a passkey or the authenticator away.

use super::{list, passkey};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
    pages::refused::{refused, see, with_next},
};
use domain::{
    policy::{Action, Refused},
    ports::{Key, NotRemoved},
};

const LAST: &str = "这是最后一个，删了就进不了工作台。先加一个别的，再删它。";

async fn remove(ask: &Ask, key: Key) -> Answer {
    match ask.ports.proofs.remove_key(&ask.actor, key, ask.now).await {
        Ok(()) => see("/me/keys"),
        Err(NotRemoved::Last) => list(ask, Some(LAST)).await,
        Err(NotRemoved::Refused(Refused::ProveAgain)) => see(with_next("/staff", Some("/me/keys"))),
        Err(NotRemoved::Refused(why)) => refused(ask, why),
    }
}

/// The form of `/me/keys/{id}/remove`.
pub struct RemovePasskey;

impl Form for RemovePasskey {
    const PATH: &'static str = "/me/keys/{id}/remove";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            match passkey::id(&ask) {
                Some(id) => remove(&ask, Key::Passkey(id)).await,
                None => refused(&ask, Refused::NotFound),
            }
        })
    }
}

/// The form of `/me/authenticator/remove`.
pub struct RemoveAuthenticator;

impl Form for RemoveAuthenticator {
    const PATH: &'static str = "/me/authenticator/remove";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move { remove(&ask, Key::Authenticator).await })
    }
}
