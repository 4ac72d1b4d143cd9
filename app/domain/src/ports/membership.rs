//! A membership, as its member and the officers use it.
//!
//! Ids arrive as they stand in the address. At the desk people arrive masked. Names of organisations are public.

use super::{Closed, Later, NotDone};
use crate::{
    account::{Actor, IdType},
    membership::{MembershipState, Side, TransferState, transfer::Decision},
    policy::Refused,
    time::Millis,
};

codes! {
    /// 保留会籍: why. Nothing of it is asked for proof.
    pub enum WhyRetained {
        /// No work for the time being.
        OutOfWork = "out_of_work" "暂时没活干",
        /// Called up.
        Army = "army" "入伍",
        /// Retired.
        Retired = "retired" "退休",
        /// Ill or hurt.
        Ill = "ill" "生病、养伤",
        /// Something else.
        Other = "other" "别的原因",
    }
}

codes! {
    /// What an officer can do to a membership.
    pub enum MemberDeed {
        /// Note dues or taking part.
        TookPart = "took_part" "记录交会费或参加活动",
        /// Let the card count longer.
        Extend = "extend" "延长有效期",
        /// Warn before an automatic end.
        Warn = "warn" "提醒会籍可能自动终止",
        /// End it after the warning ran out.
        End = "end" "终止会籍",
        /// 开除会籍.
        Expel = "expel" "开除会籍",
        /// Decide an objection.
        Rule = "rule" "复核异议",
    }
}

/// The turn of one side of a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnView {
    /// Which side.
    pub side: Side,
    /// Who decides.
    pub owner: String,
    /// To call.
    pub phone: Option<String>,
    /// By when; after that it goes up, or is agreed by rule.
    pub due_at: Millis,
    /// Whether it went up because somebody was silent.
    pub went_up: bool,
    /// What was decided.
    pub decision: Option<Decision>,
}

/// A transfer, as the member sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyTransfer {
    /// How it stands.
    pub state: TransferState,
    /// The old organisation.
    pub from: String,
    /// The new one.
    pub to: String,
    /// When it was asked for.
    pub asked_at: Millis,
    /// Letting go, taking in.
    pub turns: [TurnView; 2],
    /// Why it was refused.
    pub reason: Option<String>,
    /// Whether the member may say that the refusal is wrong.
    pub may_object: bool,
}

/// A membership, as the member sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyMembership {
    /// 会员编号.
    pub number: String,
    /// The number of the province's system.
    pub external_number: Option<String>,
    /// Of what.
    pub organisation: String,
    /// To call.
    pub phone: Option<String>,
    /// Whether that organisation is no more.
    pub is_dissolved: bool,
    /// Its state.
    pub state: MembershipState,
    /// Since when.
    pub since: Millis,
    /// Until when the card is valid.
    pub valid_until: Millis,
    /// 职业.
    pub occupation: Option<String>,
    /// 批准机关.
    pub authority: String,
    /// The last dues or taking part that anybody told of.
    pub took_part_at: Option<Millis>,
    /// A warning: when it ends at the earliest.
    pub ends_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// Why it ended or is retained.
    pub reason: Option<String>,
    /// What the member said against it, and when.
    pub objection: Option<(String, Millis)>,
    /// Until when the member may object; `None`: there is nothing to object to, or it was done.
    pub object_until: Option<Millis>,
    /// Who looks at an objection.
    pub reviewer: Option<String>,
    /// The last transfer.
    pub transfer: Option<MyTransfer>,
    /// What happened: when, what, where.
    pub history: Vec<(Millis, String)>,
}

/// Where a membership can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The organisation, as it is sent back.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub what: String,
    /// Who takes it in, where the one that was looked for is not 已开通.
    pub instead_of: Option<String>,
}

/// The form of a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferForm {
    /// The old organisation.
    pub from: String,
    /// Who decides there.
    pub decides: String,
    /// By when, on both sides.
    pub due_at: Millis,
    /// What was found.
    pub targets: Vec<Target>,
    /// The nearest found for which nobody takes in: neither it nor anybody above is 已开通.
    pub closed: Option<String>,
}

