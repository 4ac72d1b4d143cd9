//! Accounts as the screens use them.
//!
//! Whatever is personal arrives masked. Tokens are told once, to the browser that they are for.

use super::{Later, Sender};
use crate::{
    account::{Actor, IdType, NoticeId, SessionId, Strength, SubjectId},
    membership::Standing,
    policy::Refused,
    time::Millis,
};

/// The browser that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// The phone's random token and its network.
    pub sender: Sender,
    /// What it runs on, in words: `安卓手机 · 微信`. Never the browser's own description.
    pub phone: String,
    /// The session that it holds already, and whose: it ends when another begins here.
    pub session: Option<(SubjectId, SessionId)>,
}

/// What a code is to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeFor {
    /// A worker's account.
    SignIn,
    /// Another number for the account of an actor.
    ChangeMobile {
        /// Whose.
        actor: Actor,
        /// The last four of their ID number as they were typed; asked where an ID is held.
        last4: String,
    },
    /// A station, with the one-use code of an officer as it was typed.
    Manager(String),
    /// The first half of a staff member's sign-in; an authenticator's code follows.
    Staff,
}

/// A code is on its way, or would be: known and unknown numbers look the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSent {
    /// The token of the attempt, for its cookie.
    pub attempt: String,
    /// How long the attempt lasts, in seconds.
    pub seconds: i64,
}

/// Why no code is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// It is no mobile number of the mainland.
    Mobile,
    /// The last four of the ID number are not those of the ID that is held.
    Last4 {
        /// How often they may still be wrong.
        tries_left: u32,
    },
    /// They were wrong too often: nobody is asked until then.
    Locked {
        /// Until when.
        until: Millis,
    },
    /// The officer's code is wrong, used or too old. Told without saying which.
    ManagerCode,
    /// Too many from this number, phone or network: in so many seconds again.
    TooMany {
        /// Seconds.
        wait_s: u32,
    },
    /// The installation has sent all the codes it may send today.
    Budget,
    /// Too many wrong codes were entered today, on this number or on the whole installation: no code opens anything
    /// in a browser that is not known until then. Whoever is signed in stays so.
    Paused {
        /// Until when.
        until: Millis,
    },
    /// No gateway took it; nothing was counted against the number.
    Gateway,
    /// The actor may not, or the database does not answer.
    Refused(Refused),
}

/// A sign-in that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What it is to open.
    pub purpose: AttemptPurpose,
    /// `138****5678`.
    pub mobile: String,
    /// What is asked next.
    pub next: NextStep,
    /// When another code may be asked for.
    pub resend_at: Millis,
    /// When the code runs out.
    pub expires_at: Millis,
    /// How often a wrong code may still be entered.
    pub tries_left: u32,
}

codes! {
    /// What an attempt is to open.
    pub enum AttemptPurpose {
        /// A worker's account.
        SignIn = "sign_in" "登录",
        /// Another number.
        ChangeMobile = "change_mobile" "换手机号",
        /// A station.
        Manager = "manager" "绑定站点",
        /// A desk of staff.
        Staff = "staff" "工作人员登录",
    }
}

/// What is asked next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// The code of the SMS.
    Code,
    /// A second fact: the number may have been resold.
    Fact {
        /// How often it may still be wrong.
        tries_left: u32,
        /// Whether a member number would do as well as the last four of the ID.
        member_number: bool,
    },
    /// The code of the authenticator.
    Totp,
}

/// A browser that has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The token of the session, for its cookie.
    pub session: String,
    /// How long the cookie lasts, in seconds.
    pub seconds: i64,
    /// Whether the account was made just now.
    pub is_new: bool,
}

/// What a right code led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// Signed in.
    SignedIn(SignedIn),
    /// A second fact is asked first.
    FactNeeded,
    /// The authenticator's code is asked first.
    TotpNeeded,
    /// The account has the new number.
    MobileChanged,
}

/// Why a code or a fact did not open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEntered {
    /// It is wrong.
    Wrong {
        /// How often it may still be.
        tries_left: u32,
    },
    /// It ran out, was used, was wrong too often, or there is none: a new one is needed.
    Gone,
    /// Nobody is asked for the second fact of this account until then.
    Locked {
        /// Until when.
        until: Millis,
    },
    /// Too many wrong codes were entered today, on this number or on the whole installation: as
    /// [`NotSent::Paused`].
    Paused {
        /// Until when.
        until: Millis,
    },
    /// The new number belongs to another account.
    MobileTaken,
    /// The database does not answer.
    Unavailable,
}

/// The first page of 我的 for somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// `138****5678`.
    pub mobile: String,
    /// `张*明`, once it was given.
    pub name: Option<String>,
    /// Type of ID and `410***********1234`, once it was given.
    pub id: Option<(IdType, String)>,
    /// Notices not read.
    pub unread: u32,
    /// Browsers that are signed in.
    pub sessions: u32,
    /// Whether there is a desk, open to this session or not.
    pub has_desk: bool,
    /// How the person stands to the union.
    pub standing: Standing,
    /// The organisation of it: of the membership, or the one that decides.
    pub union: Option<String>,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Which.
    pub id: SessionId,
    /// What it runs on.
    pub phone: String,
    /// How it signed in.
    pub strength: Strength,
    /// When.
    pub created_at: Millis,
    /// When it was last used.
    pub seen_at: Millis,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// A notice in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    /// Which.
    pub id: NoticeId,
    /// Its title.
    pub title: String,
    /// When.
    pub created_at: Millis,
    /// Whether it was read.
    pub is_read: bool,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Where to go from it: a path of this site.
    pub link: Option<String>,
    /// When.
    pub created_at: Millis,
}

