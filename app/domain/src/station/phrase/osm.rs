//! A reading as OSM `opening_hours` text, once it is free of contradictions.

use super::{
    Phrase,
    days::{Days, WEEK, WEEKEND, WORK_WEEK},
    months::YEAR,
    reading::{Entry, Holidays, Reading},
};
use crate::station::{Clock, DAY_MINUTES};
use std::fmt::Write;

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// Writes it, or says nothing where two statements do not go together.
pub(super) fn write(reading: &Reading) -> Option<Phrase> {
    let (unattended, staffed): (Vec<&Entry>, Vec<&Entry>) = reading.entries.iter().partition(|entry| entry.unattended);
    if !reading.entries.iter().all(in_order)
        || (reading.no_break && reading.entries.iter().any(|entry| entry.spans.len() > 1))
    {
        return None;
    }
    if unattended.is_empty() {
        let (rules, follows_calendar) = rules(reading, &staffed)?;
        return Some(Phrase { rules, follows_calendar, unattended: None });
    }
    // Whether 除外 and 闭馆 mean the desk or the door is not said.
    let plain = reading.closed == 0 && matches!(reading.holidays, Holidays::Unsaid | Holidays::Usual);
    let months = reading.entries.iter().any(|entry| entry.months.is_some());
    if !plain || months || reading.make_up || unattended.len() > 1 {
        return None;
    }
    if reading.holidays == Holidays::Usual && !reading.entries.iter().all(Entry::is_whole_day) {
        return None;
    }
    let (alone, working) = rules(reading, &unattended)?;
    if staffed.is_empty() {
        return Some(Phrase { rules: alone.clone(), follows_calendar: working, unattended: Some(alone) });
    }
    let (rules, follows_calendar) = rules(reading, &staffed)?;
    Some(Phrase { rules, follows_calendar, unattended: Some(alone) })
}

/// Openings of one day follow each other, and the last ends before the first of the next day.
fn in_order(entry: &Entry) -> bool {
    let wraps =
        entry.spans.last().zip(entry.spans.first()).is_none_or(|(last, first)| last.to <= first.from + DAY_MINUTES);
    wraps && entry.spans.windows(2).all(|two| two[0].to <= two[1].from)
}

fn rules(reading: &Reading, entries: &[&Entry]) -> Option<(String, bool)> {
    let every_day = |entry: &Entry| entry.days.is_none_or(|days| days.week == WEEK && !days.holidays);
    let usual = reading.holidays == Holidays::Usual;
    if (usual || reading.every_day) && !entries.iter().all(|entry| every_day(entry)) {
        return None;
    }
    if usual && reading.closed != 0 {
        return None;
    }
    agree(entries)?;
    // A later rule takes the place of an earlier one, so that of days off comes last.
    let mut entries = entries.to_vec();
    entries.sort_by_key(|entry| entry.days.is_some_and(|days| days.holidays));
    let named = entries.iter().filter_map(|entry| entry.days).fold(Days::default(), Days::and);
    // 法定节假日 9:00-17:00 by itself leaves the rest of the year unsaid.
    if named.holidays && named.week == 0 && entries.iter().all(|entry| entry.days.is_some()) {
        return None;
    }
    let off = matches!(reading.holidays, Holidays::Off { .. });
    if named.holidays && reading.holidays != Holidays::Unsaid {
        return None;
    }
    // 节假日 without 法定 may mean the weekend too: clear where the weekend has been spoken of.
    let weekend_said = (named.week | reading.closed) & WEEKEND == WEEKEND;
    let loosely_off = reading.holidays == Holidays::Off { loosely: true };
    if (named.loosely && !weekend_said) || (loosely_off && !weekend_said && named.week == 0) {
        return None;
    }
    let always =
        matches!(entries.as_slice(), [entry] if entry.is_whole_day() && every_day(entry) && entry.months.is_none());
    if always && reading.closed == 0 && (usual || (entries[0].numbered && reading.holidays == Holidays::Unsaid)) {
        return Some(("24/7".to_owned(), reading.make_up));
    }
    let mut text = String::new();
    for entry in &entries {
        if !text.is_empty() {
            text.push_str("; ");
        }
        write_entry(&mut text, entry, reading)?;
    }
    if off {
        text.push_str("; PH off");
    } else if named.working && !named.holidays {
        // A day off is no 工作日; but hours of the weekend may or may not hold on it.
        text.push_str(if named.week == WORK_WEEK { "; PH off" } else { "; PH unknown" });
    }
    Some((text, named.working || reading.make_up))
}

/// No two entries speak of the same day, and those with months make up the year.
fn agree(entries: &[&Entry]) -> Option<()> {
    for (at, entry) in entries.iter().enumerate() {
        let days = entry.days.unwrap_or(Days { week: WEEK, ..Days::default() });
        // 工作日及周六 has no selector of its own.
        if days.working && (days.week != WORK_WEEK || days.holidays) {
            return None;
        }
        for other in entries[..at].iter().filter(|other| other.months == entry.months) {
            let others = other.days?;
            entry.days?;
            if days.week & others.week != 0 || (days.holidays && others.holidays) {
                return None;
            }
        }
    }
    if entries.iter().all(|entry| entry.months.is_none()) {
        return Some(());
    }
    let mut year = [false; YEAR];
    for (at, entry) in entries.iter().enumerate() {
        // A rule for all the year beside one for the summer: which of them holds is not said.
        let months = entry.months?;
        let first = entries[..at].iter().all(|other| other.months != Some(months));
        if first && !months.mark(&mut year) {
            return None;
        }
    }
    // What holds in the rest of the year is not said.
    year.iter().all(|day| *day).then_some(())
}

fn write_entry(text: &mut String, entry: &Entry, reading: &Reading) -> Option<()> {
    let days = entry.days.unwrap_or(Days { week: WEEK, ..Days::default() });
    let mut week = days.week;
    if week & reading.closed != 0 {
        // 周一至周六, and 周三休息: a slip or an exception.
        if week != WEEK {
            return None;
        }
        week &= !reading.closed;
    }
    if week == 0 && !days.holidays {
        return None;
    }
    if let Some(months) = entry.months {
        write!(text, "{} ", months.osm()).ok()?;
    }
    let open_on_holidays = days.holidays || matches!(reading.holidays, Holidays::Usual | Holidays::InsteadOfClosed);
    if week != WEEK || open_on_holidays {
        write_week(text, week);
        if open_on_holidays {
            text.push_str(if week == 0 { "PH" } else { ",PH" });
        }
        text.push(' ');
    }
    for (at, span) in entry.spans.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(text, "{comma}{}-{}", Clock(span.from), Clock(span.to)).ok()?;
    }
    Some(())
}

/// `Mo-Fr`, `Mo-Th,Su`.
fn write_week(text: &mut String, week: u8) {
    let mut day = 0;
    let mut comma = "";
    while day < DAYS.len() {
        let last = (day..DAYS.len()).take_while(|at| week & 1 << at != 0).last();
        if let Some(last) = last {
            text.push_str(comma);
            text.push_str(DAYS[day]);
            if last > day {
                text.push('-');
                text.push_str(DAYS[last]);
            }
            comma = ",";
        }
        day = last.unwrap_or(day) + 1;
    }
}
