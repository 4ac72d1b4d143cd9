//! Name and numbers of a member, whole: the reason is written down first.

use super::{
    super::parts::{part, typed},
    member::{Sent, show},
};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
    pages::refused::refused,
};
use domain::{policy::Action, ports::NotDone};

/// Shows it once.
pub struct RevealMember;

impl Form for RevealMember {
    const PATH: &'static str = "/desk/members/{id}/reveal";
    const ACTION: Action = Action::RevealMember;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let reason = typed(&fields, "reveal_reason");
            match ask.ports.memberships.reveal_member(&ask.actor, part(&ask, "id"), &reason, ask.now).await {
                Ok(shown) => show(&ask, Sent { shown: Some(shown), ..Sent::default() }).await,
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { reveal: reason, not, ..Sent::default() }).await,
            }
        })
    }
}
