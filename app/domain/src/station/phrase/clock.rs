//! Times of a day and the spans between two of them.
//!
//! The 24-hour clock is taken as written. On the 12-hour clock the word (早, 下午, 晚) decides, and where
//! none does, nothing is read: 8点-6点 is a day's work or a night's.

use super::{cursor::Cursor, token::Kind, word::Word};
use crate::station::DAY_MINUTES;

/// Part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// 凌晨.
    Small,
    /// 早.
    Early,
    /// 上午.
    Forenoon,
    /// 中午.
    Noon,
    /// 下午.
    Afternoon,
    /// 傍晚.
    Dusk,
    /// 晚.
    Evening,
    /// 夜里.
    Night,
}

impl Part {
    /// Its hours come after noon.
    pub(super) fn is_late(self) -> bool {
        matches!(self, Self::Afternoon | Self::Dusk | Self::Evening | Self::Night)
    }

    /// The hour of the 24-hour clock, where the word allows one.
    fn hour(self, hour: u16) -> Option<u16> {
        let (plain, after_noon) = match self {
            Self::Small => (0..=6, None),
            Self::Early => (4..=11, None),
            Self::Forenoon => (5..=12, None),
            Self::Noon => (11..=14, Some(1..=2)),
            Self::Afternoon => (12..=19, Some(1..=7)),
            Self::Dusk => (16..=20, Some(4..=8)),
            Self::Evening => (17..=23, Some(5..=11)),
            Self::Night => (18..=23, Some(7..=11)),
        };
        if plain.contains(&hour) {
            return Some(hour);
        }
        after_noon.is_some_and(|hours| hours.contains(&hour)).then_some(hour + 12)
    }
}

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `8:00`
    Colon,
    /// `8点`
    Hour,
    /// The `8` of `早8晚10` and of `8-18点`.
    Bare,
}

#[derive(Clone, Copy, Debug)]
struct Time {
    hour: u16,
    minute: u16,
    form: Form,
    padded: bool,
    part: Option<Part>,
    next_day: bool,
}

impl Time {
    fn minutes(self) -> u16 {
        self.hour * 60 + self.minute
    }

    /// As its word places it.
    fn placed(self) -> Option<u16> {
        let hour = self.part.map_or(Some(self.hour), |part| part.hour(self.hour))?;
        Some(hour * 60 + self.minute)
    }

    fn is_midnight(self) -> bool {
        matches!(self.hour, 0 | 24) && self.minute == 0
    }
}

/// An opening: minutes after midnight, `to` above `from` and past 1440 when it runs into the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
    /// The words it was written with, if any.
    pub(super) part: Option<Part>,
}

/// Reads one span. `settled`: something else in the text shows which clock it is written on.
pub(super) fn span(cursor: &mut Cursor, settled: bool) -> Option<Span> {
    while cursor.takes_word(Word::Daytime) || cursor.takes_word(Word::Harmless) {}
    let mut start = time(cursor)?;
    let opened = cursor.takes_word(Word::Opens);
    if opened {
        // 8:00开门，18:00关门
        while cursor.takes(Kind::Comma) || cursor.takes_word(Word::Harmless) {}
    } else if !cursor.takes(Kind::Dash) {
        // 早8晚10: no dash, but both words.
        start.part.filter(|part| matches!(part, Part::Early | Part::Forenoon))?;
        let Some(Kind::Word(Word::Part(Part::Evening | Part::Afternoon | Part::Night))) = cursor.peek() else {
            return None;
        };
    }
    let end = time(cursor)?;
    if opened {
        let Some(Kind::Word(Word::Shuts | Word::Ends)) = cursor.next() else { return None };
    }
    if start.form == Form::Bare && start.part.is_none() {
        if end.form != Form::Hour {
            return None;
        }
        start.form = Form::Hour;
    }
    if end.form == Form::Bare && end.part.is_none() {
        return None;
    }
    let (from, to) = placed(start, end, settled)?;
    Some(Span { from, to, part: start.part })
}

/// One time, with the words before it.
fn time(cursor: &mut Cursor) -> Option<Time> {
    let (mut part, mut next_day) = (None, false);
    loop {
        match cursor.peek()? {
            Kind::Word(Word::Part(named)) if part.is_none() => part = Some(named),
            Kind::Word(Word::NextDay) if !next_day && part.is_none() => next_day = true,
            Kind::Word(Word::Harmless) => {}
            // 上午：8:30
            Kind::Colon if part.is_some() => {}
            _ => break,
        }
        cursor.next();
    }
    let Kind::Number { value: hour, digits, chinese } = cursor.next()? else { return None };
    let mut time = Time { hour, minute: 0, form: Form::Bare, padded: digits == 2 && hour < 10, part, next_day };
    if !chinese && cursor.takes(Kind::Colon) {
        time.form = Form::Colon;
        time.minute = sixtieths(cursor)?;
        let mut ahead = *cursor;
        if ahead.takes(Kind::Colon) {
            // 09:00:00, as databases write it.
            (sixtieths(&mut ahead)? == 0).then_some(())?;
            *cursor = ahead;
        }
    } else if cursor.takes_word(Word::Hour) {
        time.form = Form::Hour;
        time.minute = minutes_after_hour(cursor)?;
    }
    (time.minutes() <= DAY_MINUTES).then_some(time)
}

