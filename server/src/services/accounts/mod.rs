//! Accounts: signing in, and what a person does with what is held about them.

mod actor;
mod session;

pub use actor::person;
pub use session::{Begun, begin};

use super::people::People;
use domain::{
    account::{Actor, NoticeId, SessionId},
    policy::Refused,
    ports::{
        Accounts, Attempt, Browser, CodeFor, CodeSent, Consent, ConsentFor, Entered, Export, Held, Identity,
        IdentityWrong, Later, Me, NotEntered, NotSent, Notice, NoticeRow, SessionRow, SignedIn, TypedIdentity,
    },
    time::Millis,
};

/// Accounts of people.
#[derive(Clone)]
pub struct AccountService {
    people: People,
}

impl AccountService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Accounts for AccountService {
    fn actor<'a>(&'a self, token: Option<&'a str>, now: Millis) -> Later<'a, Result<Actor, Refused>> {
        Box::pin(actor::of(&self.people, token, now))
    }

    fn send_code<'a>(
        &'a self,
        _mobile: &'a str,
        _to: CodeFor,
        _browser: &'a Browser,
        _now: Millis,
    ) -> Later<'a, Result<CodeSent, NotSent>> {
        Box::pin(async { Err(NotSent::Refused(Refused::Unavailable)) })
    }

    fn resend_code<'a>(
        &'a self,
        _attempt: &'a str,
        _browser: &'a Browser,
        _now: Millis,
    ) -> Later<'a, Result<CodeSent, NotSent>> {
        Box::pin(async { Err(NotSent::Refused(Refused::Unavailable)) })
    }

    fn attempt<'a>(&'a self, _attempt: &'a str, _now: Millis) -> Later<'a, Result<Option<Attempt>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn enter_code<'a>(
        &'a self,
        _attempt: &'a str,
        _code: &'a str,
        _browser: &'a Browser,
        _now: Millis,
    ) -> Later<'a, Result<Entered, NotEntered>> {
        Box::pin(async { Err(NotEntered::Unavailable) })
    }

    fn enter_fact<'a>(
        &'a self,
        _attempt: &'a str,
        _fact: &'a str,
        _browser: &'a Browser,
        _now: Millis,
    ) -> Later<'a, Result<SignedIn, NotEntered>> {
        Box::pin(async { Err(NotEntered::Unavailable) })
    }

    fn not_mine<'a>(
        &'a self,
        _attempt: &'a str,
        _browser: &'a Browser,
        _now: Millis,
    ) -> Later<'a, Result<SignedIn, NotEntered>> {
        Box::pin(async { Err(NotEntered::Unavailable) })
    }

    fn sign_out<'a>(&'a self, _actor: &'a Actor, _now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn me<'a>(&'a self, _actor: &'a Actor, _now: Millis) -> Later<'a, Result<Me, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn sessions<'a>(&'a self, _actor: &'a Actor, _now: Millis) -> Later<'a, Result<Vec<SessionRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn end_session<'a>(&'a self, _actor: &'a Actor, _id: SessionId, _now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn end_all_sessions<'a>(&'a self, _actor: &'a Actor, _now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn inbox<'a>(&'a self, _actor: &'a Actor) -> Later<'a, Result<Vec<NoticeRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn notice<'a>(&'a self, _actor: &'a Actor, _id: NoticeId, _now: Millis) -> Later<'a, Result<Notice, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn consents<'a>(&'a self, _actor: &'a Actor) -> Later<'a, Result<Vec<Consent>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn set_consent<'a>(
        &'a self,
        _actor: &'a Actor,
        _purpose: ConsentFor,
        _given: Option<i32>,
        _now: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn save_identity<'a>(
        &'a self,
        _actor: &'a Actor,
        _typed: &'a TypedIdentity,
        _now: Millis,
    ) -> Later<'a, Result<(), IdentityWrong>> {
        Box::pin(async { Err(IdentityWrong::default()) })
    }

    fn reveal_identity<'a>(
        &'a self,
        _actor: &'a Actor,
        _reason: &'a str,
        _now: Millis,
    ) -> Later<'a, Result<Option<Identity>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn held<'a>(&'a self, _actor: &'a Actor) -> Later<'a, Result<Vec<Held>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn export<'a>(&'a self, _actor: &'a Actor, _now: Millis) -> Later<'a, Result<Export, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn erase<'a>(&'a self, _actor: &'a Actor, _now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }
}
