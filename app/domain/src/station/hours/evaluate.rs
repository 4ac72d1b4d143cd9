//! What rules say of one day.
//!
//! A day is painted rule by rule, as the specification has it: `;` replaces what was said of the days
//! it speaks of, `,` adds, `||` fills what is not open. An overnight span belongs to the day it begins:
//! a day has 48 hours here, of which the second half runs over into the next.

use super::{
    HolidayPolicy, Schedule, Why,
    rule::{Anchor, AnchorDate, DateSpan, Dates, Day, Joint, Rule, Says, Time},
};
use crate::{
    calendar::{Calendar, DayKind},
    time::{Date, LocalTime},
};

/// Easter moves by so many days from year to year at most, and a nth weekday by less.
const EASTER_MOVES: i64 = 35;
/// Minutes of a day, and of the day with what runs over.
const DAY: u16 = 1440;
const TWO_DAYS: u16 = 2 * DAY;

/// What is painted on a piece of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    Open,
    Closed,
    /// Closed at this hour, in so many words (`06:00-07:00 off`): nothing that runs over opens it.
    Off,
    Unknown(Why),
}

/// A piece of a day that says one thing; minutes after its midnight, up to 48:00.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub from: u16,
    pub to: u16,
    pub paint: Paint,
}

/// The 48 hours of a day, without gaps.
pub(super) type Painted = Vec<Piece>;

fn whole_day(paint: Paint) -> Painted {
    merged([Piece { from: 0, to: DAY, paint }, Piece { from: DAY, to: TWO_DAYS, paint: Paint::Closed }])
}

/// A day of which nobody knows, and the part of the next into which it may run by any of these.
fn doubt(why: Why, days: &[Painted]) -> Painted {
    let unknown = |paint: &Paint| matches!(paint, Paint::Open | Paint::Unknown(_));
    let night = days.iter().flatten().filter(|piece| piece.to > DAY && unknown(&piece.paint));
    let end = night.map(|piece| piece.to).max().unwrap_or(DAY);
    let day = Piece { from: 0, to: end, paint: Paint::Unknown(why) };
    let rest = Piece { from: end, to: TWO_DAYS, paint: Paint::Closed };
    if end < TWO_DAYS { vec![day, rest] } else { vec![day] }
}

fn merged(pieces: impl IntoIterator<Item = Piece>) -> Painted {
    let mut painted: Painted = Vec::new();
    for piece in pieces {
        match painted.last_mut() {
            Some(last) if last.paint == piece.paint => last.to = piece.to,
            _ => painted.push(piece),
        }
    }
    painted
}

/// A day as the rules may look at it.
#[derive(Clone, Copy)]
struct Look<'c> {
    day: i64,
    date: Date,
    weekday: u8,
    public: bool,
    school: bool,
    calendar: &'c Calendar,
}

impl Schedule {
    /// The day with what runs over from it, under a policy.
    pub(super) fn paint(&self, policy: HolidayPolicy, calendar: &Calendar, day: i64) -> Painted {
        let look =
            Look { day, date: Date::of_day(day), weekday: weekday_of(day), public: false, school: false, calendar };
        match calendar.kind_of(day) {
            DayKind::Ordinary => self.ordinary(look),
            DayKind::Off(holiday) => self.off(look, policy, Why::Holiday(holiday)),
            DayKind::MakeUp(holiday) => self.make_up(look, policy, Why::MakeUp(holiday)),
            DayKind::Likely(holiday) => {
                let why = Why::NoNotice(holiday);
                let ordinary = self.ordinary(look);
                let same = ordinary == self.off(look, policy, why.clone())
                    && (look.weekday < 5 || ordinary == self.make_up(look, policy, why.clone()));
                if same { ordinary } else { doubt(why, &[ordinary]) }
            }
        }
    }

    fn ordinary(&self, look: Look<'_>) -> Painted {
        let painted = self.look(look);
        if !self.names_school {
            return painted;
        }
        let holiday = self.look(Look { school: true, ..look });
        if painted == holiday { painted } else { doubt(Why::SchoolHoliday, &[painted, holiday]) }
    }

    /// 放假.
    fn off(&self, look: Look<'_>, policy: HolidayPolicy, why: Why) -> Painted {
        if self.speaks_of_holidays() {
            return self.ordinary(Look { public: true, ..look });
        }
        match policy {
            HolidayPolicy::Follow | HolidayPolicy::Closed => whole_day(Paint::Closed),
            HolidayPolicy::AsWeekday => self.ordinary(look),
            HolidayPolicy::Unknown => doubt(why, &[self.ordinary(look)]),
        }
    }

