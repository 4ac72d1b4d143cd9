//! Exact search over many points in memory.
//!
//! The points stand in blocks of 16 neighbours, in the order of a balanced k-d
//! tree; over the blocks stands a tree of bounding boxes with four children to
//! a node, without a single pointer. A search goes down to the nearest boxes
//! first and leaves out every box that the answers found so far already beat.
//! Sixteen points or four boxes are held against that bound in one go, in `f32`
//! and a hair too near, never too far; only what passes is measured exactly.
//!
//! Memory: 8 bytes of coordinates and 16/12 bytes of boxes a point.

mod ahead;
mod area;
mod beside;
mod build;
mod find;

pub(super) use area::{Area, reach};
pub(super) use beside::{Patience, Piece};

use super::Point;
use area::Boxes;

/// Points in a block.
const BLOCK: usize = BLOCK_SLOTS as usize;
const BLOCK_SLOTS: u32 = 16;
/// Children of a node.
const FAN: usize = FAN_NODES as usize;
const FAN_NODES: u32 = 4;

/// Sixteen points that lie close together, each coordinate in a row of its own.
/// The last block is filled up with copies of its last point.
#[derive(Clone)]
#[repr(align(64))]
struct Block {
    lat: [i32; BLOCK],
    lng: [i32; BLOCK],
}

impl Block {
    #[inline]
    fn point(&self, lane: usize) -> Point {
        Point::clamped(self.lat[lane], self.lng[lane])
    }
}

/// Points ready to be searched. A point is named by its slot, its position in
/// the order that [`Index::build`] gives.
#[derive(Clone, Default)]
pub struct Index {
    len: u32,
    blocks: Vec<Block>,
    /// Nodes of every level, the lowest (over blocks) first.
    nodes: Vec<Boxes<FAN>>,
    /// Where each level starts in `nodes`.
    levels: Vec<u32>,
}

/// A point found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its slot in the index.
    pub slot: u32,
    /// Great-circle distance in metres.
    pub distance_m: f64,
}

impl Index {
    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The point in a slot.
    ///
    /// # Panics
    /// When the index has no such slot.
    #[must_use]
    pub fn point(&self, slot: u32) -> Point {
        assert!(slot < self.len, "slot {slot} of an index of {}", self.len);
        let slot = slot as usize;
        self.blocks[slot / BLOCK].point(slot % BLOCK)
    }

    /// All points, in the order of their slots.
    #[must_use]
    pub fn points(&self) -> impl ExactSizeIterator<Item = Point> + '_ {
        (0..self.len).map(|slot| self.point(slot))
    }

    /// Bytes of memory the index holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + size_of_val(self.blocks.as_slice())
            + size_of_val(self.nodes.as_slice())
            + size_of_val(self.levels.as_slice())
    }
}