/// What was typed to transfer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTransfer {
    /// The id of a [`Target`].
    pub to: String,
    /// Whether the tick was set.
    pub is_agreed: bool,
}

/// Somebody at the desk, masked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked {
    /// `张*明`.
    pub name: Option<String>,
    /// `138****5678`.
    pub mobile: Option<String>,
    /// `身份证 110***********1234`.
    pub id: Option<String>,
}

/// A transfer in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferItem {
    /// Which.
    pub id: String,
    /// Who.
    pub name: String,
    /// The old organisation.
    pub from: String,
    /// The new one.
    pub to: String,
    /// Who decides.
    pub owner: String,
    /// By when.
    pub due_at: Millis,
    /// Whether it came from below because nobody answered, or the member objected.
    pub went_up: bool,
}

/// An objection to 开除 or to an automatic end, in a queue. What it says stands on the member's page, for those who look
/// at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionItem {
    /// Of which membership.
    pub membership: String,
    /// Who.
    pub name: String,
    /// Against a decision of which organisation.
    pub organisation: String,
    /// Who looks at it.
    pub owner: String,
    /// By when.
    pub due_at: Millis,
}

/// What waits at a desk, the most urgent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransferQueue {
    /// To let go.
    pub out: Vec<TransferItem>,
    /// To take in.
    pub into: Vec<TransferItem>,
    /// Objections to look at.
    pub objections: Vec<ObjectionItem>,
    /// Whether there is more than is listed.
    pub has_more: bool,
}

/// A transfer at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferCase {
    /// Which.
    pub id: String,
    /// What the form sends back.
    pub version: i32,
    /// Who.
    pub person: Masked,
    /// The membership's page, where the actor may see it.
    pub membership: Option<String>,
    /// 会员编号.
    pub number: String,
    /// How it stands.
    pub state: TransferState,
    /// The old organisation.
    pub from: String,
    /// The new one.
    pub to: String,
    /// When it was asked for.
    pub asked_at: Millis,
    /// Letting go, taking in.
    pub turns: [TurnView; 2],
    /// Why it was refused before.
    pub reason: Option<String>,
    /// For which sides the actor decides now.
    pub may: Vec<Side>,
}

/// What was typed to decide a transfer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedDecision {
    /// The code of a [`Side`].
    pub side: String,
    /// `agree` or `refuse`.
    pub decision: String,
    /// The code of a [`crate::membership::WhyKept`], to refuse to let go.
    pub why: String,
    /// Why it is not taken in, in words.
    pub reason: String,
    /// The version that was seen.
    pub version: String,
}

/// A member at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberCase {
    /// Which.
    pub id: String,
    /// What the forms send back.
    pub version: i32,
    /// Who.
    pub person: Masked,
    /// 会员编号.
    pub number: String,
    /// The number of the province's system.
    pub external_number: Option<String>,
    /// Of what.
    pub organisation: String,
    /// Its state.
    pub state: MembershipState,
    /// Since when.
    pub since: Millis,
    /// Until when the card is valid.
    pub valid_until: Millis,
    /// 职业.
    pub occupation: Option<String>,
    /// 批准机关.
    pub authority: String,
    /// The last dues or taking part that anybody told of.
    pub took_part_at: Option<Millis>,
    /// A warning: when it ends at the earliest.
    pub ends_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// Why it ended or is retained.
    pub reason: Option<String>,
    /// What the member said against it, and when.
    pub objection: Option<(String, Millis)>,
    /// The transfer that is open.
    pub transfer: Option<String>,
    /// What happened.
    pub history: Vec<(Millis, String)>,
    /// What the actor can do now.
    pub may: Vec<MemberDeed>,
}

/// What was typed to do something to a membership.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedDeed {
    /// The version that was seen.
    pub version: String,
    /// `2026-11-23`: when dues were paid.
    pub on: String,
    /// `restore` or `uphold`.
    pub ruling: String,
    /// Why, as the member reads it.
    pub reason: String,
}

