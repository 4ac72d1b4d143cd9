//! The lower bound that decides what a search looks at.
//!
//! hav d = hav Δφ + cos φ₁ cos φ₂ hav Δλ, every term ≥ 0 and hav growing with
//! its angle: with the least Δφ and Δλ between two boxes and the least cosine
//! in each, the right side is no more than hav d of any two of their points.
//! It is worked out in `f32`, for all lanes of a row at once; the series are
//! cut after a negative term, so they err low, and rounding (below 1e-6 in
//! all) is made up for by [`reach`], which is 1e-5 too generous.

use super::{BLOCK, Block, FAN};
use crate::geo::Point;
use crate::geo::cell::Span;
use crate::geo::trig::{EARTH_RADIUS_M, STEP, cos_latitude};

/// Boxes side by side: south, north, west, east edges in 1e-7 degree.
#[derive(Clone)]
#[repr(align(64))]
pub(super) struct Boxes<const N: usize> {
    pub(super) south: [i32; N],
    pub(super) north: [i32; N],
    pub(super) west: [i32; N],
    pub(super) east: [i32; N],
}

impl Boxes<FAN> {
    /// Up to four boxes; the last is repeated into lanes that have none.
    pub(super) fn of(frames: &[[i32; 4]]) -> Self {
        let edge = |side: usize| core::array::from_fn(|lane| frames[lane.min(frames.len() - 1)][side]);
        Self { south: edge(0), north: edge(1), west: edge(2), east: edge(3) }
    }
}

/// Where a search starts from: a point, a cell, or the box around a piece of a line.
#[derive(Clone, Debug)]
pub(in crate::geo) struct Area {
    south: i32,
    north: i32,
    west: i32,
    east: i32,
    /// No more than the cosine of any latitude in the area.
    cos: f32,
}

impl Area {
    pub(super) fn point(at: Point) -> Self {
        Self::new(at, at, cos_latitude(at.lat_e7()))
    }

    pub(super) fn span(span: &Span) -> Self {
        Self::new(span.south_west, span.north_east, span.least_cos)
    }

    /// A box that does not cross the antimeridian.
    pub(in crate::geo) fn frame(south_west: Point, north_east: Point) -> Self {
        let cos = |corner: Point| cos_latitude(corner.lat_e7());
        // The cosine falls from the equator to both poles: least at an edge.
        Self::new(south_west, north_east, cos(south_west).min(cos(north_east)))
    }

    /// The box around two boxes.
    pub(in crate::geo) fn around(&self, other: &Self) -> Self {
        Self {
            south: self.south.min(other.south),
            north: self.north.max(other.north),
            west: self.west.min(other.west),
            east: self.east.max(other.east),
            cos: smaller(self.cos, other.cos),
        }
    }

    /// Its longer side in 1e-7 degree of latitude, about.
    #[expect(clippy::cast_precision_loss, reason = "a rule of thumb")]
    pub(in crate::geo) fn side(&self) -> f32 {
        let (height, width) = (self.south.abs_diff(self.north), self.west.abs_diff(self.east));
        larger(height as f32, width as f32 * self.cos)
    }

    /// The weight of a difference in longitude from a box of that [`least_cos`].
    #[inline]
    pub(super) fn weight(&self, least_cos: f32) -> f32 {
        self.cos * least_cos
    }

    fn new(south_west: Point, north_east: Point, cos: f64) -> Self {
        Self {
            south: south_west.lat_e7(),
            north: north_east.lat_e7(),
            west: south_west.lng_e7(),
            east: north_east.lng_e7(),
            #[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for")]
            cos: cos as f32,
        }
    }

