//! Why nobody can say.

use crate::calendar::Holiday;

/// Why nobody can say whether a door is open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// No hours are given.
    NotGiven,
    /// The text is not understood.
    Unclear,
    /// The hours do not speak of this day off.
    Holiday(Holiday),
    /// The hours do not speak of this make-up working day.
    MakeUp(Holiday),
    /// 放假安排还没公布.
    NoNotice(Holiday),
    /// The hours speak of school holidays, whose dates nobody publishes for the country.
    SchoolHoliday,
    /// The hours follow the sun.
    Sun,
    /// The hours say when it opens, not when it closes.
    OpenEnd,
    /// In the source's words: 预约.
    Comment(Box<str>),
    /// Workers at the door say otherwise.
    Reported,
}

impl Why {
    /// The code of the public API.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotGiven => "not_given",
            Self::Unclear => "unclear",
            Self::Holiday(_) => "holiday",
            Self::MakeUp(_) => "make_up_day",
            Self::NoNotice(_) => "no_notice",
            Self::SchoolHoliday => "school_holiday",
            Self::Sun => "sun",
            Self::OpenEnd => "open_end",
            Self::Comment(_) => "comment",
            Self::Reported => "reported",
        }
    }
}
