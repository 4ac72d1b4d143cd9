//! What a station does when the nation rests or makes up.

codes! {
    /// 放假安排: what holds on days of which the hours themselves do not speak.
    pub enum HolidayPolicy {
        /// It rests when the nation rests and works when the nation works.
        Follow = "follow" "跟国家放假安排",
        /// It is closed on days off and on make-up days.
        Closed = "closed" "放假和调休都不开",
        /// On a day off its weekday's hours hold; on a make-up day those of a working day.
        AsWeekday = "as_weekday" "按工作日开",
        /// Nobody has said.
        Unknown = "unknown" "没有写明",
    }
}

#[expect(clippy::derivable_impls, reason = "`codes!` derives for all closed lists alike")]
impl Default for HolidayPolicy {
    fn default() -> Self {
        Self::Unknown
    }
}
