//! Opening hours as rules: what the text says, before anybody asks for a day.

use super::Why;

/// How a rule joins those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Joint {
    /// `;`: on the days it speaks of, instead of what was said before.
    Instead,
    /// `,`: besides what was said before.
    Besides,
    /// `||`: where nothing before it says open.
    Otherwise,
}

/// What a rule says of its times.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Says {
    Open,
    Closed,
    Unknown(Why),
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Rule {
    pub joint: Joint,
    pub dates: Dates,
    /// None: the whole day.
    pub times: Vec<Time>,
    pub says: Says,
}

/// Which dates: all of what is given must hold; within one list any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Dates {
    pub years: Vec<Years>,
    pub spans: Vec<DateSpan>,
    pub weeks: Vec<Weeks>,
    /// `PH,Mo-Fr` is one list, `SH Mo-Fr` are two.
    pub days: Vec<Vec<Day>>,
}

impl Dates {
    pub fn is_every_day(&self) -> bool {
        *self == Self::default()
    }

    /// Days named by weekday or holiday.
    pub fn named(&self) -> impl Iterator<Item = &Day> {
        self.days.iter().flatten()
    }
}

/// `2024-2030/2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Years {
    pub from: i64,
    pub to: i64,
    pub step: i64,
}

/// `week 1-53/2` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Weeks {
    pub from: u8,
    pub to: u8,
    pub step: u8,
}

/// A stretch of the calendar that comes back each year, or once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct DateSpan {
    pub from: Anchor,
    pub to: Anchor,
}

/// A date of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Anchor {
    /// Only of this year.
    pub year: Option<i64>,
    pub date: AnchorDate,
    /// Days after it; before when negative.
    pub offset: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum AnchorDate {
    /// Month 1 to 12, day 1 to 31; a day past the month's end is its last, or the next month's first
    /// where a span begins.
    Fixed(u8, u8),
    /// The last day of a month.
    MonthEnd(u8),
    /// Month, weekday (0 is Monday), which one (negative counts from the end).
    Nth(u8, u8, i8),
    Easter,
}

/// A day named by weekday or holiday.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Day {
    /// From and to weekday, 0 is Monday; over Sunday when `to` is before `from`.
    Weekdays(u8, u8),
    /// The nth of the month, moved by some days: `Mo[1] +2 days`.
    Nth { weekday: u8, which: Vec<i8>, offset: i64 },
    /// PH, moved by some days.
    Public { offset: i64 },
    /// SH.
    School,
}

/// A span of a day in minutes; `to` may lie on the next day, up to 48:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Time {
    Span {
        from: u16,
        to: u16,
    },
    /// Open from `from` to `to`, and from then on nobody knows until `guess`: `08:00-17:00+`, `17:00+`.
    OpenEnd {
        from: u16,
        to: u16,
        guess: u16,
    },
    /// Something with sunrise or sunset: it depends on the place.
    Sun,
}

impl Time {
    /// The minute it begins at, where the clock says so.
    pub const fn begins(self) -> Option<u16> {
        match self {
            Self::Span { from, .. } | Self::OpenEnd { from, .. } => Some(from),
            Self::Sun => None,
        }
    }
}
