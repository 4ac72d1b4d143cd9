//! What an officer does to a membership, a form each.

use super::{
    super::parts::{part, typed},
    member::{Sent, show},
};
use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
    pages::refused::{refused, see},
};
use domain::{
    policy::Action,
    ports::{MemberDeed, NotDone, TypedDeed},
};

async fn done(ask: Ask, fields: Fields, deed: MemberDeed) -> Answer {
    let why = if deed == MemberDeed::Rule { "why" } else { "reason" };
    let [version, on, ruling, reason] = ["version", "on", "ruling", why].map(|field| typed(&fields, field));
    let sent = TypedDeed { version, on, ruling, reason };
    let id = part(&ask, "id").to_owned();
    match ask.ports.memberships.do_to_member(&ask.actor, &id, deed, &sent, ask.now).await {
        Ok(()) => see(format!("/desk/members/{id}?done=done")),
        Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
        Err(not) => show(&ask, Sent { deed: Some(deed), typed: sent, not, ..Sent::default() }).await,
    }
}

macro_rules! deed {
    ($(#[$about:meta])* $name:ident $path:literal $deed:ident $carried:literal) => {
        $(#[$about])*
        pub struct $name;

        impl Form for $name {
            const PATH: &'static str = $path;
            const ACTION: Action = Action::DecideMembership;
            const CARRIED: bool = $carried;

            fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
                Box::pin(done(ask, fields, MemberDeed::$deed))
            }
        }
    };
}

deed! {
    /// Notes dues or taking part.
    NotePart "/desk/members/{id}/took-part" TookPart false
}
deed! {
    /// Lets the card count longer.
    Extend "/desk/members/{id}/extend" Extend false
}
deed! {
    /// Warns before an automatic end.
    Warn "/desk/members/{id}/warn" Warn false
}
deed! {
    /// Ends a membership after the warning ran out.
    EndMembership "/desk/members/{id}/end" End false
}
deed! {
    /// 开除会籍.
    Expel "/desk/members/{id}/expel" Expel true
}
deed! {
    /// Decides an objection.
    Rule "/desk/members/{id}/rule" Rule false
}
