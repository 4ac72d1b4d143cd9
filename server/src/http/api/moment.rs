//! Moments in a query.

use domain::time::{DAY_MS, Date, Millis};

/// Reads a date-time of RFC 3339; seconds may be left out, the offset may not. Years 2000 to 2100.
#[must_use]
pub fn read_moment(text: &str) -> Option<Millis> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let date = Date::parse(date).filter(|date| (2000..=2100).contains(&date.year))?;
    let (clock, offset_ms) = if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        (clock, 0)
    } else {
        // A plus that was not escaped arrives as a space.
        let at = time.rfind(['+', '-', ' '])?;
        let sign = if time[at..].starts_with('-') { -1 } else { 1 };
        (&time[..at], sign * read_clock(&time[at + 1..], 2)?)
    };
    let clock = clock.split_once('.').map_or(clock, |(whole, fraction)| {
        if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) { "" } else { whole }
    });
    Some(date.to_day()? * DAY_MS + read_clock(clock, 3)? - offset_ms)
}

/// `HH:MM`, with `:SS` where three parts are allowed, as milliseconds.
fn read_clock(text: &str, most_parts: usize) -> Option<Millis> {
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=most_parts).contains(&parts.len()) {
        return None;
    }
    let mut total = 0;
    for ((part, below), unit_ms) in parts.into_iter().zip([24, 60, 60]).zip([3_600_000, 60_000, 1000]) {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let value: Millis = part.parse().ok().filter(|value| digits && *value < below)?;
        total += value * unit_ms;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_their_offset() {
        let ten = 1_795_399_200_000;
        for text in [
            "2026-11-23T10:00:00+08:00",
            "2026-11-23T10:00+08:00",
            "2026-11-23T02:00:00Z",
            "2026-11-23t02:00:00.000z",
            "2026-11-22T21:00:00-05:00",
            "2026-11-23T10:00:00 08:00",
        ] {
            assert_eq!(read_moment(text), Some(ten), "{text}");
        }
        for text in [
            "",
            "2026-11-23",
            "2026-11-23T10:00:00",
            "2026-11-23T24:00:00Z",
            "2026-11-23T10:60Z",
            "2026-02-30T10:00Z",
            "1999-12-31T10:00Z",
            "2026-11-23T10:00:00.Z",
            "2026-11-23T1:00Z",
            "2026-11-23TZ",
            "2026-11-23T+8:00",
        ] {
            assert_eq!(read_moment(text), None, "{text}");
        }
    }
}
