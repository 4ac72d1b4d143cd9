//! Stations as they are looked for.

use crate::{
    calendar::Calendar,
    geo::{Bounds, Cell, Line, Point, Tangled},
    station::{Code, Station, Wanted, Wish},
    time::Millis,
};
use std::sync::Arc;

/// How many rows a list shows.
pub const LIST_ROWS: usize = 20;
/// How far a list reaches, in metres; beyond it one line says how far the next one is.
pub const LIST_RADIUS_M: f64 = 20_000.0;

/// A station and how far it is from where was asked.
#[derive(Clone, Debug)]
pub struct Found {
    /// The station.
    pub station: Arc<Station>,
    /// Great-circle metres.
    pub distance_m: f64,
}

/// The candidates of one cell that give one verdict, by distance from the cell's centre.
///
/// A proven superset: whatever the point in the cell, its [`LIST_ROWS`] nearest within
/// [`LIST_RADIUS_M`] are among them, so that the phone can rank by its own position without telling it.
#[derive(Clone, Debug, Default)]
pub struct NearbyList {
    /// All candidates, nearest to the centre first.
    pub candidates: Vec<Found>,
    /// How far the nearest is from the centre, however far, when there is one at all.
    pub nearest_m: Option<f64>,
}

/// A wish whose loss would give answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relaxed {
    /// The wish to drop.
    pub wish: Wish,
    /// How far the nearest is then, from the centre of the cell, in metres.
    pub nearest_m: f64,
}

/// Both lists of a cell.
#[derive(Clone, Debug, Default)]
pub struct NearbyAnswer {
    /// Those that meet every wish.
    pub yes: NearbyList,
    /// 没有写明: those that may.
    pub unsaid: NearbyList,
    /// When nothing within reach meets the wishes: which one to drop, best first.
    pub relaxed: Vec<Relaxed>,
}

/// What a code stands for.
#[derive(Clone, Debug)]
pub enum StationLookup {
    /// A station.
    Here(Arc<Station>),
    /// There was one; its source no longer lists it.
    Retired,
    /// Never heard of.
    Missing,
}

/// What the public API does with stations that do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unsaid {
    /// They count, after those that say yes at equal distance order: `unknown=include`.
    #[default]
    Include,
    /// Only those that say yes: `unknown=exclude`.
    Exclude,
}

/// A page of a bounding box, sorted by code.
#[derive(Clone, Debug, Default)]
pub struct BoundsAnswer {
    /// The stations.
    pub stations: Vec<Arc<Station>>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Code>,
}

/// A station along a line.
#[derive(Clone, Debug)]
pub struct FoundAlong {
    /// The station.
    pub station: Arc<Station>,
    /// Metres from the beginning of the line to the place nearest to the station.
    pub along_m: f64,
    /// Great-circle metres from there.
    pub away_m: f64,
    /// Whether it is on the right of one who travels along the line. Where a station is, not which
    /// carriageway reaches it: that is its road position.
    pub right: bool,
}

/// The stations of this installation.
pub trait Stations: Send + Sync {
    /// Counts up with every change of any station: the base of `ETag`s.
    fn revision(&self) -> u64;
    /// The days off and make-up days that hours are read by.
    fn calendar(&self) -> Arc<Calendar>;
    /// How many there are.
    fn count(&self) -> usize;
    /// The lists of a cell.
    fn nearby(&self, cell: Cell, wanted: &Wanted, now: Millis) -> NearbyAnswer;
    /// The nearest to a point within `radius_m`, by distance, at most `limit`.
    fn nearest(
        &self,
        at: Point,
        limit: usize,
        radius_m: f64,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> Vec<Found>;
    /// Stations within `width_m` of a line, in the order along it, then by code; at most `limit`. One that
    /// is near several parts of the line is there once, at its nearest place.
    ///
    /// # Errors
    /// [`Tangled`], a bound on the work.
    fn along(
        &self,
        line: &Line,
        width_m: f64,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
        limit: usize,
    ) -> Result<Vec<FoundAlong>, Tangled>;
    /// Stations in a box, by code, at most `limit`, from the one after `after`.
    fn in_bounds(
        &self,
        bounds: Bounds,
        after: Option<Code>,
        limit: usize,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> BoundsAnswer;
    /// How many stations lie in each square of a grid over a box: what the map draws from afar.
    /// At most `columns` × `rows` squares; each with its count and the mean point of its stations.
    fn clusters(
        &self,
        bounds: Bounds,
        columns: u16,
        rows: u16,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> Vec<(Point, usize)>;
    /// One station.
    fn by_code(&self, code: Code) -> StationLookup;
    /// Stations whose name or address contains every word, nearest to `near` first when given.
    fn find(&self, words: &str, near: Option<Point>, limit: usize) -> Vec<Found>;
}
