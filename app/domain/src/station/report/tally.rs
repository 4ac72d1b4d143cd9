//! Is what was posted still so? A running score that finds the moment of change: voices against add up,
//! voices in favour take away, both fade.

use super::weigh::Voice;
use crate::time::{DAY_MS, LocalTime, Millis};

/// So much must stand against what is posted before it is doubted. One voice is never enough.
const ENOUGH: f64 = 2.0;
/// Rounding of thirds and tenths.
const ABOUT: f64 = 0.05;
/// More than this is not saved up: a door that opens again is believed after a few voices.
const MOST_AGAINST: f64 = 4.0;
/// What workers say in favour is saved up to this.
const MOST_IN_FAVOUR: f64 = 1.0;
/// Against fades by half in so long, in favour faster: a door that was open last week may be gone.
const AGAINST_FADES: Millis = 30 * DAY_MS;
const IN_FAVOUR_FADES: Millis = 4 * DAY_MS;
/// One voice in favour weighs this many against: far more people are honest than not.
const IN_FAVOUR: f64 = 1.5;

/// One fact's score.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    score: f64,
    at: Millis,
    against: Vec<Voice>,
}

impl Tally {
    pub const fn new() -> Self {
        Self { score: 0.0, at: 0, against: Vec::new() }
    }

    /// That a manager looked counts as two voices, and fades as they do.
    pub fn looked_at(&mut self, at: Millis) {
        (self.score, self.at) = (-2.0 * MOST_IN_FAVOUR, at);
    }

    fn fade(&mut self, at: Millis) {
        let half = if self.score > 0.0 { AGAINST_FADES } else { IN_FAVOUR_FADES };
        #[expect(clippy::cast_precision_loss, reason = "a span of months in milliseconds is far below 2^52")]
        let halves = (at - self.at).max(0) as f64 / half as f64;
        self.score *= (-halves).exp2();
        self.at = at;
    }

    pub fn against(&mut self, voice: &Voice) {
        self.fade(voice.report.at);
        self.score = (self.score + voice.weight).min(MOST_AGAINST);
        self.against.push(*voice);
    }

    pub fn in_favour(&mut self, voice: &Voice) {
        self.fade(voice.report.at);
        let floor = self.score.min(-MOST_IN_FAVOUR);
        self.score = (self.score - IN_FAVOUR * voice.weight).max(floor);
        if self.score <= 0.0 {
            self.against.clear();
        }
    }

    /// What stood against is over.
    pub fn forget(&mut self) {
        self.score = self.score.min(0.0);
        self.against.clear();
    }

    /// Enough voices that have nothing to do with each other: several devices, several ranges; and they
    /// spoke on several days, or are three, or one of them has been right before.
    pub fn believed(&self) -> bool {
        let seasoned = self.against.iter().any(|voice| voice.report.seasoned);
        self.score >= ENOUGH - ABOUT
            && distinct(self.against.iter().map(|voice| voice.report.device)) >= 2
            && distinct(self.against.iter().map(|voice| voice.report.range)) >= 2
            && (self.voices() >= 3 || self.days() >= 2 || seasoned)
    }

    pub fn voices(&self) -> u16 {
        let voices = self.against.iter().filter(|voice| voice.is_one()).count();
        u16::try_from(voices).unwrap_or(u16::MAX)
    }

    pub fn days(&self) -> usize {
        distinct(self.against.iter().filter(|voice| voice.is_one()).map(|voice| voice.report.day()))
    }

    pub fn voices_against(&self) -> &[Voice] {
        &self.against
    }

    /// Between the earliest and the latest minute of the day at which somebody spoke against.
    pub fn spread_minutes(&self) -> u16 {
        let minutes = || self.against.iter().map(|voice| LocalTime::of(voice.report.at).minute);
        minutes().max().unwrap_or(0) - minutes().min().unwrap_or(0)
    }
}

fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> usize {
    values.collect::<std::collections::BTreeSet<_>>().len()
}
