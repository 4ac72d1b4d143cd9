//! Is the door open? Six answers, of which "unknown" is an honest one.

use super::{
    Station, Witness,
    hours::{Days, DoorAt, HolidayPolicy, Hours, Why},
};
use crate::{
    calendar::Calendar,
    time::{LocalTime, Millis},
};

/// An opening that ends within this many minutes is "closing soon".
pub const CLOSING_SOON_MINUTES: u32 = 60;
/// How far ahead the next change is looked for.
const HORIZON_DAYS: i64 = 60;

/// The look of a door at one moment. Unknown is never shown as closed, nor as open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// 开放中; closes at that moment, or never.
    Open { closes: Option<Millis>, unattended: bool },
    /// 快关门: 60 minutes or less are left.
    ClosingSoon { closes: Millis, minutes: u32, unattended: bool },
    /// 现在关门; opens at that moment, when it is known to.
    ClosedNow { opens: Option<Millis> },
    /// 临时关闭, until a moment when one is known, for a reason when one is given.
    TemporarilyClosed { until: Option<Millis>, reason: Option<Box<str>> },
    /// 时间未知, and why; up to a moment when that is known.
    Unknown { why: Why, until: Option<Millis> },
    /// 已撤销.
    PermanentlyClosed,
}

impl OpenState {
    /// The state of some hours at a moment.
    #[must_use]
    pub fn of_hours(hours: &Hours, calendar: &Calendar, now: Millis) -> Self {
        if hours.is_always_open() {
            return Self::Open { closes: None, unattended: false };
        }
        let Some((door, next)) = until_it_changes(hours, calendar, now) else { return Self::ClosedNow { opens: None } };
        Self::of_outlook(door, next, hours.is_round_the_clock(), now)
    }

    /// The state of a door that becomes another at a moment, or not for long.
    pub(super) fn of_outlook(door: DoorAt, next: Option<(Millis, DoorAt)>, round_the_clock: bool, now: Millis) -> Self {
        match (door, next) {
            // Open round the clock, and then a day of which nobody has said: that is not "it closes".
            (DoorAt::Open { unattended }, Some((_, DoorAt::Unknown(why)))) if is_of_day(&why) && round_the_clock => {
                Self::Open { closes: None, unattended }
            }
            (DoorAt::Open { unattended }, Some((at, DoorAt::Closed | DoorAt::Unknown(_)))) => {
                Self::open_until(at, unattended, now)
            }
            (DoorAt::Open { unattended }, _) => Self::Open { closes: None, unattended },
            (DoorAt::Closed, Some((at, DoorAt::Open { .. }))) => Self::ClosedNow { opens: Some(at) },
            (DoorAt::Closed, _) => Self::ClosedNow { opens: None },
            (DoorAt::Unknown(why), next) => Self::Unknown { why, until: next.map(|(at, _)| at) },
        }
    }

    /// Open, and soon no longer where that is within [`CLOSING_SOON_MINUTES`].
    fn open_until(closes: Millis, unattended: bool, now: Millis) -> Self {
        let minutes = u32::try_from((closes - now + 59_999) / 60_000).unwrap_or(u32::MAX);
        if minutes <= CLOSING_SOON_MINUTES {
            Self::ClosingSoon { closes, minutes, unattended }
        } else {
            Self::Open { closes: Some(closes), unattended }
        }
    }

    /// `Some(true)` when one can go in, `None` when nobody knows.
    #[must_use]
    pub const fn is_open(&self) -> Option<bool> {
        match self {
            Self::Open { .. } | Self::ClosingSoon { .. } => Some(true),
            Self::ClosedNow { .. } | Self::TemporarilyClosed { .. } | Self::PermanentlyClosed => Some(false),
            Self::Unknown { .. } => None,
        }
    }

    /// The code of the public API and of the page's classes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open { .. } => "open",
            Self::ClosingSoon { .. } => "closing_soon",
            Self::ClosedNow { .. } => "closed_now",
            Self::TemporarilyClosed { .. } => "temporarily_closed",
            Self::Unknown { .. } => "unknown",
            Self::PermanentlyClosed => "permanently_closed",
        }
    }
}

/// A closure for some days: water works, holidays of the host, a move.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
pub struct Closure {
    /// From this moment.
    pub from: Millis,
    /// Up to this moment; `None` while nobody has said when.
    pub until: Option<Millis>,
    /// In the manager's words.
    pub reason: Option<Box<str>>,
    /// Who said so.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Option::is_none"))]
    pub by: Option<Witness>,
    /// OSM `opening_hours` that hold on those days; `None` when it is closed.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Option::is_none"))]
    pub hours: Option<Box<str>>,
}