codes! {
    /// What personal data may be used for, each with a consent of its own (个人信息保护法 第二十九条).
    pub enum ConsentFor {
        /// Name and ID number, to be known as one person.
        Identity = "identity" "实名信息",
        /// SMS beside the inbox for what is important.
        Sms = "sms" "重要的事发短信",
        /// An application to join, read by the union that decides.
        Joining = "joining" "入会申请",
    }
}

/// A consent and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// For what.
    pub purpose: ConsentFor,
    /// The version of the text.
    pub version: i32,
    /// The text, in force now.
    pub text: &'static str,
    /// When it was given, and not withdrawn.
    pub given_at: Option<Millis>,
}

/// What somebody typed about who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedIdentity {
    /// Name.
    pub name: String,
    /// Code of the type of ID.
    pub id_type: String,
    /// Number.
    pub number: String,
    /// Whether the consent was ticked.
    pub consents: bool,
    /// The last four of the ID number that is held now; asked where one is.
    pub last4: String,
}

/// What is wrong with it, by field: a sentence that says what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdentityWrong {
    /// At the name.
    pub name: Option<String>,
    /// At the type.
    pub id_type: Option<String>,
    /// At the number.
    pub number: Option<String>,
    /// At the consent.
    pub consents: Option<String>,
    /// At the last four of what is held now.
    pub last4: Option<String>,
    /// None of the fields: why nothing was written.
    pub refused: Option<Refused>,
}

/// One's own identity, unmasked for one page.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Name.
    pub name: String,
    /// Type.
    pub id_type: IdType,
    /// Number.
    pub number: String,
    /// Who checked it, in words: 只核对了格式, or the service.
    pub checked: &'static str,
}

/// A kind of thing that is held about somebody, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What: 登录的设备.
    pub what: &'static str,
    /// How many.
    pub count: u32,
    /// What for, and how long.
    pub why: &'static str,
}

/// Everything held about somebody, to take away.
#[derive(Clone)]
pub struct Export {
    /// JSON, with everything.
    pub json: String,
    /// The same to read: a whole HTML document without scripts.
    pub html: String,
}

/// Accounts: signing in, and what a person does with what is held about them.
pub trait Accounts: Send + Sync {
    /// Who a session's token stands for: [`Actor::Anonymous`] where it is unknown, ended or run out.
    fn actor<'a>(&'a self, token: Option<&'a str>, now: Millis) -> Later<'a, Result<Actor, Refused>>;

    /// Sends a code to a number as it was typed.
    fn send_code<'a>(
        &'a self,
        mobile: &'a str,
        to: CodeFor,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<CodeSent, NotSent>>;

    /// Sends another code for an attempt; the old one no longer counts.
    fn resend_code<'a>(
        &'a self,
        attempt: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<CodeSent, NotSent>>;

    /// What is asked next in an attempt; `None` when there is none or it is over.
    fn attempt<'a>(&'a self, attempt: &'a str, now: Millis) -> Later<'a, Result<Option<Attempt>, Refused>>;

    /// Enters the code of the SMS.
    fn enter_code<'a>(
        &'a self,
        attempt: &'a str,
        code: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<Entered, NotEntered>>;

    /// Enters the second fact.
    fn enter_fact<'a>(
        &'a self,
        attempt: &'a str,
        fact: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotEntered>>;

    /// 这不是我的账号: the number is detached from its first owner, and a new account begins empty.
    fn not_mine<'a>(
        &'a self,
        attempt: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotEntered>>;

    /// Ends the session that asks.
    fn sign_out<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// The first page of 我的.
    fn me<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Me, Refused>>;

    /// Browsers that are signed in, this one first.
    fn sessions<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Vec<SessionRow>, Refused>>;

    /// Ends one of them; [`Refused::NotFound`] when it is not the actor's.
    fn end_session<'a>(&'a self, actor: &'a Actor, id: SessionId, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// Ends all of them, this one too.
    fn end_all_sessions<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// The inbox, newest first, at most 100.
    fn inbox<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<NoticeRow>, Refused>>;

    /// One notice, which is then read; [`Refused::NotFound`] when it is not the actor's.
    fn notice<'a>(&'a self, actor: &'a Actor, id: NoticeId, now: Millis) -> Later<'a, Result<Notice, Refused>>;

    /// All consents with their texts.
    fn consents<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<Consent>, Refused>>;

    /// Gives one (to the version shown), or withdraws it.
    fn set_consent<'a>(
        &'a self,
        actor: &'a Actor,
        purpose: ConsentFor,
        given: Option<i32>,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>>;

    /// Keeps who somebody is.
    fn save_identity<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedIdentity,
        now: Millis,
    ) -> Later<'a, Result<(), IdentityWrong>>;

    /// Shows it unmasked, and writes down that it was shown and why.
    fn reveal_identity<'a>(
        &'a self,
        actor: &'a Actor,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<Option<Identity>, Refused>>;

    /// What is held about the actor.
    fn held<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<Held>, Refused>>;

    /// Everything that is held, to take away.
    fn export<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Export, Refused>>;

    /// Deletes the account and destroys its key.
    fn erase<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>>;
}
