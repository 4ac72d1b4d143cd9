//! Lists of members and figures at the desks of organisations, as the screens use them.

use super::{Closed, Later, NotDone};
use crate::{
    account::Actor,
    membership::{MembershipState, figures::Figures},
    policy::Refused,
    time::Millis,
};

/// An organisation of which the actor may see figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresOf {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A target and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetRow {
    /// The year.
    pub year: i32,
    /// New members to be approved.
    pub goal: u32,
    /// Of the months that are counted, by fives.
    pub reached: u64,
}

/// Figures of an organisation and all below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiguresPage {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Counts by fives, with words in place of codes.
    pub figures: Figures,
    /// Days to half of the decisions, for each month; `None` where too few were decided.
    pub median_days: Vec<Option<u32>>,
    /// Targets, the newest first.
    pub targets: Vec<TargetRow>,
    /// Whether the actor sets them.
    pub may_set_target: bool,
    /// When the next month is counted.
    pub next_at: Millis,
    /// Organisations directly below: id and name, as many as are listed.
    pub below: Vec<FiguresOf>,
}

/// What somebody typed for a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTarget {
    /// `2026`.
    pub year: String,
    /// `500`.
    pub goal: String,
}

/// A member in a list, masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The membership.
    pub id: String,
    /// 会员编号.
    pub number: String,
    /// `张*明`, where it can be read.
    pub name: Option<String>,
    /// `138****5678`, where there is one.
    pub mobile: Option<String>,
    /// The occupation in words.
    pub occupation: Option<String>,
    /// Since when.
    pub joined_at: Millis,
}

/// Members of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersPage {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which are listed.
    pub state: MembershipState,
    /// At most [`MEMBER_ROWS`].
    pub rows: Vec<MemberRow>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Members on a page.
pub const MEMBER_ROWS: usize = 50;

/// The form of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportForm {
    /// The organisation's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Templates: code, name, and what it is for.
    pub templates: Vec<(String, String, String)>,
}

/// What was typed for an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedExport {
    /// The code of a template.
    pub template: String,
    /// Why.
    pub reason: String,
}

/// A file that is made while it is read.
pub trait Pieces: Send {
    /// The next piece of text; `None` at the end.
    fn next(&mut self) -> Later<'_, Option<Result<String, Refused>>>;
}

/// Lists of members and figures.
pub trait Lists: Send + Sync {
    /// The organisations of which the actor may see figures: where their roles stand.
    fn figures_home<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Vec<FiguresOf>, Refused>>;

    /// Figures of an organisation.
    fn figures<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<FiguresPage, Refused>>;

    /// Sets what an organisation is to reach.
    fn set_target<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedTarget,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;

    /// Members of an organisation in a state, after one of them.
    fn members<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        state: Option<&'a str>,
        after: Option<&'a str>,
    ) -> Later<'a, Result<MembersPage, Refused>>;

    /// The form of an export, for somebody who has just proved who they are.
    fn export_form<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<ExportForm, Refused>>;

    /// An organisation's own list, whole.
    fn export<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedExport,
        now: Millis,
    ) -> Later<'a, Result<Box<dyn Pieces>, NotDone>>;
}

impl Lists for Closed {
    fn figures_home<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<Vec<FiguresOf>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn figures<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<FiguresPage, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn set_target<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a TypedTarget,
        _: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn members<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: Option<&'a str>,
        _: Option<&'a str>,
    ) -> Later<'a, Result<MembersPage, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn export_form<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<ExportForm, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn export<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a TypedExport,
        _: Millis,
    ) -> Later<'a, Result<Box<dyn Pieces>, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }
}
