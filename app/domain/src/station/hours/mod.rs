//! Opening hours: the text as given, the rules where it is understood, and what they say of a day.
//!
//! The rules are OSM `opening_hours` (specification 0.7); words in Chinese become such rules first.
//! Anything else stays text, and the door is *unknown*: never guessed.

mod clock;
mod compact;
mod evaluate;
mod parse;
mod policy;
mod rule;
mod schedule;
mod stretch;
mod token;
mod why;

pub use clock::{Clock, DAY_MINUTES};
pub use compact::{COMPILED_DAYS, Compiled, compile};
pub use policy::HolidayPolicy;
pub use schedule::Schedule;
pub use stretch::{DoorAt, Stretch};
pub use why::Why;

pub(super) use stretch::Days;

use super::phrase;
use std::sync::Arc;

/// The hours of a station.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// As the source wrote it.
    pub text: Option<Box<str>>,
    /// As understood; `None` when there is no text or it is not understood.
    pub schedule: Option<Arc<Schedule>>,
    /// The unattended hours (无人值守) as the source wrote them.
    pub unattended_text: Option<Box<str>>,
    /// When the door works without staff.
    pub unattended: Option<Arc<Schedule>>,
    /// What it does on days off and make-up days.
    pub policy: HolidayPolicy,
}

impl Hours {
    /// Reads a source's text. Blank text is no text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::default();
        }
        let written = Self { text: Some(text.into()), ..Self::default() };
        if let Some(schedule) = Schedule::parse(text) {
            return Self { schedule: Some(Arc::new(schedule)), ..written };
        }
        let Some(phrase) = phrase::read(text) else { return written };
        let rules = |rules: &str| Schedule::parse(rules).map(Arc::new);
        Self {
            schedule: rules(&phrase.rules),
            unattended: phrase.unattended.as_deref().and_then(rules),
            policy: if phrase.follows_calendar { HolidayPolicy::Follow } else { HolidayPolicy::Unknown },
            ..written
        }
    }

    /// With what the station does on days off and make-up days; unknown leaves what the text says.
    #[must_use]
    pub fn with_policy(self, policy: HolidayPolicy) -> Self {
        if policy == HolidayPolicy::Unknown { self } else { Self { policy, ..self } }
    }

    /// With unattended hours, as the source wrote them.
    #[must_use]
    pub fn with_unattended(self, text: &str) -> Self {
        let Self { text: unattended_text, schedule: unattended, .. } = Self::read(text);
        if unattended_text.is_none() { self } else { Self { unattended_text, unattended, ..self } }
    }

    /// Whether the door is open at every moment of every year.
    #[must_use]
    pub fn is_always_open(&self) -> bool {
        self.schedule.as_ref().is_some_and(|schedule| schedule.is_always())
    }

    /// Whether it is open round the clock on any ordinary day, with staff or without.
    #[must_use]
    pub fn is_round_the_clock(&self) -> bool {
        [&self.schedule, &self.unattended].into_iter().flatten().any(|schedule| schedule.is_round_the_clock())
    }
}
