//! Hours laid out over days: what the door does, stretch by stretch.

use super::{
    Hours, Why,
    evaluate::{Paint, Painted},
};
use crate::{
    calendar::Calendar,
    time::{LocalTime, Millis},
};

const DAY: u16 = 1440;

/// What a door does for a while.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DoorAt {
    /// Open; without staff when `unattended` (无人值守).
    Open { unattended: bool },
    /// Closed.
    Closed,
    /// Nobody knows.
    Unknown(Why),
}

impl DoorAt {
    /// Whether one can go in; `None` when nobody knows.
    #[must_use]
    pub const fn is_open(&self) -> Option<bool> {
        match self {
            Self::Open { .. } => Some(true),
            Self::Closed => Some(false),
            Self::Unknown(_) => None,
        }
    }

    /// Whether it makes no difference to somebody before it: staff come and go at an open door.
    pub(in crate::station) fn looks_like(&self, other: &Self) -> bool {
        match (self.is_open(), other.is_open()) {
            (None, None) => self == other,
            (one, other) => one == other,
        }
    }
}

/// A while in which the door does one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From this moment.
    pub from: Millis,
    /// Up to this one.
    pub to: Millis,
    /// What the door does.
    pub door: DoorAt,
}

/// The days of some hours, one after the other: each as pieces without gaps from 00:00 to 24:00.
pub(in crate::station) struct Days<'h> {
    hours: &'h Hours,
    calendar: &'h Calendar,
    day: i64,
    /// What runs over from the day before.
    staffed: Painted,
    unattended: Painted,
}

/// Minutes of a day, and what the door does from the first to before the second.
pub(in crate::station) type DayPiece = (u16, u16, DoorAt);

impl<'h> Days<'h> {
    pub(in crate::station) fn new(hours: &'h Hours, calendar: &'h Calendar, first_day: i64) -> Self {
        let paint = |schedule: Option<&super::Schedule>| {
            schedule.map_or_else(Vec::new, |schedule| schedule.paint(hours.policy, calendar, first_day - 1))
        };
        Self {
            hours,
            calendar,
            day: first_day,
            staffed: paint(hours.schedule.as_deref()),
            unattended: paint(hours.unattended.as_deref()),
        }
    }

    /// The next day.
    pub(in crate::station) fn next_day(&mut self) -> Vec<DayPiece> {
        let paint = |schedule: Option<&super::Schedule>| {
            schedule.map(|schedule| schedule.paint(self.hours.policy, self.calendar, self.day))
        };
        let staffed = paint(self.hours.schedule.as_deref());
        let unattended = paint(self.hours.unattended.as_deref());
        // Without hours nobody knows; unattended ones may still say open.
        let unsaid = if self.hours.text.is_some() { Why::Unclear } else { Why::NotGiven };
        let mut bounds = vec![0, DAY];
        for (painted, shift) in
            [(staffed.as_ref(), 0), (Some(&self.staffed), DAY), (unattended.as_ref(), 0), (Some(&self.unattended), DAY)]
        {
            let inside = painted.into_iter().flatten().filter_map(|piece| piece.from.checked_sub(shift));
            bounds.extend(inside.filter(|minute| *minute < DAY));
        }
        bounds.sort_unstable();
        bounds.dedup();
        let mut pieces: Vec<DayPiece> = Vec::with_capacity(bounds.len());
        for two in bounds.windows(2) {
            let (from, to) = (two[0], two[1]);
            let staffed_door = match &staffed {
                Some(painted) => better(at(painted, from), at(&self.staffed, from + DAY), false),
                None => DoorAt::Unknown(unsaid.clone()),
            };
            let unattended_door = unattended
                .as_ref()
                .map_or(DoorAt::Closed, |painted| better(at(painted, from), at(&self.unattended, from + DAY), true));
            let door = if rank(&unattended_door) > rank(&staffed_door) { unattended_door } else { staffed_door };
            match pieces.last_mut() {
                Some(last) if last.2 == door => last.1 = to,
                _ => pieces.push((from, to, door)),
            }
        }
        self.staffed = staffed.unwrap_or_default();
        self.unattended = unattended.unwrap_or_default();
        self.day += 1;
        pieces
    }
}

/// What is painted at a minute; nothing is closed.
fn at(painted: &Painted, minute: u16) -> &Paint {
    let place = painted.partition_point(|piece| piece.to <= minute);
    painted.get(place).map_or(&Paint::Closed, |piece| &piece.paint)
}

/// The better of what the day says and what runs over from the one before.
fn better(own: &Paint, over: &Paint, unattended: bool) -> DoorAt {
    match (own, over) {
        (Paint::Off, _) | (Paint::Closed, Paint::Closed | Paint::Off) => DoorAt::Closed,
        (Paint::Open, _) | (_, Paint::Open) => DoorAt::Open { unattended },
        (Paint::Unknown(why), _) | (_, Paint::Unknown(why)) => DoorAt::Unknown(why.clone()),
    }
}

/// A door with staff is better than one without, open better than unknown, unknown better than closed.
const fn rank(door: &DoorAt) -> u8 {
    match door {
        DoorAt::Open { unattended: false } => 3,
        DoorAt::Open { unattended: true } => 2,
        DoorAt::Unknown(_) => 1,
        DoorAt::Closed => 0,
    }
}

impl Hours {
    /// Every stretch from 00:00 of `first_day` (counted from 1970-01-01, Asia/Shanghai) for so many days:
    /// without gaps, neighbours differ.
    #[must_use]
    pub fn stretches(&self, calendar: &Calendar, first_day: i64, days: u16) -> Vec<Stretch> {
        let mut walk = Days::new(self, calendar, first_day);
        let mut stretches: Vec<Stretch> = Vec::new();
        for day in first_day..first_day + i64::from(days) {
            let begin = LocalTime { day, minute: 0 }.moment();
            for (from, to, door) in walk.next_day() {
                let [from, to] = [from, to].map(|minute| begin + Millis::from(minute) * 60_000);
                match stretches.last_mut() {
                    Some(last) if last.door == door => last.to = to,
                    _ => stretches.push(Stretch { from, to, door }),
                }
            }
        }
        stretches
    }

    /// What the door does at a moment: looks at that day and the one before only.
    #[must_use]
    pub fn door_at(&self, calendar: &Calendar, now: Millis) -> DoorAt {
        if self.is_always_open() {
            return DoorAt::Open { unattended: false };
        }
        let local = LocalTime::of(now);
        let pieces = Days::new(self, calendar, local.day).next_day();
        let found = pieces.into_iter().find(|(_, to, _)| local.minute < *to);
        found.map_or(DoorAt::Closed, |(_, _, door)| door)
    }

    /// Whether one can go in at a moment; `None` when nobody knows.
    #[must_use]
    pub fn is_open_at(&self, calendar: &Calendar, now: Millis) -> Option<bool> {
        self.door_at(calendar, now).is_open()
    }
}
