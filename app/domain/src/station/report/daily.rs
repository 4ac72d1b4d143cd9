//! Locked at the same time of day, day after day: a lunch break, an early end.

use super::{DailyDoubt, Said, tally::Tally, weigh::Voice};
use crate::time::{DAY_MS, LocalTime, Millis};

const SLOTS: usize = 48;
const SLOT_MINUTES: u16 = 30;
/// A locked door says something of an hour around, an open one of half an hour.
const LOCKED_REACHES: u16 = 60;
const OPEN_REACHES: u16 = 30;
/// So long after the last voice the habit is believed.
const HABIT_MS: Millis = 28 * DAY_MS;

/// A score for every half hour of the day.
pub(super) struct Daily([Tally; SLOTS]);

impl Daily {
    pub fn new() -> Self {
        Self(std::array::from_fn(|_| Tally::new()))
    }

    fn near(&mut self, at: Millis, reach: u16) -> impl Iterator<Item = &mut Tally> {
        let minute = LocalTime::of(at).minute;
        let slots = self.0.iter_mut().zip(0_u16..);
        let near = move |slot: u16| (slot * SLOT_MINUTES + SLOT_MINUTES / 2).abs_diff(minute) <= reach;
        slots.filter(move |(_, slot)| near(*slot)).map(|(tally, _)| tally)
    }

    pub fn hear(&mut self, voice: &Voice) {
        match voice.report.said {
            Said::Open => self.near(voice.report.at, OPEN_REACHES).for_each(|tally| tally.in_favour(voice)),
            Said::Locked => self.near(voice.report.at, LOCKED_REACHES).for_each(|tally| tally.against(voice)),
            Said::Moved | Said::AmenityGone | Said::AmenityBack => {}
        }
    }

    pub fn forget(&mut self) {
        self.0.iter_mut().for_each(Tally::forget);
    }

    /// The half hours that are believed to be locked, neighbours joined.
    pub fn doubts(&self, now: Millis) -> Box<[DailyDoubt]> {
        let mut doubts: Vec<DailyDoubt> = Vec::new();
        for (tally, slot) in self.0.iter().zip(0_u16..) {
            let last = tally.voices_against().last().map_or(Millis::MIN, |voice| voice.report.at);
            let until = last.saturating_add(HABIT_MS);
            if !tally.believed() || tally.days() < 2 || until <= now {
                continue;
            }
            let from = slot * SLOT_MINUTES;
            let to = from + SLOT_MINUTES;
            match doubts.last_mut() {
                Some(before) if before.to == from => {
                    before.to = to;
                    before.voices = before.voices.max(tally.voices());
                    (before.at, before.until) = (before.at.max(last), before.until.max(until));
                }
                _ => doubts.push(DailyDoubt { from, to, voices: tally.voices(), at: last, until }),
            }
        }
        doubts.into_boxed_slice()
    }
}
