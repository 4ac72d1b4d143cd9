//! Months by which joining is counted.

use crate::time::{DAY_MS, Date, LocalTime, Millis};
use std::fmt;

/// So long after its end a month is counted: time to decide what was sent on its last days (5 working days, and
/// holidays).
const COUNTED_AFTER_MS: Millis = 14 * DAY_MS;

/// A month of the calendar in Asia/Shanghai: 12 × year + month − 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub i32);

impl Month {
    /// The month of a moment.
    #[must_use]
    pub fn of(moment: Millis) -> Self {
        let date = LocalTime::of(moment).date();
        Self(i32::try_from(date.year).unwrap_or(0) * 12 + i32::from(date.month) - 1)
    }

    /// The first month of a year.
    #[must_use]
    pub const fn first_of(year: i32) -> Self {
        Self(year * 12)
    }

    /// The last month that is counted at a moment.
    #[must_use]
    pub fn last_counted(now: Millis) -> Self {
        let mut month = Self::of(now);
        while month.counted_at() > now {
            month = Self(month.0 - 1);
        }
        month
    }

    /// Its year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 to 12.
    #[must_use]
    pub fn number(self) -> u8 {
        u8::try_from(self.0.rem_euclid(12)).unwrap_or(0) + 1
    }

    /// When it begins.
    #[must_use]
    pub fn begins(self) -> Millis {
        Date { year: i64::from(self.year()), month: self.number(), day: 1 }.begins().unwrap_or(0)
    }

    /// When the next begins.
    #[must_use]
    pub fn ends(self) -> Millis {
        Self(self.0 + 1).begins()
    }

    /// When it is counted.
    #[must_use]
    pub fn counted_at(self) -> Millis {
        self.ends() + COUNTED_AFTER_MS
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_counted_two_weeks_after_its_end() {
        let october = Month(2026 * 12 + 9);
        assert_eq!(october.to_string(), "2026-10");
        assert_eq!(Month::of(october.begins()), october);
        assert_eq!(Month::of(october.ends() - 1), october);
        let counted = Date { year: 2026, month: 11, day: 15 }.begins().expect("a date");
        assert_eq!(october.counted_at(), counted);
        assert_eq!(Month::last_counted(counted), october);
        assert_eq!(Month::last_counted(counted - 1), Month(october.0 - 1));
        assert_eq!(Month(2027 * 12).to_string(), "2027-01");
    }
}
