//! An application: what it asks, and through which states it goes.

codes! {
    /// 申请的状态.
    pub enum ApplicationState {
        /// Being filled in; nobody else sees it.
        Draft = "draft" "草稿",
        /// With its owning organisation, and a due date.
        Submitted = "submitted" "待审核",
        /// The organisation asks back.
        NeedsInfo = "needs_info" "补充材料",
        /// There is a membership.
        Approved = "approved" "已通过",
        /// With a reason that the applicant reads.
        Rejected = "rejected" "未通过",
        /// By the applicant.
        Withdrawn = "withdrawn" "已撤回",
    }
}

impl ApplicationState {
    /// Whether somebody still has to do something: a person has at most one such application.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted | Self::NeedsInfo)
    }

    /// Whether it may become that.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        use ApplicationState::{Approved, Draft, NeedsInfo, Rejected, Submitted, Withdrawn};
        matches!(
            (self, next),
            (Draft, Submitted | Withdrawn)
                | (Submitted, NeedsInfo | Approved | Rejected | Withdrawn)
                | (NeedsInfo, Submitted | Approved | Rejected | Withdrawn)
        )
    }
}

codes! {
    /// The two lanes at the door.
    pub enum Lane {
        /// 我的单位有工会.
        Unit = "unit" "我的单位有工会",
        /// 没有或说不清: by the usual place.
        Region = "region" "没有或说不清",
    }
}

codes! {
    /// What is applied for.
    pub enum ApplicationKind {
        /// A new membership.
        Join = "join" "新入会",
        /// 已是会员: the membership that there is moves.
        Transfer = "transfer" "已是会员，转接会籍",
    }
}

codes! {
    /// The questions, one a screen, in the order they are asked.
    pub enum Screen {
        /// New, or a member already.
        Kind = "kind" "你入过会吗",
        /// Which lane.
        Lane = "lane" "你的单位有工会吗",
        /// What one does.
        Occupation = "occupation" "你做什么工作",
        /// For which platform or unit; optional in the lane of the region.
        Unit = "unit" "你给谁干活",
        /// Where one usually is.
        Place = "place" "你常在哪里",
        /// 姓名.
        Name = "name" "你叫什么",
        /// Type and number of the document.
        Id = "id" "你的证件号码",
        /// Everything once more, who will decide by when, consent, send.
        Check = "check" "看一遍，发出去",
    }
}

impl Screen {
    /// The one after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The one before it.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|at| Self::ALL.get(at)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ApplicationState as S;

    #[test]
    fn what_is_decided_stays_decided() {
        for decided in [S::Approved, S::Rejected, S::Withdrawn] {
            assert!(!decided.is_open());
            assert!(S::ALL.iter().all(|next| !decided.may_become(*next)), "{decided:?}");
        }
    }

    #[test]
    fn a_draft_is_decided_by_nobody() {
        assert!(!S::Draft.may_become(S::Approved) && !S::Draft.may_become(S::Rejected));
        assert!(!S::Draft.may_become(S::NeedsInfo));
    }

    #[test]
    fn screens_lead_to_one_another_and_back() {
        assert_eq!(Screen::Kind.previous(), None);
        assert_eq!(Screen::Check.next(), None);
        for screen in Screen::ALL {
            assert!(screen.next().is_none_or(|next| next.previous() == Some(*screen)));
        }
    }
}