/// The two digits after a colon.
fn sixtieths(cursor: &mut Cursor) -> Option<u16> {
    match cursor.next()? {
        Kind::Number { value, digits: 2, chinese: false } if value < 60 => Some(value),
        _ => None,
    }
}

/// `半`, `整`, `一刻`, `30分`, `30`, nothing.
fn minutes_after_hour(cursor: &mut Cursor) -> Option<u16> {
    if cursor.takes_word(Word::Half) {
        return Some(30);
    }
    if cursor.takes_word(Word::Sharp) {
        return Some(0);
    }
    let Some(Kind::Number { value, digits, .. }) = cursor.peek() else { return Some(0) };
    cursor.next();
    if cursor.takes_word(Word::Quarter) {
        return matches!(value, 1 | 3).then_some(value * 15);
    }
    let named = cursor.takes_word(Word::Minute);
    ((named || digits == 2) && value < 60).then_some(value)
}

/// Both ends on the 24-hour clock, or nothing where that is a guess.
fn placed(start: Time, end: Time, settled: bool) -> Option<(u16, u16)> {
    if start.next_day || start.hour == 24 {
        return None;
    }
    let from = start.placed()?;
    let literal = |time: Time| time.form == Form::Colon || settled;
    let to = if end.next_day {
        next_day_end(end, from)?
    } else if let Some(part) = end.part {
        worded_end(part, end, from)?
    } else {
        plain_end(start, end, from, literal(end))?
    };
    if start.part.is_none() && start.hour < 13 {
        let late_word = end.part.is_some_and(Part::is_late) && end.hour <= 12;
        // 1:00-下午5:00 and 2:00-5:30 are afternoons in all likelihood, which is not enough.
        let doubtful = if late_word { start.hour < 5 } else { !start.padded && (1..5).contains(&start.hour) };
        // 8点-6点 did not get here; 8点-10点 does.
        let unclear = end.part.is_none() && !end.next_day && end.hour < 13 && !end.is_midnight() && !literal(start);
        if doubtful || unclear || (late_word && start.form != Form::Colon && start.hour < 6) {
            return None;
        }
    }
    (to > from && to < from + DAY_MINUTES || (from, to) == (0, DAY_MINUTES)).then_some((from, to))
}

/// 次日: less than a day later.
fn next_day_end(end: Time, from: u16) -> Option<u16> {
    let night = matches!(end.part, Some(Part::Night)) && (1..=5).contains(&end.hour);
    let to = if night || end.is_midnight() { end.minutes() % DAY_MINUTES } else { end.placed()? };
    (to < from).then_some(to + DAY_MINUTES)
}

/// An end that has its own word.
fn worded_end(part: Part, end: Time, from: u16) -> Option<u16> {
    let midnight = end.is_midnight() || (end.hour, end.minute) == (12, 0);
    match part {
        Part::Evening | Part::Night if midnight => return Some(DAY_MINUTES),
        Part::Small if midnight => return (from > 0).then_some(DAY_MINUTES),
        Part::Night if (1..=5).contains(&end.hour) => {
            return (end.minutes() < from).then_some(end.minutes() + DAY_MINUTES);
        }
        // 下午12点 is noon to some and midnight to others.
        Part::Afternoon if end.hour == 12 => return None,
        _ => {}
    }
    let to = end.placed()?;
    if to > from {
        return Some(to);
    }
    let overnight = match part {
        Part::Small => true,
        Part::Early | Part::Forenoon | Part::Noon => from >= 17 * 60,
        _ => false,
    };
    (overnight && to < from).then_some(to + DAY_MINUTES)
}

/// An end without a word: the start's word may cover it.
fn plain_end(start: Time, end: Time, from: u16, literal: bool) -> Option<u16> {
    let to = end.minutes();
    if end.is_midnight() {
        return (end.hour == 24 || from > 0).then_some(DAY_MINUTES);
    }
    if end.hour >= 13 {
        return (to > from).then_some(to);
    }
    // An end before the start is the next morning only from five in the afternoon on: 9:00-5:00 is an
    // afternoon written carelessly, 22:00-8:00 cannot be.
    let overnight = (from >= 17 * 60 && to < from).then_some(to + DAY_MINUTES);
    match start.part {
        Some(part) if part.is_late() && start.hour <= 12 => {
            // 下午2:00-5:30: one word for both.
            if end.hour == 12 {
                return (part != Part::Afternoon && end.minute == 0).then_some(DAY_MINUTES);
            }
            if to > start.minutes() % (12 * 60) { Some(to + 12 * 60) } else { overnight }
        }
        Some(part) if part.is_late() => overnight,
        Some(Part::Noon) if (1..=3).contains(&end.hour) => Some(to + 12 * 60),
        Some(Part::Early | Part::Small) => (literal && to > from).then_some(to),
        _ if to > from => Some(to),
        None => overnight,
        _ => None,
    }
}
