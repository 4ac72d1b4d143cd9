//! What ships with the program: `server/data/calendar`, whose `SOURCE.md` says where it is from.

use domain::{
    calendar::{Calendar, Holiday, Notice, Ruling},
    time::Date,
};
use serde::Deserialize;

const DAYS: &str = include_str!("../../data/calendar/days.csv");
const NOTICES: &str = include_str!("../../data/calendar/notices.csv");
const FESTIVALS: &str = include_str!("../../data/calendar/festivals.csv");
const SOURCE: &str = "chinesecalendar 1.11.0";

#[derive(Deserialize)]
struct NoticeRow {
    year: i64,
    number: String,
    published: String,
}

/// The notices that were out when this program was made, and the festivals of later years.
///
/// # Panics
/// The tables in the program are damaged: a test reads every row.
#[must_use]
pub fn shipped() -> Calendar {
    let days: Vec<(Date, Ruling, Holiday)> =
        rows(DAYS).map(|(date, ruling, holiday)| (day(date), ruling, holiday)).collect();
    let mut calendar = Calendar::default();
    for NoticeRow { year, number, published } in rows(NOTICES) {
        let of_year: Vec<_> =
            days.iter().copied().filter(|(date, _, holiday)| year_of(*date, *holiday) == year).collect();
        let published = Date::parse(&published);
        let notice = Notice { year, number: number.into(), published, source: SOURCE.into() };
        calendar.add(notice, &of_year).expect("a test adds every shipped notice");
    }
    calendar.add_festivals(rows(FESTIVALS).map(|(date, holiday): (String, Holiday)| (day(date), holiday)));
    calendar
}

/// The year whose notice rules on a day: 元旦 may begin in December.
const fn year_of(date: Date, holiday: Holiday) -> i64 {
    date.year + if date.month == 12 && matches!(holiday, Holiday::NewYear) { 1 } else { 0 }
}

fn rows<T: for<'d> Deserialize<'d> + 'static>(table: &'static str) -> impl Iterator<Item = T> {
    let reader = csv::Reader::from_reader(table.as_bytes());
    reader.into_deserialize().map(|row| row.expect("a test reads every shipped row"))
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn day(text: String) -> Date {
    Date::parse(&text).expect("a test reads every shipped row")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::DayKind;
    use std::collections::BTreeMap;

    /// First and last day off, the days worked for them.
    type Told = (&'static str, &'static str, &'static [&'static str]);

    fn assert_year(year: i64, told: &[Told]) {
        let parsed = |text: &str| Date::parse(&format!("{year}-{text}")).expect("a date");
        let mut expected = BTreeMap::new();
        for (first, last, worked) in told {
            let [first, last] = [first, last].map(|text| parsed(text).to_day().expect("a date"));
            expected.extend((first..=last).map(|day| (Date::of_day(day), Ruling::Off)));
            expected.extend(worked.iter().map(|text| (parsed(text), Ruling::MakeUp)));
        }
        let calendar = shipped();
        let ruled: BTreeMap<Date, Ruling> = calendar.ruled_by(year).map(|(date, ruling, _)| (date, ruling)).collect();
        assert_eq!(ruled, expected);
        // And no other day of the year is anything but a day like any other, up to the coming 元旦.
        let start = Date { year, month: 1, day: 1 }.to_day().expect("a date");
        for day in start..start + 340 {
            let is_ruled = expected.contains_key(&Date::of_day(day));
            assert_eq!(calendar.kind_of(day) != DayKind::Ordinary, is_ruled, "{}", Date::of_day(day));
        }
    }

    #[test]
    fn the_year_2025_is_as_its_notice_says() {
        assert_year(
            2025,
            &[
                ("01-01", "01-01", &[]),
                ("01-28", "02-04", &["01-26", "02-08"]),
                ("04-04", "04-06", &[]),
                ("05-01", "05-05", &["04-27"]),
                ("05-31", "06-02", &[]),
                ("10-01", "10-08", &["09-28", "10-11"]),
            ],
        );
    }

    #[test]
    fn the_year_2026_is_as_its_notice_says() {
        assert_year(
            2026,
            &[
                ("01-01", "01-03", &["01-04"]),
                ("02-15", "02-23", &["02-14", "02-28"]),
                ("04-04", "04-06", &[]),
                ("05-01", "05-05", &["05-09"]),
                ("06-19", "06-21", &[]),
                ("09-25", "09-27", &[]),
                ("10-01", "10-07", &["09-20", "10-10"]),
            ],
        );
        let calendar = shipped();
        let kind = |text: &str| calendar.kind_of(Date::parse(text).and_then(Date::to_day).expect("a date"));
        assert_eq!(kind("2026-09-20"), DayKind::MakeUp(Holiday::NationalDay));
        assert_eq!(kind("2026-09-26"), DayKind::Off(Holiday::MidAutumn));
    }

    #[test]
    fn every_shipped_notice_has_its_number_and_its_days() {
        let calendar = shipped();
        let years: Vec<i64> = calendar.notices().map(|notice| notice.year).collect();
        assert_eq!(years, [2023, 2024, 2025, 2026]);
        for notice in calendar.notices() {
            assert!(notice.number.starts_with("国办发明电〔") && notice.published.is_some(), "{notice:?}");
            let off = calendar.ruled_by(notice.year).filter(|(_, ruling, _)| *ruling == Ruling::Off).count();
            assert!((26..=36).contains(&off), "{}: {off} days off", notice.year);
        }
        // 元旦 of 2023 began in 2022; the weekend before that of 2024 is a weekend.
        let of = |year| calendar.ruled_by(year).map(|(date, ..)| date).min().map(|date| date.to_string());
        assert_eq!((of(2023).as_deref(), of(2024).as_deref()), (Some("2022-12-31"), Some("2024-01-01")));
    }

    #[test]
    fn had_the_notices_not_been_out_all_their_days_would_have_been_likely_and_most_others_not() {
        let known = shipped();
        let mut withheld = Calendar::default();
        withheld.add_festivals(rows(FESTIVALS).map(|(date, holiday): (String, Holiday)| (day(date), holiday)));
        for year in 2023..=2026 {
            for (date, ..) in known.ruled_by(year) {
                let kind = withheld.kind_of(date.to_day().expect("a date"));
                assert!(matches!(kind, DayKind::Likely(_)), "{date} is {kind:?}");
            }
            let start = Date { year, month: 1, day: 1 }.to_day().expect("a date");
            let likely =
                (start..start + 365).filter(|day| matches!(withheld.kind_of(*day), DayKind::Likely(_))).count();
            println!("{year}: {likely} of 365 days are likely, {} are ruled on", known.ruled_by(year).count());
            assert!(likely <= 365 * 3 / 10, "{year}: {likely} days");
        }
    }

    #[test]
    fn each_year_up_to_2036_has_its_seven_festivals() {
        let mut years: BTreeMap<i64, Vec<Holiday>> = BTreeMap::new();
        for (date, holiday) in rows::<(String, Holiday)>(FESTIVALS) {
            years.entry(day(date).year).or_default().push(holiday);
        }
        assert_eq!(years.keys().copied().collect::<Vec<_>>(), (2023..=2036).collect::<Vec<_>>());
        for (year, mut holidays) in years {
            holidays.sort_unstable();
            assert_eq!(holidays, &Holiday::ALL[..7], "{year}");
        }
    }
}
