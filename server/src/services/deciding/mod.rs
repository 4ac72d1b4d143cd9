//! Deciding applications: the queue, the page of one, approving, refusing, asking back, handing on, merging.

mod approve;
mod bulk;
mod decide;
mod find;
mod opened;
mod own;
mod page;
mod queue;
mod reveal;
mod targets;
mod tell;

use super::people::People;
use domain::{
    account::Actor,
    policy::Refused,
    ports::{
        Approved, Bulk, Deciding, Decision, DeskApplication, HandOnTarget, Later, NotDecided, NotDone, Queue,
        QueueFilter, RevealedApplicant,
    },
    time::Millis,
};

/// Deciding applications.
#[derive(Clone)]
pub struct DecidingService {
    people: People,
}

impl DecidingService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Deciding for DecidingService {
    fn queue<'a>(
        &'a self,
        actor: &'a Actor,
        filter: &'a QueueFilter,
        now: Millis,
    ) -> Later<'a, Result<Queue, Refused>> {
        Box::pin(queue::queue(&self.people, actor, filter, now))
    }

    fn application<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<DeskApplication, Refused>> {
        Box::pin(page::page(&self.people, actor, id, now))
    }

    fn approve<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        version: i64,
        now: Millis,
    ) -> Later<'a, Result<Approved, NotDecided>> {
        Box::pin(approve::approve(&self.people, actor, id, version, false, now))
    }

    fn approve_all<'a>(
        &'a self,
        actor: &'a Actor,
        picked: &'a [(String, i64)],
        now: Millis,
    ) -> Later<'a, Result<Bulk, Refused>> {
        Box::pin(bulk::approve_all(&self.people, actor, picked, now))
    }

    fn decide<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        version: i64,
        decision: &'a Decision,
        now: Millis,
    ) -> Later<'a, Result<(), NotDecided>> {
        Box::pin(decide::decide(&self.people, actor, id, version, decision, now))
    }

    fn targets<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        text: &'a str,
        now: Millis,
    ) -> Later<'a, Result<Vec<HandOnTarget>, Refused>> {
        Box::pin(targets::targets(&self.people, actor, id, text, now))
    }

    fn reveal<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<RevealedApplicant, NotDone>> {
        Box::pin(reveal::reveal(&self.people, actor, id, reason, now))
    }
}
