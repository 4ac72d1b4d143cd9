//! Through which stages a request for a union and a report of obstruction go.

use super::UnionState;

codes! {
    /// How far a request is.
    pub enum FoundingStage {
        /// Nobody takes it yet: it goes on by itself once somebody does.
        Waiting = "waiting" "等当地工会开通",
        /// With a union, which has not been in touch yet.
        Sent = "sent" "已送达工会",
        /// The union has been in touch.
        Contacted = "contacted" "办理中",
        /// It has an outcome.
        Done = "done" "已办结",
        /// Everybody has left.
        Left = "left" "大家都退出了",
    }
}

impl FoundingStage {
    /// Whether workers may still join and officers act.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Sent | Self::Contacted)
    }
}

codes! {
    /// What became of it.
    pub enum FoundingOutcome {
        /// A union of the employer's own.
        Grassroots = "grassroots" "成立了基层工会",
        /// One with other small employers.
        Joint = "joint" "成立了联合基层工会",
        /// One of the trade.
        Federation = "federation" "成立了行业性工会联合会",
        /// They go to a union that is there.
        Placed = "placed" "编入已有的工会",
        /// None, with a reason.
        None = "none" "没有建成",
    }
}

impl FoundingOutcome {
    /// What it says of the employer in the list of enterprises.
    #[must_use]
    pub const fn union(self) -> UnionState {
        match self {
            Self::Grassroots | Self::Joint | Self::Federation | Self::Placed => UnionState::Has,
            Self::None => UnionState::None,
        }
    }
}

codes! {
    /// How far a report is.
    pub enum ObstructionStage {
        /// 已登记.
        Registered = "registered" "已登记",
        /// 办理中.
        Working = "working" "办理中",
        /// 已办结, with what was done.
        Done = "done" "已办结",
    }
}
