//! Bringing points into the index's order and putting boxes over them.

use super::area::Boxes;
use super::{BLOCK, Block, FAN, Index};
use crate::geo::Point;
use crate::geo::trig::cos_latitude;

/// A point on its way to its slot.
#[derive(Clone, Copy)]
struct Item {
    lat: i32,
    lng: i32,
    /// Position in the input: makes every comparison decide, so that the same
    /// input has the same order everywhere.
    from: u32,
}

impl Index {
    /// Sorts the points into the index's own order and returns the index and
    /// that order: `order[slot]` is the position in `points`, and the caller
    /// stores its rows in the same order.
    ///
    /// # Panics
    /// With more than `u32::MAX` points.
    #[must_use]
    pub fn build(points: &[Point]) -> (Self, Vec<u32>) {
        let count = u32::try_from(points.len()).expect("slots are 32 bits");
        let mut items: Vec<Item> = points
            .iter()
            .zip(0..count)
            .map(|(point, from)| Item { lat: point.lat_e7(), lng: point.lng_e7(), from })
            .collect();
        arrange(&mut items);
        let order = items.iter().map(|item| item.from).collect();
        let ordered = items.iter().map(|item| Point::clamped(item.lat, item.lng));
        (Self::over(ordered, count), order)
    }

    /// Indexes points that already are in an index's order, such as those of a
    /// pack: the slot of a point is its position. Answers are right in any
    /// order; in another one than [`Index::build`]'s they take longer.
    ///
    /// # Panics
    /// With more than `u32::MAX` points.
    #[must_use]
    pub fn in_order(points: &[Point]) -> Self {
        let count = u32::try_from(points.len()).expect("slots are 32 bits");
        Self::over(points.iter().copied(), count)
    }

    fn over(mut points: impl Iterator<Item = Point>, len: u32) -> Self {
        let mut blocks = Vec::with_capacity((len as usize).div_ceil(BLOCK));
        while let Some(first) = points.next() {
            let mut block = Block { lat: [first.lat_e7(); BLOCK], lng: [first.lng_e7(); BLOCK] };
            for lane in 1..BLOCK {
                let point = points.next().unwrap_or_else(|| block.point(lane - 1));
                block.lat[lane] = point.lat_e7();
                block.lng[lane] = point.lng_e7();
            }
            blocks.push(block);
        }

        let mut nodes: Vec<Boxes<FAN>> = Vec::new();
        let mut levels = Vec::new();
        let mut below: Vec<[i32; 4]> = blocks.iter().map(Block::frame).collect();
        while !below.is_empty() {
            levels.push(u32::try_from(nodes.len()).expect("fewer nodes than points"));
            nodes.extend(below.chunks(FAN).map(Boxes::of));
            if below.len() <= FAN {
                break;
            }
            below = below.chunks(FAN).map(around).collect();
        }
        nodes.shrink_to_fit();
        Self { len, blocks, nodes, levels }
    }
}

impl Block {
    /// South, north, west, east of its points.
    fn frame(&self) -> [i32; 4] {
        let mut frame = [self.lat[0], self.lat[0], self.lng[0], self.lng[0]];
        for lane in 1..BLOCK {
            frame[0] = frame[0].min(self.lat[lane]);
            frame[1] = frame[1].max(self.lat[lane]);
            frame[2] = frame[2].min(self.lng[lane]);
            frame[3] = frame[3].max(self.lng[lane]);
        }
        frame
    }
}

/// The frame around frames.
fn around(frames: &[[i32; 4]]) -> [i32; 4] {
    frames.iter().fold([i32::MAX, i32::MIN, i32::MAX, i32::MIN], |all, one| {
        [all[0].min(one[0]), all[1].max(one[1]), all[2].min(one[2]), all[3].max(one[3])]
    })
}

/// Halves the points at the median of their longer side until a block is left.
/// The left half gets a power of two of full blocks, so that four neighbours of
/// any level are one node of the next.
fn arrange(items: &mut [Item]) {
    if items.len() <= BLOCK {
        items.sort_unstable_by_key(|item| item.from);
        return;
    }
    let left = items.len().div_ceil(BLOCK).next_power_of_two() / 2 * BLOCK;
    let [south, north, west, east] =
        items.iter().fold([i32::MAX, i32::MIN, i32::MAX, i32::MIN], |[south, north, west, east], item| {
            [south.min(item.lat), north.max(item.lat), west.min(item.lng), east.max(item.lng)]
        });
    let height = f64::from(south.abs_diff(north));
    let width = f64::from(west.abs_diff(east)) * cos_latitude(south.midpoint(north));
    if height > width {
        items.select_nth_unstable_by_key(left, |item| (item.lat, item.from));
    } else {
        items.select_nth_unstable_by_key(left, |item| (item.lng, item.from));
    }
    let (left, right) = items.split_at_mut(left);
    arrange(left);
    arrange(right);
}