/// Somebody unmasked, for one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unmasked {
    /// Name.
    pub name: Option<String>,
    /// Mobile.
    pub mobile: Option<String>,
    /// Document and number.
    pub id: Option<(IdType, String)>,
}

/// Memberships.
pub trait Memberships: Send + Sync {
    /// The actor's own: the living one, else the last.
    fn mine<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Option<MyMembership>, Refused>>;

    /// Where it can go, by a name or a place; `None`: the actor has none that can.
    fn transfer_form<'a>(
        &'a self,
        actor: &'a Actor,
        text: &'a str,
        now: Millis,
    ) -> Later<'a, Result<Option<TransferForm>, Refused>>;

    /// Asks for it.
    fn ask_transfer<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedTransfer,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;

    /// Takes it back. Twice is once.
    fn withdraw_transfer<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// Says that a refusal is wrong.
    fn object_to_refusal<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), NotDone>>;

    /// 保留会籍. The code of a [`WhyRetained`], or nothing.
    fn retain<'a>(&'a self, actor: &'a Actor, why: &'a str, now: Millis) -> Later<'a, Result<(), NotDone>>;

    /// Back from it. Twice is once.
    fn resume<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// 退会. Twice is once.
    fn resign<'a>(&'a self, actor: &'a Actor, is_sure: bool, now: Millis) -> Later<'a, Result<(), NotDone>>;

    /// Answers a warning: the membership does not end. Twice is once.
    fn keep<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>>;

    /// Objects to 开除会籍 or an automatic end.
    fn object<'a>(&'a self, actor: &'a Actor, words: &'a str, now: Millis) -> Later<'a, Result<(), NotDone>>;

    /// What waits for the officer's organisations and those below.
    fn transfers<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<TransferQueue, Refused>>;

    /// A transfer at the desk.
    fn transfer<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<TransferCase, Refused>>;

    /// Decides it for one side.
    fn decide_transfer<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedDecision,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;

    /// A member at the desk.
    fn member<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<MemberCase, Refused>>;

    /// Name and numbers, whole; the reason is written down.
    fn reveal_member<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<Unmasked, NotDone>>;

    /// Does something to a membership.
    fn do_to_member<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        deed: MemberDeed,
        typed: &'a TypedDeed,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>>;
}

fn no<'a, T: Send + 'a>() -> Later<'a, Result<T, Refused>> {
    Box::pin(async { Err(Refused::Unavailable) })
}

fn not_done<'a, T: Send + 'a>() -> Later<'a, Result<T, NotDone>> {
    Box::pin(async { Err(Refused::Unavailable.into()) })
}

impl Memberships for Closed {
    fn mine<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<Option<MyMembership>, Refused>> {
        no()
    }

    fn transfer_form<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<Option<TransferForm>, Refused>> {
        no()
    }

    fn ask_transfer<'a>(&'a self, _: &'a Actor, _: &'a TypedTransfer, _: Millis) -> Later<'a, Result<(), NotDone>> {
        not_done()
    }

    fn withdraw_transfer<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        no()
    }

    fn object_to_refusal<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), NotDone>> {
        not_done()
    }

    fn retain<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<(), NotDone>> {
        not_done()
    }

    fn resume<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        no()
    }

    fn resign<'a>(&'a self, _: &'a Actor, _: bool, _: Millis) -> Later<'a, Result<(), NotDone>> {
        not_done()
    }

    fn keep<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        no()
    }

    fn object<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<(), NotDone>> {
        not_done()
    }

    fn transfers<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<TransferQueue, Refused>> {
        no()
    }

    fn transfer<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<TransferCase, Refused>> {
        no()
    }

    fn decide_transfer<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a TypedDecision,
        _: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        not_done()
    }

    fn member<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<MemberCase, Refused>> {
        no()
    }

    fn reveal_member<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<Unmasked, NotDone>> {
        not_done()
    }

    fn do_to_member<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: MemberDeed,
        _: &'a TypedDeed,
        _: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        not_done()
    }
}
