//! A box of latitude and longitude.

use super::Point;
use super::point::{MAX_LAT, MAX_LNG};

/// Boxes are widened to multiples of this, in 1e-7 degree: 0.01°, so that the
/// exact edge of somebody's screen never reaches the server.
const GRID: i32 = 100_000;

/// A box on the map, edges included. West greater than east means that it
/// crosses the antimeridian (RFC 7946, 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The corner with the least latitude.
    pub south_west: Point,
    /// The corner with the greatest latitude.
    pub north_east: Point,
}

impl Bounds {
    /// Reads `west,south,east,north` in degrees (the order of `GeoJSON`) and
    /// widens the box outward to whole 0.01°. `None` when there are not four
    /// numbers, one is off the globe, or south lies above north.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(',').map(|part| part.trim().parse::<f64>().ok());
        let (west, south) = (numbers.next()??, numbers.next()??);
        let (east, north) = (numbers.next()??, numbers.next()??);
        if numbers.next().is_some() || south > north {
            return None;
        }
        let exact =
            Self { south_west: Point::from_degrees(south, west)?, north_east: Point::from_degrees(north, east)? };
        Some(exact.widened())
    }

    /// The smallest box of whole 0.01° that holds this one.
    #[must_use]
    pub fn widened(self) -> Self {
        let down = |value: i32| value.div_euclid(GRID) * GRID;
        let up = |value: i32| -down(-value);
        let (west, east) = (self.south_west.lng_e7(), self.north_east.lng_e7());
        let (mut wide_west, mut wide_east) = (down(west), up(east));
        if west > east && wide_west <= wide_east {
            // It went almost round the globe, and now its ends have met.
            (wide_west, wide_east) = (-MAX_LNG, MAX_LNG);
        }
        Self {
            south_west: Point::clamped(down(self.south_west.lat_e7()).max(-MAX_LAT), wide_west),
            north_east: Point::clamped(up(self.north_east.lat_e7()).min(MAX_LAT), wide_east),
        }
    }

    /// Whether a point lies in the box or on its edge.
    #[must_use]
    pub fn contains(self, point: Point) -> bool {
        let lat = point.lat_e7();
        let lng = point.lng_e7();
        self.south_west.lat_e7() <= lat
            && lat <= self.north_east.lat_e7()
            && self.longitudes().iter().any(|&(west, east)| west <= lng && lng <= east)
    }

    /// The box's one or two ranges of longitude; the second of a box that does
    /// not cross the antimeridian is the first again.
    pub(super) fn longitudes(self) -> [(i32, i32); 2] {
        let (west, east) = (self.south_west.lng_e7(), self.north_east.lng_e7());
        if west <= east { [(west, east); 2] } else { [(west, MAX_LNG), (-MAX_LNG, east)] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on the globe")
    }

    #[test]
    fn a_box_is_widened_outward_to_the_grid() {
        let bounds = Bounds::parse("113.6604,34.7537,113.67,34.76").expect("four numbers");
        assert_eq!(bounds.south_west, point(34.75, 113.66));
        assert_eq!(bounds.north_east, point(34.76, 113.67));
        let south = Bounds::parse("-0.001,-0.001,0.001,0.001").expect("four numbers");
        assert_eq!((south.south_west, south.north_east), (point(-0.01, -0.01), point(0.01, 0.01)));
        let globe = Bounds::parse("-180,-90,180,90").expect("four numbers");
        assert_eq!((globe.south_west, globe.north_east), (point(-90.0, -180.0), point(90.0, 180.0)));
    }

    #[test]
    fn nonsense_is_no_box() {
        for text in ["", "1,2,3", "1,2,3,4,5", "1,9,3,4", "1,2,x,4", "1,2,NaN,4", "1,2,3,91", "181,2,3,4"] {
            assert_eq!(Bounds::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_box_may_cross_the_antimeridian() {
        let bounds = Bounds::parse("179,-10,-179,10").expect("four numbers");
        assert!(bounds.contains(point(0.0, 180.0)) && bounds.contains(point(0.0, -179.5)));
        assert!(!bounds.contains(point(0.0, 178.9)) && !bounds.contains(point(11.0, 180.0)));
        let almost_all = Bounds::parse("0.005,0,0.004,1").expect("four numbers");
        assert!(almost_all.contains(point(0.5, 90.0)));
    }
}
