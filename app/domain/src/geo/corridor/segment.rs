//! The shorter great circle between two vertices, and the place on it nearest to a point.
//!
//! Counted in vectors of the unit sphere: no pole, no antimeridian, and with `+ - * / sqrt` alone the
//! same bits everywhere. Rounding moves a place by nanometres.

use crate::geo::Point;
use crate::geo::trig::{cos, sin};

/// A direction from the centre of the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Vector([f64; 3]);

impl Vector {
    /// The unit vector to a point.
    pub(super) fn of(point: Point) -> Self {
        let (lat, lng) = (i64::from(point.lat_e7()), i64::from(point.lng_e7()));
        let cos_lat = cos(lat);
        Self([cos_lat * cos(lng), cos_lat * sin(lng), sin(lat)])
    }

    #[inline]
    pub(super) fn dot(self, other: Self) -> f64 {
        let (one, two) = (self.0, other.0);
        one[0] * two[0] + one[1] * two[1] + one[2] * two[2]
    }

    #[inline]
    pub(super) fn plus(self, other: Self, times: f64) -> Self {
        let (one, two) = (self.0, other.0);
        Self([one[0] + two[0] * times, one[1] + two[1] * times, one[2] + two[2] * times])
    }

    #[inline]
    pub(super) fn minus(self, other: Self) -> Self {
        self.plus(other, -1.0)
    }

    pub(super) fn cross(self, other: Self) -> Self {
        let (one, two) = (self.0, other.0);
        let part = |i: usize, j: usize| one[i] * two[j] - one[j] * two[i];
        Self([part(1, 2), part(2, 0), part(0, 1)])
    }

    /// Brought to length 1.
    #[inline]
    pub(super) fn unit(self) -> Self {
        let scale = 1.0 / self.dot(self).sqrt();
        Self(self.0.map(|part| part * scale))
    }

    /// Haversine of the angle between two unit vectors, from the straight way between them: exact to
    /// the last digits however close they are.
    #[inline]
    pub(super) fn haversine(self, other: Self) -> f64 {
        let way = self.minus(other);
        way.dot(way) * 0.25
    }

    /// The point of a unit vector, to about a centimetre: good for boxes with a margin, not for answers.
    pub(super) fn roughly(self) -> Point {
        let [x, y, z] = self.0;
        let e7 = |radians: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "half a turn is 1.8e9, and `as` saturates")]
            let e7 = (radians.to_degrees() * 1e7) as i32;
            e7
        };
        Point::clamped(e7(z.atan2((x * x + y * y).sqrt())), e7(y.atan2(x)))
    }
}

/// Where on a segment a point is nearest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Foot {
    /// Haversine of the angle from the point to the place.
    pub(super) haversine: f64,
    /// The place: 0 at the beginning of the chord, 1 at its end.
    pub(super) part: f64,
}

/// The square of what counts as no way at all, 20 nm, on the unit sphere.
const SAME: f64 = 1e-29;

/// The place on the shorter great circle between two vertices, at most an eighth of a turn apart, that
/// is nearest to `at`.
///
/// With u = to − from and m = from + to at right angles in the plane of the circle, the foot of p on
/// the circle lies at the angle whose tangent is (p·u/|u|) / (p·m/|m|) from the middle; the ray there
/// meets the chord at ½ + (p·u)|m|² / (2 |u|² (p·m)). Between unit vectors from·u = −|u|²/2, and
/// p·u = (p − from)·u − |u|²/2 keeps its digits however short u is.
#[inline]
pub(super) fn foot(from: Vector, to: Vector, at: Vector) -> Foot {
    let (way, middle) = (to.minus(from), from.plus(to, 1.0));
    let square = way.dot(way);
    let (ahead, above) = (at.minus(from).dot(way) - 0.5 * square, at.dot(middle));
    let part = if square <= 0.0 {
        0.0
    } else if above > 0.0 {
        (0.5 + ahead * middle.dot(middle) / (2.0 * square * above)).clamp(0.0, 1.0)
    } else if ahead > 0.0 {
        // The far side of the earth: the nearer end.
        1.0
    } else {
        0.0
    };
    // Rounding must not take a place off the vertex it is: two segments that meet there agree on it.
    let left = 1.0 - part;
    let part = if part * part * square < SAME {
        0.0
    } else if left * left * square < SAME {
        1.0
    } else {
        part
    };
    Foot { haversine: at.haversine(place(from, to, part)), part }
}

/// The unit vector to a part of the way.
#[inline]
pub(super) fn place(from: Vector, to: Vector, part: f64) -> Vector {
    if part <= 0.0 {
        from
    } else if part >= 1.0 {
        to
    } else {
        from.plus(to.minus(from), part).unit()
    }
}
