//! The square a phone names instead of its position.

use core::fmt;

use super::Point;
use super::point::{MAX_LAT, MAX_LNG};
use super::trig::{HALF_TURN, arc_m, cos_latitude, haversine, longitude_gap};

/// Side of a cell in 1e-7 degree: 0.01°, about 1.1 km north to south.
const SIDE: i32 = 100_000;
/// Bounds are moved outward by this share, a hundred times what rounding can
/// do, so that they hold for the computed distances too.
const ROUNDING: f64 = 1e-13;

/// A square of 0.01° by 0.01°: all the server learns of where a phone is.
///
/// Counted in hundredths of a degree, floor(degrees / 0.01), and named by its
/// south-west corner, `34.75,113.66` (latitude first).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    lat: i32,
    lng: i32,
}

impl Cell {
    /// The cell a point lies in. Exact: integers are divided, no degrees.
    #[must_use]
    pub fn of(point: Point) -> Self {
        Self { lat: point.lat_e7().div_euclid(SIDE), lng: point.lng_e7().div_euclid(SIDE) }
    }

    /// Reads a name such as `34.75,113.66`: two numbers with at most two
    /// decimals. Anything finer, or outside the globe, is `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (lat, lng) = name.split_once(',')?;
        let cell = Self { lat: hundredths(lat)?, lng: hundredths(lng)? };
        let on_globe = cell.lat.abs() <= MAX_LAT / SIDE && cell.lng.abs() <= MAX_LNG / SIDE;
        on_globe.then_some(cell)
    }

    /// The middle of the cell.
    #[must_use]
    pub fn centre(self) -> Point {
        let corner = self.south_west();
        Point::clamped(corner.lat_e7() + SIDE / 2, corner.lng_e7() + SIDE / 2)
    }

    /// The corner that names the cell.
    #[must_use]
    pub fn south_west(self) -> Point {
        Point::clamped(self.lat * SIDE, self.lng * SIDE)
    }

    /// The opposite corner. It belongs to the next cell, but bounds include it.
    #[must_use]
    pub fn north_east(self) -> Point {
        let corner = self.south_west();
        Point::clamped(corner.lat_e7() + SIDE, corner.lng_e7() + SIDE)
    }

    /// A distance in metres that no point of the cell, edges included, is nearer
    /// to `point` than.
    #[must_use]
    pub fn min_distance_m(self, point: Point) -> f64 {
        Span::of(self).distances_m(point).0
    }

    /// A distance in metres that no point of the cell, edges included, is
    /// farther from `point` than.
    #[must_use]
    pub fn max_distance_m(self, point: Point) -> f64 {
        Span::of(self).distances_m(point).1
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [lat, lng] = [self.lat, self.lng].map(|count| {
            let sign = if count < 0 { "-" } else { "" };
            let size = count.unsigned_abs();
            (sign, size / 100, size % 100)
        });
        write!(f, "{}{}.{:02},{}{}.{:02}", lat.0, lat.1, lat.2, lng.0, lng.1, lng.2)
    }
}

/// `-12.3` is −1230 hundredths. No float is involved, so 0.29 stays 29.
fn hundredths(text: &str) -> Option<i32> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "00"));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=3).contains(&whole.len())
        || !(1..=2).contains(&decimals.len())
        || !all_digits(whole)
        || !all_digits(decimals)
    {
        return None;
    }
    let decimals = decimals.parse::<i32>().ok()? * if decimals.len() == 1 { 10 } else { 1 };
    let count = whole.parse::<i32>().ok()? * 100 + decimals;
    Some(if negative { -count } else { count })
}

/// A cell with the cosines its bounds need, taken once.
///
/// The haversine of a distance is hav Δφ + cos φ₁ cos φ₂ hav Δλ. Over the cell
/// each of Δφ, cos φ₁ and Δλ has a least and a greatest value, all terms are
/// ≥ 0, and hav grows with its angle: putting in the least values gives a lower
/// bound, the greatest an upper one. Nothing in this fails at a pole or at the
/// antimeridian as long as Δλ is the smaller way round.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) south_west: Point,
    pub(super) north_east: Point,
    pub(super) least_cos: f64,
    greatest_cos: f64,
}

impl Span {
    pub(super) fn of(cell: Cell) -> Self {
        let (south_west, north_east) = (cell.south_west(), cell.north_east());
        let (south, north) = (south_west.lat_e7(), north_east.lat_e7());
        let [a, b] = [south, north].map(cos_latitude);
        // No cell has the equator inside, only at an edge: the greatest cosine
        // is at one of the two edges as well.
        Self { south_west, north_east, least_cos: a.min(b), greatest_cos: a.max(b) }
    }

    /// (lower, upper) bound in metres of the distance from `point` to any point
    /// of the cell.
    pub(super) fn distances_m(&self, point: Point) -> (f64, f64) {
        let (south, north) = (self.south_west.lat_e7(), self.north_east.lat_e7());
        let (west, east) = (self.south_west.lng_e7(), self.north_east.lng_e7());
        let (lat, lng) = (point.lat_e7(), point.lng_e7());
        let least_lat = lat.abs_diff(lat.clamp(south, north));
        let greatest_lat = lat.abs_diff(south).max(lat.abs_diff(north));
        let (to_west, to_east) = (longitude_gap(lng, west), longitude_gap(lng, east));
        // ±180° is one meridian under two numbers, hence the second test.
        let beside = lng.clamp(west, east) == lng || to_west.min(to_east) == 0;
        let least_lng = if beside { 0 } else { to_west.min(to_east) };
        // A cell that the opposite meridian runs through reaches all the way.
        let width = west.abs_diff(east);
        let opposite = to_west >= HALF_TURN - width && to_east >= HALF_TURN - width;
        let greatest_lng = if opposite { HALF_TURN } else { to_west.max(to_east) };

        let cos = cos_latitude(lat);
        let lower = haversine(least_lat) + self.least_cos * cos * haversine(least_lng);
        let upper = haversine(greatest_lat) + self.greatest_cos * cos * haversine(greatest_lng);
        // Near the antipode a bit of the haversine is centimetres of arc, so the
        // margin is taken before the arc, and once more after it.
        (arc_m(lower * (1.0 - ROUNDING)) * (1.0 - ROUNDING), arc_m(upper * (1.0 + ROUNDING)) * (1.0 + ROUNDING))
    }
}
