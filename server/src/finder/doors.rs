//! Which doors are open now: asked of each distinct schedule once a minute, not of each station.

use domain::{
    calendar::Calendar,
    station::{OpenState, Schedule, Station, Verdict},
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

/// The schedules of a block of stations, each kept once.
#[derive(Debug, Default)]
pub(super) struct Doors {
    /// Per slot: 0 when its hours are not known, else one more than the place in `schedules`.
    ids: Vec<u32>,
    schedules: Vec<Remembered>,
    #[expect(dead_code, reason = "hours that know of holidays read it")]
    calendar: Arc<Calendar>,
}

/// A schedule and the last answer it gave: the minute times four, plus the answer plus one, so that
/// the 0 of the beginning is no answer. One word, so that no reader sees half of it.
#[derive(Debug)]
struct Remembered {
    schedule: Schedule,
    answer: AtomicU64,
}

impl Doors {
    pub(super) fn of(stations: &[Arc<Station>], calendar: Arc<Calendar>) -> Self {
        let mut known: HashMap<&Schedule, u32> = HashMap::new();
        let mut doors = Self { ids: Vec::with_capacity(stations.len()), schedules: Vec::new(), calendar };
        for station in stations {
            doors.ids.push(station.hours.schedule.as_ref().map_or(0, |schedule| {
                *known.entry(schedule).or_insert_with(|| {
                    doors.schedules.push(Remembered { schedule: schedule.clone(), answer: AtomicU64::new(0) });
                    u32::try_from(doors.schedules.len()).expect("an index holds fewer stations than u32::MAX")
                })
            }));
        }
        doors.schedules.shrink_to_fit();
        doors
    }

    /// What the schedule of a slot says of its door: yes, no, or nothing.
    pub(super) fn verdict(&self, slot: usize, now: Now) -> Verdict {
        let Some(at) = self.ids[slot].checked_sub(1) else { return Verdict::Unsaid };
        let Remembered { schedule, answer } = &self.schedules[at as usize];
        // Relaxed: the word carries the minute it is about, an older one is simply asked again.
        let last = answer.load(Ordering::Relaxed);
        if last & 3 != 0 && last >> 2 == now.minute & (u64::MAX >> 2) {
            return [Verdict::No, Verdict::Unsaid, Verdict::Yes][(last & 3) as usize - 1];
        }
        let verdict = match OpenState::of_schedule(Some(schedule), now.moment).is_open() {
            Some(true) => Verdict::Yes,
            Some(false) => Verdict::No,
            None => Verdict::Unsaid,
        };
        answer.store(now.minute << 2 | (verdict as u64 + 1), Ordering::Relaxed);
        verdict
    }

    /// Whether the hours of a slot are known.
    pub(super) fn known(&self, slot: usize) -> bool {
        self.ids[slot] != 0
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.ids.as_slice())
            + size_of_val(self.schedules.as_slice())
            + self.schedules.iter().map(|known| heap_bytes(&known.schedule)).sum::<usize>()
    }
}

fn heap_bytes(schedule: &Schedule) -> usize {
    match schedule {
        Schedule::Always => 0,
        Schedule::Weekly(spans) => size_of_val(&**spans),
    }
}
