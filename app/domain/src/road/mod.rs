//! A road as a driver follows it: which places come next on his side, and which he cannot reach.
//!
//! Nothing here guesses. A side that is derived is marked 推定, one that is ambiguous is unknown, and an
//! unknown side is never the next stop.

mod ahead;
mod attach;
pub mod derive;
mod line;
mod sketch;
mod stop;

pub use ahead::{Ahead, Coming, ahead};
pub use attach::{ATTACH_M, MEDIAN_M, attach};
pub use line::{Line, LineError, Located, MAX_VERTICES};
pub use sketch::sketch;
pub use stop::{Exit, Stop};

use crate::{
    geo::{Compass, bearing_deg},
    station::{Side, Source},
};
use std::sync::Arc;

codes! {
    /// Which way along the road.
    pub enum Heading {
        /// With the line: away from its first point. Rising stakes where [`Road::stakes`] says so.
        Up = "up" "顺着线路",
        /// Against the line.
        Down = "down" "逆着线路",
    }
}

impl Heading {
    /// The other one.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

codes! {
    /// How we know the road's course.
    pub enum Basis {
        /// A line file somebody imported.
        Line = "line" "线路文件",
        /// The chain of its service areas, by [`derive`].
        Chain = "chain" "按服务区连线推定",
    }
}

codes! {
    /// How we know which way stakes (桩号) rise along the line.
    pub enum Stakes {
        /// Numbering begins at the first place of the road's name (公路命名编号规则: 放射线 from 北京, 纵线 from
        /// the north, 横线 from the east, others in the order of the name).
        Named = "named" "按路线命名",
        /// Exit numbers of junctions along it rise: they are the stake kilometres.
        Exits = "exits" "按出口编号",
        /// Whoever imported the line said so.
        Said = "said" "按线路文件",
        /// Not known: [`Heading::Up`] is only the order of the line, spoken by place names.
        Unknown = "unknown" "桩号方向未知",
    }
}

/// Where a road leads, for the spoken direction: 往合肥方向.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// A place beyond the last point of the line.
    pub up: Option<Box<str>>,
    /// A place beyond the first.
    pub down: Option<Box<str>>,
}

/// A road, or the stretch of it that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Road {
    /// `G60`.
    pub code: Box<str>,
    /// `沪昆高速`.
    pub name: Option<Box<str>>,
    /// Its course, in the order of [`Heading::Up`].
    pub line: Line,
    /// Where it leads.
    pub ends: Ends,
    /// How the course is known.
    pub basis: Basis,
    /// How the direction of stakes is known.
    pub stakes: Stakes,
    /// Where the line is from; for a chain, where its stations are from.
    pub source: Arc<Source>,
}

impl Road {
    /// The direction as it is spoken: `往合肥方向`; by compass (`往东南方向`) where no place is known.
    #[must_use]
    pub fn towards(&self, heading: Heading) -> String {
        let end = match heading {
            Heading::Up => self.ends.up.as_deref(),
            Heading::Down => self.ends.down.as_deref(),
        };
        let towards = end.unwrap_or_else(|| {
            let (first, last) = self.line.ends();
            let (from, to) = match heading {
                Heading::Up => (first, last),
                Heading::Down => (last, first),
            };
            Compass::of(bearing_deg(from, to)).word()
        });
        format!("往{towards}方向")
    }

    /// The spoken direction of a carriageway; `None` for both and for unknown.
    #[must_use]
    pub fn direction_of(&self, side: Side) -> Option<String> {
        match side {
            Side::StakeUp => Some(self.towards(Heading::Up)),
            Side::StakeDown => Some(self.towards(Heading::Down)),
            Side::Both | Side::Unknown => None,
        }
    }
}

/// A road with the places along it.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadStops {
    /// The road.
    pub road: Road,
    /// In the order of the line; equal distances in the order of their codes.
    pub stops: Vec<Stop>,
}

impl RoadStops {
    /// Puts the stops in order.
    #[must_use]
    pub fn new(road: Road, mut stops: Vec<Stop>) -> Self {
        stops.sort_by_key(|stop| (stop.along_m, stop.station));
        Self { road, stops }
    }

    /// What lies ahead of a driver: see [`ahead`].
    #[must_use]
    pub fn ahead(&self, from_m: u32, heading: Heading) -> Ahead<'_> {
        ahead(&self.stops, from_m, heading)
    }
}
