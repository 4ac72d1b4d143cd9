//! Is the door open? Six answers, of which "unknown" is an honest one.

use super::{
    Station, Witness,
    hours::{Schedule, Until},
};
use crate::{
    calendar::{Calendar, Holiday},
    time::{LocalTime, Millis},
};

/// An opening that ends within this many minutes is "closing soon".
pub const CLOSING_SOON_MINUTES: u32 = 60;

/// Why nobody can say whether a door is open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// No hours are given.
    NotGiven,
    /// The text is not understood.
    Unclear,
    /// The hours do not speak of this day off.
    Holiday(Holiday),
    /// The hours do not speak of this make-up working day.
    MakeUp(Holiday),
    /// 放假安排还没公布.
    NoNotice(Holiday),
    /// The hours speak of school holidays, whose dates nobody publishes for the country.
    SchoolHoliday,
    /// The hours follow the sun.
    Sun,
    /// The hours say when it opens, not when it closes.
    OpenEnd,
    /// In the source's words: 预约.
    Comment(Box<str>),
    /// Workers at the door say otherwise.
    Reported,
}

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
    /// The state of a schedule at a moment.
    #[must_use]
    pub fn of_schedule(schedule: Option<&Schedule>, now: Millis) -> Self {
        let Some(schedule) = schedule else { return Self::Unknown { why: Why::NotGiven, until: None } };
        let local = LocalTime::of(now);
        let after = |minutes: u32| local.moment() + Millis::from(minutes) * 60_000;
        match schedule.open_until(local.weekday(), local.minute) {
            Some(Until::Never) => Self::Open { closes: None, unattended: false },
            Some(Until::In(minutes)) if minutes <= CLOSING_SOON_MINUTES => {
                Self::ClosingSoon { closes: after(minutes), minutes, unattended: false }
            }
            Some(Until::In(minutes)) => Self::Open { closes: Some(after(minutes)), unattended: false },
            None => Self::ClosedNow { opens: schedule.opens_in(local.weekday(), local.minute).map(after) },
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

impl Station {
    /// The look of this station's door at a moment.
    #[must_use]
    pub fn open_state(&self, _calendar: &Calendar, now: Millis) -> OpenState {
        if self.closed_for_good {
            return OpenState::PermanentlyClosed;
        }
        match self.closure.as_deref().filter(|closure| closure.holds(now)) {
            Some(closure) => OpenState::TemporarilyClosed { until: closure.until, reason: closure.reason.clone() },
            None => OpenState::of_schedule(self.hours.schedule.as_ref(), now),
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
        OpenState::of_schedule(Schedule::parse(rule).as_ref(), MONDAY + minutes * MINUTE)
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
        let unknown = OpenState::Unknown { why: Why::NotGiven, until: None };
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
