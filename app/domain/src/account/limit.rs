//! How often something may be done: the generic cell rate algorithm (ITU-T I.371) and a count of the day.
//!
//! Pure: whoever keeps the state hands it in and keeps what comes out.

use crate::time::{DAY_MS, LocalTime, Millis};

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// One in so many milliseconds, in the long run.
    pub interval_ms: Millis,
    /// So many at once. At least 1.
    pub burst: u32,
    /// So many on one day in Shanghai.
    pub a_day: u32,
}

/// What is kept of a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Theoretical arrival time: when the next one would be due if they came evenly.
    pub tat: Millis,
    /// The day in Shanghai, counted from 1970.
    pub day: i64,
    /// How many on that day.
    pub count: u32,
}

/// Not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// In so many milliseconds again; at least 1.
    pub wait_ms: Millis,
    /// Whether the day's count is what stopped it.
    pub of_day: bool,
}

/// When the day in Shanghai ends.
#[must_use]
pub fn day_ends(now: Millis) -> Millis {
    LocalTime { day: LocalTime::of(now).day + 1, minute: 0 }.moment()
}

impl Limit {
    /// Takes one, when there is one.
    ///
    /// # Errors
    /// [`TooMany`]: the state stays as it was.
    pub fn take(self, spent: Spent, now: Millis) -> Result<Spent, TooMany> {
        let day = LocalTime::of(now).day;
        // A clock that went back does not open a fresh day: what is later stays counted.
        let (day, count) = if spent.day >= day { (spent.day, spent.count) } else { (day, 0) };
        if count >= self.a_day {
            return Err(TooMany { wait_ms: (day_ends(now) - now).max(1), of_day: true });
        }
        // A state from a clock that ran ahead must not lock for ever: nothing is due later than the burst allows.
        let longest = self.interval_ms * Millis::from(self.burst.max(1));
        let tat = spent.tat.clamp(now, now.saturating_add(longest)) + self.interval_ms;
        let wait_ms = tat - now - longest;
        if wait_ms > 0 {
            return Err(TooMany { wait_ms, of_day: false });
        }
        Ok(Spent { tat, day, count: count + 1 })
    }

    /// Gives back what was taken on this day and turned out not to count.
    #[must_use]
    pub fn give_back(self, spent: Spent, count: u32, now: Millis) -> Spent {
        let of_today = spent.day == LocalTime::of(now).day;
        Spent {
            tat: spent.tat - self.interval_ms * Millis::from(count),
            day: spent.day,
            count: if of_today { spent.count.saturating_sub(count) } else { spent.count },
        }
    }

    /// Nothing but a count of the day.
    #[must_use]
    pub const fn of_day(a_day: u32) -> Self {
        Self { interval_ms: 0, burst: 1, a_day }
    }
}

/// A state this old says nothing any more.
pub const FORGOTTEN_AFTER_MS: Millis = 2 * DAY_MS;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: Millis = 1_795_399_200_000 + 2 * 3_600_000;

    #[test]
    fn one_a_minute_is_one_a_minute() {
        let limit = Limit { interval_ms: 60_000, burst: 1, a_day: 10 };
        let first = limit.take(Spent::default(), NOON).expect("the first");
        assert_eq!(limit.take(first, NOON), Err(TooMany { wait_ms: 60_000, of_day: false }));
        assert_eq!(limit.take(first, NOON + 59_999), Err(TooMany { wait_ms: 1, of_day: false }));
        assert!(limit.take(first, NOON + 60_000).is_ok());
    }

    #[test]
    fn the_eleventh_of_a_day_waits_for_midnight_in_shanghai() {
        let limit = Limit { interval_ms: 60_000, burst: 1, a_day: 10 };
        let mut spent = Spent::default();
        for minute in 0..10 {
            spent = limit.take(spent, NOON + minute * 60_000).expect("one of ten");
        }
        let late = NOON + 3_600_000;
        let refused = limit.take(spent, late).expect_err("the eleventh");
        assert_eq!(refused, TooMany { wait_ms: 11 * 3_600_000, of_day: true });
        assert_eq!(limit.take(spent, late + refused.wait_ms).map(|spent| spent.count), Ok(1));
    }

    #[test]
    fn what_is_given_back_may_be_taken_again() {
        let limit = Limit { interval_ms: 60_000, burst: 1, a_day: 1 };
        let spent = limit.take(Spent::default(), NOON).expect("one");
        let back = limit.give_back(spent, 1, NOON + 1);
        assert!(limit.take(back, NOON + 1).is_ok());
    }

    #[test]
    fn a_clock_that_was_wrong_locks_nobody_out_for_long() {
        let limit = Limit { interval_ms: 1000, burst: 3, a_day: 100 };
        let ahead = Spent { tat: NOON + 1000 * DAY_MS, day: 0, count: 0 };
        assert_eq!(limit.take(ahead, NOON), Err(TooMany { wait_ms: 1000, of_day: false }));
    }

    proptest! {
        #[test]
        fn never_more_than_the_burst_and_the_rate(
            gaps in proptest::collection::vec(0_i64..5000, 1..200),
            burst in 1_u32..6,
            interval_ms in 1_i64..3000,
        ) {
            let limit = Limit { interval_ms, burst, a_day: u32::MAX };
            let (mut now, mut spent, mut taken) = (NOON, Spent::default(), 0_i64);
            for gap in gaps {
                now += gap;
                if let Ok(after) = limit.take(spent, now) {
                    spent = after;
                    taken += 1;
                }
                prop_assert!(taken <= i64::from(burst) + (now - NOON) / interval_ms);
            }
        }
    }
}
