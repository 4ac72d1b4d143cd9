//! The way through the tree.

use super::area::Area;
use super::{BLOCK_SLOTS, Block, FAN, FAN_NODES, Index};

/// Nodes waiting in a search of ordinary size; more than these reallocate.
const USUAL: usize = 96;

impl Index {
    /// Shows `see` the points whose lower bound from `area` does not exceed the
    /// limit, nearest boxes first: of all nodes waiting always the one with the
    /// least bound, so that a search that finds little (a narrow filter) still
    /// looks at no box farther than its last answer. `see` gets slot, block and
    /// lane, and returns the limit from then on; a limit may only shrink.
    #[inline]
    pub(super) fn sweep(&self, area: &Area, mut limit: f32, mut see: impl FnMut(u32, &Block, usize) -> f32) {
        let Some(top) = self.levels.len().checked_sub(1) else {
            return;
        };
        // Sorted, the nearest last. Children mostly are nearer than what waits,
        // so they go in near the end, and that beats a heap.
        let mut waiting: Vec<Waiting> = Vec::with_capacity(USUAL);
        waiting.push(Waiting::new(0.0, top, 0));
        while let Some(next) = waiting.pop() {
            if next.bound() > limit {
                break;
            }
            let (level, node) = (next.level(), next.node());
            let at = self.levels[level] as usize + node as usize;
            let (bounds, weights) = area.to_boxes(&self.nodes[at]);
            let children = self.children(level, node);
            let first = node * FAN_NODES;
            if level == 0 {
                for nearest in nearest_first(bounds, children) {
                    let (bound, child) = (nearest.bound(), nearest.node());
                    // Lanes without a child are infinitely far.
                    if bound > limit || child as usize >= children {
                        break;
                    }
                    let weight = weights[child as usize];
                    limit = self.sweep_block(area, first + child, weight, limit, &mut see);
                }
            } else {
                for (child, &bound) in (first..).zip(&bounds[..children]) {
                    if bound <= limit {
                        let new = Waiting::new(bound, level - 1, child);
                        let nearer = waiting.iter().rev().take_while(|old| **old < new).count();
                        waiting.insert(waiting.len() - nearer, new);
                    }
                }
            }
        }
    }

    #[inline]
    fn sweep_block(
        &self,
        area: &Area,
        number: u32,
        weight: f32,
        mut limit: f32,
        see: &mut impl FnMut(u32, &Block, usize) -> f32,
    ) -> f32 {
        let block = &self.blocks[number as usize];
        let bounds = area.to_points(block, weight);
        let first = number * BLOCK_SLOTS;
        let filled = (self.len - first).min(BLOCK_SLOTS);
        for (slot, (lane, &bound)) in (first..first + filled).zip(bounds.iter().enumerate()) {
            if bound <= limit {
                limit = see(slot, block, lane);
            }
        }
        limit
    }

    /// How many children a node has; only the last of a level has fewer than
    /// four.
    #[inline]
    pub(super) fn children(&self, level: usize, node: u32) -> usize {
        let below = if level == 0 { self.blocks.len() } else { (self.levels[level] - self.levels[level - 1]) as usize };
        (below - node as usize * FAN).min(FAN)
    }
}

/// A node still to be looked at, as one integer that orders by bound: bounds
/// are ≥ 0, and such floats are ordered as their bits are. Below the bound's 32
/// bits 4 for the level and 28 for the node: slots of 32 bits make no more than
/// 2^26 nodes in a level and 14 levels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting(u64);

impl Waiting {
    #[inline]
    fn new(bound: f32, level: usize, node: u32) -> Self {
        Self(u64::from(bound.to_bits()) << 32 | (level as u64) << 28 | u64::from(node))
    }

    #[inline]
    fn bound(self) -> f32 {
        f32::from_bits((self.0 >> 32) as u32)
    }

    #[inline]
    fn level(self) -> usize {
        (self.0 >> 28) as usize & 0xf
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "28 bits are left")]
    fn node(self) -> u32 {
        self.0 as u32 & 0x0fff_ffff
    }
}

/// The children in the order of their bounds, by a sorting network of five
/// comparisons. Lanes without a child come last.
#[inline]
fn nearest_first(bounds: [f32; FAN], children: usize) -> [Waiting; FAN] {
    let mut sorted = [Waiting(u64::MAX); FAN];
    for (child, lane) in (0..).zip(sorted.iter_mut().take(children)) {
        *lane = Waiting::new(bounds[child as usize], 0, child);
    }
    for (a, b) in [(0, 1), (2, 3), (0, 2), (1, 3), (1, 2)] {
        let (near, far) = (sorted[a].min(sorted[b]), sorted[a].max(sorted[b]));
        sorted[a] = near;
        sorted[b] = far;
    }
    sorted
}
