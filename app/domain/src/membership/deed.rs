//! What can be done to a membership, and what it is after that.

use super::MembershipState;

/// A deed of the member, of an officer, or of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The member asks to go to another organisation.
    AskTransfer,
    /// Both sides agreed: a member of the new organisation.
    Arrive,
    /// It was refused or taken back: a member of the old one as before.
    Stay,
    /// 保留会籍.
    Retain,
    /// Back from it.
    Resume,
    /// 退会.
    Resign,
    /// 自动终止.
    Lapse,
    /// 开除会籍.
    Expel,
    /// An objection was right. Who has joined anew meanwhile stays there.
    Restore {
        /// Whether the person is a member by another membership.
        has_another: bool,
    },
}

impl Deed {
    /// The state after it; `None` where it cannot be done.
    #[must_use]
    pub fn after(self, state: MembershipState) -> Option<MembershipState> {
        use MembershipState as S;
        let next = match self {
            Self::AskTransfer => S::Transferring,
            Self::Arrive | Self::Stay if state == S::Transferring => S::Active,
            Self::Resume if state == S::Retained => S::Active,
            Self::Restore { has_another: false } if matches!(state, S::Lapsed | S::Expelled) => S::Active,
            Self::Arrive | Self::Stay | Self::Resume | Self::Restore { .. } => return None,
            Self::Retain => S::Retained,
            Self::Resign => S::Resigned,
            Self::Lapse => S::Lapsed,
            Self::Expel => S::Expelled,
        };
        state.may_become(next).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MembershipState as S;

    #[test]
    fn only_what_ended_against_the_member_is_restored_and_never_beside_another() {
        for state in S::ALL {
            let ended = matches!(state, S::Lapsed | S::Expelled);
            assert_eq!(Deed::Restore { has_another: false }.after(*state).is_some(), ended, "{state:?}");
            assert_eq!(Deed::Restore { has_another: true }.after(*state), None);
        }
    }

    #[test]
    fn whoever_is_on_the_way_neither_lapses_nor_asks_twice() {
        assert_eq!(Deed::Lapse.after(S::Transferring), None);
        assert_eq!(Deed::AskTransfer.after(S::Transferring), None);
        assert_eq!(Deed::Resign.after(S::Transferring), Some(S::Resigned));
        assert_eq!(Deed::Stay.after(S::Transferring), Some(S::Active));
        assert_eq!(Deed::Stay.after(S::Retained), None);
    }
}
