//! Stations in a box: pages of them, and how many lie where.

use super::{
    sieve::Sieve,
    state::{Part, State},
};
use domain::{
    geo::{Bounds, Point},
    ports::BoundsAnswer,
    station::{Code, Station},
};
use std::sync::Arc;

/// One page by code, from the one after `after`; `next` is the code to pass as `after` for the next.
pub(super) fn page(state: &State, bounds: Bounds, after: Option<Code>, limit: usize, sieve: &Sieve) -> BoundsAnswer {
    if limit == 0 {
        return BoundsAnswer::default();
    }
    let mut stations: Vec<Arc<Station>> = Vec::new();
    for part in state.parts().filter(|part| sieve.may_let(part.block)) {
        let first = after.map_or(0, |code| part.block.ranks_up_to(code));
        let rank = |slot: u32| part.block.ranks[slot as usize];
        let slots = inside(part, bounds, sieve, |slot| rank(slot) >= first);
        let mut ranks: Vec<u32> = slots.into_iter().map(rank).collect();
        // One more than a page tells that there is another.
        if ranks.len() > limit {
            ranks.select_nth_unstable(limit);
            ranks.truncate(limit + 1);
        }
        stations.extend(ranks.iter().map(|rank| Arc::clone(part.block.station(part.block.slot_of_rank(*rank)))));
    }
    stations.sort_unstable_by_key(|station| station.code);
    let more = stations.len() > limit;
    stations.truncate(limit);
    let next = stations.last().filter(|_| more).map(|station| station.code);
    BoundsAnswer { stations, next }
}

/// The most squares a side of the grid is cut into.
const MOST_SQUARES: u16 = 256;

/// Counts per square of a grid, row by row from the south-west, each with the mean of its points.
/// A side is cut into at most 256 squares, whatever is asked for.
pub(super) fn clusters(state: &State, bounds: Bounds, columns: u16, rows: u16, sieve: &Sieve) -> Vec<(Point, usize)> {
    let Bounds { south_west, north_east } = bounds;
    let (_, width) = offset(south_west, north_east);
    let height = i64::from(north_east.lat_e7()) - i64::from(south_west.lat_e7());
    let (columns, rows) = (columns.clamp(1, MOST_SQUARES), rows.clamp(1, MOST_SQUARES));
    let mut squares = vec![Cluster::default(); usize::from(columns) * usize::from(rows)];
    for part in state.parts().filter(|part| sieve.may_let(part.block)) {
        let Some(index) = &part.block.index else { continue };
        for slot in inside(part, bounds, sieve, |_| true) {
            let (north, east) = offset(south_west, index.point(slot));
            let (row, column) = (square(north, height, rows), square(east, width, columns));
            squares[row * usize::from(columns) + column].add(north, east);
        }
    }
    squares.iter().filter_map(|cluster| Some((cluster.mean(south_west)?, cluster.count))).collect()
}

/// Slots of the stations in a box that count.
fn inside(part: Part, bounds: Bounds, sieve: &Sieve, also: impl Fn(u32) -> bool) -> Vec<u32> {
    let Some(index) = &part.block.index else { return Vec::new() };
    index.in_bounds(bounds, |slot| also(slot) && part.keeps(sieve, slot))
}

/// How far a point lies north and, going east only, east of a corner, in 1e-7 degree.
fn offset(corner: Point, point: Point) -> (i64, i64) {
    let north = i64::from(point.lat_e7()) - i64::from(corner.lat_e7());
    let east = i64::from(point.lng_e7()) - i64::from(corner.lng_e7());
    // A box over the antimeridian has its east edge at the smaller longitude.
    (north, if east < 0 { east + TURN } else { east })
}

/// A whole turn in 1e-7 degree.
const TURN: i64 = 3_600_000_000;

/// Which of `count` equal pieces of a side a point lies in; the last takes its far end too.
fn square(offset: i64, side: i64, count: u16) -> usize {
    let piece = offset * i64::from(count) / side.max(1);
    usize::try_from(piece).unwrap_or(0).min(usize::from(count) - 1)
}

/// Points of one square, summed up as offsets from the corner of the box.
#[derive(Clone, Default)]
struct Cluster {
    count: usize,
    north: i64,
    east: i64,
}

impl Cluster {
    fn add(&mut self, north: i64, east: i64) {
        self.count += 1;
        self.north += north;
        self.east += east;
    }

    /// `None` without any point.
    fn mean(&self, corner: Point) -> Option<Point> {
        let count = i64::try_from(self.count).ok().filter(|count| *count > 0)?;
        let lat = i64::from(corner.lat_e7()) + self.north / count;
        let lng = i64::from(corner.lng_e7()) + self.east / count;
        let lng = if lng > TURN / 2 { lng - TURN } else { lng };
        Point::from_e7(i32::try_from(lat).ok()?, i32::try_from(lng).ok()?)
    }
}
