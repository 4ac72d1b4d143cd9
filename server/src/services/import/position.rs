//! Is this where a station can be?

use domain::geo::{Datum, Point, to_wgs84};
use std::fmt;

/// Why a pair of coordinates is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionError {
    /// Latitude stands where longitude should, and the other way round.
    Swapped,
    /// 0, 0: nobody filled it in.
    Zero,
    /// Beyond ±90 or ±180 degrees.
    Outside,
}

impl fmt::Display for PositionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Swapped => "经度和纬度写反了，请对调",
            Self::Zero => "坐标是 0,0，等于没有填",
            Self::Outside => "坐标超出范围：纬度在 -90 到 90，经度在 -180 到 180",
        })
    }
}

/// Latitudes and longitudes of China with its seas, in degrees, a little wider.
const CHINA: (std::ops::RangeInclusive<f64>, std::ops::RangeInclusive<f64>) = (3.0..=54.0, 73.0..=136.0);

/// The WGS-84 point of coordinates in a datum, in degrees.
///
/// # Errors
/// The coordinates cannot be meant.
pub fn point(datum: Datum, lat: f64, lng: f64) -> Result<Point, PositionError> {
    let in_china = |lat: f64, lng: f64| CHINA.0.contains(&lat) && CHINA.1.contains(&lng);
    // 87.6, 43.8 is a place in the Arctic Ocean, and 乌鲁木齐 the other way round.
    if !in_china(lat, lng) && in_china(lng, lat) {
        return Err(PositionError::Swapped);
    }
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lng) {
        let swapped = (-90.0..=90.0).contains(&lng) && (-180.0..=180.0).contains(&lat);
        return Err(if swapped { PositionError::Swapped } else { PositionError::Outside });
    }
    if lat == 0.0 && lng == 0.0 {
        return Err(PositionError::Zero);
    }
    let (lat, lng) = to_wgs84(datum, lat, lng);
    Point::from_degrees(lat, lng).ok_or(PositionError::Outside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_that_cannot_be_meant_are_refused() {
        let refused = |lat, lng| point(Datum::Wgs84, lat, lng).expect_err("refused");
        assert_eq!(refused(113.66, 34.75), PositionError::Swapped);
        assert_eq!(refused(87.6, 43.8), PositionError::Swapped, "乌鲁木齐");
        assert_eq!(refused(0.0, 0.0), PositionError::Zero);
        assert_eq!(refused(91.0, 200.0), PositionError::Outside);
        assert_eq!(refused(34.0, 1e9), PositionError::Outside);
        assert_eq!(refused(f64::NAN, 113.0), PositionError::Outside);
    }

    #[test]
    fn a_datum_is_undone() {
        let shifted = point(Datum::Gcj02, 34.819_187, 113.564_525).expect("in 郑州");
        let plain = Point::from_degrees(34.820_276, 113.558_42).expect("in range");
        assert!(domain::geo::distance_m(shifted, plain) < 1.0);
    }
}
