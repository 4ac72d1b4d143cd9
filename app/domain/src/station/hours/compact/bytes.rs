//! The bytes of compiled hours: numbers of seven bits a byte, the low ones first.
//!
//! `1`, first day + 1,000,000, days; comments (count, each a length and UTF-8); shapes (count, each the number of
//! its pieces, and for each the minutes since the last and a door); schedules (count, each a head, one shape or
//! seven, the number of other days, and for each the days since the last and a shape). Of the head, bit 0 says
//! seven shapes, bit 1 round the clock.

use super::{Compiled, Laid, MAX_DAYS, Shape};
use crate::{
    calendar::Holiday,
    station::{DoorAt, Why},
};

const VERSION: u64 = 1;
const DAY_ZERO: i64 = 1_000_000;
/// Doors below this number are named by it.
const HOLIDAYS: u64 = 16;
const COMMENTS: u64 = 64;

impl Compiled {
    /// As bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut comments: Vec<&str> = Vec::new();
        for (_, door) in self.shapes.iter().flatten() {
            if let DoorAt::Unknown(Why::Comment(words)) = door
                && !comments.contains(&&**words)
            {
                comments.push(words);
            }
        }
        let mut out = Out(Vec::new());
        out.number(VERSION);
        out.number(u64::try_from(self.first_day + DAY_ZERO).unwrap_or(0));
        out.number(u64::from(self.days));
        out.size(comments.len());
        for words in &comments {
            out.size(words.len());
            out.0.extend_from_slice(words.as_bytes());
        }
        out.size(self.shapes.len());
        for shape in &self.shapes {
            out.size(shape.len());
            let mut last = 0;
            for (from, door) in shape {
                out.number(u64::from(from - last));
                last = *from;
                out.number(code(door, &comments));
            }
        }
        out.size(self.schedules.len());
        for laid in &self.schedules {
            let whole_week = laid.week.iter().any(|shape| *shape != laid.week[0]);
            out.number(u64::from(whole_week) | u64::from(laid.round_the_clock) << 1);
            for shape in &laid.week[..if whole_week { 7 } else { 1 }] {
                out.number(u64::from(*shape));
            }
            out.size(laid.others.len());
            let mut last = 0;
            for (day, shape) in &laid.others {
                out.number(u64::from(day - last));
                last = *day;
                out.number(u64::from(*shape));
            }
        }
        out.0
    }

    /// From bytes; `None` when they are not such. Any bytes, work bounded by their number.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = In(bytes);
        (rest.number()? == VERSION).then_some(())?;
        let first_day = i64::try_from(rest.below(4 * DAY_ZERO.unsigned_abs())?).ok()? - DAY_ZERO;
        let days = u16::try_from(rest.below(u64::from(MAX_DAYS) + 1)?).ok()?;
        let comments = rest.list(|rest| {
            let length = usize::try_from(rest.number()?).ok()?;
            let (words, after) = rest.0.split_at_checked(length)?;
            rest.0 = after;
            std::str::from_utf8(words).ok()
        })?;
        let shapes = rest.list(|rest| rest.shape(&comments))?;
        let known = u64::try_from(shapes.len()).ok()?;
        let schedules = rest.list(|rest| rest.laid(known, days))?;
        rest.0.is_empty().then_some(Self { first_day, days, shapes, schedules })
    }
}

struct Out(Vec<u8>);

impl Out {
    fn number(&mut self, mut number: u64) {
        loop {
            let low = (number & 0x7f) as u8;
            number >>= 7;
            if number == 0 {
                return self.0.push(low);
            }
            self.0.push(low | 0x80);
        }
    }

    fn size(&mut self, size: usize) {
        self.number(size as u64);
    }
}

struct In<'b>(&'b [u8]);

impl In<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let (first, after) = self.0.split_first()?;
            self.0 = after;
            number |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn below(&mut self, limit: u64) -> Option<u64> {
        self.number().filter(|number| *number < limit)
    }

    /// Each thing takes a byte at least: a count past the bytes left is refused before anything is kept.
    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.number()?).ok().filter(|count| *count <= self.0.len())?;
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(one(self)?);
        }
        Some(list)
    }

    fn shape(&mut self, comments: &[&str]) -> Option<Shape> {
        let mut minute = 0;
        let mut first = true;
        let shape = self.list(|rest| {
            let since = rest.below(1440)?;
            (first == (since == 0)).then_some(())?;
            first = false;
            minute += since;
            let door = door(rest.number()?, comments)?;
            Some((u16::try_from(minute).ok().filter(|minute| *minute < 1440)?, door))
        })?;
        (!shape.is_empty()).then_some(shape)
    }

    fn laid(&mut self, shapes: u64, days: u16) -> Option<Laid> {
        let head = self.below(4)?;
        let shape = |rest: &mut Self| rest.below(shapes).and_then(|shape| u32::try_from(shape).ok());
        let mut week = [shape(self)?; 7];
        if head & 1 == 1 {
            for place in &mut week[1..] {
                *place = shape(self)?;
            }
        }
        let mut day = 0;
        let mut first = true;
        let others = self.list(|rest| {
            let since = rest.below(u64::from(days))?;
            (first || since > 0).then_some(())?;
            first = false;
            day += since;
            Some((u16::try_from(day).ok().filter(|day| *day < days)?, shape(rest)?))
        })?;
        Some(Laid { round_the_clock: head & 2 == 2, week, others })
    }
}

fn code(door: &DoorAt, comments: &[&str]) -> u64 {
    let holiday = |kind: u64, holiday: Holiday| HOLIDAYS + 16 * kind + holiday as u64;
    match door {
        DoorAt::Closed => 0,
        DoorAt::Open { unattended: false } => 1,
        DoorAt::Open { unattended: true } => 2,
        DoorAt::Unknown(why) => match why {
            Why::NotGiven => 3,
            Why::Unclear => 4,
            Why::SchoolHoliday => 5,
            Why::Sun => 6,
            Why::OpenEnd => 7,
            Why::Reported => 8,
            Why::Holiday(of) => holiday(0, *of),
            Why::MakeUp(of) => holiday(1, *of),
            Why::NoNotice(of) => holiday(2, *of),
            Why::Comment(words) => {
                let place = comments.iter().position(|known| *known == &**words).unwrap_or(0);
                COMMENTS + place as u64
            }
        },
    }
}

fn door(code: u64, comments: &[&str]) -> Option<DoorAt> {
    Some(DoorAt::Unknown(match code {
        0 => return Some(DoorAt::Closed),
        1 | 2 => return Some(DoorAt::Open { unattended: code == 2 }),
        3 => Why::NotGiven,
        4 => Why::Unclear,
        5 => Why::SchoolHoliday,
        6 => Why::Sun,
        7 => Why::OpenEnd,
        8 => Why::Reported,
        HOLIDAYS..COMMENTS => {
            let place = usize::try_from((code - HOLIDAYS) % 16).ok()?;
            let holiday = *Holiday::ALL.get(place)?;
            match (code - HOLIDAYS) / 16 {
                0 => Why::Holiday(holiday),
                1 => Why::MakeUp(holiday),
                _ => Why::NoNotice(holiday),
            }
        }
        COMMENTS.. => {
            let place = usize::try_from(code - COMMENTS).ok()?;
            Why::Comment((*comments.get(place)?).into())
        }
        _ => return None,
    }))
}
