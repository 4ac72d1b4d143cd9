//! Moments in spoken words, in Asia/Shanghai.

use domain::{
    station::Clock,
    time::{LocalTime, Millis},
};

/// `周一` … `周日`, Monday first.
pub const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// A clock time seen from now: `22:00`, `明天 5:00`, `周三 9:00`, `12 月 3 日 9:00`.
#[must_use]
pub fn clock(at: Millis, now: Millis) -> String {
    let (then, today) = (LocalTime::of(at), LocalTime::of(now).day);
    let time = Clock(then.minute).to_string();
    let time = time.strip_prefix('0').filter(|rest| !rest.starts_with(':')).map_or(time.as_str(), |rest| rest);
    match then.day - today {
        0 => time.to_owned(),
        1 => format!("明天 {time}"),
        2..=6 => format!("{} {time}", WEEKDAYS[usize::from(then.weekday())]),
        _ => format!("{} {time}", day(at)),
    }
}

/// `11 月 30 日`.
#[must_use]
pub fn day(at: Millis) -> String {
    let date = LocalTime::of(at).date();
    format!("{} 月 {} 日", date.month, date.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 2026-11-23 10:00 in Shanghai.
    const NOW: Millis = 1_795_399_200_000;
    const HOUR: Millis = 3_600_000;

    #[test]
    fn a_moment_is_told_from_where_the_listener_stands() {
        for (hours, words) in
            [(12, "22:00"), (-4, "6:00"), (19, "明天 5:00"), (47, "周三 9:00"), (24 * 10, "12 月 3 日 10:00")]
        {
            assert_eq!(clock(NOW + hours * HOUR, NOW), words);
        }
        assert_eq!(day(NOW), "11 月 23 日");
    }
}
