//! 会籍: the life of a membership.

pub mod begin;
pub mod cards;
pub mod claim;
mod desk;
mod follow;
mod keep;
mod lapse;
mod mine;
mod object;
mod objections;
mod orphans;
mod own;
mod person;
mod resign;
mod retain;
mod told;
pub mod transfer;
mod validity;
mod words;

pub use follow::{follow, pass};

use super::people::People;
use domain::{
    account::Actor,
    policy::Refused,
    ports::{
        Later, MemberCase, MemberDeed, Memberships, MyMembership, NotDone, TransferCase, TransferForm, TransferQueue,
        TypedDecision, TypedDeed, TypedTransfer, Unmasked,
    },
    time::Millis,
};

/// Memberships and transfers.
#[derive(Clone)]
pub struct MembershipService {
    people: People,
}

impl MembershipService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Memberships for MembershipService {
    fn mine<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Option<MyMembership>, Refused>> {
        Box::pin(mine::mine(&self.people, actor, now))
    }

    fn transfer_form<'a>(
        &'a self,
        actor: &'a Actor,
        text: &'a str,
        now: Millis,
    ) -> Later<'a, Result<Option<TransferForm>, Refused>> {
        Box::pin(transfer::form(&self.people, actor, text, now))
    }

    fn ask_transfer<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedTransfer,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(transfer::ask_typed(&self.people, actor, typed, now))
    }

    fn withdraw_transfer<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(transfer::withdraw(&self.people, actor, now))
    }

    fn object_to_refusal<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(transfer::object(&self.people, actor, now))
    }

    fn retain<'a>(&'a self, actor: &'a Actor, why: &'a str, now: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(retain::retain(&self.people, actor, why, now))
    }

    fn resume<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(retain::resume(&self.people, actor, now))
    }

    fn resign<'a>(&'a self, actor: &'a Actor, is_sure: bool, now: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(resign::resign(&self.people, actor, is_sure, now))
    }

    fn keep<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(keep::keep(&self.people, actor, now))
    }

    fn object<'a>(&'a self, actor: &'a Actor, words: &'a str, now: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(object::object(&self.people, actor, words, now))
    }

    fn transfers<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<TransferQueue, Refused>> {
        Box::pin(transfer::queue(&self.people, actor, now))
    }

    fn transfer<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<TransferCase, Refused>> {
        Box::pin(transfer::case(&self.people, actor, id, now))
    }

    fn decide_transfer<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedDecision,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(transfer::decide(&self.people, actor, id, typed, now))
    }

    fn member<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<MemberCase, Refused>> {
        Box::pin(desk::member(&self.people, actor, id, now))
    }

    fn reveal_member<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<Unmasked, NotDone>> {
        Box::pin(desk::reveal(&self.people, actor, id, reason, now))
    }

    fn do_to_member<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        deed: MemberDeed,
        typed: &'a TypedDeed,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(desk::deed(&self.people, actor, id, deed, typed, now))
    }
}
