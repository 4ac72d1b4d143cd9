//! What workers at the door say with one tap, and what it is worth. Nobody has an account: a voice is a
//! device and the range of its address, both as keyed hashes.

mod daily;
mod door;
mod tally;
mod voices;
mod weigh;

pub use voices::{AmenityWord, DailyDoubt, DoorWord, Voices, voices};

use super::{Amenity, Confirmation, Witness};
use crate::time::{DAY_MS, LocalTime, Millis};

codes! {
    /// One tap.
    pub enum Said {
        /// The door is open.
        Open = "open" "开着",
        /// The door is locked.
        Locked = "locked" "锁着",
        /// There is no station here any more.
        Moved = "moved" "搬走了",
        /// An amenity is missing or broken.
        AmenityGone = "amenity_gone" "没了",
        /// An amenity is there again.
        AmenityBack = "amenity_back" "又有了",
    }
}

codes! {
    /// How it is known that the person stands there.
    pub enum Near {
        /// The phone checked its distance. It says so; the position stays with it.
        Checked = "checked" "手机核对过距离",
        /// The person says so: 我就在门口.
        Said = "said" "本人说在门口",
    }
}

/// One tap of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was said.
    pub said: Said,
    /// Of which amenity, when it is about one.
    pub amenity: Option<Amenity>,
    /// When, by the server's clock.
    pub at: Millis,
    /// Keyed hash of the device's random token.
    pub device: u64,
    /// Keyed hash of the /24 or /48 it came from.
    pub range: u64,
    /// How it is known that the person stands there.
    pub near: Near,
    /// Others agreed with what this device said on earlier days ([`borne_out`]).
    pub seasoned: bool,
}

impl Report {
    /// Whether the amenity stands beside exactly those words that need one.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self.said, Said::AmenityGone | Said::AmenityBack) == self.amenity.is_some()
    }

    fn day(&self) -> i64 {
        LocalTime::of(self.at).day
    }
}

/// How far apart two people may say the same and still bear each other out.
pub const BEARS_OUT_MS: Millis = 2 * DAY_MS;

/// Whether somebody else, from elsewhere, said the same of the same place at about the same time.
#[must_use]
pub fn borne_out(report: &Report, of_the_station: &[Report]) -> bool {
    of_the_station.iter().any(|other| {
        other.said == report.said
            && other.amenity == report.amenity
            && other.device != report.device
            && other.range != report.range
            && (other.at - report.at).abs() <= BEARS_OUT_MS
    })
}

/// Whether a person may be asked "is it open?": not about what is gone for good, and never about what a
/// manager changed today.
#[must_use]
pub fn may_ask(basis: Option<Confirmation>, closed_for_good: bool, now: Millis) -> bool {
    let today = LocalTime::of(now).day;
    !closed_for_good && !basis.is_some_and(|seen| seen.by == Witness::Manager && LocalTime::of(seen.at).day >= today)
}
