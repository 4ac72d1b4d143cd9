//! Documents that say who somebody is.

codes! {
    /// 证件类型.
    pub enum IdType {
        /// 居民身份证 (GB 11643).
        Resident = "resident" "居民身份证",
        /// 港澳台居民居住证, numbered like a resident's.
        HmtResidence = "hmt_residence" "港澳台居民居住证",
        /// 来往内地通行证 of Hong Kong, Macau and Taiwan.
        HmtPass = "hmt_pass" "港澳台居民来往内地通行证",
        /// 外国人永久居留身份证.
        ForeignResidence = "foreign_residence" "外国人永久居留身份证",
        /// 护照.
        Passport = "passport" "护照",
    }
}
