//! What people at the door say, and what they propose.

use super::Later;
use crate::{
    geo::Cell,
    station::{Amenity, Code, Near, Said},
    time::Millis,
};

/// One tap at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tap {
    /// Where.
    pub station: Code,
    /// What is said.
    pub said: Said,
    /// Of which amenity, when it is about one.
    pub amenity: Option<Amenity>,
    /// How it is known that the person stands there.
    pub near: Near,
}

/// Who sends something without an account. Neither is kept as it is: see the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The random token of this phone's cookie.
    pub device: String,
    /// The network the request came from: a /24 or a /48.
    pub network: String,
}

/// What became of a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// 已登记.
    Registered,
    /// This phone said the same a short while ago: counted once.
    Already,
}

/// Why nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotHeard {
    /// No such station, or it is gone.
    NoStation,
    /// A manager changed it today: nobody is asked.
    ManagerToday,
    /// This phone has said enough today.
    TooManyOfDevice,
    /// So much came from this network in an hour that it cannot be people at doors.
    TooManyOfNetwork,
    /// The database does not answer.
    Unavailable,
}

/// What somebody proposes. The texts are trimmed, not blank, and at most as long as the form allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// 这里有个站点没登记.
    Missing {
        /// As its sign says.
        name: String,
        /// Where, in words.
        place: String,
        /// Anything else.
        words: Option<String>,
        /// Of 我就在这里: the cell, nothing finer.
        cell: Option<Cell>,
    },
    /// 信息有错.
    Correction {
        /// Of which station.
        station: Code,
        /// What is wrong, and how it should be.
        words: String,
    },
}

/// Reports and proposals.
pub trait Reports: Send + Sync {
    /// Registers a tap.
    fn say<'a>(&'a self, tap: Tap, sender: &'a Sender, now: Millis) -> Later<'a, Result<Heard, NotHeard>>;
    /// Registers a proposal and gives its number (8 letters), by which it can be asked about.
    fn propose<'a>(
        &'a self,
        proposal: Proposal,
        sender: &'a Sender,
        now: Millis,
    ) -> Later<'a, Result<String, NotHeard>>;
}

/// An installation where nobody is heard: for tests of other things.
#[derive(Clone, Copy, Debug)]
pub struct Deaf;

impl Reports for Deaf {
    fn say<'a>(&'a self, _: Tap, _: &'a Sender, _: Millis) -> Later<'a, Result<Heard, NotHeard>> {
        Box::pin(async { Err(NotHeard::Unavailable) })
    }

    fn propose<'a>(&'a self, _: Proposal, _: &'a Sender, _: Millis) -> Later<'a, Result<String, NotHeard>> {
        Box::pin(async { Err(NotHeard::Unavailable) })
    }
}
