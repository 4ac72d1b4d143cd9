//! The course of a road as a polyline with its cumulative metres.

use crate::geo::{Point, bearing_deg, distance_m};

/// More vertices than this are refused: a road across the country at a point every 50 m.
pub const MAX_VERTICES: usize = 200_000;

/// Why points are no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineError {
    /// Fewer than two different points.
    Short,
    /// More than [`MAX_VERTICES`].
    Long,
    /// Longer than any road on earth: 50,000 km.
    Far,
}

/// The course of a road: at least two points, no two neighbours equal.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    points: Box<[Point]>,
    along_m: Box<[f64]>,
}

/// Where a place lies by a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// Metres from the first point to the nearest place on the line.
    pub along_m: u32,
    /// Metres from there.
    pub off_m: f64,
    /// The bearing of the line there, in degrees.
    pub bearing_deg: f64,
    /// Whether it is right of the line, as seen along it; `None` in a bend where it is right of one piece
    /// and left of another that is as near.
    pub is_right: Option<bool>,
}

const FARTHEST_M: f64 = 5e7;
/// How far a drawn line may be off its road, in metres.
const SLACK_M: f64 = 10.0;

impl Line {
    /// A line through points in order; repeated points are taken once.
    ///
    /// # Errors
    /// Too short, or too long to be a road.
    pub fn new(points: impl IntoIterator<Item = Point>) -> Result<Self, LineError> {
        let mut kept: Vec<Point> = Vec::new();
        let mut along_m: Vec<f64> = Vec::new();
        for point in points {
            let along = match (kept.last(), along_m.last()) {
                (Some(last), _) if *last == point => continue,
                (Some(last), Some(along)) => along + distance_m(*last, point),
                _ => 0.0,
            };
            if kept.len() == MAX_VERTICES {
                return Err(LineError::Long);
            }
            if along > FARTHEST_M {
                return Err(LineError::Far);
            }
            kept.push(point);
            along_m.push(along);
        }
        if kept.len() < 2 {
            return Err(LineError::Short);
        }
        Ok(Self { points: kept.into(), along_m: along_m.into() })
    }

    /// Its points, first to last.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Its first and last point.
    #[must_use]
    pub fn ends(&self) -> (Point, Point) {
        (self.points[0], self.points[self.points.len() - 1])
    }

    /// Its length in metres.
    #[must_use]
    pub fn length_m(&self) -> u32 {
        whole(self.along_m[self.along_m.len() - 1])
    }

    /// Metres from the first point to a vertex.
    #[must_use]
    pub fn along_of(&self, vertex: usize) -> Option<u32> {
        self.along_m.get(vertex).copied().map(whole)
    }

    /// The nearest place on the line. Every segment is looked at: linear in the vertices.
    #[must_use]
    pub fn locate(&self, place: Point) -> Located {
        let mut best: Option<(f64, f64, usize)> = None;
        for at in 0..self.points.len() - 1 {
            let (share, off) = nearest_on(self.points[at], self.points[at + 1], place);
            if best.is_none_or(|(least, ..)| off < least) {
                best = Some((off, share, at));
            }
        }
        let (off_m, share, at) = best.unwrap_or((0.0, 0.0, 0));
        let (from, to) = (self.points[at], self.points[at + 1]);
        let along = self.along_m[at] + share * (self.along_m[at + 1] - self.along_m[at]);
        let bearing = bearing_deg(from, to);
        // Another piece of the line counts where it is as near but for what a drawn line is off.
        let mut is_right = Some(is_right_of(from, bearing, place));
        for at in 0..self.points.len() - 1 {
            let (from, to) = (self.points[at], self.points[at + 1]);
            if nearest_on(from, to, place).1 <= off_m + SLACK_M
                && Some(is_right_of(from, bearing_deg(from, to), place)) != is_right
            {
                is_right = None;
                break;
            }
        }
        Located { along_m: whole(along), off_m, bearing_deg: bearing, is_right }
    }
}

