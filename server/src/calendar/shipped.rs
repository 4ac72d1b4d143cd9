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
