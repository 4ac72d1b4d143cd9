//! Accounts: signing in, and what a person does with what is held about them.

mod actor;
mod attempt;
mod bound;
mod change_mobile;
mod complete;
mod consents;
mod data;
mod enter;
mod fact;
pub mod holdings;
mod identity;
mod inbox;
pub mod limits;
mod me;
mod own;
mod send;
mod session;
mod tidy;

pub use actor::person;
pub use attempt::{Passed, consume, mobile_of_passed, passed_attempt};
pub(in crate::services) use bound::{Fixed, fixed};
pub(in crate::services) use complete::mobile_of;
pub(in crate::services) use consents::text_of as consent_text_of;
pub(in crate::services) use identity::{
    BY_SERVICE, Checked as CheckedIdentity, check as check_identity, write as write_identity,
};
pub use session::{Begun, begin};
pub use tidy::{keep_tidy, tidy};

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
        mobile: &'a str,
        to: CodeFor,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<CodeSent, NotSent>> {
        Box::pin(send::send_code(&self.people, mobile, to, browser, now))
    }

    fn resend_code<'a>(
        &'a self,
        attempt: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<CodeSent, NotSent>> {
        Box::pin(send::resend_code(&self.people, attempt, browser, now))
    }

    fn attempt<'a>(&'a self, attempt: &'a str, now: Millis) -> Later<'a, Result<Option<Attempt>, Refused>> {
        Box::pin(attempt::attempt(&self.people, attempt, now))
    }

    fn enter_code<'a>(
        &'a self,
        attempt: &'a str,
        code: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<Entered, NotEntered>> {
        Box::pin(enter::enter_code(&self.people, attempt, code, browser, now))
    }

    fn enter_fact<'a>(
        &'a self,
        attempt: &'a str,
        fact: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotEntered>> {
        Box::pin(fact::enter_fact(&self.people, attempt, fact, browser, now))
    }

    fn not_mine<'a>(
        &'a self,
        attempt: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotEntered>> {
        Box::pin(fact::not_mine(&self.people, attempt, browser, now))
    }

    fn sign_out<'a>(&'a self, actor: &'a Actor, _now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(me::sign_out(&self.people, actor))
    }

    fn me<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Me, Refused>> {
        Box::pin(me::me(&self.people, actor, now))
    }

    fn sessions<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Vec<SessionRow>, Refused>> {
        Box::pin(me::sessions(&self.people, actor, now))
    }

    fn end_session<'a>(&'a self, actor: &'a Actor, id: SessionId, _now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(me::end_session(&self.people, actor, id))
    }

    fn end_all_sessions<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(me::end_all(&self.people, actor, now))
    }

    fn inbox<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<NoticeRow>, Refused>> {
        Box::pin(inbox::inbox(&self.people, actor))
    }

    fn notice<'a>(&'a self, actor: &'a Actor, id: NoticeId, now: Millis) -> Later<'a, Result<Notice, Refused>> {
        Box::pin(inbox::notice(&self.people, actor, id, now))
    }

    fn consents<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<Consent>, Refused>> {
        Box::pin(consents::consents(&self.people, actor))
    }

    fn set_consent<'a>(
        &'a self,
        actor: &'a Actor,
        purpose: ConsentFor,
        given: Option<i32>,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        Box::pin(consents::set(&self.people, actor, purpose, given, now))
    }

    fn save_identity<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedIdentity,
        now: Millis,
    ) -> Later<'a, Result<(), IdentityWrong>> {
        Box::pin(identity::save(&self.people, actor, typed, now))
    }

    fn reveal_identity<'a>(
        &'a self,
        actor: &'a Actor,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<Option<Identity>, Refused>> {
        Box::pin(identity::reveal(&self.people, actor, reason, now))
    }

    fn held<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<Held>, Refused>> {
        Box::pin(data::held(&self.people, actor))
    }

    fn export<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Export, Refused>> {
        Box::pin(data::export(&self.people, actor, now))
    }

    fn erase<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(data::erase(&self.people, actor, now))
    }
}
