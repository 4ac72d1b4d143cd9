//! 我们想建工会: one starts, others join, a union takes it up.

mod act;
pub(super) mod climb;
mod desk;
mod keep;
mod start;
pub(super) mod text;
pub(super) mod told;
mod words;
mod worker;

pub(super) use act::organisation as organisation_of;
pub(super) use desk::contact;
pub use keep::{keep_moving, settle};
pub(super) use start::{county, covers};

use super::people::People;
use domain::{
    account::Actor,
    policy::Refused,
    ports::{
        Founding, FoundingDesk, FoundingPage, FoundingRow, Later, Listed, NotDone, Started, TypedFounding, TypedOutcome,
    },
    time::Millis,
};

/// Asking for a union.
#[derive(Clone)]
pub struct FoundingService {
    people: People,
}

impl FoundingService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Founding for FoundingService {
    fn mine<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<FoundingRow>, Refused>> {
        Box::pin(worker::mine(&self.people, actor))
    }

    fn page<'a>(&'a self, actor: &'a Actor, token: &'a str, _: Millis) -> Later<'a, Result<FoundingPage, Refused>> {
        Box::pin(worker::page(&self.people, actor, token))
    }

    fn start<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedFounding,
        now: Millis,
    ) -> Later<'a, Result<Started, NotDone>> {
        Box::pin(start::start(&self.people, actor, typed, now))
    }

    fn join<'a>(
        &'a self,
        actor: &'a Actor,
        token: &'a str,
        contact: bool,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        Box::pin(worker::join(&self.people, actor, token, contact, now))
    }

    fn leave<'a>(&'a self, actor: &'a Actor, token: &'a str, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(worker::leave(&self.people, actor, token, now))
    }

    fn write<'a>(
        &'a self,
        actor: &'a Actor,
        token: &'a str,
        words: &'a str,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(worker::write(&self.people, actor, token, words, now))
    }

    fn desk<'a>(&'a self, actor: &'a Actor, after: Option<&'a str>) -> Later<'a, Result<Listed<FoundingRow>, Refused>> {
        Box::pin(desk::list(&self.people, actor, after))
    }

    fn desk_one<'a>(&'a self, actor: &'a Actor, id: &'a str, _: Millis) -> Later<'a, Result<FoundingDesk, Refused>> {
        Box::pin(desk::one(&self.people, actor, id))
    }

    fn reveal<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<FoundingDesk, NotDone>> {
        Box::pin(desk::reveal(&self.people, actor, id, reason, now))
    }

    fn message<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        words: &'a str,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(act::message(&self.people, actor, id, words, now))
    }

    fn conclude<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedOutcome,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(act::conclude(&self.people, actor, id, typed, now))
    }
}
