//! 阻挠入会, as the screens use it: between the worker and the organisation above the employer's union, and nobody else.

use super::{Closed, Later, Listed, NotDone, NotOpen};
use crate::{account::Actor, founding::ObstructionStage, policy::Refused, time::Millis};

/// What was typed, raw.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedObstruction {
    /// Which employer.
    pub unit: String,
    /// GB/T 2260 of the county.
    pub adcode: Option<u32>,
    /// What happened.
    pub what: String,
    /// 愿意被联系.
    pub contact: bool,
}

/// A report in a list. Which employer it is about stands on its page only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObstructionRow {
    /// Which.
    pub id: String,
    /// 登记号.
    pub number: String,
    /// `河南省 郑州市 金水区`.
    pub place: String,
    /// How far it is.
    pub stage: ObstructionStage,
    /// When it was sent.
    pub created_at: Millis,
    /// Done by then.
    pub due_at: Option<Millis>,
}

/// A report as the worker sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct MyObstruction {
    /// As in the list.
    pub row: ObstructionRow,
    /// Which employer.
    pub unit: String,
    /// What happened.
    pub what: String,
    /// Whether the worker agreed to be contacted.
    pub contact: bool,
    /// The union that has it, and its phone.
    pub owner: Option<(String, Option<String>)>,
    /// Nobody takes it yet.
    pub not_open: Option<NotOpen>,
    /// What was done: when, and the officer's words.
    pub done: Vec<(Millis, String)>,
    /// The way so far.
    pub history: Vec<(Millis, String)>,
}

/// A report at the desk of the organisation that has it.
#[derive(Clone, PartialEq, Eq)]
pub struct ObstructionDesk {
    /// As in the list.
    pub row: ObstructionRow,
    /// Which employer.
    pub unit: String,
    /// What happened.
    pub what: String,
    /// The organisation that has it.
    pub owner: String,
    /// Name and mobile, masked, of a worker who agreed to be contacted.
    pub worker: Option<(Option<String>, Option<String>)>,
    /// Whether these are unmasked, for this once.
    pub is_revealed: bool,
    /// What was done.
    pub done: Vec<(Millis, String)>,
    /// The way so far.
    pub history: Vec<(Millis, String)>,
}

/// Reports of employers who obstruct joining.
pub trait Obstructions: Send + Sync {
    /// The actor's own, newest first.
    fn mine<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<ObstructionRow>, Refused>>;

    /// One of them.
    fn own<'a>(&'a self, actor: &'a Actor, id: &'a str) -> Later<'a, Result<MyObstruction, Refused>>;

    /// Sends one; says which it is. The same a second time within a minute is the first.
    fn report<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedObstruction,
        now: Millis,
    ) -> Later<'a, Result<String, NotDone>>;

    /// Those within an officer's reach, except of employers whose own union the officer belongs to, page by page.
    fn desk<'a>(
        &'a self,
        actor: &'a Actor,
        after: Option<&'a str>,
    ) -> Later<'a, Result<Listed<ObstructionRow>, Refused>>;

    /// One of them. That it was read is noted, without its words.
    fn desk_one<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<ObstructionDesk, Refused>>;

    /// The same with the worker who agreed to be contacted unmasked: noted with the reason.
    fn reveal<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<ObstructionDesk, NotDone>>;

    /// Says what was done; `finished`: 已办结. The worker is told.
    fn act<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        words: &'a str,
        finished: bool,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;
}

impl Obstructions for Closed {
    fn mine<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Vec<ObstructionRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn own<'a>(&'a self, _: &'a Actor, _: &'a str) -> Later<'a, Result<MyObstruction, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn report<'a>(&'a self, _: &'a Actor, _: &'a TypedObstruction, _: Millis) -> Later<'a, Result<String, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn desk<'a>(&'a self, _: &'a Actor, _: Option<&'a str>) -> Later<'a, Result<Listed<ObstructionRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn desk_one<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<ObstructionDesk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn reveal<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<ObstructionDesk, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn act<'a>(&'a self, _: &'a Actor, _: &'a str, _: &'a str, _: bool, _: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }
}
