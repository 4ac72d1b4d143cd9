//! The way through the tree along a tree of boxes over a line.

use super::area::{Boxes, least_cos, reach};
use super::{Area, BLOCK, BLOCK_SLOTS, FAN, FAN_NODES, Index};
use crate::geo::trig::{EARTH_RADIUS_M, STEP, cos_latitude};
use crate::geo::{Point, distance_m};

/// A node of a tree over a line.
#[derive(Clone, Debug)]
pub(in crate::geo) struct Piece {
    /// A box around all of it.
    pub(in crate::geo) area: Area,
    /// A vertex of it.
    pub(in crate::geo) on: Point,
    /// Its children among the nodes, or its segments.
    pub(in crate::geo) first: u32,
    pub(in crate::geo) end: u32,
    pub(in crate::geo) is_leaf: bool,
}

/// How much work may still be done: boxes and segments to look at.
#[derive(Clone, Copy, Debug)]
pub(in crate::geo) struct Patience(u32);

impl Patience {
    pub(in crate::geo) fn new(tests: u32) -> Self {
        Self(tests)
    }

    /// Takes that much of it; `None` once there is no more.
    #[inline]
    pub(in crate::geo) fn spend(&mut self, tests: usize) -> Option<()> {
        self.0 = self.0.checked_sub(u32::try_from(tests).ok()?)?;
        Some(())
    }
}

/// Pieces of a line that may be near enough to a node, and the lower bounds to its four children.
type Near = Vec<(u32, [f32; FAN])>;

/// A search along a line.
struct Walk<'a, See> {
    index: &'a Index,
    pieces: &'a [Piece],
    limit: f32,
    patience: &'a mut Patience,
    see: See,
    /// Leaves near a block, and the lower bounds to its points.
    rows: Vec<(u32, [f32; BLOCK])>,
}

impl Index {
    /// Shows `see` every point that has a leaf of the line whose lower bound does not exceed the
    /// limit, with all such leaves that may be nearest to it: slot, point, and rows of leaf and the
    /// bounds of its block's lanes. The last piece is the root. `None` when the patience is used up.
    pub(in crate::geo) fn sweep_beside(
        &self,
        pieces: &[Piece],
        limit: f32,
        patience: &mut Patience,
        see: impl FnMut(&mut Patience, u32, Point, usize, &[(u32, [f32; BLOCK])]) -> Option<()>,
    ) -> Option<()> {
        let (Some(top), Some(root)) = (self.levels.len().checked_sub(1), pieces.len().checked_sub(1)) else {
            return Some(());
        };
        let root = u32::try_from(root).ok()?;
        Walk { index: self, pieces, limit, patience, see, rows: Vec::new() }.node(top, 0, &[root])
    }
}

impl<See> Walk<'_, See>
where
    See: FnMut(&mut Patience, u32, Point, usize, &[(u32, [f32; BLOCK])]) -> Option<()>,
{
    fn node(&mut self, level: usize, node: u32, pieces: &[u32]) -> Option<()> {
        let index = self.index;
        let boxes = &index.nodes[index.levels[level] as usize + node as usize];
        self.patience.spend(pieces.len())?;
        let near: Near =
            pieces.iter().map(|piece| (*piece, self.pieces[*piece as usize].area.to_boxes(boxes).0)).collect();
        let mut below = Vec::with_capacity(near.len());
        for (lane, child) in (0..index.children(level, node)).zip(node * FAN_NODES..) {
            below.clear();
            self.select(boxes, lane, &near, &mut below);
            if below.is_empty() {
                continue;
            }
            if level == 0 {
                self.block(child, least_cos(boxes.south[lane], boxes.north[lane]), &below)?;
            } else {
                self.node(level - 1, child, &below)?;
            }
        }
        Some(())
    }

    /// Which pieces matter to a child; larger ones than the child itself give way to their own
    /// children.
    fn select(&self, boxes: &Boxes<FAN>, lane: usize, near: &Near, below: &mut Vec<u32>) {
        /// From so many on it pays to work out how far the line is at most.
        const MANY: usize = 16;
        let corner = |lat: &[i32; FAN], lng: &[i32; FAN]| Point::clamped(lat[lane], lng[lane]);
        let (south_west, north_east) = (corner(&boxes.south, &boxes.west), corner(&boxes.north, &boxes.east));
        let mut limit = self.limit;
        if near.len() >= MANY
            && let Some((nearest, _)) = near.iter().min_by(|a, b| a.1[lane].total_cmp(&b.1[lane]))
        {
            // No point of the box is farther from the line than this vertex, so a piece that is
            // farther is nearest to none.
            limit = limit.min(reach(farthest_m(south_west, north_east, self.pieces[*nearest as usize].on)));
        }
        let side = Area::frame(south_west, north_east).side();
        for (number, bounds) in near {
            if bounds[lane] > limit {
                continue;
            }
            let piece = &self.pieces[*number as usize];
            if piece.is_leaf || piece.area.side() < side {
                below.push(*number);
            } else {
                below.extend(piece.first..piece.end);
            }
        }
    }

    fn block(&mut self, number: u32, least_cos: f32, pieces: &[u32]) -> Option<()> {
        let block = &self.index.blocks[number as usize];
        let mut rows = core::mem::take(&mut self.rows);
        rows.clear();
        let mut waiting = pieces.to_vec();
        while let Some(number) = waiting.pop() {
            self.patience.spend(1)?;
            let piece = &self.pieces[number as usize];
            let row = piece.area.to_points(block, piece.area.weight(least_cos));
            if row.iter().all(|bound| *bound > self.limit) {
                continue;
            }
            if piece.is_leaf {
                rows.push((number, row));
            } else {
                waiting.extend(piece.first..piece.end);
            }
        }
        if !rows.is_empty() {
            let first = number * BLOCK_SLOTS;
            let filled = (self.index.len - first).min(BLOCK_SLOTS);
            for (slot, lane) in (first..first + filled).zip(0..) {
                (self.see)(self.patience, slot, block.point(lane), lane, &rows)?;
            }
        }
        self.rows = rows;
        Some(())
    }
}

/// No point of the box is farther from `to`: over the middle of the box, from there along its
/// parallel, then along a meridian.
fn farthest_m(south_west: Point, north_east: Point, to: Point) -> f64 {
    let (south, north) = (south_west.lat_e7(), north_east.lat_e7());
    let (west, east) = (south_west.lng_e7(), north_east.lng_e7());
    let middle = Point::clamped(south.midpoint(north), west.midpoint(east));
    let half = |side: u32| (f64::from(side) * 0.5 + 1.0) * STEP * EARTH_RADIUS_M;
    let aside = half(south.abs_diff(north)) + half(west.abs_diff(east)) * cos_latitude(middle.lat_e7());
    distance_m(middle, to) + aside
}
