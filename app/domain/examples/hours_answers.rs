//! Answers `opening_hours` texts at given moments, for `end2end/hours/compare.mjs`, which asks another
//! evaluator the same.
//!
//! Lines in: `holiday 2026-10-01`, before all others; then for each text `text Mo-Fr 08:00-18:00` and
//! `at 29759040 29759041 …` (minutes since 1970-01-01T00:00:00Z). A line out for each text: a letter for each
//! moment, `o` open, `c` closed, `s` unknown for the sun, `h` for school holidays, `u` for anything else; or
//! `-` where the text is not understood. Days off that the text does not speak of are days like any other.

use domain::{
    calendar::{Calendar, Holiday, Notice, Ruling},
    station::{DoorAt, HolidayPolicy, Hours, Schedule, Why},
    time::Date,
};
use std::{
    io::{self, BufRead, Write},
    sync::Arc,
};

fn main() -> io::Result<()> {
    let mut days: Vec<Date> = Vec::new();
    let mut calendar: Option<Calendar> = None;
    let mut hours: Option<Hours> = None;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match word {
            "holiday" => days.extend(Date::parse(rest)),
            "text" => {
                hours = Schedule::parse(rest).map(|schedule| {
                    let hours = Hours { schedule: Some(Arc::new(schedule)), ..Hours::default() };
                    hours.with_policy(HolidayPolicy::AsWeekday)
                });
            }
            "at" => {
                let calendar = calendar.get_or_insert_with(|| calendar_of(&days));
                match &hours {
                    None => writeln!(out, "-")?,
                    Some(hours) => writeln!(out, "{}", answers(hours, calendar, rest))?,
                }
            }
            _ => return Err(io::Error::other(format!("no such line: {line}"))),
        }
    }
    out.flush()
}

fn answers(hours: &Hours, calendar: &Calendar, minutes: &str) -> String {
    let minutes = minutes.split_ascii_whitespace().filter_map(|minute| minute.parse::<i64>().ok());
    minutes.map(|minute| letter(&hours.door_at(calendar, minute * 60_000))).collect()
}

const fn letter(door: &DoorAt) -> char {
    match door {
        DoorAt::Open { .. } => 'o',
        DoorAt::Closed => 'c',
        DoorAt::Unknown(Why::Sun) => 's',
        DoorAt::Unknown(Why::SchoolHoliday) => 'h',
        DoorAt::Unknown(_) => 'u',
    }
}

/// A notice a year, so that no day is merely likely.
fn calendar_of(days: &[Date]) -> Calendar {
    let mut calendar = Calendar::default();
    let years = days.iter().map(|date| date.year);
    for year in years.clone().min().unwrap_or(2000)..=years.max().unwrap_or(2000) {
        let ruled = days.iter().filter(|date| date.year == year);
        let ruled: Vec<_> = ruled.map(|date| (*date, Ruling::Off, Holiday::Other)).collect();
        let notice = Notice { year, number: "".into(), published: None, source: "the other evaluator".into() };
        calendar.add(notice, &ruled).expect("dates that were read, none a make-up day");
    }
    calendar
}
