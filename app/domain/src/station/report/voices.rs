//! What workers at the door say of one station, small enough to lie beside it.

use super::{
    Report, Said,
    door::door,
    tally::Tally,
    weigh::{Voice, weigh},
};
use crate::{
    station::{Amenity, AmenitySet, Confirmation},
    time::{DAY_MS, LocalTime, Millis},
};

/// So long after the last voice something is still believed to be gone: kettles are mended.
const AMENITY_HOLDS_MS: Millis = 30 * DAY_MS;
/// So long a disagreement is worth saying.
const DISPUTE_HOLDS_MS: Millis = 2 * DAY_MS;
const MINUTE_MS: Millis = 60_000;

/// What is believed of the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
pub struct DoorWord {
    /// Open, locked, or moved.
    pub said: Said,
    /// When it was last said.
    pub at: Millis,
    /// How many people said so, each counted once a day.
    pub voices: u16,
    /// Up to this moment.
    pub until: Millis,
}

/// A time of the day at which the door is usually locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
pub struct DailyDoubt {
    /// Minute of the day.
    pub from: u16,
    /// Minute of the day, after `from`, at most 1440.
    pub to: u16,
    /// How many people said so.
    pub voices: u16,
    /// When it was last said.
    pub at: Millis,
    /// Up to this moment.
    pub until: Millis,
}

/// What is believed of an amenity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
pub struct AmenityWord {
    /// Which.
    pub amenity: Amenity,
    /// Gone, or back again.
    pub said: Said,
    /// When it was last said.
    pub at: Millis,
    /// Up to this moment.
    pub until: Millis,
}

/// What workers at the door say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "server", serde(default))]
pub struct Voices {
    /// Of the door.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub door: Option<DoorWord>,
    /// Of the door at some times of the day.
    pub daily: Box<[DailyDoubt]>,
    /// Of amenities, each at most once.
    pub amenities: Box<[AmenityWord]>,
    /// When somebody trustworthy last found it open.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub confirmed: Option<Confirmation>,
    /// 有人说锁着，有人说开着: up to this moment.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub disputed_until: Option<Millis>,
}

impl Voices {
    /// Nothing to say: not worth keeping.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Locked or moved, at a moment: the posted hours are not to be trusted then. Never says open.
    #[must_use]
    pub fn doubt(&self, at: Millis) -> Option<DoorWord> {
        if let Some(word) = self.door.filter(|word| word.said != Said::Open && word.at <= at && at < word.until) {
            return Some(word);
        }
        let local = LocalTime::of(at);
        let daily =
            self.daily.iter().find(|doubt| (doubt.from..doubt.to).contains(&local.minute) && at < doubt.until)?;
        let until = local.moment() + Millis::from(daily.to - local.minute) * MINUTE_MS;
        Some(DoorWord { said: Said::Locked, at: daily.at, voices: daily.voices, until: until.min(daily.until) })
    }

    /// Amenities that are believed to be gone at a moment: neither usable nor missing.
    #[must_use]
    pub fn gone(&self, at: Millis) -> AmenitySet {
        let gone = |word: &&AmenityWord| word.said == Said::AmenityGone && at < word.until;
        self.amenities.iter().filter(gone).map(|word| word.amenity).collect()
    }

    /// What is believed of an amenity at a moment.
    #[must_use]
    pub fn amenity(&self, amenity: Amenity, at: Millis) -> Option<AmenityWord> {
        self.amenities.iter().copied().find(|word| word.amenity == amenity && at < word.until)
    }

    /// Amenities that are believed to be gone, until this is counted again.
    #[must_use]
    pub fn gone_any(&self) -> AmenitySet {
        self.amenities.iter().filter(|word| word.said == Said::AmenityGone).map(|word| word.amenity).collect()
    }

    /// Whether the door is doubted at some moment: worth asking.
    #[must_use]
    pub fn may_doubt(&self) -> bool {
        self.door.is_some_and(|word| word.said != Said::Open) || !self.daily.is_empty()
    }

    /// Whether people disagree about the door.
    #[must_use]
    pub fn is_disputed(&self, at: Millis) -> bool {
        self.disputed_until.is_some_and(|until| at < until)
    }

    /// When something in here next runs out: the moment to count again.
    #[must_use]
    pub fn expires(&self) -> Option<Millis> {
        let ends = self.door.iter().map(|word| word.until).chain(self.daily.iter().map(|doubt| doubt.until));
        ends.chain(self.amenities.iter().map(|word| word.until)).chain(self.disputed_until).min()
    }
}

/// Counts everything people said of one station.
///
/// `posted` is what the posted hours say of a moment, `basis` who looked at the station's facts apart
/// from the people at the door, and when.
#[must_use]
pub fn voices(
    reports: &[Report],
    posted: &dyn Fn(Millis) -> Option<bool>,
    basis: Option<Confirmation>,
    now: Millis,
) -> Voices {
    let heard = weigh(reports, basis, now);
    let door = door(&heard, posted, basis);
    Voices {
        door: door.word.filter(|word| now < word.until),
        daily: door.daily.doubts(now),
        amenities: amenities(&heard, now),
        confirmed: door.confirmed,
        disputed_until: door.disputed.map(|at| at + DISPUTE_HOLDS_MS).filter(|until| now < *until),
    }
}

fn amenities(heard: &[Voice], now: Millis) -> Box<[AmenityWord]> {
    let spoken: AmenitySet = heard.iter().filter_map(|voice| voice.report.amenity).collect();
    let word = |amenity| {
        let mut tally = Tally::new();
        let mut word: Option<AmenityWord> = None;
        for voice in heard.iter().filter(|voice| voice.report.amenity == Some(amenity)) {
            let at = voice.report.at;
            let said = voice.report.said;
            match said {
                Said::AmenityGone => tally.against(voice),
                _ => tally.in_favour(voice),
            }
            if tally.believed() {
                let last = tally.voices_against().last().map_or(at, |voice| voice.report.at);
                word = Some(AmenityWord { amenity, said: Said::AmenityGone, at: last, until: last + AMENITY_HOLDS_MS });
            } else if said == Said::AmenityBack {
                // Only what was believed to be gone can be back.
                word = word.map(|_| AmenityWord { amenity, said, at, until: at + AMENITY_HOLDS_MS });
            }
        }
        word.filter(|word| now < word.until)
    };
    spoken.iter().filter_map(word).collect()
}