    /// 调休上班. A working day is what Monday to Friday have in common; where they differ nobody has said
    /// which of them is made up.
    fn make_up(&self, look: Look<'_>, policy: HolidayPolicy, why: Why) -> Painted {
        if self.always {
            return self.ordinary(look);
        }
        let monday = self.ordinary(Look { weekday: 0, ..look });
        let working = (1..5).all(|weekday| monday == self.ordinary(Look { weekday, ..look })).then_some(monday);
        match (policy, working) {
            (HolidayPolicy::Closed, _) => whole_day(Paint::Closed),
            (HolidayPolicy::Follow | HolidayPolicy::AsWeekday, Some(working)) => working,
            (HolidayPolicy::Unknown, Some(working)) if self.speaks_of_holidays() && working == self.ordinary(look) => {
                working
            }
            _ => {
                let days: Vec<_> = (0..5).map(|weekday| self.ordinary(Look { weekday, ..look })).collect();
                doubt(why, &days)
            }
        }
    }

    fn look(&self, look: Look<'_>) -> Painted {
        let active = active(&self.rules, look);
        let mut bounds = vec![0, DAY, TWO_DAYS];
        for time in active.iter().flat_map(|rule| &rule.times) {
            match *time {
                Time::Span { from, to } => bounds.extend([from, to]),
                Time::OpenEnd { from, to, guess } => bounds.extend([from, to, guess]),
                Time::Sun => {}
            }
        }
        bounds.sort_unstable();
        bounds.dedup();
        merged(bounds.windows(2).map(|two| Piece { from: two[0], to: two[1], paint: said(&active, two[0]) }))
    }
}

/// The rules that speak of a day, in their order, without those that are replaced.
fn active<'r>(rules: &'r [Rule], look: Look<'_>) -> Vec<&'r Rule> {
    let mut active = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        if !holds(&rule.dates, look) {
            continue;
        }
        // `Mo-Fr 08:00-12:00; 14:00-18:00`: a rule that names no day replaces none that does.
        let after_undated = || at.checked_sub(1).is_some_and(|before| rules[before].dates.is_every_day());
        let replaces = match rule.says {
            // Closed all day: no night begins on it either. Closed for some hours leaves the others.
            Says::Closed => rule.times.is_empty(),
            Says::Open => !rule.dates.is_every_day() || after_undated(),
            Says::Unknown(_) => !rule.dates.is_every_day(),
        };
        let whole_day_closed = rule.says == Says::Closed && rule.joint == Joint::Besides;
        if replaces && (rule.joint == Joint::Instead || whole_day_closed) {
            active.clear();
        }
        active.push(rule);
    }
    active
}

/// What the rules say of a minute: the last word counts.
fn said(active: &[&Rule], minute: u16) -> Paint {
    let mut paint = Paint::Closed;
    for rule in active {
        if rule.joint == Joint::Otherwise && !matches!(paint, Paint::Closed | Paint::Off) {
            continue;
        }
        if let Some(said) = covers(rule, minute) {
            paint = said;
        }
    }
    paint
}

fn covers(rule: &Rule, minute: u16) -> Option<Paint> {
    let says = || match &rule.says {
        Says::Open => Paint::Open,
        Says::Closed if rule.times.is_empty() => Paint::Closed,
        Says::Closed => Paint::Off,
        Says::Unknown(why) => Paint::Unknown(why.clone()),
    };
    if rule.times.is_empty() {
        return (minute < DAY).then(says);
    }
    let mut painted = None;
    for time in &rule.times {
        match *time {
            Time::Span { from, to } | Time::OpenEnd { from, to, .. } if (from..to).contains(&minute) => {
                return Some(says());
            }
            Time::OpenEnd { to, guess, .. } if (to..guess).contains(&minute) => {
                painted = Some(if rule.says == Says::Closed { Paint::Off } else { Paint::Unknown(Why::OpenEnd) });
            }
            Time::Sun if minute < DAY => painted = Some(Paint::Unknown(Why::Sun)),
            _ => {}
        }
    }
    painted
}

/// 0 is Monday.
pub(super) const fn weekday_of(day: i64) -> u8 {
    LocalTime { day, minute: 0 }.weekday()
}

fn holds(dates: &Dates, look: Look<'_>) -> bool {
    let any = |is_empty: bool, any: bool| is_empty || any;
    any(dates.years.is_empty(), {
        let year = look.date.year;
        dates.years.iter().any(|years| (years.from..=years.to).contains(&year) && (year - years.from) % years.step == 0)
    }) && any(dates.weeks.is_empty(), {
        let week = iso_week(look.day);
        dates
            .weeks
            .iter()
            .any(|weeks| (weeks.from..=weeks.to).contains(&week) && (week - weeks.from).is_multiple_of(weeks.step))
    }) && any(dates.spans.is_empty(), dates.spans.iter().any(|span| span_holds(span, look.day, look.date.year)))
        && dates.days.iter().all(|list| list.iter().any(|day| day_holds(day, look)))
}

