//! 我们想建工会, as the screens use it.
//!
//! Nobody who asks is named to anybody: not to those who join, not to the employer, and to an officer only who agreed.

use super::{Closed, Later, NotDone, NotOpen};
use crate::{
    account::Actor,
    founding::{FoundingOutcome, FoundingStage},
    policy::Refused,
    time::Millis,
};

/// What the starter typed, raw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedFounding {
    /// The platform, unit or site.
    pub unit: String,
    /// GB/T 2260 of the county.
    pub adcode: Option<u32>,
    /// About how many colleagues.
    pub colleagues: String,
    /// To the union; optional.
    pub words: String,
    /// 愿意让工会联系我.
    pub contact: bool,
}

/// A request that was started, or the one that was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// Of its link.
    pub token: String,
    /// The actor had started or joined it already.
    pub was_there: bool,
}

/// A request in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundingRow {
    /// The path of its page.
    pub path: String,
    /// The platform, unit or site.
    pub unit: String,
    /// `河南省 郑州市 金水区`.
    pub place: String,
    /// How far it is.
    pub stage: FoundingStage,
    /// First contact by then.
    pub due_at: Option<Millis>,
    /// How many ask, as it may be shown; `None`: few.
    pub count: Option<u32>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// What the address of the next page says with `after`; `None`: this is the last.
    pub next: Option<String>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concluded {
    /// Which outcome.
    pub outcome: FoundingOutcome,
    /// The organisation, by name.
    pub organisation: Option<String>,
    /// Why there is none.
    pub reason: Option<String>,
}

/// What starter and officers wrote to each other.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    /// Whether the union wrote it.
    pub is_officer: bool,
    /// The words.
    pub words: String,
    /// When.
    pub at: Millis,
}

/// A request as those who have its link see it.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundingPage {
    /// As in the list.
    pub row: FoundingRow,
    /// 登记号; to those who joined.
    pub number: Option<String>,
    /// Whether the actor joined.
    pub is_member: bool,
    /// Whether the actor started it.
    pub is_starter: bool,
    /// Whether the actor agreed to be contacted.
    pub contact: bool,
    /// The union that has it, and its phone.
    pub owner: Option<(String, Option<String>)>,
    /// Nobody takes it yet.
    pub not_open: Option<NotOpen>,
    /// What became of it.
    pub concluded: Option<Concluded>,
    /// The way so far; to those who joined.
    pub history: Vec<(Millis, String)>,
    /// To the starter only.
    pub written: Vec<Written>,
    /// The whole link; to those who joined, while others may.
    pub link: Option<String>,
    /// The same as a QR code: an `<svg>`.
    pub qr: Option<String>,
}

/// Who agreed to be contacted, masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Agreed {
    /// `张*明`, where it was given.
    pub name: Option<String>,
    /// `138****5678`.
    pub mobile: Option<String>,
}

/// A request at the officers' desk.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundingDesk {
    /// As in the list.
    pub row: FoundingRow,
    /// 登记号.
    pub number: String,
    /// The other open requests about the same unit at this desk.
    pub same: Vec<FoundingRow>,
    /// About how many colleagues there are, as the starter says.
    pub colleagues: u32,
    /// The organisation that has it.
    pub owner: String,
    /// Whether the starter is still there to be written to.
    pub has_starter: bool,
    /// What starter and officers wrote.
    pub written: Vec<Written>,
    /// Who agreed to be contacted.
    pub agreed: Vec<Agreed>,
    /// Whether these are unmasked, for this once.
    pub is_revealed: bool,
    /// The way so far.
    pub history: Vec<(Millis, String)>,
    /// What became of it.
    pub concluded: Option<Concluded>,
}

/// What an officer typed to end it, raw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedOutcome {
    /// The code of a [`FoundingOutcome`].
    pub outcome: String,
    /// The organisation's whole name or 统一社会信用代码.
    pub organisation: String,
    /// Why there is none.
    pub reason: String,
}

/// Asking for a union.
pub trait Founding: Send + Sync {
    /// What the actor started or joined, newest first.
    fn mine<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<FoundingRow>, Refused>>;

    /// The page of a link; also for who has not signed in.
    fn page<'a>(&'a self, actor: &'a Actor, token: &'a str, now: Millis) -> Later<'a, Result<FoundingPage, Refused>>;

    /// Starts one. The same unit at the same place is one request of the same worker, and nobody else's.
    fn start<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedFounding,
        now: Millis,
    ) -> Later<'a, Result<Started, NotDone>>;

    /// Joins; says again whether the union may be in touch. Twice is once.
    fn join<'a>(
        &'a self,
        actor: &'a Actor,
        token: &'a str,
        contact: bool,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>>;

    /// Leaves. Twice is once.
    fn leave<'a>(&'a self, actor: &'a Actor, token: &'a str, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// The starter writes to the union.
    fn write<'a>(
        &'a self,
        actor: &'a Actor,
        token: &'a str,
        words: &'a str,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;

    /// Requests within an officer's reach, those that are due first, page by page.
    fn desk<'a>(&'a self, actor: &'a Actor, after: Option<&'a str>) -> Later<'a, Result<Listed<FoundingRow>, Refused>>;

    /// One of them.
    fn desk_one<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<FoundingDesk, Refused>>;

    /// The same, with those who agreed unmasked: noted with the reason.
    fn reveal<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<FoundingDesk, NotDone>>;

    /// An officer writes to the starter, and to those who agreed to be contacted.
    fn message<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        words: &'a str,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;

    /// Says what became of it: everybody who joined is told.
    fn conclude<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedOutcome,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;
}

impl Founding for Closed {
    fn mine<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Vec<FoundingRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn page<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<FoundingPage, Refused>> {
        Box::pin(async { Err(Refused::NotFound) })
    }

    fn start<'a>(&'a self, _: &'a Actor, _: &'a TypedFounding, _: Millis) -> Later<'a, Result<Started, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn join<'a>(&'a self, _: &'a Actor, _: &'a str, _: bool, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn leave<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn write<'a>(&'a self, _: &'a Actor, _: &'a str, _: &'a str, _: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn desk<'a>(&'a self, _: &'a Actor, _: Option<&'a str>) -> Later<'a, Result<Listed<FoundingRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn desk_one<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<FoundingDesk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn reveal<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<FoundingDesk, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn message<'a>(&'a self, _: &'a Actor, _: &'a str, _: &'a str, _: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn conclude<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a TypedOutcome,
        _: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }
}
