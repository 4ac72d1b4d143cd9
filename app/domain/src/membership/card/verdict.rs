//! What a check says. The same on the server and, without network, on the phone of whoever checks.

use super::{CardKind, Token};
use crate::time::Millis;

/// An online code is good for so long: what is older is a picture of somebody's screen.
pub const ONLINE_LASTS_MS: Millis = 120_000;
/// A code may come from so far in the future: clocks differ.
pub const SIGNED_EARLIER_MS: Millis = 120_000;

codes! {
    /// What a check of a card says, with the word that stands large.
    pub enum Verdict {
        /// A code that was shown just now, or one for no network whose holder said the right four characters.
        Valid = "valid" "有效",
        /// A code for no network: a picture of it looks the same, so the holder is asked.
        AskHolder = "ask_holder" "离线码，请再核对",
        /// The holder said something else.
        WrongAnswer = "wrong_answer" "编号对不上",
        /// Too old.
        Expired = "expired" "已过期",
        /// An online code that is too old.
        Screenshot = "screenshot" "像是截图",
        /// Taken back: the membership ended or moved, or the phone was lost.
        Revoked = "revoked" "已作废",
        /// The signature does not fit.
        Tampered = "tampered" "不是真的会员证",
        /// Signed with a key that is not known here.
        UnknownKey = "unknown_key" "认不出是谁发的",
        /// Signed in the future: a clock is wrong.
        WrongTime = "wrong_time" "时间对不上",
        /// Something else.
        NotACard = "not_a_card" "这不是会员证",
    }
}

impl Verdict {
    /// What it means and what to do.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Valid => "会员证是真的，现在有效。",
            Self::AskHolder => "这是没有网时用的码，真的，也没过期。请持证人说出会员编号后四位，填在下面核对。",
            Self::WrongAnswer => "说的和会员证不一样，先不要认。请本人打开“我的会员证”，出示在线码。",
            Self::Expired => "这个码过期了。请持证人连上网，重新打开“我的会员证”再出示。",
            Self::Screenshot => "在线码两分钟就换，这一个太旧了，多半是截图。请持证人打开“我的会员证”，当面出示。",
            Self::Revoked => "这张会员证不能用了：已退会、转走了，或者换过新码。请持证人打开“我的会员证”看一看。",
            Self::Tampered => "里面的内容被改过，或者不是这里发的，不要认。请持证人打开“我的会员证”再出示。",
            Self::UnknownKey => "发证的钥匙不在名单里。请连上网更新名单再扫一次；还是这样，就不要认。",
            Self::WrongTime => "这个码的时间比现在还晚。请把手机设成自动对时，连上网更新名单，再扫一次。",
            Self::NotACard => "扫到的是别的码。请持证人打开“我的会员证”，把大二维码对着镜头。",
        }
    }

    /// Whether whoever shows it is to be treated as a member.
    #[must_use]
    pub const fn is_good(self) -> bool {
        matches!(self, Self::Valid)
    }

    /// Whether what stands in the code may be shown: it was signed here.
    #[must_use]
    pub const fn shows_card(self) -> bool {
        matches!(
            self,
            Self::Valid | Self::AskHolder | Self::WrongAnswer | Self::Expired | Self::Screenshot | Self::Revoked
        )
    }
}

/// What became of the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// It fits.
    Good,
    /// It does not.
    Bad,
    /// The key is not known.
    UnknownKey,
}

/// Judges a code. `now` is the best that is known of the time: on a phone its clock and the offset that was learnt at
/// the last sync.
#[must_use]
pub fn judge(token: Option<&Token>, signature: Signature, is_revoked: bool, now: Millis) -> Verdict {
    let Some(Token { card, .. }) = token else { return Verdict::NotACard };
    match signature {
        Signature::UnknownKey => return Verdict::UnknownKey,
        Signature::Bad => return Verdict::Tampered,
        Signature::Good => {}
    }
    let is_online = card.kind == CardKind::Online;
    if is_revoked {
        Verdict::Revoked
    } else if card.issued_at > now + SIGNED_EARLIER_MS {
        Verdict::WrongTime
    } else if is_online && now > card.issued_at + ONLINE_LASTS_MS {
        Verdict::Screenshot
    } else if now > card.expires_at || now > card.valid_until {
        Verdict::Expired
    } else if is_online {
        Verdict::Valid
    } else {
        Verdict::AskHolder
    }
}
