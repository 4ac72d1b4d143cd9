//! Joining, as the worker's screens use it.
//!
//! Ids arrive as they stand in the address. What is personal arrives as it was typed for the applicant's own draft,
//! and masked anywhere else. Names of organisations are public.

use super::Later;
use crate::{
    account::{Actor, IdType},
    membership::{ApplicationKind, ApplicationState, Lane, Occupation, Screen},
    policy::Refused,
    time::Millis,
};

/// The first screen: what one gets, what it costs, how to leave, how long it takes, what to have ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// The region it speaks of, where one is known: `河南省 郑州市 金水区`.
    pub region: Option<String>,
    /// Who would take an application from there; `None`: nobody up to the province is 已开通, or no region is known.
    pub taker: Option<Taker>,
    /// What is chosen already by a link.
    pub entry: Option<Entry>,
    /// Where the actor stands.
    pub standing: Mine,
}

/// An organisation that would take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taker {
    /// Its name.
    pub name: String,
    /// 会费 in its own words; `None`: 由你的工会告诉你.
    pub dues: Option<String>,
    /// To call.
    pub phone: Option<String>,
}

/// What a join link or poster chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As it stands in the address.
    pub code: String,
    /// The organisation, station or platform, by name.
    pub name: String,
}

/// Where the actor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mine {
    /// Nobody has signed in.
    SignedOut,
    /// Nothing yet.
    Nothing,
    /// A draft: where it goes on.
    Draft(Screen),
    /// An application that is with somebody.
    Application(ApplicationRow),
    /// A member.
    Member {
        /// Of what.
        organisation: String,
    },
}

/// An application in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationRow {
    /// Which.
    pub id: String,
    /// Its state.
    pub state: ApplicationState,
    /// What for.
    pub kind: ApplicationKind,
    /// 登记号.
    pub number: String,
    /// When it was sent.
    pub submitted_at: Millis,
    /// Who decides.
    pub owner: String,
    /// By when, while nobody has.
    pub due_at: Option<Millis>,
}

/// The applicant's own draft, as it was typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What for.
    pub kind: Option<ApplicationKind>,
    /// Which lane.
    pub lane: Option<Lane>,
    /// The code of the occupation.
    pub occupation: Option<String>,
    /// What was chosen as platform or unit: the id of an enterprise.
    pub enterprise: Option<String>,
    /// What was chosen as the unit's own union: the id of an organisation.
    pub chosen: Option<String>,
    /// The name of platform, unit or union, as chosen or typed.
    pub unit: Option<String>,
    /// GB/T 2260 of the usual place, and in words.
    pub place: Option<(u32, String)>,
    /// The id and the name of the union of the street or town.
    pub town: Option<(String, String)>,
    /// 姓名.
    pub name: Option<String>,
    /// The type of the document.
    pub id_type: Option<IdType>,
    /// Its number.
    pub id_number: Option<String>,
    /// `138****5678`.
    pub mobile: String,
    /// The link it began with.
    pub entry: Option<Entry>,
    /// Screens that are answered. What may be skipped is, once it was.
    pub answered: Vec<Screen>,
    /// Where it goes on.
    pub next: Option<Screen>,
}

/// Who would get it if it were sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    /// This one, by then. It is read again when it is sent.
    To {
        /// Its name.
        owner: String,
        /// Due.
        due_at: Millis,
        /// Why this one: a sentence.
        why: String,
        /// Whether it is the union of the applicant's own unit: 你单位的工会会看到.
        is_of_unit: bool,
        /// The union of the region, one tap away, where the first is the unit's.
        instead: Option<String>,
        /// 会费 in its own words.
        dues: Option<String>,
    },
    /// 你所在的地区还没有开通网上入会.
    NotOpen(NotOpen),
    /// Something is missing still.
    Missing(Screen),
}

/// Nobody takes an application there. The draft is kept, and the person is told when that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotOpen {
    /// The local union.
    pub union: Option<String>,
    /// Its phone; 12351 otherwise.
    pub phone: Option<String>,
}

/// What was typed on a screen, raw.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedScreen {
    /// `join` or `transfer`.
    pub kind: String,
    /// `unit` or `region`.
    pub lane: String,
    /// The code of an occupation.
    pub occupation: String,
    /// `enterprise:<id>` or `organisation:<id>` of a suggestion, or nothing.
    pub pick: String,
    /// A platform's or unit's name.
    pub unit: String,
    /// Digits.
    pub adcode: String,
    /// The id of a street's union, or nothing: 说不清.
    pub town: String,
    /// 姓名.
    pub name: String,
    /// The code of an [`IdType`].
    pub id_type: String,
    /// The number.
    pub id_number: String,
}

/// Why a screen was not saved. What was typed is still kept as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// At a field: a sentence that says what to do.
    At {
        /// The field's name in [`TypedScreen`].
        field: &'static str,
        /// The sentence.
        sentence: String,
    },
    /// The actor has an application that is with somebody: its id.
    Running(String),
    /// The actor may not, or the database does not answer.
    Refused(Refused),
}

/// 已登记.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Which.
    pub id: String,
    /// 登记号.
    pub number: String,
}

/// Why it was not sent. Nothing was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSubmitted {
    /// Consent was not given.
    Consent,
    /// A screen needs another answer: which, and why.
    Again {
        /// Where.
        screen: Screen,
        /// A sentence.
        sentence: String,
    },
    /// Nobody takes it.
    NotOpen(NotOpen),
    /// The actor is a member already: the membership moves by transfer.
    Member {
        /// Of what.
        organisation: String,
    },
    /// There is none to transfer under this person: join anew.
    NoMembership,
    /// The actor may not, or the database does not answer.
    Refused(Refused),
}

