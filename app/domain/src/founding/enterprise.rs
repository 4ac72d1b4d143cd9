//! Platforms, head enterprises and their affiliates.

codes! {
    /// 企业类型.
    pub enum EnterpriseKind {
        /// A platform that workers know by name.
        Platform = "platform" "平台",
        /// 头部企业.
        Head = "head" "头部企业",
        /// A branch of one.
        Branch = "branch" "分公司",
        /// A franchisee.
        Franchise = "franchise" "加盟",
        /// An agent: 众包、配送服务商.
        Agent = "agent" "代理",
        /// A dispatch firm.
        Dispatch = "dispatch" "劳务派遣",
        /// Any other employer.
        Unit = "unit" "其他单位",
    }
}

impl EnterpriseKind {
    /// Whether it stands under another one.
    #[must_use]
    pub const fn is_affiliate(self) -> bool {
        matches!(self, Self::Branch | Self::Franchise | Self::Agent | Self::Dispatch)
    }
}

codes! {
    /// Whether it has a union.
    pub enum UnionState {
        /// 有工会.
        Has = "has_union" "有工会",
        /// 筹建中.
        Preparing = "preparing" "筹建中",
        /// 没有.
        None = "none" "没有",
        /// 不清楚.
        Unknown = "unknown" "不清楚",
    }
}
