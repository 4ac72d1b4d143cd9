//! Deciding applications, as the officers' screens use it.
//!
//! Ids arrive as they stand in the address: what is no id, what is not there and what is out of reach are one answer.
//! People arrive masked, but for the name of the one application that is open on the page: who decides has to know
//! whom. Records of organisations out of reach are told as 会员, 申请在办 or 以前的记录, nothing else.

use super::{Closed, Later, NotDone};
use crate::{
    account::Actor,
    membership::{ApplicationKind, ApplicationState, Lane},
    policy::Refused,
    time::Millis,
};

/// Rows of a page of the queue.
pub const QUEUE_ROWS: usize = 50;

codes! {
    /// Which part of the queue is shown.
    pub enum Waiting {
        /// With the organisation.
        Submitted = "submitted" "待审核",
        /// Those whose due date has passed.
        Overdue = "overdue" "已到期",
        /// With the applicant, who was asked back.
        NeedsInfo = "needs_info" "等对方补充",
    }
}

/// What is asked of the queue, as it stands in the address; what is not understood is as good as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// The id of an organisation.
    pub organisation: String,
    /// The code of an occupation.
    pub occupation: String,
    /// The code of a [`Waiting`].
    pub waiting: String,
    /// Where the page before ended.
    pub after: String,
}

/// How many wait, within reach and by the chosen organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// To be decided.
    pub submitted: u64,
    /// Of these, past their due date.
    pub overdue: u64,
    /// With the applicant.
    pub needs_info: u64,
}

/// An application in the queue.
#[derive(Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// Which.
    pub id: String,
    /// The version that is shown.
    pub version: i64,
    /// `张*明`.
    pub name: String,
    /// 登记号.
    pub number: String,
    /// What for.
    pub kind: ApplicationKind,
    /// In words.
    pub occupation: Option<String>,
    /// Whose it is to decide.
    pub owner: String,
    /// When it was sent.
    pub submitted_at: Millis,
    /// By when.
    pub due_at: Option<Millis>,
    /// Whether that is past.
    pub is_overdue: bool,
    /// Whether it can be approved with others: new, and nothing else looks like the same person.
    pub is_clean: bool,
}

/// A page of the queue.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// By due date.
    pub rows: Vec<QueueRow>,
    /// How many there are.
    pub counts: QueueCounts,
    /// Organisations that something waits for: id, name, how many; those with most first, at most 50.
    pub organisations: Vec<(String, String, u64)>,
    /// Occupations: code and word.
    pub occupations: Vec<(String, String)>,
    /// [`QueueFilter::after`] of the page after this.
    pub next: Option<String>,
    /// The filter as it was understood.
    pub filter: QueueFilter,
}

codes! {
    /// What another record of the same person is.
    pub enum OtherKind {
        /// 会籍.
        Membership = "membership" "会籍",
        /// An application that is open.
        Application = "application" "入会申请",
    }
}

codes! {
    /// By what a record looks like the same person, the strongest first.
    pub enum Likeness {
        /// The identity service's person.
        Person = "person" "实名核验是同一个人",
        /// The ID number.
        IdNumber = "id_number" "证件号码相同",
        /// The same account.
        Account = "account" "同一个账号",
        /// Name and mobile.
        NameAndMobile = "name_and_mobile" "姓名和手机号相同",
    }
}

impl Likeness {
    /// Whether it cannot be two people: a second membership is never made.
    #[must_use]
    pub const fn is_certain(self) -> bool {
        !matches!(self, Self::NameAndMobile)
    }
}

/// Another record that may be of the same person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    /// Stands for it on this page alone: it opens nothing, and says nothing.
    pub id: String,
    /// What it is.
    pub kind: OtherKind,
    /// By what.
    pub by: Likeness,
    /// Its state in words; out of reach no more than 会员, 申请在办 or 以前的记录.
    pub state: &'static str,
    /// Whether it is a membership that counts.
    pub is_member: bool,
    /// Since when, where that is within reach.
    pub since: Option<Millis>,
    /// Of which organisation, where that is within reach.
    pub organisation: Option<String>,
    /// Its page, where the actor may open it.
    pub link: Option<String>,
    /// An officer said that it is somebody else.
    pub is_dismissed: bool,
}

