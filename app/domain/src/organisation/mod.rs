//! Union organisations and the tree they stand in: who answers for which place.

mod credit_code;
mod name;
mod tree;

pub use credit_code::{CodeWrong, CreditCode};
pub use name::general_union_of;
pub use tree::{OPEN_DAYS, Organisation, OrganisationTree};

codes! {
    /// 组织类型.
    pub enum Kind {
        /// 地方总工会: of a province, a city, a county.
        General = "general" "总工会",
        /// 基层工会, of one employer.
        Grassroots = "grassroots" "基层工会",
        /// 联合基层工会, of several small employers.
        JointGrassroots = "joint_grassroots" "联合基层工会",
        /// 区域性工会联合会: a town, a street, a park.
        RegionalFederation = "regional_federation" "区域性工会联合会",
        /// 行业性工会联合会.
        IndustryFederation = "industry_federation" "行业性工会联合会",
        /// 全国产业工会.
        NationalIndustry = "national_industry" "全国产业工会",
    }
}

codes! {
    /// 组织级别.
    pub enum Level {
        /// 全国.
        Nation = "nation" "全国",
        /// 省、自治区、直辖市.
        Province = "province" "省级",
        /// 地级市.
        City = "city" "市级",
        /// 县、区.
        County = "county" "县级",
        /// 乡镇、街道.
        Town = "town" "乡镇街道",
        /// 社区、村.
        Community = "community" "社区村",
        /// One employer, or a few.
        Unit = "unit" "单位",
    }
}
