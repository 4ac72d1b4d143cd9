//! 职业: a code list that an administrator edits, with a flag for each grouping.

/// An occupation. 网约车司机 is among the four key groups (2021) and not among the eight (2018), which is why the
/// groupings are flags and not a list of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupation {
    /// The code it is stored as.
    pub code: String,
    /// The word a person reads.
    pub name: String,
    /// 八大群体 (2018).
    pub eight: bool,
    /// 四类重点群体 (2021).
    pub four: bool,
    /// The trade, as an industry federation names it; `None` where there is none.
    pub industry: Option<String>,
    /// Its place in the list.
    pub position: i32,
    /// No longer offered; what was filled in with it keeps it.
    pub is_retired: bool,
}
