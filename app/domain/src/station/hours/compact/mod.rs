//! Hours for a phone without network: what the doors do for the next 60 days, without rules or calendar.
//!
//! Days look alike: a shape is what a door does from 00:00 to 24:00, kept once for all schedules; a schedule is a
//! week of shapes, and the days that are otherwise (holidays, the first Monday).

mod bytes;
#[cfg(test)]
mod tests;

use super::{Days, DoorAt, Hours};
use crate::{
    calendar::Calendar,
    station::OpenState,
    time::{LocalTime, Millis},
};
use std::collections::HashMap;

/// How many days ahead a phone is told.
pub const COMPILED_DAYS: u16 = 60;
/// Most days one may ask for.
const MAX_DAYS: u16 = 400;
/// An answer needs so many days after it to say that a door does not change.
const SURE_DAYS: i64 = 7;

/// What one door does from 00:00 to 24:00: from which minute on what, the first from 0, neighbours unlike.
type Shape = Vec<(u16, DoorAt)>;

/// Some schedules, laid out over the same days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    first_day: i64,
    days: u16,
    shapes: Vec<Shape>,
    schedules: Vec<Laid>,
}

/// One schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Laid {
    /// Open round the clock wherever the day is not in doubt.
    round_the_clock: bool,
    /// The shapes of the days counted from the first, by their remainder of seven.
    week: [u32; 7],
    /// Days with another shape, in order.
    others: Vec<(u16, u32)>,
}

/// Lays out hours over so many days (at most 400) from one counted from 1970-01-01. The answers are asked for by
/// the place of their hours in the list.
#[must_use]
pub fn compile<'h>(
    hours: impl IntoIterator<Item = &'h Hours>,
    calendar: &Calendar,
    first_day: i64,
    days: u16,
) -> Compiled {
    let days = days.min(MAX_DAYS);
    let mut shapes: Vec<Shape> = Vec::new();
    let mut known: HashMap<Shape, u32> = HashMap::new();
    let mut schedules = Vec::new();
    for hours in hours {
        let mut walk = Days::new(hours, calendar, first_day);
        let mut laid: Vec<u32> = Vec::with_capacity(usize::from(days));
        for _ in 0..days {
            let shape: Shape = walk.next_day().into_iter().map(|(from, _, door)| (from, door)).collect();
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            laid.push(*known.entry(shape).or_insert_with_key(|shape| {
                shapes.push(shape.clone());
                next
            }));
        }
        schedules.push(Laid::of(&laid, hours.is_round_the_clock()));
    }
    Compiled { first_day, days, shapes, schedules }
}

impl Laid {
    fn of(days: &[u32], round_the_clock: bool) -> Self {
        let week = std::array::from_fn(|rest| most_common(days.iter().skip(rest).step_by(7)));
        let others = (0_u16..).zip(days).filter(|(at, shape)| week[usize::from(*at % 7)] != **shape);
        Self { round_the_clock, week, others: others.map(|(at, shape)| (at, *shape)).collect() }
    }

    fn shape(&self, day: u16) -> u32 {
        match self.others.binary_search_by_key(&day, |(other, _)| *other) {
            Ok(place) => self.others[place].1,
            Err(_) => self.week[usize::from(day % 7)],
        }
    }
}

/// The most frequent; of equals the smallest; 0 of none.
fn most_common<'s>(shapes: impl Iterator<Item = &'s u32>) -> u32 {
    let mut sorted: Vec<u32> = shapes.copied().collect();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(PartialEq::eq);
    // `max_by_key` keeps the last of equals: look from the back.
    runs.rev().max_by_key(|run| run.len()).map_or(0, |run| run[0])
}

impl Compiled {
    /// How many schedules there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.schedules.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.schedules.is_empty()
    }

    /// The first moment that is told, and the first that is not any more.
    #[must_use]
    pub fn reach(&self) -> (Millis, Millis) {
        let begin = |day| LocalTime { day, minute: 0 }.moment();
        (begin(self.first_day), begin(self.first_day + i64::from(self.days)))
    }

    /// The shape of a day counted from the first.
    fn shape(&self, laid: &Laid, day: u16) -> &[(u16, DoorAt)] {
        self.shapes.get(laid.shape(day) as usize).map_or(&[], Vec::as_slice)
    }

    /// The day of a moment, counted from the first.
    fn day(&self, local: LocalTime) -> Option<u16> {
        let day = u16::try_from(local.day.checked_sub(self.first_day)?).ok()?;
        (day < self.days).then_some(day)
    }

    /// What a door does at a moment; `None` where there is no such schedule, or the moment is not told.
    #[must_use]
    pub fn door_at(&self, schedule: usize, now: Millis) -> Option<&DoorAt> {
        let local = LocalTime::of(now);
        let shape = self.shape(self.schedules.get(schedule)?, self.day(local)?);
        shape.iter().take_while(|(from, _)| *from <= local.minute).last().map(|(_, door)| door)
    }

    /// The look of a door at a moment, as [`OpenState::of_hours`] has it; `None` where there is no such schedule,
    /// the moment is not told, or too little after it is.
    #[must_use]
    pub fn state_at(&self, schedule: usize, now: Millis) -> Option<OpenState> {
        let laid = self.schedules.get(schedule)?;
        let local = LocalTime::of(now);
        let first = self.day(local)?;
        let present = self.door_at(schedule, now)?;
        let later = (first..self.days).flat_map(|day| self.shape(laid, day).iter().map(move |piece| (day, piece)));
        let mut later = later.skip_while(|(day, (from, _))| *day == first && *from <= local.minute);
        let next = later.find(|(_, (_, door))| !present.looks_like(door));
        if next.is_none() && i64::from(self.days - first) < SURE_DAYS {
            return None;
        }
        let next = next.map(|(day, (from, door))| {
            (LocalTime { day: self.first_day + i64::from(day), minute: *from }.moment(), door.clone())
        });
        Some(OpenState::of_outlook(present.clone(), next, laid.round_the_clock, now))
    }
}
