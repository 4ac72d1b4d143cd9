//! Moments as the gateways want them written.

use domain::time::{DAY_MS, Date, Millis};

/// `2026-11-24` in UTC.
pub(super) fn date(now: Millis) -> String {
    Date::of_day(now.div_euclid(DAY_MS)).to_string()
}

/// `2026-11-24T08:09:10Z` (ISO 8601 in UTC).
pub(super) fn moment(now: Millis) -> String {
    let seconds = now.rem_euclid(DAY_MS) / 1000;
    format!("{}T{:02}:{:02}:{:02}Z", date(now), seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc() {
        assert_eq!(moment(1_499_827_339_000), "2017-07-12T02:42:19Z");
        assert_eq!(date(1_551_113_065_000), "2019-02-25");
    }
}
