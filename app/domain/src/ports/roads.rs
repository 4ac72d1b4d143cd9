//! Roads as a driver picks and follows them.

use crate::{
    road::{RoadStops, Stop},
    station::Code,
};
use std::sync::Arc;

/// A road in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoadSummary {
    /// `G60`.
    pub code: Box<str>,
    /// `沪昆高速`.
    pub name: Option<Box<str>>,
    /// The spoken direction along it: `往上饶方向`.
    pub up: String,
    /// The spoken direction against it.
    pub down: String,
    /// How many stations are known along it.
    pub stops: usize,
}

/// A station's place on a road.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadPlace {
    /// The road.
    pub road: Arc<RoadStops>,
    /// The station on it.
    pub stop: Stop,
}

/// The roads of this installation.
pub trait Roads: Send + Sync {
    /// All roads: national before provincial, by number.
    fn roads(&self) -> Vec<RoadSummary>;
    /// One road with its stops, by its number as people type it (`g60`).
    fn road(&self, code: &str) -> Option<Arc<RoadStops>>;
    /// The roads a station lies on; two where they share a carriageway (G40 and G42).
    fn places_of(&self, station: Code) -> Vec<RoadPlace>;
}