fn day_holds(day: &Day, look: Look<'_>) -> bool {
    match day {
        Day::Weekdays(from, to) if from <= to => (*from..=*to).contains(&look.weekday),
        Day::Weekdays(from, to) => look.weekday >= *from || look.weekday <= *to,
        Day::Nth { weekday, which, offset } => {
            let day = look.day - offset;
            let actual = if *offset == 0 { look.weekday } else { weekday_of(day) };
            actual == *weekday && [nth(day), nth_last(day)].iter().any(|place| which.contains(place))
        }
        Day::Public { offset: 0 } => look.public,
        Day::Public { offset } => matches!(look.calendar.kind_of(look.day - offset), DayKind::Off(_)),
        Day::School => look.school,
    }
}

/// Which of its weekday in the month, from the beginning: 1 to 5.
fn nth(day: i64) -> i8 {
    i8::try_from((Date::of_day(day).day - 1) / 7 + 1).unwrap_or(0)
}

/// The same from the end: -1 to -5.
fn nth_last(day: i64) -> i8 {
    let date = Date::of_day(day);
    i8::try_from(month_length(date.year, date.month).saturating_sub(date.day) / 7 + 1).map_or(0, |which| -which)
}

fn month_length(year: i64, month: u8) -> u8 {
    (28..=31).rev().find(|day| Date { year, month, day: *day }.to_day().is_some()).unwrap_or(28)
}

fn span_holds(span: &DateSpan, day: i64, year: i64) -> bool {
    let years = span.from.year.map_or([year - 1, year], |only| [only, only]);
    years.iter().any(|from_year| {
        let begin = resolve(span.from, *from_year, true);
        let end = match span.to.year {
            Some(year) => resolve(span.to, year, false),
            None if wraps(span, *from_year) => resolve(span.to, from_year + 1, false),
            None => resolve(span.to, *from_year, false),
        };
        begin.zip(end).is_some_and(|(begin, end)| begin <= day && day <= end)
    })
}

/// Whether a span that names no year at its end ends in the year after.
fn wraps(span: &DateSpan, year: i64) -> bool {
    let order = |anchor: Anchor| match anchor.date {
        AnchorDate::Fixed(month, day) => Some((month, day)),
        AnchorDate::MonthEnd(month) => Some((month, 31)),
        AnchorDate::Nth(..) | AnchorDate::Easter => None,
    };
    if let (Some(from), Some(to)) = (order(span.from), order(span.to)) {
        return to < from;
    }
    // `Nov 1-easter` ends in the next year; `Apr 5-easter` in a year of an early Easter is no day.
    let [from, to] = [resolve(span.from, year, true), resolve(span.to, year, false)];
    from.zip(to).is_some_and(|(from, to)| to + EASTER_MOVES < from)
}

/// The day of an anchor in a year. A day its month does not have: the next one where a span begins, the
/// one before where it ends.
fn resolve(anchor: Anchor, year: i64, begins: bool) -> Option<i64> {
    let day = match anchor.date {
        AnchorDate::Fixed(month, day) => {
            let length = month_length(year, month);
            let first = Date { year, month, day: 1 }.to_day()?;
            let inside = if begins { day.min(length + 1) } else { day.min(length) };
            first + i64::from(inside) - 1
        }
        AnchorDate::MonthEnd(month) => Date { year, month, day: month_length(year, month) }.to_day()?,
        AnchorDate::Nth(month, weekday, which) => {
            let first = Date { year, month, day: 1 }.to_day()?;
            let last = first + i64::from(month_length(year, month)) - 1;
            if which > 0 {
                let step = (i64::from(weekday) + 7 - i64::from(weekday_of(first))) % 7;
                first + step + 7 * (i64::from(which) - 1)
            } else {
                let step = (i64::from(weekday_of(last)) + 7 - i64::from(weekday)) % 7;
                last - step + 7 * (i64::from(which) + 1)
            }
        }
        AnchorDate::Easter => easter(year)?,
    };
    Some(day + anchor.offset)
}

/// Easter Sunday (anonymous Gregorian computus).
#[expect(clippy::many_single_char_names, reason = "the names of the published computus")]
fn easter(year: i64) -> Option<i64> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? }.to_day()
}

/// ISO 8601: the week of a day is the one of its Thursday.
fn iso_week(day: i64) -> u8 {
    let thursday = day - i64::from(weekday_of(day)) + 3;
    let first = Date { year: Date::of_day(thursday).year, month: 1, day: 1 }.to_day().unwrap_or(thursday);
    u8::try_from((thursday - first) / 7 + 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i64 {
        Date::parse(text).and_then(Date::to_day).expect("a date")
    }

    #[test]
    fn weeks_are_those_of_the_standard_and_easter_moves() {
        for (date, week) in [("2026-01-01", 1), ("2027-01-01", 53), ("2024-12-30", 1), ("2026-11-24", 48)] {
            assert_eq!(iso_week(day(date)), week, "{date}");
        }
        assert_eq!([easter(2024), easter(2026)], [Some(day("2024-03-31")), Some(day("2026-04-05"))]);
    }
}
