//! Months of the calendar in Shanghai.

use domain::time::{Date, LocalTime, Millis};
use std::fmt;

/// A month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month {
    year: i64,
    month: u8,
}

impl Month {
    /// The month of a moment.
    pub(super) fn of(moment: Millis) -> Self {
        let date = LocalTime::of(moment).date();
        Self { year: date.year, month: date.month }
    }

    /// Reads `2026-11`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let date = Date::parse(&format!("{text}-01"))?;
        Some(Self { year: date.year, month: date.month })
    }

    pub(super) const fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    pub(super) const fn before(self) -> Self {
        if self.month == 1 {
            Self { year: self.year - 1, month: 12 }
        } else {
            Self { year: self.year, month: self.month - 1 }
        }
    }

    /// When it begins.
    pub(super) fn begins(self) -> Millis {
        Date { year: self.year, month: self.month, day: 1 }.begins().unwrap_or(Millis::MAX)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_and_follows_the_one_before_it() {
        let month = Month::parse("2026-12").expect("a month");
        assert_eq!((month.next().to_string(), month.before().to_string()), ("2027-01".into(), "2026-11".into()));
        assert_eq!(Month::of(month.begins()), month);
        assert_eq!(Month::of(month.begins() - 1), month.before());
        for wrong in ["", "2026", "2026-13", "2026-11-01", "x"] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }
}