/// An application at its officer's desk.
#[derive(Clone, PartialEq, Eq)]
pub struct DeskApplication {
    /// Which.
    pub id: String,
    /// The version that a decision is taken on.
    pub version: i64,
    /// Its state.
    pub state: ApplicationState,
    /// What for.
    pub kind: ApplicationKind,
    /// How it came to be sent.
    pub lane: Option<Lane>,
    /// 登记号.
    pub number: String,
    /// In full.
    pub name: String,
    /// Label and value, masked.
    pub facts: Vec<(&'static str, String)>,
    /// Who decides: 批准机关.
    pub owner: String,
    /// By when, while nobody has.
    pub due_at: Option<Millis>,
    /// Whether that is past.
    pub is_overdue: bool,
    /// When it was sent.
    pub submitted_at: Millis,
    /// How it came to the owner: sentences.
    pub route: Vec<String>,
    /// When, and a sentence; oldest first.
    pub history: Vec<(Millis, String)>,
    /// What was asked back, or why it was refused, as the applicant reads it.
    pub reason: Option<String>,
    /// What the applicant answered.
    pub answer: Option<String>,
    /// Other records that may be of the same person, the likeliest first.
    pub likely: Vec<Likely>,
    /// Whether the numbers may be shown whole: while it waits, or while they are a member within reach.
    pub may_reveal: bool,
    /// Whether it was closed by a merge that can be taken back.
    pub is_merged: bool,
    /// 批准机关 and when, once it is decided.
    pub decided: Option<(String, Millis)>,
    /// 会员编号, once there is one.
    pub membership: Option<String>,
}

impl DeskApplication {
    /// Whether it waits for a decision, or for an answer.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ApplicationState::Submitted | ApplicationState::NeedsInfo)
    }
}

/// What came of an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approved {
    /// There is a membership: its number.
    Joined(String),
    /// The person was a member already: the application was merged into that.
    Merged,
    /// The old organisation decides next.
    Transferring,
}

/// Why nothing was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDecided {
    /// Field and sentence; the field `""` is the whole form.
    Wrong(&'static str, String),
    /// Somebody was quicker, or it has changed: a sentence. The page shows the new state.
    Outdated(String),
    /// The actor may not (any more), or the database does not answer.
    Refused(Refused),
}

impl From<Refused> for NotDecided {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// What an officer decides besides approving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// 不通过, with a reason that the applicant reads.
    Refuse(String),
    /// 补充材料: what is missing.
    AskBack(String),
    /// To another organisation, by id, with a reason for the log.
    HandOn {
        /// To which.
        to: String,
        /// Why.
        reason: String,
    },
    /// Another record is of somebody else.
    Different(String),
    /// Another record is of the same person: this application ends, that one stays.
    Same(String),
    /// It was not: the application is open again.
    Unmerge,
}

/// What came of many at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// How many have a membership now.
    pub approved: usize,
    /// How many were merged into a membership that there was.
    pub merged: usize,
    /// Those that were left: id where the actor may open it, 登记号 or nothing, and why.
    pub left: Vec<(Option<String>, String, String)>,
}

/// An organisation that an application may be handed on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOnTarget {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is, and where.
    pub what: String,
}

/// An applicant's numbers, shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct RevealedApplicant {
    /// Who.
    pub name: String,
    /// Label and value, whole.
    pub facts: Vec<(&'static str, String)>,
}

/// Deciding.
pub trait Deciding: Send + Sync {
    /// The applications that wait, of all organisations that the actor's roles reach.
    fn queue<'a>(&'a self, actor: &'a Actor, filter: &'a QueueFilter, now: Millis)
    -> Later<'a, Result<Queue, Refused>>;

    /// One of them, or one that was decided. Never the actor's own.
    fn application<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<DeskApplication, Refused>>;

    /// Approves the version that was shown.
    fn approve<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        version: i64,
        now: Millis,
    ) -> Later<'a, Result<Approved, NotDecided>>;

    /// Approves those of many that are clean: id and version of each, at most [`QUEUE_ROWS`].
    fn approve_all<'a>(
        &'a self,
        actor: &'a Actor,
        picked: &'a [(String, i64)],
        now: Millis,
    ) -> Later<'a, Result<Bulk, Refused>>;

    /// Decides anything else about the version that was shown.
    fn decide<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        version: i64,
        decision: &'a Decision,
        now: Millis,
    ) -> Later<'a, Result<(), NotDecided>>;

    /// Organisations that are 已开通 whose name has these characters, for handing on; at most 20. Without characters:
    /// those above and beside the owner.
    fn targets<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        text: &'a str,
        now: Millis,
    ) -> Later<'a, Result<Vec<HandOnTarget>, Refused>>;

    /// Shows an applicant's numbers once, and writes down why.
    fn reveal<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<RevealedApplicant, NotDone>>;
}

impl Deciding for Closed {
    fn queue<'a>(&'a self, _: &'a Actor, _: &'a QueueFilter, _: Millis) -> Later<'a, Result<Queue, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn application<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<DeskApplication, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn approve<'a>(&'a self, _: &'a Actor, _: &'a str, _: i64, _: Millis) -> Later<'a, Result<Approved, NotDecided>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn approve_all<'a>(&'a self, _: &'a Actor, _: &'a [(String, i64)], _: Millis) -> Later<'a, Result<Bulk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn decide<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: i64,
        _: &'a Decision,
        _: Millis,
    ) -> Later<'a, Result<(), NotDecided>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn targets<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<Vec<HandOnTarget>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn reveal<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<RevealedApplicant, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }
}