/// Whether a place lies right of a ray from a point in a direction.
pub(super) fn is_right_of(from: Point, bearing: f64, place: Point) -> bool {
    let turn = (bearing_deg(from, place) - bearing).rem_euclid(360.0);
    turn > 0.0 && turn < 180.0
}

/// The nearest place on a segment: its share of the segment (0 to 1), and how many metres away it is.
///
/// On the plane that touches at the place: within 0.1 % for what is near, and what is far only has to
/// stay far.
fn nearest_on(from: Point, to: Point, place: Point) -> (f64, f64) {
    const METRES: f64 = 111_195.08;
    let narrow = place.lat().to_radians().cos();
    let flat =
        |point: Point| ((turned(point.lng() - place.lng())) * narrow * METRES, (point.lat() - place.lat()) * METRES);
    let ((ax, ay), (bx, by)) = (flat(from), flat(to));
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let share = if square > 0.0 { (-(ax * dx + ay * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (share, (ax + share * dx).hypot(ay + share * dy))
}

/// Degrees of longitude the short way round.
fn turned(degrees: f64) -> f64 {
    if degrees > 180.0 {
        degrees - 360.0
    } else if degrees < -180.0 {
        degrees + 360.0
    } else {
        degrees
    }
}

/// Metres of a road, at most 5e7.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 5e7, checked when the line was made")]
fn whole(metres: f64) -> u32 {
    metres.round().clamp(0.0, FARTHEST_M) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on the globe")
    }

    #[test]
    fn a_line_needs_two_different_points() {
        assert_eq!(Line::new([]), Err(LineError::Short));
        assert_eq!(Line::new([at(31.0, 117.0); 5]), Err(LineError::Short));
        assert_eq!(Line::new([at(0.0, 0.0), at(0.0, 179.0)].repeat(4)), Err(LineError::Far));
    }

    #[test]
    fn east_of_a_line_to_the_north_is_right() {
        let north = Line::new([at(31.0, 117.0), at(31.5, 117.0), at(32.0, 117.0)]).expect("a line");
        let east = north.locate(at(31.75, 117.001));
        assert!(east.is_right == Some(true) && (east.off_m - 94.6).abs() < 0.5, "{east:?}");
        assert!((f64::from(east.along_m) - 83_396.0).abs() < 2.0, "{east:?}");
        assert_eq!(north.locate(at(31.75, 116.999)).is_right, Some(false));
    }

    #[test]
    fn the_nearest_place_of_what_lies_beyond_is_the_end() {
        let line = Line::new([at(31.0, 117.0), at(32.0, 117.0)]).expect("a line");
        assert_eq!(line.locate(at(30.0, 117.0)).along_m, 0);
        assert_eq!(line.locate(at(33.0, 117.0)).along_m, line.length_m());
    }

    #[test]
    fn beyond_a_hairpin_there_is_no_side() {
        let hairpin = Line::new([at(31.0, 117.0), at(31.1, 117.0), at(31.0, 117.02)]).expect("a line");
        assert_eq!(hairpin.locate(at(31.1005, 117.0005)).is_right, None);
        assert_eq!(hairpin.locate(at(31.05, 116.999)).is_right, Some(false));
    }

    proptest! {
        #[test]
        fn no_point_makes_it_panic_and_the_place_is_on_the_line(
            points in proptest::collection::vec((-90.0..=90.0_f64, -180.0..=180.0_f64), 2..8),
            place in (-90.0..=90.0_f64, -180.0..=180.0_f64),
        ) {
            if let Ok(line) = Line::new(points.into_iter().map(|(lat, lng)| at(lat, lng))) {
                let located = line.locate(at(place.0, place.1));
                prop_assert!(located.along_m <= line.length_m());
                prop_assert!(located.off_m.is_finite());
            }
        }
    }
}
