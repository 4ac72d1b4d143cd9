//! A position.

/// Steps of 1e-7 degree in a degree.
const STEPS: f64 = 1e7;
pub(super) const MAX_LAT: i32 = 900_000_000;
pub(super) const MAX_LNG: i32 = 1_800_000_000;

/// A position in WGS-84, latitude and longitude in 1e-7 degree (about 1 cm).
///
/// Latitude −90° to 90°, longitude −180° to 180°, both ends included. Integers,
/// so that equality, order and the cell of a point are exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    lat_e7: i32,
    lng_e7: i32,
}

impl Point {
    /// The point nearest to a position in degrees; `None` when a value is not a
    /// finite number or lies outside the globe.
    #[must_use]
    pub fn from_degrees(lat: f64, lng: f64) -> Option<Self> {
        // Written so that NaN fails too.
        if lat.abs() <= 90.0 && lng.abs() <= 180.0 {
            #[expect(clippy::cast_possible_truncation, reason = "at most 1.8e9 after the check above")]
            let [lat_e7, lng_e7] = [lat, lng].map(|degrees| (degrees * STEPS).round() as i32);
            Self::from_e7(lat_e7, lng_e7)
        } else {
            None
        }
    }

    /// A point from its two counts of 1e-7 degree; `None` outside the globe.
    #[must_use]
    pub const fn from_e7(lat_e7: i32, lng_e7: i32) -> Option<Self> {
        if lat_e7.unsigned_abs() <= MAX_LAT.unsigned_abs() && lng_e7.unsigned_abs() <= MAX_LNG.unsigned_abs() {
            Some(Self { lat_e7, lng_e7 })
        } else {
            None
        }
    }

    /// For values this module has already brought into range.
    pub(super) fn clamped(lat_e7: i32, lng_e7: i32) -> Self {
        Self { lat_e7: lat_e7.clamp(-MAX_LAT, MAX_LAT), lng_e7: lng_e7.clamp(-MAX_LNG, MAX_LNG) }
    }

    /// Latitude in degrees.
    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / STEPS
    }

    /// Longitude in degrees.
    #[must_use]
    pub fn lng(self) -> f64 {
        f64::from(self.lng_e7) / STEPS
    }

    /// Latitude in 1e-7 degree.
    #[must_use]
    pub const fn lat_e7(self) -> i32 {
        self.lat_e7
    }

    /// Longitude in 1e-7 degree.
    #[must_use]
    pub const fn lng_e7(self) -> i32 {
        self.lng_e7
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_survive_the_way_there_and_back() {
        let point = Point::from_degrees(34.753_7, 113.660_4).expect("on the globe");
        assert_eq!((point.lat_e7(), point.lng_e7()), (347_537_000, 1_136_604_000));
        assert_eq!(Point::from_degrees(point.lat(), point.lng()), Some(point));
    }

    #[test]
    fn nothing_outside_the_globe_is_a_point() {
        for (lat, lng) in [
            (90.000_001, 0.0),
            (0.0, -180.000_001),
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
            (f64::INFINITY, 0.0),
            (0.0, f64::NEG_INFINITY),
        ] {
            assert_eq!(Point::from_degrees(lat, lng), None, "{lat}, {lng}");
        }
        assert_eq!(Point::from_e7(900_000_001, 0), None);
        assert_eq!(Point::from_e7(0, i32::MIN), None);
        assert!(Point::from_degrees(-90.0, 180.0).is_some());
    }
}