impl Closure {
    /// Whether it holds at a moment.
    #[must_use]
    pub fn holds(&self, now: Millis) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Whether a day as a whole is in doubt.
const fn is_of_day(why: &Why) -> bool {
    matches!(why, Why::Holiday(_) | Why::MakeUp(_) | Why::NoNotice(_))
}

/// What the door does at a moment, and when and into what that changes, seen [`HORIZON_DAYS`] ahead.
fn until_it_changes(hours: &Hours, calendar: &Calendar, now: Millis) -> Option<(DoorAt, Option<(Millis, DoorAt)>)> {
    let local = LocalTime::of(now);
    let mut days = Days::new(hours, calendar, local.day);
    let mut present: Option<DoorAt> = None;
    for day in local.day..local.day + HORIZON_DAYS {
        for (from, to, door) in days.next_day() {
            match &present {
                None if day == local.day && to <= local.minute => {}
                None => present = Some(door),
                Some(known) if known.looks_like(&door) => {}
                Some(_) => {
                    let at = LocalTime { day, minute: from }.moment();
                    return Some((present?, Some((at, door))));
                }
            }
        }
    }
    present.map(|present| (present, None))
}

impl Station {
    /// A door whose closure is announced does not stay open until the usual hour.
    fn ended_by_closure(&self, posted: OpenState, now: Millis) -> OpenState {
        let begins = self.closure.as_deref().filter(|closure| closure.hours.is_none() && closure.from > now);
        let Some(begins) = begins.map(|closure| closure.from) else { return posted };
        match posted {
            OpenState::Open { closes, unattended } if closes.is_none_or(|closes| begins < closes) => {
                OpenState::open_until(begins, unattended, now)
            }
            OpenState::ClosingSoon { closes, unattended, .. } if begins < closes => {
                OpenState::open_until(begins, unattended, now)
            }
            posted => posted,
        }
    }

    /// A door that workers found locked inside its posted hours: nobody can promise it is open. What they
    /// say never opens a door.
    fn doubted(&self, posted: OpenState, now: Millis) -> OpenState {
        match self.voices.as_deref().and_then(|voices| voices.doubt(now)) {
            Some(doubt) if posted.is_open() == Some(true) => {
                OpenState::Unknown { why: Why::Reported, until: Some(doubt.until) }
            }
            _ => posted,
        }
    }

    /// The look of this station's door at a moment.
    #[must_use]
    pub fn open_state(&self, calendar: &Calendar, now: Millis) -> OpenState {
        if self.closed_for_good {
            return OpenState::PermanentlyClosed;
        }
        let Some(closure) = self.closure.as_deref().filter(|closure| closure.holds(now)) else {
            let posted = self.ended_by_closure(OpenState::of_hours(&self.hours, calendar, now), now);
            return self.doubted(posted, now);
        };
        match &closure.hours {
            // Somebody named the hours of these very days: holidays do not come into it.
            Some(hours) => {
                let hours = Hours::read(hours).with_policy(HolidayPolicy::AsWeekday);
                OpenState::of_hours(&hours, calendar, now)
            }
            None => OpenState::TemporarilyClosed { until: closure.until, reason: closure.reason.clone() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 2026-11-23, 00:00 in Shanghai.
    const MONDAY: Millis = 1_795_363_200_000;
    const MINUTE: Millis = 60_000;

    fn state(rule: &str, minutes: Millis) -> OpenState {
        OpenState::of_hours(&Hours::read(rule), &Calendar::default(), MONDAY + minutes * MINUTE)
    }

    #[test]
    fn sixty_minutes_before_closing_it_is_closing_soon() {
        let closes = MONDAY + 22 * 60 * MINUTE;
        assert_eq!(state("08:00-22:00", 20 * 60 + 59), OpenState::Open { closes: Some(closes), unattended: false });
        assert_eq!(state("08:00-22:00", 21 * 60), OpenState::ClosingSoon { closes, minutes: 60, unattended: false });
        assert_eq!(
            state("08:00-22:00", 21 * 60 + 59),
            OpenState::ClosingSoon { closes, minutes: 1, unattended: false }
        );
        assert_eq!(
            state("08:00-22:00", 22 * 60),
            OpenState::ClosedNow { opens: Some(MONDAY + (24 + 8) * 60 * MINUTE) }
        );
    }

    #[test]
    fn no_hours_are_unknown_and_always_is_open() {
        let unknown = OpenState::Unknown { why: Why::Unclear, until: None };
        assert_eq!(state("问门卫", 600), unknown);
        assert_eq!(state("24小时", 600), OpenState::Open { closes: None, unattended: false });
        assert_eq!(unknown.is_open(), None);
    }

    #[test]
    fn on_friday_evening_it_opens_again_on_monday() {
        let friday = 4 * 1440 + 18 * 60;
        assert_eq!(
            state("周一至周五 09:00-17:00", friday),
            OpenState::ClosedNow { opens: Some(MONDAY + (7 * 1440 + 9 * 60) * MINUTE) }
        );
    }

    #[test]
    fn a_closure_holds_from_its_first_moment_to_before_its_last() {
        let closure = Closure { from: 10, until: Some(20), reason: None, by: None, hours: None };
        assert_eq!([9, 10, 19, 20].map(|at| closure.holds(at)), [false, true, true, false]);
        assert!(Closure { until: None, ..closure }.holds(Millis::MAX));
    }
}
