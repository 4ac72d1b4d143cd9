//! Rules that are understood.

use super::{
    evaluate::{Paint, weekday_of},
    parse::parse,
    rule::{Dates, Day, Rule, Says},
};
use crate::{calendar::Calendar, time::Date};
use std::{
    fmt,
    hash::{Hash, Hasher},
};

/// OSM `opening_hours`, understood. Two are equal when their texts are.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "answers that are asked by the million, kept beside the rules")]
pub struct Schedule {
    text: Box<str>,
    pub(super) rules: Vec<Rule>,
    /// `24/7`, without a word against it.
    pub(super) always: bool,
    pub(super) names_school: bool,
    speaks_of_holidays: bool,
    round_the_clock: bool,
}

impl PartialEq for Schedule {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Schedule {}

impl Hash for Schedule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl Schedule {
    /// Understands OSM `opening_hours`, or says `None`. At most 4 kB; any bytes, bounded work.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rules = parse(text)?;
        let every = |rule: &Rule| rule.dates.is_every_day() && rule.times.is_empty();
        let always = rules.iter().any(every) && rules.iter().all(|rule| rule.says == Says::Open && every(rule));
        let named = |wanted: fn(&Day) -> bool| rules.iter().any(|rule| rule.dates.named().any(wanted));
        let speaks_of_holidays = always
            || rules.iter().any(|rule| every(rule) && rule.says == Says::Open)
            || named(|day| matches!(day, Day::Public { .. }));
        let names_school = named(|day| *day == Day::School);
        let mut schedule =
            Self { text: text.into(), rules, always, names_school, speaks_of_holidays, round_the_clock: always };
        schedule.round_the_clock = always || schedule.fills_every_weekday();
        Some(schedule)
    }

    /// `24/7` without a word against it: open on every day there is.
    #[must_use]
    pub const fn is_always(&self) -> bool {
        self.always
    }

    /// Whether it is open round the clock all week; only [`Self::is_always`] says so of holidays too.
    #[must_use]
    pub const fn is_round_the_clock(&self) -> bool {
        self.round_the_clock
    }

    /// Whether the rules say what holds on public holidays.
    #[must_use]
    pub const fn speaks_of_holidays(&self) -> bool {
        self.speaks_of_holidays
    }

    /// Every weekday is open from 00:00 to 24:00, whatever the season.
    fn fills_every_weekday(&self) -> bool {
        let plain = |dates: &Dates| {
            dates.years.is_empty()
                && dates.spans.is_empty()
                && dates.weeks.is_empty()
                && dates.named().all(|day| matches!(day, Day::Weekdays(..)))
        };
        if !self.rules.iter().all(|rule| rule.says == Says::Open && plain(&rule.dates)) {
            return false;
        }
        let calendar = Calendar::default();
        let monday = Date { year: 2026, month: 11, day: 23 }.to_day().unwrap_or_default();
        debug_assert_eq!(weekday_of(monday), 0);
        (monday..monday + 7).all(|day| {
            let painted = self.paint(super::HolidayPolicy::Unknown, &calendar, day);
            painted.first().is_some_and(|piece| piece.paint == Paint::Open && piece.to >= 1440)
        })
    }
}
