//! 阻挠入会: between a worker and the organisation above the employer's own union. In no statistics.

mod desk;
mod keep;
mod own;
mod report;
mod words;

pub use keep::settle;

use super::people::People;
use domain::{
    account::Actor,
    policy::Refused,
    ports::{Later, Listed, MyObstruction, NotDone, ObstructionDesk, ObstructionRow, Obstructions, TypedObstruction},
    time::Millis,
};

/// Reports of employers who obstruct joining.
#[derive(Clone)]
pub struct ObstructionService {
    people: People,
}

impl ObstructionService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Obstructions for ObstructionService {
    fn mine<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<ObstructionRow>, Refused>> {
        Box::pin(own::mine(&self.people, actor))
    }

    fn own<'a>(&'a self, actor: &'a Actor, id: &'a str) -> Later<'a, Result<MyObstruction, Refused>> {
        Box::pin(own::own(&self.people, actor, id))
    }

    fn report<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedObstruction,
        now: Millis,
    ) -> Later<'a, Result<String, NotDone>> {
        Box::pin(report::report(&self.people, actor, typed, now))
    }

    fn desk<'a>(
        &'a self,
        actor: &'a Actor,
        after: Option<&'a str>,
    ) -> Later<'a, Result<Listed<ObstructionRow>, Refused>> {
        Box::pin(desk::list(&self.people, actor, after))
    }

    fn desk_one<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<ObstructionDesk, Refused>> {
        Box::pin(desk::one(&self.people, actor, id, now))
    }

    fn reveal<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<ObstructionDesk, NotDone>> {
        Box::pin(desk::reveal(&self.people, actor, id, reason, now))
    }

    fn act<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        words: &'a str,
        finished: bool,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(desk::act(&self.people, actor, id, words, finished, now))
    }
}
