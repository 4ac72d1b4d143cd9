//! 电子会员证, as its holder shows it and as others check it.

use super::{Closed, Later, Sender};
use crate::{
    account::Actor,
    membership::{
        MembershipState,
        card::{CardId, KeyId, Verdict},
    },
    policy::Refused,
    time::Millis,
};

/// A QR code with what it says.
#[derive(Clone, PartialEq, Eq)]
pub struct CardCode {
    /// The whole address.
    pub address: String,
    /// Rows of squares; true is dark.
    pub squares: Vec<Vec<bool>>,
    /// Until when it is good.
    pub until: Millis,
}

/// The own card, on the own screen: everything is whole.
#[derive(Clone, PartialEq, Eq)]
pub struct MyCard {
    /// 姓名.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// 会员编号.
    pub number: String,
    /// The occupation, where it is known.
    pub occupation: Option<String>,
    /// The state of the membership.
    pub state: MembershipState,
    /// Until when the membership is valid.
    pub valid_until: Millis,
    /// Online, good for two minutes.
    pub code: CardCode,
}

/// What a phone keeps, or paper shows: nothing on it tells the last four of the number.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptCard {
    /// 张*明.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// The occupation, where it is known.
    pub occupation: Option<String>,
    /// Until when the membership is valid.
    pub valid_until: Millis,
    /// For no network, good for 30 days at most.
    pub code: CardCode,
}

/// Why there is no card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCard {
    /// 受理中（临时凭证）: the application's 登记号. It is no membership.
    Pending(Option<String>),
    /// Was a member.
    Former,
    /// Neither.
    Never,
    /// The actor may not, or the database does not answer.
    Refused(Refused),
}

impl From<Refused> for NoCard {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Why there is no new code in the place of a lost one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRenewed {
    /// Changed too often today.
    TooMany,
    /// There is none.
    NoCard(NoCard),
}

/// What stands in a code that was signed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedCard {
    /// 张*明.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// The occupation; may be empty.
    pub occupation: String,
    /// Until when the membership is valid.
    pub valid_until: Millis,
}

/// A check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What it says.
    pub verdict: Verdict,
    /// What stands in it, where that was signed here.
    pub card: Option<CheckedCard>,
}

/// Why an answer was not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCompared {
    /// It is not four letters or digits: the check before it.
    NotFour(Checked),
    /// Asked too often about this card, or from this network.
    TooMany(Checked),
    /// The actor may not, or the database does not answer.
    Refused(Refused),
}

/// A public key of those that sign cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardKey {
    /// As codes name it.
    pub id: KeyId,
    /// Ed25519, RFC 8032.
    pub public: [u8; 32],
}

/// Cards.
pub trait Cards: Send + Sync {
    /// The actor's card, with a code that was signed now.
    fn show<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<MyCard, NoCard>>;

    /// The actor's card for no network: the same code all day.
    fn keep<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<KeptCard, NoCard>>;

    /// 手机丢了，换新码: no code that was shown before is good any more.
    fn renew<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), NotRenewed>>;

    /// Checks a code: a token, or the address with it.
    fn check<'a>(&'a self, actor: &'a Actor, code: &'a str, now: Millis) -> Later<'a, Result<Checked, Refused>>;

    /// Compares what the holder of a code for no network said.
    fn compare<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        said: &'a str,
        sender: &'a Sender,
        now: Millis,
    ) -> Later<'a, Result<Checked, NotCompared>>;

    /// The public keys that verify cards.
    fn keys(&self) -> Vec<CardKey>;

    /// Cards that are revoked and have codes that did not expire yet.
    fn revoked(&self, now: Millis) -> Later<'_, Result<Vec<CardId>, Refused>>;
}

impl Cards for Closed {
    fn show<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<MyCard, NoCard>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn keep<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<KeptCard, NoCard>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn renew<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), NotRenewed>> {
        Box::pin(async { Err(NotRenewed::NoCard(Refused::Unavailable.into())) })
    }

    fn check<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<Checked, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn compare<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: &'a Sender,
        _: Millis,
    ) -> Later<'a, Result<Checked, NotCompared>> {
        Box::pin(async { Err(NotCompared::Refused(Refused::Unavailable)) })
    }

    fn keys(&self) -> Vec<CardKey> {
        Vec::new()
    }

    fn revoked(&self, _: Millis) -> Later<'_, Result<Vec<CardId>, Refused>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}
