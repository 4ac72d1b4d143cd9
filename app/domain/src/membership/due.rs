//! By when an application has to be decided.

use crate::{
    calendar::{Calendar, DayKind},
    time::{LocalTime, Millis},
};

/// 工作日 within which an organisation decides.
pub const DECIDED_WITHIN_DAYS: u32 = 5;

/// No stretch of days off is as long as this: the count ends whatever a calendar holds.
const FURTHEST_DAYS: i64 = 400;

/// The last minute of the `days`-th working day after the day of `from`, by the national calendar in Shanghai. The day
/// itself does not count.
///
/// A day about which a coming notice may say something (放假安排还没公布) is counted as no working day, whether it lies
/// on a weekday or a weekend: so the date that is told may be later than the notice would have it, never earlier.
#[must_use]
pub fn due_after(calendar: &Calendar, from: Millis, days: u32) -> Millis {
    let first = LocalTime::of(from).day;
    let mut left = days;
    let mut last = first;
    for day in first + 1..first + FURTHEST_DAYS {
        if left == 0 {
            break;
        }
        if is_surely_worked(calendar, day) {
            left -= 1;
            last = day;
        }
    }
    LocalTime { day: last, minute: 24 * 60 - 1 }.moment()
}

/// Whether everybody works on a day, whatever is still to be announced.
#[must_use]
pub fn is_surely_worked(calendar: &Calendar, day: i64) -> bool {
    match calendar.kind_of(day) {
        DayKind::MakeUp(_) => true,
        DayKind::Off(_) | DayKind::Likely(_) => false,
        DayKind::Ordinary => LocalTime { day, minute: 0 }.weekday() < 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::{Holiday, Notice, Ruling},
        time::Date,
    };
    use proptest::prelude::*;

    fn moment(text: &str, hour: u16) -> Millis {
        let day = Date::parse(text).and_then(Date::to_day).expect("a date");
        LocalTime { day, minute: hour * 60 }.moment()
    }

    fn due(calendar: &Calendar, text: &str) -> String {
        LocalTime::of(due_after(calendar, moment(text, 10), DECIDED_WITHIN_DAYS)).date().to_string()
    }

    fn notice(year: i64) -> Notice {
        Notice { year, number: "".into(), published: None, source: "test".into() }
    }

    fn of_2026() -> Calendar {
        let mut calendar = Calendar::default();
        let off = |day| (Date { year: 2026, month: 10, day }, Ruling::Off, Holiday::NationalDay);
        let mut days: Vec<_> = (1..=7).map(off).collect();
        days.push((Date { year: 2026, month: 10, day: 10 }, Ruling::MakeUp, Holiday::NationalDay));
        calendar.add(notice(2026), &days).expect("a calendar");
        calendar.add_festivals([(Date { year: 2027, month: 10, day: 1 }, Holiday::NationalDay)]);
        calendar
    }

    #[test]
    fn it_is_the_end_of_the_fifth_working_day() {
        let calendar = of_2026();
        assert_eq!(due(&calendar, "2026-11-23"), "2026-11-30", "a Monday: to the next one");
        assert_eq!(due(&calendar, "2026-11-28"), "2026-12-04", "a Saturday");
        assert_eq!(due(&calendar, "2026-09-30"), "2026-10-13", "days off, and a Saturday that is worked");
        let at = due_after(&calendar, moment("2026-11-23", 0), DECIDED_WITHIN_DAYS);
        assert_eq!(at, moment("2026-12-01", 0) - 60_000);
    }

    #[test]
    fn days_that_may_be_off_do_not_count_before_the_notice_is_out() {
        let mut calendar = of_2026();
        let before = due(&calendar, "2027-09-24");
        calendar.add(notice(2027), &[]).expect("a calendar");
        assert!(before > due(&calendar, "2027-09-24"), "{before}");
    }

    proptest! {
        #[test]
        fn what_was_told_before_a_notice_is_never_earlier_than_what_it_says(
            from in 20_400_i64..22_000,
            minute in 0_u16..1440,
            days in 0_u32..12,
            off in proptest::collection::vec(any::<bool>(), 40),
        ) {
            let mut unknown = Calendar::default();
            let festivals = [(2, 1, Holiday::SpringFestival), (5, 1, Holiday::LabourDay), (10, 1, Holiday::NationalDay)];
            for year in 2026..2032 {
                unknown.add_festivals(
                    festivals.iter().map(|&(month, day, holiday)| (Date { year, month, day }, holiday)),
                );
            }
            let mut known = unknown.clone();
            for year in 2025..2033 {
                let first = Date { year, month: 1, day: 1 }.to_day().expect("a date");
                let rulings: Vec<_> = (first..first + 365)
                    .filter_map(|day| {
                        let DayKind::Likely(holiday) = unknown.kind_of(day) else { return None };
                        let is_weekend = LocalTime { day, minute: 0 }.weekday() >= 5;
                        let is_ruled = off[usize::try_from(day.rem_euclid(40)).expect("small")];
                        let ruling = if is_weekend { Ruling::MakeUp } else { Ruling::Off };
                        is_ruled.then_some((Date::of_day(day), ruling, holiday))
                    })
                    .collect();
                known.add(notice(year), &rulings).expect("a calendar");
            }
            let at = LocalTime { day: from, minute }.moment();
            let (told, said) = (due_after(&unknown, at, days), due_after(&known, at, days));
            prop_assert!(told >= said);
            // Counted apart: exactly so many working days lie between.
            let worked = (from + 1..=LocalTime::of(said).day).filter(|&day| is_surely_worked(&known, day)).count();
            prop_assert_eq!(worked, usize::try_from(days).expect("small"));
            prop_assert!(said >= at);
        }

        #[test]
        fn who_comes_later_is_never_told_an_earlier_day(from in 0_i64..2_000_000_000_000, later in 0_i64..864_000_000) {
            let calendar = of_2026();
            prop_assert!(due_after(&calendar, from, 5) <= due_after(&calendar, from + later, 5));
        }
    }
}