/// An application as the applicant sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct MyApplication {
    /// The row.
    pub row: ApplicationRow,
    /// 批准机关 and when, once it is decided.
    pub decided: Option<(String, Millis)>,
    /// Why it was refused, or what is missing.
    pub reason: Option<String>,
    /// What was answered.
    pub answer: Option<String>,
    /// What was sent, in words: label and value, masked.
    pub facts: Vec<(&'static str, String)>,
    /// The way so far: when, and a sentence.
    pub history: Vec<(Millis, String)>,
    /// Whom to call.
    pub phone: Option<String>,
    /// The membership that came of it.
    pub membership: Option<String>,
}

/// A platform, unit or union that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What [`TypedScreen::pick`] sends back.
    pub pick: String,
    /// Its name.
    pub name: String,
    /// What it is, in words: `平台`, `基层工会 · 郑州市`.
    pub what: String,
    /// Whether it is a union that is 已开通.
    pub is_open: bool,
}

/// What a helper filled in for somebody else, before that person confirmed it.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared {
    /// `张*明`: who helped.
    pub helper: String,
    /// What was filled in: label and value, as the worker may read it.
    pub facts: Vec<(&'static str, String)>,
    /// Until when it waits.
    pub until: Millis,
}

/// What a helper gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The path of the page at which the worker's own phone confirms.
    pub path: String,
    /// `138****5678`.
    pub mobile: String,
    /// Until when it waits.
    pub until: Millis,
}

/// What a link is for, at the desk of an officer or a manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDesk {
    /// The organisation, station or platform, by name.
    pub name: String,
    /// Its link, once somebody made one.
    pub link: Option<EntryLink>,
}

/// A link of an officer or a manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLink {
    /// As it stands in the address.
    pub code: String,
    /// Whole address, for the QR code.
    pub address: String,
    /// The organisation, station or platform, by name.
    pub name: String,
    /// How many began with it, where there are at least five.
    pub begun: Option<u32>,
}

/// Joining.
pub trait Joining: Send + Sync {
    /// The first screen. `entry`: the code of a link; `adcode`: the place that the phone chose.
    fn welcome<'a>(
        &'a self,
        actor: &'a Actor,
        entry: Option<&'a str>,
        adcode: Option<u32>,
        now: Millis,
    ) -> Later<'a, Result<Welcome, Refused>>;

    /// The actor's draft, begun where there is none; `entry` is kept in it.
    fn draft<'a>(&'a self, actor: &'a Actor, entry: Option<&'a str>, now: Millis)
    -> Later<'a, Result<Draft, NotSaved>>;

    /// Keeps one screen. Says which is next.
    fn save<'a>(
        &'a self,
        actor: &'a Actor,
        screen: Screen,
        typed: &'a TypedScreen,
        now: Millis,
    ) -> Later<'a, Result<Screen, NotSaved>>;

    /// Who would get it.
    fn preview<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Preview, NotSaved>>;

    /// Sends it. Twice is once: the second answer is the first. `instead`: to the region's union, not the unit's.
    fn submit<'a>(
        &'a self,
        actor: &'a Actor,
        consent: bool,
        instead: bool,
        now: Millis,
    ) -> Later<'a, Result<Registered, NotSubmitted>>;

    /// Forgets the draft.
    fn discard<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// The actor's applications that were sent, newest first.
    fn applications<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<ApplicationRow>, Refused>>;

    /// One of them.
    fn application<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<MyApplication, Refused>>;

    /// Withdraws one. Twice is once.
    fn withdraw<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// Answers what was asked back: it goes to the organisation again, with a new due date.
    fn answer<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        text: &'a str,
        now: Millis,
    ) -> Later<'a, Result<(), NotSaved>>;

    /// Occupations that are offered, in their order.
    fn occupations(&self) -> Later<'_, Result<Vec<Occupation>, Refused>>;

    /// Platforms, units and unions whose name has these characters, those of the region first; at most 8. Without
    /// characters: the platforms.
    fn suggest<'a>(
        &'a self,
        lane: Lane,
        text: &'a str,
        adcode: Option<u32>,
        now: Millis,
    ) -> Later<'a, Result<Vec<Suggestion>, Refused>>;

    /// Unions of streets and towns in a county: id and name.
    fn towns(&self, adcode: u32) -> Vec<(String, String)>;

    /// A helper fills it in for somebody else. That person's phone gets a message and confirms.
    fn prepare<'a>(
        &'a self,
        actor: &'a Actor,
        mobile: &'a str,
        typed: &'a TypedScreen,
        now: Millis,
    ) -> Later<'a, Result<Handed, NotSaved>>;

    /// What was prepared, for the person whose number it is.
    fn prepared<'a>(&'a self, actor: &'a Actor, token: &'a str, now: Millis) -> Later<'a, Result<Prepared, Refused>>;

    /// Takes it over as the actor's own draft. Both are told.
    fn take_over<'a>(&'a self, actor: &'a Actor, token: &'a str, now: Millis) -> Later<'a, Result<Screen, NotSaved>>;

    /// The link of an organisation (`organisation:<id>`), a station (`station:<code>`) or a platform at an organisation
    /// (`enterprise:<id>`). Looking makes none.
    fn entry_link<'a>(&'a self, actor: &'a Actor, what: &'a str) -> Later<'a, Result<LinkDesk, Refused>>;

    /// Makes it where there is none; where there is one, it stays.
    fn make_entry_link<'a>(&'a self, actor: &'a Actor, what: &'a str, now: Millis) -> Later<'a, Result<(), Refused>>;
}
