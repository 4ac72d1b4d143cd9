//! The list of occupations, as an administrator edits it.

use super::{Closed, Later, NotDone};
use crate::{account::Actor, membership::Occupation, policy::Refused, time::Millis};

/// What was typed of one, raw; also what is filled into the form of one that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedOccupation {
    /// The code; of one that is there it never changes.
    pub code: String,
    /// The word a person reads.
    pub name: String,
    /// 八大群体.
    pub eight: bool,
    /// 四类重点群体.
    pub four: bool,
    /// The trade.
    pub industry: String,
    /// Its place in the list.
    pub position: String,
}

/// The list of occupations.
pub trait OccupationList: Send + Sync {
    /// All, retired ones last.
    fn all<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<Occupation>, Refused>>;

    /// One of them.
    fn one<'a>(&'a self, actor: &'a Actor, code: &'a str) -> Later<'a, Result<Occupation, Refused>>;

    /// Adds one.
    fn add<'a>(&'a self, actor: &'a Actor, typed: &'a TypedOccupation, now: Millis) -> Later<'a, Result<(), NotDone>>;

    /// Changes one; its code stays.
    fn change<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        typed: &'a TypedOccupation,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;

    /// Offers it no longer, or again. What was filled in with it keeps it.
    fn retire<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        retired: bool,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>>;
}

impl OccupationList for Closed {
    fn all<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Vec<Occupation>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn one<'a>(&'a self, _: &'a Actor, _: &'a str) -> Later<'a, Result<Occupation, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn add<'a>(&'a self, _: &'a Actor, _: &'a TypedOccupation, _: Millis) -> Later<'a, Result<(), NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn change<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a TypedOccupation,
        _: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn retire<'a>(&'a self, _: &'a Actor, _: &'a str, _: bool, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }
}
