//! Moments and the clock on the wall in China.

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

/// Milliseconds of a day.
pub const DAY_MS: Millis = 86_400_000;

const MINUTE_MS: Millis = 60_000;
/// Asia/Shanghai has been UTC+8 without summer time since 1991 (tz database).
const SHANGHAI_OFFSET_MS: Millis = 8 * 3_600_000;

/// The wall clock of Asia/Shanghai, to the minute, whatever the machine's own zone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// Days since 1970-01-01.
    pub day: i64,
    /// Minutes since midnight, 0 to 1439.
    pub minute: u16,
}

impl LocalTime {
    /// The wall clock at a moment.
    #[must_use]
    pub const fn of(moment: Millis) -> Self {
        let local = moment.saturating_add(SHANGHAI_OFFSET_MS);
        let minute = local.rem_euclid(DAY_MS) / MINUTE_MS;
        // 0..1440 by construction.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rem_euclid of a day is 0..1440")]
        Self { day: local.div_euclid(DAY_MS), minute: minute as u16 }
    }

    /// 0 is Monday, 6 is Sunday. (1970-01-01 was a Thursday.)
    #[must_use]
    pub const fn weekday(self) -> u8 {
        #[expect(clippy::cast_possible_truncation, reason = "rem_euclid of 7 is 0..7")]
        let day = (self.day + 3).rem_euclid(7) as u8;
        day
    }

    /// The calendar date.
    #[must_use]
    pub fn date(self) -> Date {
        Date::of_day(self.day)
    }

    /// The moment at which this minute begins.
    #[must_use]
    pub const fn moment(self) -> Millis {
        self.day * DAY_MS + self.minute as Millis * MINUTE_MS - SHANGHAI_OFFSET_MS
    }
}

/// A date of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, such as 2026.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// The date of a day counted from 1970-01-01 (civil-from-days, H. Hinnant's algorithm).
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "month and day are in range by the algorithm"
    )]
    pub const fn of_day(day: i64) -> Self {
        let shifted = day + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_index + 2) / 5 + 1) as u8;
        let month = if month_index < 10 { month_index + 3 } else { month_index - 9 } as u8;
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        Self { year, month, day }
    }

    /// The day counted from 1970-01-01; `None` when there is no such date.
    #[must_use]
    pub fn to_day(self) -> Option<i64> {
        if !(1..=12).contains(&self.month) || !(1..=31).contains(&self.day) || self.year.abs() > 9999 {
            return None;
        }
        let year = self.year - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_index = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_index + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let day = era * 146_097 + day_of_era - 719_468;
        (Self::of_day(day) == self).then_some(day)
    }

    /// Reads `2026-11-23`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        date.to_day().map(|_| date)
    }

    /// The moment the date begins in Asia/Shanghai; `None` when there is no such date.
    #[must_use]
    pub fn begins(self) -> Option<Millis> {
        Some(LocalTime { day: self.to_day()?, minute: 0 }.moment())
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_clock_is_eight_hours_ahead_and_knows_the_weekday() {
        // 2026-11-23T02:00:00Z is a Monday, 10:00 in Shanghai.
        let at = LocalTime::of(1_795_399_200_000);
        assert_eq!((at.date().to_string().as_str(), at.minute, at.weekday()), ("2026-11-23", 600, 0));
        // 16:00Z is already tomorrow there.
        assert_eq!(LocalTime::of(1_795_399_200_000 + 14 * 3_600_000).date().to_string(), "2026-11-24");
    }

    #[test]
    fn a_date_reads_back_and_a_wrong_one_is_refused() {
        for day in -200_000..200_000_i64 {
            assert_eq!(Date::of_day(day).to_day(), Some(day));
        }
        assert_eq!(Date::parse("2024-02-29").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        for wrong in ["2023-02-29", "2026-13-01", "2026-1", "", "26-01-01", "2026-00-10", "2026-04-31", "x"] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_minute_begins_at_its_own_moment() {
        let at = LocalTime::of(1_795_399_259_999);
        assert_eq!(at.moment(), 1_795_399_200_000);
    }
}
