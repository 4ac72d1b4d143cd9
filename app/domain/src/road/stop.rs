//! A place along a road.

use super::Heading;
use crate::station::{Code, Side};

/// The exit to leave by, for a place off the motorway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// As on the sign: name, number, or both.
    pub name: Box<str>,
    /// Metres from the exit to the place.
    pub distance_m: Option<u32>,
}

/// A station on a road.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The station.
    pub station: Code,
    /// Metres from the first point of the road's line: 约.
    pub along_m: u32,
    /// Which carriageway reaches it. [`Side::StakeUp`] is the carriageway of [`Heading::Up`], also on a
    /// road whose stakes nobody knows.
    pub side: Side,
    /// 推定: the side, or that it lies on this road at all, is derived and not said by a file.
    pub derived: bool,
    /// For a place off the motorway.
    pub exit: Option<Exit>,
    /// Why the side is what it is, or why it is unknown: words for the table.
    pub basis: Box<str>,
}

impl Stop {
    /// Whether a driver with a heading gets there; `None` when nobody knows.
    ///
    /// An exit is reached from both carriageways, whatever the side.
    #[must_use]
    pub fn reached_by(&self, heading: Heading) -> Option<bool> {
        if self.exit.is_some() {
            return Some(true);
        }
        match self.side {
            Side::Both => Some(true),
            Side::StakeUp => Some(heading == Heading::Up),
            Side::StakeDown => Some(heading == Heading::Down),
            Side::Unknown => None,
        }
    }
}
