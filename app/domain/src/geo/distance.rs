//! How far, and in which direction.

use super::Point;
use super::trig::{arc_m, cos, cos_latitude, haversine, longitude_gap, sin};

/// Great-circle distance in metres: haversine formula on a sphere of the
/// earth's mean radius, 6,371,008.8 m (IUGG). Symmetric, 0 for equal places,
/// the same bits on every platform. A sphere is within 0.6 % of the ellipsoid,
/// far below the difference between a straight line and the way on foot.
#[must_use]
pub fn distance_m(a: Point, b: Point) -> f64 {
    Origin::at(a).distance_m(b)
}

/// A point many distances are measured from: its cosine is taken once.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    point: Point,
    cos_lat: f64,
}

impl Origin {
    pub(super) fn at(point: Point) -> Self {
        Self { point, cos_lat: cos_latitude(point.lat_e7()) }
    }

    /// Exactly what [`distance_m`] gives.
    #[inline]
    pub(super) fn distance_m(&self, to: Point) -> f64 {
        let lat = haversine(self.point.lat_e7().abs_diff(to.lat_e7()));
        let lng = haversine(longitude_gap(self.point.lng_e7(), to.lng_e7()));
        arc_m(lat + self.cos_lat * cos_latitude(to.lat_e7()) * lng)
    }
}

/// Initial bearing of the great circle from one point to another, in degrees
/// clockwise from north, 0 ≤ bearing < 360; 0 for equal points.
#[must_use]
pub fn bearing_deg(from: Point, to: Point) -> f64 {
    let (lat1, lat2) = (i64::from(from.lat_e7()), i64::from(to.lat_e7()));
    let turn = i64::from(to.lng_e7()) - i64::from(from.lng_e7());
    let east = sin(turn) * cos(lat2);
    // cos φ₁ sin φ₂ − sin φ₁ cos φ₂ cos Δλ, written without the cancellation
    // that would spoil it for close points: 1 − cos Δλ = 2 sin²(Δλ/2).
    let half_turn = haversine(longitude_gap(from.lng_e7(), to.lng_e7()));
    let north = sin(lat2 - lat1) + 2.0 * sin(lat1) * cos(lat2) * half_turn;
    let degrees = east.atan2(north).to_degrees().rem_euclid(360.0);
    // rem_euclid of a tiny negative angle rounds up to 360 itself.
    if degrees >= 360.0 { 0.0 } else { degrees }
}

/// One of the eight directions people name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compass {
    /// 北
    North,
    /// 东北
    NorthEast,
    /// 东
    East,
    /// 东南
    SouthEast,
    /// 南
    South,
    /// 西南
    SouthWest,
    /// 西
    West,
    /// 西北
    NorthWest,
}

impl Compass {
    /// The direction a bearing in degrees is closest to. Any finite number will
    /// do; what is not a number is north.
    #[must_use]
    pub fn of(bearing_deg: f64) -> Self {
        const ROUND: [Compass; 8] = [
            Compass::North,
            Compass::NorthEast,
            Compass::East,
            Compass::SouthEast,
            Compass::South,
            Compass::SouthWest,
            Compass::West,
            Compass::NorthWest,
        ];
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 8 after the remainder; not a number becomes 0"
        )]
        let eighth = (bearing_deg.rem_euclid(360.0) / 45.0).round() as usize;
        ROUND[eighth % 8]
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::North => "北",
            Self::NorthEast => "东北",
            Self::East => "东",
            Self::SouthEast => "东南",
            Self::South => "南",
            Self::SouthWest => "西南",
            Self::West => "西",
            Self::NorthWest => "西北",
        }
    }

    /// An arrow on a map with north at the top.
    #[must_use]
    pub const fn arrow(self) -> &'static str {
        match self {
            Self::North => "↑",
            Self::NorthEast => "↗",
            Self::East => "→",
            Self::SouthEast => "↘",
            Self::South => "↓",
            Self::SouthWest => "↙",
            Self::West => "←",
            Self::NorthWest => "↖",
        }
    }
}
