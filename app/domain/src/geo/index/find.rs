//! The four questions an index answers.

use core::cmp::Ordering;
use std::collections::BinaryHeap;

use super::area::{Area, reach};
use super::{BLOCK_SLOTS, FAN_NODES, Hit, Index};
use crate::geo::cell::Span;
use crate::geo::distance::Origin;
use crate::geo::{Bounds, Cell, Point};

impl Index {
    /// The `k` nearest points within `radius_m` metres, the edge included, among
    /// the slots `keep` says yes to, ordered by distance and, where equal, by
    /// slot. The same as measuring every point with
    /// [`distance_m`](crate::geo::distance_m) and sorting. A radius that is not
    /// a number holds nothing.
    #[must_use]
    pub fn nearest(&self, at: Point, k: usize, radius_m: f64, mut keep: impl FnMut(u32) -> bool) -> Vec<Hit> {
        if k == 0 || radius_m.is_nan() || radius_m < 0.0 {
            return Vec::new();
        }
        let origin = Origin::at(at);
        let mut best = BinaryHeap::with_capacity(k.min(self.len()).min(MAX_RESERVED));
        let mut limit = reach(radius_m);
        self.sweep(&Area::point(at), limit, |slot, block, lane| {
            if keep(slot) {
                let distance_m = origin.distance_m(block.point(lane));
                if distance_m <= radius_m {
                    let hit = (ranked(distance_m), slot);
                    if best.len() < k {
                        best.push(hit);
                    } else if let Some(mut worst) = best.peek_mut()
                        && hit < *worst
                    {
                        *worst = hit;
                    }
                    if best.len() == k
                        && let Some(worst) = best.peek()
                    {
                        limit = reach(f64::from_bits(worst.0));
                    }
                }
            }
            limit
        });
        best.into_sorted_vec().into_iter().map(|(bits, slot)| Hit { slot, distance_m: f64::from_bits(bits) }).collect()
    }

    /// All points within `radius_m` metres, the edge included, among the slots
    /// `keep` says yes to, ordered by distance and, where equal, by slot.
    #[must_use]
    pub fn within(&self, at: Point, radius_m: f64, mut keep: impl FnMut(u32) -> bool) -> Vec<Hit> {
        if radius_m.is_nan() || radius_m < 0.0 {
            return Vec::new();
        }
        let origin = Origin::at(at);
        let mut hits = Vec::new();
        let limit = reach(radius_m);
        self.sweep(&Area::point(at), limit, |slot, block, lane| {
            if keep(slot) {
                let distance_m = origin.distance_m(block.point(lane));
                if distance_m <= radius_m {
                    hits.push(Hit { slot, distance_m });
                }
            }
            limit
        });
        hits.sort_unstable_by(Hit::by_distance);
        hits
    }

    /// The slots of all points in a box, its edge included, that `keep` says yes
    /// to, in ascending order.
    #[must_use]
    pub fn in_bounds(&self, bounds: Bounds, mut keep: impl FnMut(u32) -> bool) -> Vec<u32> {
        let mut slots = Vec::new();
        if let Some(top) = self.levels.len().checked_sub(1) {
            self.collect_in_bounds(bounds, top, 0, &mut keep, &mut slots);
        }
        slots
    }

    fn collect_in_bounds(
        &self,
        bounds: Bounds,
        level: usize,
        node: u32,
        keep: &mut impl FnMut(u32) -> bool,
        slots: &mut Vec<u32>,
    ) {
        let (south, north) = (bounds.south_west.lat_e7(), bounds.north_east.lat_e7());
        let boxes = &self.nodes[self.levels[level] as usize + node as usize];
        for (lane, child) in (0..self.children(level, node)).zip(node * FAN_NODES..) {
            let meets = boxes.south[lane] <= north
                && boxes.north[lane] >= south
                && bounds.longitudes().iter().any(|&(west, east)| boxes.west[lane] <= east && boxes.east[lane] >= west);
            if !meets {
                continue;
            }
            if level > 0 {
                self.collect_in_bounds(bounds, level - 1, child, keep, slots);
                continue;
            }
            let first = child * BLOCK_SLOTS;
            let filled = (self.len - first).min(BLOCK_SLOTS);
            let block = &self.blocks[child as usize];
            slots.extend(
                (first..first + filled)
                    .zip(0..)
                    .filter_map(|(slot, lane)| (bounds.contains(block.point(lane)) && keep(slot)).then_some(slot)),
            );
        }
    }

