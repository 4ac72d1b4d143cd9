//! Reads OSM `opening_hours` (specification 0.7), as people write it: any case, full-width letters,
//! long day names. What is not understood is refused as a whole: a guess would send somebody to a
//! locked door. Every loop takes a token or ends, so the work is bounded by the length of the text.

use super::{
    Why,
    rule::{Anchor, AnchorDate, DateSpan, Dates, Day, Joint, Rule, Says, Time, Weeks, Years},
    token::{Token, tokens},
};

/// Longest text, in bytes.
pub(super) const TEXT_LIMIT: usize = 4096;
/// Most rules of a text.
const RULE_LIMIT: usize = 256;
/// Minutes of a day.
const DAY: u16 = 1440;
/// The last year a text may name.
const LAST_YEAR: i64 = 2999;

/// The rules of a text.
pub(super) fn parse(text: &str) -> Option<Vec<Rule>> {
    if text.len() > TEXT_LIMIT {
        return None;
    }
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let mut rules: Vec<Rule> = Vec::new();
    let mut joint = Joint::Instead;
    loop {
        rules.push(reader.rule(joint)?);
        if rules.len() > RULE_LIMIT {
            return None;
        }
        joint = match reader.next() {
            None => return Some(rules),
            Some(Token::Mark(';' | ',')) if reader.is_at_end() => return Some(rules),
            Some(Token::Mark(';')) => Joint::Instead,
            // `|| Mo off, Tu off`: both speak only where nothing before them does.
            Some(Token::Mark(',')) if joint == Joint::Otherwise => Joint::Otherwise,
            Some(Token::Mark(',')) => Joint::Besides,
            Some(Token::Or) => Joint::Otherwise,
            Some(_) => return None,
        };
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTHS_LONG: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&[&str]; 7] = [
    &["mo", "mon", "monday"],
    &["tu", "tue", "tues", "tuesday"],
    &["we", "wed", "wednesday"],
    &["th", "thu", "thur", "thurs", "thursday"],
    &["fr", "fri", "friday"],
    &["sa", "sat", "saturday"],
    &["su", "sun", "sunday"],
];
const SUN: [&str; 4] = ["sunrise", "sunset", "dawn", "dusk"];

fn month(word: &str) -> Option<u8> {
    let long = || MONTHS_LONG.iter().position(|name| *name == word);
    MONTHS.iter().position(|name| *name == word).or_else(long).and_then(|at| u8::try_from(at + 1).ok())
}

fn weekday(word: &str) -> Option<u8> {
    DAYS.iter().position(|names| names.contains(&word)).and_then(|at| u8::try_from(at).ok())
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<&'t Token> {
        self.tokens.get(self.at + ahead)
    }

    fn next(&mut self) -> Option<&'t Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn mark(&mut self, mark: char) -> bool {
        let found = self.peek() == Some(&Token::Mark(mark));
        self.at += usize::from(found);
        found
    }

    fn is_mark(&self, ahead: usize, mark: char) -> bool {
        self.peek_at(ahead) == Some(&Token::Mark(mark))
    }

    fn word_at(&self, ahead: usize) -> Option<&'t str> {
        match self.peek_at(ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn month_at(&self, ahead: usize) -> Option<u8> {
        self.word_at(ahead).and_then(month)
    }

    fn weekday_at(&self, ahead: usize) -> Option<u8> {
        self.word_at(ahead).and_then(weekday)
    }

    /// A number that is no hour.
    fn number_at(&self, ahead: usize) -> Option<i64> {
        match self.peek_at(ahead) {
            Some(Token::Number(number)) if !self.is_clock(ahead) => Some(i64::from(*number)),
            _ => None,
        }
    }

    /// Whether `18:00` stands here, and not the `02:` of `Jan 02: 18:00-20:00`.
    fn is_clock(&self, ahead: usize) -> bool {
        let number = |ahead| matches!(self.peek_at(ahead), Some(Token::Number(_)));
        number(ahead) && self.is_mark(ahead + 1, ':') && number(ahead + 2) && !self.is_mark(ahead + 3, ':')
    }

    fn year_at(&self, ahead: usize) -> Option<i64> {
        self.number_at(ahead).filter(|year| (1900..=LAST_YEAR).contains(year))
    }

    fn day_at(&self, ahead: usize) -> Option<u8> {
        self.number_at(ahead).filter(|day| (1..=31).contains(day)).and_then(|day| u8::try_from(day).ok())
    }

    fn rule(&mut self, joint: Joint) -> Option<Rule> {
        let begin = self.at;
        let mut dates = Dates::default();
        let mut times = Vec::new();
        if self.tokens[self.at..].starts_with(&[Token::Number(24), Token::Mark('/'), Token::Number(7)]) {
            self.at += 3;
        } else {
            self.wide_dates(&mut dates)?;
            while self.begins_day() {
                dates.days.push(self.day_list()?);
            }
            if self.at > begin && self.is_mark(0, ':') {
                self.at += 1;
            }
            if self.begins_time() {
                times = self.time_list()?;
            }
        }
        let says = self.says()?;
        (self.at > begin).then_some(Rule { joint, dates, times, says })
    }

    /// `open`, `off`, `"预约"`, in any order, each at most once.
    fn says(&mut self) -> Option<Says> {
        let (mut says, mut comment) = (None, None);
        loop {
            match self.peek() {
                Some(Token::Word(word)) if says.is_none() => {
                    says = Some(match word.as_str() {
                        "open" => Says::Open,
                        "off" | "closed" => Says::Closed,
                        "unknown" => Says::Unknown(Why::NotGiven),
                        _ => return None,
                    });
                }
                Some(Token::Comment(words)) if comment.is_none() => comment = Some(words.clone()),
                Some(Token::Word(_) | Token::Comment(_)) => return None,
                _ => break,
            }
            self.at += 1;
        }
        Some(match (says, comment) {
            // A comment alone leaves it to the reader whether the door is open.
            (None | Some(Says::Unknown(_)), Some(words)) => Says::Unknown(Why::Comment(words)),
            (Some(says), _) => says,
            (None, None) => Says::Open,
        })
    }

    fn wide_dates(&mut self, dates: &mut Dates) -> Option<()> {
        loop {
            // A year right before a date belongs to that date: `2026 Dec 24-Jan 2`.
            let is_date = self.month_at(1).is_some() && self.day_at(2).is_some() || self.word_at(1) == Some("easter");
            if self.year_at(0).is_some() && !is_date {
                if !dates.years.is_empty() {
                    return None;
                }
                dates.years = self.list(Self::years)?;
            } else if self.month_at(0).is_some() || self.word_at(0) == Some("easter") || self.year_at(0).is_some() {
                if !dates.spans.is_empty() {
                    return None;
                }
                dates.spans = self.date_list()?;
            } else if matches!(self.word_at(0), Some("week" | "weeks")) {
                if !dates.weeks.is_empty() {
                    return None;
                }
                self.at += 1;
                dates.weeks = self.list(Self::weeks)?;
            } else {
                return Some(());
            }
            // `Apr-Sep: Mo-Fr 08:00-18:00`
            self.mark(':');
        }
    }

    /// Things with commas between them.
    fn list<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut list = vec![one(self)?];
        // `week 1,3` and `week 1,week 3`
        let again = |reader: &Self| usize::from(matches!(reader.word_at(1), Some("week")));
        while self.is_mark(0, ',') && self.number_at(1 + again(self)).is_some() {
            self.at += 1 + again(self);
            list.push(one(self)?);
        }
        Some(list)
    }

    fn step(&mut self) -> Option<i64> {
        if !self.mark('/') {
            return Some(1);
        }
        let step = self.number_at(0).filter(|step| (1..=100).contains(step))?;
        self.at += 1;
        Some(step)
    }

    fn years(&mut self) -> Option<Years> {
        let from = self.year_at(0)?;
        self.at += 1;
        if self.mark('+') {
            return Some(Years { from, to: LAST_YEAR, step: 1 });
        }
        let to = match self.peek() {
            Some(Token::Mark('-')) => self.year_at(1).inspect(|_| self.at += 2)?,
            // `2024/4`: every four years from then on.
            Some(Token::Mark('/')) => LAST_YEAR,
            _ => from,
        };
        (from <= to).then_some(Years { from, to, step: self.step()? })
    }

    fn weeks(&mut self) -> Option<Weeks> {
        let week = |number: i64| u8::try_from(number).ok().filter(|week| (1..=53).contains(week));
        let from = week(self.number_at(0)?)?;
        self.at += 1;
        let mut to = from;
        if self.mark('-') {
            to = week(self.number_at(0)?)?;
            self.at += 1;
        }
        let step = u8::try_from(self.step()?).ok()?;
        (from <= to).then_some(Weeks { from, to, step })
    }

    fn date_list(&mut self) -> Option<Vec<DateSpan>> {
        let mut spans = Vec::new();
        loop {
            self.dates_of(&mut spans)?;
            let more = self.is_mark(0, ',')
                && (self.month_at(1).is_some()
                    || self.word_at(1) == Some("easter")
                    || (self.year_at(1).is_some() && self.month_at(2).is_some()));
            if !more {
                return Some(spans);
            }
            self.at += 1;
        }
    }

    /// `Apr-Sep`, `Dec 24-Jan 2`, `Oct 1,3,5-7`, `easter -2 days`, `Mar Su[-1]-Oct Su[-1]`.
    fn dates_of(&mut self, spans: &mut Vec<DateSpan>) -> Option<()> {
        let from = self.anchor(true)?;
        // A weekday behind a month is a date only where a span of dates follows; else it is a weekday.
        if !self.is_mark(0, '-') {
            let to = match from.date {
                AnchorDate::Fixed(month, 0) => Anchor { date: AnchorDate::MonthEnd(month), ..from },
                _ => from,
            };
            spans.push(DateSpan { from: begin_of(from), to });
            return self.more_days(from, spans);
        }
        self.at += 1;
        let to = match (from.date, self.day_at(0)) {
            (AnchorDate::Fixed(month, day), Some(last)) if day > 0 => {
                self.at += 1;
                (last >= day).then_some(())?;
                let to = Anchor { date: AnchorDate::Fixed(month, last), ..from };
                spans.push(DateSpan { from, to: Anchor { offset: self.offset()?, ..to } });
                return self.more_days(from, spans);
            }
            // `Sep-May Mo[1]`: the weekday belongs to every month of them, not to the end of the span.
            (AnchorDate::Fixed(_, 0), _) => self.anchor(true)?,
            _ => self.anchor(false)?,
        };
        let to = match to.date {
            AnchorDate::Fixed(month, 0) => Anchor { date: AnchorDate::MonthEnd(month), ..to },
            _ => to,
        };
        // The end may not name a year that the beginning does not.
        if to.year.is_some() && from.year.is_none() {
            return None;
        }
        spans.push(DateSpan { from: begin_of(from), to });
        Some(())
    }

    /// `,3,5-7` behind `Oct 1`.
    fn more_days(&mut self, first: Anchor, spans: &mut Vec<DateSpan>) -> Option<()> {
        let AnchorDate::Fixed(month, 1..) = first.date else { return Some(()) };
        while self.is_mark(0, ',') && self.day_at(1).is_some() && self.year_at(1).is_none() {
            let from = self.day_at(1)?;
            self.at += 2;
            let mut to = from;
            if self.is_mark(0, '-') && self.day_at(1).is_some() {
                to = self.day_at(1)?;
                self.at += 2;
                (to >= from).then_some(())?;
            }
            let anchor = |day| Anchor { year: first.year, date: AnchorDate::Fixed(month, day), offset: 0 };
            spans.push(DateSpan { from: anchor(from), to: anchor(to) });
        }
        Some(())
    }

    /// A date; a month without a day has day 0.
    fn anchor(&mut self, begins: bool) -> Option<Anchor> {
        let year = self.year_at(0);
        self.at += usize::from(year.is_some());
        if self.word_at(0) == Some("easter") {
            self.at += 1;
            return Some(Anchor { year, date: AnchorDate::Easter, offset: self.offset()? });
        }
        let month = self.month_at(0)?;
        self.at += 1;
        if let Some(day) = self.day_at(0) {
            self.at += 1;
            return Some(Anchor { year, date: AnchorDate::Fixed(month, day), offset: self.offset()? });
        }
        if let (Some(weekday), true) = (self.weekday_at(0), self.is_mark(1, '[')) {
            let back = self.at;
            self.at += 1;
            let which = self.which()?;
            let offset = self.offset()?;
            let is_date = !begins || (self.is_mark(0, '-') && self.month_at(1).is_some());
            if let ([which], true) = (&which[..], is_date) {
                return Some(Anchor { year, date: AnchorDate::Nth(month, weekday, *which), offset });
            }
            self.at = back;
        }
        Some(Anchor { year, date: AnchorDate::Fixed(month, 0), offset: 0 })
    }

    /// ` +2 days`, ` -1 day`; nothing is 0.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.peek() {
            Some(Token::Mark('+')) => 1,
            Some(Token::Mark('-')) => -1,
            _ => return Some(0),
        };
        let (Some(days), Some("day" | "days")) = (self.number_at(1), self.word_at(2)) else { return Some(0) };
        self.at += 3;
        (days <= 366).then_some(sign * days)
    }

    fn begins_day(&self) -> bool {
        self.weekday_at(0).is_some() || matches!(self.word_at(0), Some("ph" | "sh"))
    }

    fn day_list(&mut self) -> Option<Vec<Day>> {
        let mut list = vec![self.day()?];
        while self.is_mark(0, ',') && (self.weekday_at(1).is_some() || matches!(self.word_at(1), Some("ph" | "sh"))) {
            self.at += 1;
            list.push(self.day()?);
        }
        Some(list)
    }

    fn day(&mut self) -> Option<Day> {
        match self.word_at(0)? {
            "ph" => {
                self.at += 1;
                Some(Day::Public { offset: self.offset()? })
            }
            "sh" => {
                self.at += 1;
                Some(Day::School)
            }
            word => {
                let from = weekday(word)?;
                self.at += 1;
                if self.is_mark(0, '[') {
                    let which = self.which()?;
                    return Some(Day::Nth { weekday: from, which, offset: self.offset()? });
                }
                let mut to = from;
                if self.mark('-') {
                    to = self.weekday_at(0)?;
                    self.at += 1;
                }
                Some(Day::Weekdays(from, to))
            }
        }
    }

    /// `[1,3]`, `[-1]`, `[1-3]`.
    fn which(&mut self) -> Option<Vec<i8>> {
        self.mark('[').then_some(())?;
        let mut which = Vec::new();
        loop {
            let negative = self.mark('-');
            let number = |reader: &mut Self| {
                let number = reader.number_at(0).filter(|number| (1..=5).contains(number))?;
                reader.at += 1;
                i8::try_from(number).ok()
            };
            let from = number(self)?;
            if negative {
                which.push(-from);
            } else if self.mark('-') {
                let to = number(self)?;
                (from <= to).then_some(())?;
                which.extend(from..=to);
            } else {
                which.push(from);
            }
            if self.mark(']') {
                return Some(which);
            }
            (self.mark(',') && which.len() < 16).then_some(())?;
        }
    }

    fn begins_time(&self) -> bool {
        self.is_clock(0) || self.begins_sun()
    }

    fn begins_sun(&self) -> bool {
        let sun = |ahead| self.word_at(ahead).is_some_and(|word| SUN.contains(&word));
        sun(0) || (self.is_mark(0, '(') && sun(1))
    }

    fn time_list(&mut self) -> Option<Vec<Time>> {
        let mut list = vec![self.time()?];
        while self.is_mark(0, ',') {
            self.at += 1;
            if !self.begins_time() {
                self.at -= 1;
                break;
            }
            list.push(self.time()?);
        }
        // `07:00+,12:00-16:00`: what has no end of its own lasts until the next begins.
        let begins: Vec<Option<u16>> = list.iter().map(|time| time.begins()).collect();
        for (at, time) in list.iter_mut().enumerate() {
            if let Time::OpenEnd { to, guess, .. } = time {
                let next = begins[at + 1..].iter().flatten().filter(|from| **from > *to).min();
                *guess = next.map_or(*guess, |next| (*next).min(*guess));
            }
        }
        Some(list)
    }

    fn time(&mut self) -> Option<Time> {
        if self.begins_sun() {
            self.sun()?;
            if self.mark('-') {
                if self.begins_sun() {
                    self.sun()?;
                } else {
                    self.clock()?;
                }
                self.mark('+');
            } else {
                self.mark('+').then_some(())?;
            }
            return Some(Time::Sun);
        }
        let from = self.clock().filter(|from| *from < DAY)?;
        if self.mark('+') {
            return Some(Time::OpenEnd { from, to: from, guess: guess(from) });
        }
        self.mark('-').then_some(())?;
        if self.begins_sun() {
            self.sun()?;
            self.mark('+');
            return Some(Time::Sun);
        }
        let mut to = self.clock()?;
        // Closing before opening is tomorrow: 22:00-08:00. Equal could be never or always.
        if to < from {
            to += DAY;
        }
        if to == from || to > 2 * DAY {
            return None;
        }
        if self.mark('+') {
            return Some(Time::OpenEnd { from, to, guess: guess(to).max(to) });
        }
        // `/30`: moments, not spans.
        (!self.is_mark(0, '/')).then_some(Time::Span { from, to })
    }

    /// `8:30`, up to 48:00.
    fn clock(&mut self) -> Option<u16> {
        let (Some(Token::Number(hour)), true, Some(Token::Number(minute))) =
            (self.peek(), self.is_mark(1, ':'), self.peek_at(2))
        else {
            return None;
        };
        self.at += 3;
        let minutes = u16::try_from(hour.checked_mul(60)?.checked_add(*minute)?).ok()?;
        (*minute < 60 && minutes <= 2 * DAY).then_some(minutes)
    }

    fn sun(&mut self) -> Option<()> {
        if self.mark('(') {
            self.at += 1;
            (self.mark('+') || self.mark('-')).then_some(())?;
            self.clock()?;
            return self.mark(')').then_some(());
        }
        self.at += 1;
        Some(())
    }
}

/// A month without a day begins on its first.
const fn begin_of(anchor: Anchor) -> Anchor {
    match anchor.date {
        AnchorDate::Fixed(month, 0) => Anchor { date: AnchorDate::Fixed(month, 1), ..anchor },
        _ => anchor,
    }
}

/// Until when an open end may last: eight hours from 22:00 on, ten from 17:00 on, else to midnight (as
/// the reference evaluator has it).
const fn guess(from: u16) -> u16 {
    match from {
        1440.. => 2 * DAY,
        1320.. => from + 8 * 60,
        1020.. => from + 10 * 60,
        _ => DAY,
    }
}
