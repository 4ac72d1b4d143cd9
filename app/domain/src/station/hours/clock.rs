//! Minutes of a day as people write them.

use std::fmt;

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 1440;

/// A minute of the day as `HH:MM`; past midnight wraps, 1440 is `24:00`.
#[derive(Clone, Copy, Debug)]
pub struct Clock(pub u16);

impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = if self.0 > DAY_MINUTES { self.0 - DAY_MINUTES } else { self.0 };
        write!(out, "{:02}:{:02}", minute / 60, minute % 60)
    }
}
