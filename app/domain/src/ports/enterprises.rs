//! Head enterprises and their affiliates, as the desk uses them.

use super::{Closed, Later, NotDone};
use crate::{
    account::Actor,
    founding::{EnterpriseKind, UnionState},
    policy::Refused,
    time::Millis,
};

/// What a list is cut down to, raw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnterpriseFilter {
    /// Characters of the name.
    pub text: String,
    /// The code of a [`UnionState`].
    pub union: String,
    /// The code of an [`EnterpriseKind`].
    pub kind: String,
}

/// An enterprise in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterpriseRow {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EnterpriseKind,
    /// Where; 全国 where it works everywhere.
    pub place: String,
    /// Whether it has a union.
    pub union: UnionState,
    /// How many asked for a union there; `None`: 不到 5 人.
    pub asked: Option<u32>,
    /// How many applied to join from there; `None`: 不到 5 人.
    pub applied: Option<u32>,
    /// Whether it stands under the one before it at this depth: 0 for a head.
    pub depth: u8,
    /// Whether the actor may change it.
    pub may_edit: bool,
    /// No longer in use.
    pub is_retired: bool,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnterpriseList {
    /// As a tree, heads first.
    pub rows: Vec<EnterpriseRow>,
    /// How many more there are than are listed.
    pub more: usize,
}

/// What was typed of one, raw; also what is filled into the form of one that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedEnterprise {
    /// Its name.
    pub name: String,
    /// The code of an [`EnterpriseKind`].
    pub kind: String,
    /// The whole name of the one it belongs to.
    pub parent: String,
    /// The trade.
    pub industry: String,
    /// GB/T 2260; blank is everywhere.
    pub adcode: Option<u32>,
    /// 统一社会信用代码.
    pub code: String,
    /// The code of a [`UnionState`].
    pub union: String,
    /// Its union: whole name or 统一社会信用代码.
    pub organisation: String,
}

/// One of them, to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterpriseDesk {
    /// As in the list.
    pub row: EnterpriseRow,
    /// What the form is filled with.
    pub typed: TypedEnterprise,
    /// Those directly below it: id, name and kind.
    pub below: Vec<(String, String, EnterpriseKind)>,
}

/// Head enterprises and their affiliates.
pub trait Enterprises: Send + Sync {
    /// Those of the actor's region, with those of the whole country.
    fn list<'a>(&'a self, actor: &'a Actor, filter: &'a EnterpriseFilter)
    -> Later<'a, Result<EnterpriseList, Refused>>;

    /// Whether the actor may add any.
    fn may_add<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<(), Refused>>;

    /// Adds one; says which.
    fn add<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedEnterprise,
        now: Millis,
    ) -> Later<'a, Result<String, NotDone>>;

    /// One that the actor may change.
    fn one<'a>(&'a self, actor: &'a Actor, id: &'a str) -> Later<'a, Result<EnterpriseDesk, Refused>>;

    /// Changes one.
    fn change<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedEnterprise,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;

    /// Takes one out of use, or back into it.
    fn retire<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        retired: bool,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>>;
}

impl Enterprises for Closed {
    fn list<'a>(&'a self, _: &'a Actor, _: &'a EnterpriseFilter) -> Later<'a, Result<EnterpriseList, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn may_add<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn add<'a>(&'a self, _: &'a Actor, _: &'a TypedEnterprise, _: Millis) -> Later<'a, Result<String, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn one<'a>(&'a self, _: &'a Actor, _: &'a str) -> Later<'a, Result<EnterpriseDesk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn change<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a TypedEnterprise,
        _: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn retire<'a>(&'a self, _: &'a Actor, _: &'a str, _: bool, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }
}
