//! Which doors are open now: asked of all distinct hours once a minute, not of each station.

use domain::{
    calendar::Calendar,
    station::{HolidayPolicy, Hours, Schedule, Station, Verdict},
    time::{LocalTime, Millis},
};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// A moment, and the minute it lies in: doors change on the minute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    pub(super) moment: Millis,
    minute: u64,
}

impl Now {
    pub(super) fn of(moment: Millis) -> Self {
        let local = LocalTime::of(moment);
        Self { moment, minute: (local.day * 1440 + i64::from(local.minute)).cast_unsigned() }
    }
}

/// The hours of a block of stations, each kept once.
#[derive(Debug, Default)]
pub(super) struct Doors {
    /// Per slot: 0 when its hours are not known, else one more than the place in `hours`.
    ids: Vec<u32>,
    hours: Vec<Remembered>,
    calendar: Arc<Calendar>,
}

/// Hours and the last answer they gave: the minute times four, plus the answer plus one, so that the 0
/// of the beginning is no answer. One word, so that no reader sees half of it.
#[derive(Debug)]
struct Remembered {
    hours: Hours,
    answer: AtomicU64,
}

/// What makes two hours the same: not the words they were written in.
type Same<'s> = (Option<&'s Schedule>, Option<&'s Schedule>, HolidayPolicy);

fn same(hours: &Hours) -> Same<'_> {
    (hours.schedule.as_deref(), hours.unattended.as_deref(), hours.policy)
}

impl Doors {
    pub(super) fn of(stations: &[Arc<Station>], calendar: Arc<Calendar>) -> Self {
        let mut known: HashMap<Same<'_>, u32> = HashMap::new();
        let mut doors = Self { ids: Vec::with_capacity(stations.len()), hours: Vec::new(), calendar };
        for station in stations {
            let hours = &station.hours;
            let id = if hours.schedule.is_none() && hours.unattended.is_none() {
                0
            } else {
                *known.entry(same(hours)).or_insert_with(|| {
                    doors.hours.push(Remembered { hours: hours.clone(), answer: AtomicU64::new(0) });
                    u32::try_from(doors.hours.len()).expect("an index holds fewer stations than u32::MAX")
                })
            };
            doors.ids.push(id);
        }
        doors.hours.shrink_to_fit();
        doors
    }

    /// What the hours of a slot say of its door: yes, no, or nothing.
    pub(super) fn verdict(&self, slot: usize, now: Now) -> Verdict {
        let Some(at) = self.ids[slot].checked_sub(1) else { return Verdict::Unsaid };
        let Remembered { hours, answer } = &self.hours[at as usize];
        // Relaxed: the word carries the minute it is about, an older one is simply asked again.
        let last = answer.load(Ordering::Relaxed);
        if last & 3 != 0 && last >> 2 == now.minute & (u64::MAX >> 2) {
            return [Verdict::No, Verdict::Unsaid, Verdict::Yes][(last & 3) as usize - 1];
        }
        let verdict = match hours.is_open_at(&self.calendar, now.moment) {
            Some(true) => Verdict::Yes,
            Some(false) => Verdict::No,
            None => Verdict::Unsaid,
        };
        answer.store(now.minute << 2 | (verdict as u64 + 1), Ordering::Relaxed);
        verdict
    }

    /// The calendar hours are read by.
    pub(super) fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Whether the hours of a slot are known.
    pub(super) fn known(&self, slot: usize) -> bool {
        self.ids[slot] != 0
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.ids.as_slice()) + size_of_val(self.hours.as_slice())
    }
}