    /// For each box, no more than the haversine of the distance from any point
    /// of the area to any point of the box; and the weight of a difference in
    /// longitude within that box, for [`Area::to_points`].
    #[inline]
    pub(super) fn to_boxes(&self, boxes: &Boxes<FAN>) -> ([f32; FAN], [f32; FAN]) {
        let mut bounds = [0.0; FAN];
        let mut weights = [0.0; FAN];
        for lane in 0..FAN {
            let (south, north) = (boxes.south[lane], boxes.north[lane]);
            weights[lane] = self.cos * least_cos(south, north);
            bounds[lane] =
                self.latitude(south, north) + weights[lane] * self.longitude(boxes.west[lane], boxes.east[lane]);
        }
        (bounds, weights)
    }

    /// The same for the points of a block whose box has that weight.
    #[inline]
    pub(super) fn to_points(&self, block: &Block, weight: f32) -> [f32; BLOCK] {
        let mut bounds = [0.0; BLOCK];
        for (lane, bound) in bounds.iter_mut().enumerate() {
            let (lat, lng) = (block.lat[lane], block.lng[lane]);
            *bound = self.latitude(lat, lat) + weight * self.longitude(lng, lng);
        }
        bounds
    }

    /// Haversine of the least difference in latitude.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "a rounding, as the others")]
    fn latitude(&self, south: i32, north: i32) -> f32 {
        // Two latitudes differ by at most 1.8e9 steps: no overflow.
        let above = (south - self.north) as f32;
        let below = (self.south - north) as f32;
        haversine(larger(larger(above, below), 0.0) * RADIANS)
    }

    /// Haversine of the least difference in longitude.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "a rounding, as the others; see below")]
    fn longitude(&self, west: i32, east: i32) -> f32 {
        /// Two longitudes differ by up to 3.6e9 steps, too many for an i32, so
        /// they are compared in steps of 2e-7 degree.
        const TURN: f32 = 1.8e9;
        let ahead = ((west >> 1) - (self.east >> 1)) as f32;
        let behind = ((self.west >> 1) - (east >> 1)) as f32;
        // Each shift drops up to a half: one less is safe. The way round the
        // back is a small difference of large numbers, whose rounding (64 each)
        // must not make it too long.
        let direct = larger(ahead, behind) - 1.0;
        let round = (TURN - 256.0) + smaller(ahead, behind);
        haversine(larger(smaller(direct, round), 0.0) * (2.0 * RADIANS))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rounding is allowed for")]
const RADIANS: f32 = STEP as f32;

/// sin²(x/2) = x²/4 − x⁴/48 + … for 0 ≤ x ≤ π. One part in 1e6 too small at
/// 900 km, 2 % at 10,000 km: far away a search looks at a little more.
#[inline]
fn haversine(x: f32) -> f32 {
    let x2 = x * x;
    x2 * (1.0 / 4.0 - x2 * (1.0 / 48.0))
}

/// No more than the cosine of any latitude between two: the series up to x⁶.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "a rounding, as the others")]
pub(super) fn least_cos(south: i32, north: i32) -> f32 {
    let x = larger((south as f32).abs(), (north as f32).abs()) * RADIANS;
    let x2 = x * x;
    let cos = 1.0 - x2 * (1.0 / 2.0) * (1.0 - x2 * (1.0 / 12.0) * (1.0 - x2 * (1.0 / 30.0)));
    // Near a pole the series' rounding is no longer small beside the value.
    larger(cos - 1e-6, 0.0)
}

/// `f32::max` without its care for NaN, which costs two instructions a lane.
#[inline]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline]
fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The bound that no lower bound of something within `radius_m` exceeds, on the
/// scale of [`Area`]: sin² x ≤ x², a little more for rounding, and everything
/// from a quarter of the globe on.
#[inline]
pub(in crate::geo) fn reach(radius_m: f64) -> f32 {
    let half_angle = radius_m * (0.5 / EARTH_RADIUS_M);
    #[expect(clippy::cast_possible_truncation, reason = "1e-5 is added for it")]
    let square = (half_angle * half_angle * 1.000_01) as f32;
    // The smallest normal number more, so that radius 0 still reaches itself.
    square + f32::MIN_POSITIVE
}
