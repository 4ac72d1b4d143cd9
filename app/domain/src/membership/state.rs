//! 会籍 and its states.

codes! {
    /// 会籍的状态. Before approval there is none, only 受理中（临时凭证）.
    pub enum MembershipState {
        /// 在籍.
        Active = "active" "在籍",
        /// 转出中: still a member of the old organisation.
        Transferring = "transferring" "转出中",
        /// 保留会籍: out of work, called up, retired; no dues, no loss.
        Retained = "retained" "保留会籍",
        /// 退会.
        Resigned = "resigned" "已退会",
        /// 自动终止, after a warning.
        Lapsed = "lapsed" "自动终止",
        /// 开除会籍, with a reason and an objection.
        Expelled = "expelled" "开除会籍",
    }
}

impl MembershipState {
    /// Whether the person is a member: a person has at most one such membership.
    #[must_use]
    pub const fn is_member(self) -> bool {
        matches!(self, Self::Active | Self::Transferring | Self::Retained)
    }

    /// Whether it may become that.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        use MembershipState::{Active, Expelled, Lapsed, Resigned, Retained, Transferring};
        matches!(
            (self, next),
            (Active, Transferring | Retained | Resigned | Lapsed | Expelled)
                | (Transferring, Active | Resigned | Expelled)
                | (Retained, Active | Transferring | Resigned | Expelled)
                // An objection was right.
                | (Expelled | Lapsed, Active)
        )
    }

    /// Whether a card is valid in it.
    #[must_use]
    pub const fn has_card(self) -> bool {
        self.is_member()
    }
}

codes! {
    /// How a person stands to the union at this moment.
    pub enum Standing {
        /// Neither.
        None = "none" "还没入会",
        /// 受理中（临时凭证）: no membership.
        Pending = "pending" "受理中（临时凭证）",
        /// A member.
        Member = "member" "会员",
        /// Was one.
        Former = "former" "曾是会员",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MembershipState as S;

    #[test]
    fn who_resigned_joins_anew_and_is_not_put_back() {
        assert!(S::ALL.iter().all(|next| !S::Resigned.may_become(*next)));
    }

    #[test]
    fn a_member_can_resign_at_any_time() {
        for state in S::ALL.iter().filter(|state| state.is_member()) {
            assert!(state.may_become(S::Resigned), "{state:?}");
        }
    }

    #[test]
    fn a_retained_membership_does_not_lapse() {
        assert!(!S::Retained.may_become(S::Lapsed));
    }
}