    /// Every slot that is among the `k` nearest kept ones within `radius_m` of at
    /// least one point of the cell, and some more, with its distance from the
    /// cell's centre, ordered by that. Ranked again from the exact position, the
    /// first `k` within the radius are the true answer. `keep` is asked once a
    /// slot and must not change its mind.
    ///
    /// Which: with T the k-th smallest [`Cell::max_distance_m`] over all kept
    /// slots (infinite when there are fewer), those whose
    /// [`Cell::min_distance_m`] is at most T and at most `radius_m`.
    ///
    /// Why none is missing: let p be a point of the cell and s a kept slot among
    /// the k nearest of p within the radius. (1) min(s) ≤ distance(p, s) ≤
    /// `radius_m`. (2) Suppose min(s) > T. The k slots with max ≤ T are all at
    /// distance ≤ T from p, and T < min(s) ≤ distance(p, s): k kept slots are
    /// strictly nearer to p than s, and s is not among the k nearest whatever
    /// the ties. So min(s) ≤ T. ∎
    #[must_use]
    pub fn candidates(&self, cell: Cell, k: usize, radius_m: f64, mut keep: impl FnMut(u32) -> bool) -> Vec<Hit> {
        if k == 0 || radius_m.is_nan() || radius_m < 0.0 {
            return Vec::new();
        }
        let span = Span::of(cell);
        // The k smallest upper bounds so far; the greatest of them is T once
        // they are k, and until then T is infinite.
        let mut uppers = BinaryHeap::with_capacity(k.min(self.len()).min(MAX_RESERVED));
        let mut found = Vec::new();
        let mut threshold_m = radius_m;
        let mut limit = reach(threshold_m);
        // The sweep's own bound is no more than min(s), and T only falls: what it
        // leaves out has min(s) above the final T or the radius.
        self.sweep(&Area::span(&span), limit, |slot, block, lane| {
            if keep(slot) {
                let (lower_m, upper_m) = span.distances_m(block.point(lane));
                if lower_m <= threshold_m {
                    found.push(Hit { slot, distance_m: lower_m });
                    if uppers.len() < k {
                        uppers.push(ranked(upper_m));
                    } else if let Some(mut greatest) = uppers.peek_mut()
                        && ranked(upper_m) < *greatest
                    {
                        *greatest = ranked(upper_m);
                    }
                    if uppers.len() == k
                        && let Some(greatest) = uppers.peek()
                    {
                        threshold_m = f64::from_bits(*greatest).min(radius_m);
                        limit = reach(threshold_m);
                    }
                }
            }
            limit
        });
        let centre = Origin::at(cell.centre());
        found.retain_mut(|hit| {
            let stays = hit.distance_m <= threshold_m;
            hit.distance_m = centre.distance_m(self.point(hit.slot));
            stays
        });
        found.sort_unstable_by(Hit::by_distance);
        found
    }
}

/// `k` may be anything; nobody gets more than this many places in advance.
const MAX_RESERVED: usize = 1_024;

impl Hit {
    fn by_distance(&self, other: &Self) -> Ordering {
        self.distance_m.total_cmp(&other.distance_m).then(self.slot.cmp(&other.slot))
    }
}

/// A distance in a form that integers compare: lengths are ≥ 0, and such floats
/// are ordered as their bits are.
#[inline]
fn ranked(distance_m: f64) -> u64 {
    distance_m.to_bits()
}
