//! A line with fewer points, for the phone to follow.

use super::Line;
use crate::geo::Point;

/// What a first sketch may be off, in metres: less than a carriageway's place on a drawn line.
const FINEST_M: f64 = 20.0;
const METRES: f64 = 111_195.08;

/// At most `most` (at least 2) points of a line with their metres along it, first and last among them;
/// the points left out lie within 20 m of it, or twice, four times that where `most` asks for it.
///
/// The metres are those of the whole line: what is projected on the sketch is told where it is on the road.
#[must_use]
pub fn sketch(line: &Line, most: usize) -> Vec<(Point, u32)> {
    let ends = || vec![0, line.points().len() - 1];
    let tolerances = std::iter::successors(Some(FINEST_M), |metres| (*metres < 1e6).then_some(metres * 2.0));
    let kept = tolerances.map(|metres| within(line.points(), metres)).find(|kept| kept.len() <= most.max(2));
    kept.unwrap_or_else(ends).into_iter().filter_map(|at| Some((line.points()[at], line.along_of(at)?))).collect()
}

/// One pass: from a kept point the sleeve of directions that all points since then leave open; the point
/// before the one that leaves the sleeve, or turns back, is kept (Zhao and Saalfeld's sleeve fitting).
fn within(points: &[Point], tolerance_m: f64) -> Vec<usize> {
    let mut kept = vec![0];
    let mut anchor = 0;
    let mut sleeve: Option<Sleeve> = None;
    let mut at = 1;
    while at < points.len() {
        let (far, way) = from(points[anchor], points[at]);
        if far > tolerance_m || sleeve.is_some() {
            let wide = (tolerance_m / far.max(tolerance_m)).asin();
            match &mut sleeve {
                None => sleeve = Some(Sleeve { middle: way, left: -wide, right: wide, far }),
                Some(open) if open.takes(way, far, tolerance_m) => open.narrow(way, wide, far),
                Some(_) => {
                    anchor = at - 1;
                    kept.push(anchor);
                    sleeve = None;
                    continue;
                }
            }
        }
        at += 1;
    }
    kept.push(points.len() - 1);
    kept.dedup();
    kept
}

struct Sleeve {
    middle: f64,
    left: f64,
    right: f64,
    far: f64,
}

impl Sleeve {
    fn turn(&self, way: f64) -> f64 {
        (way - self.middle + std::f64::consts::PI).rem_euclid(std::f64::consts::TAU) - std::f64::consts::PI
    }

    fn takes(&self, way: f64, far: f64, tolerance_m: f64) -> bool {
        (self.left..=self.right).contains(&self.turn(way)) && far > self.far - tolerance_m
    }

    fn narrow(&mut self, way: f64, wide: f64, far: f64) {
        let turn = self.turn(way);
        self.left = self.left.max(turn - wide);
        self.right = self.right.min(turn + wide);
        self.far = self.far.max(far);
    }
}

/// How far, and in which direction in radians, on the plane that touches at the first.
fn from(anchor: Point, point: Point) -> (f64, f64) {
    let mut turn = point.lng() - anchor.lng();
    if turn.abs() > 180.0 {
        turn -= 360.0_f64.copysign(turn);
    }
    let (east, north) = (turn * anchor.lat().to_radians().cos() * METRES, (point.lat() - anchor.lat()) * METRES);
    (east.hypot(north), north.atan2(east))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on the globe")
    }

    #[test]
    fn a_straight_road_needs_its_ends_only_and_a_bend_its_corner() {
        let straight = Line::new((0..100).map(|step| at(31.0 + f64::from(step) * 0.001, 117.0))).expect("a line");
        assert_eq!(sketch(&straight, 500).len(), 2);
        let bend = Line::new([at(31.0, 117.0), at(31.05, 117.0), at(31.1, 117.0), at(31.1, 117.1)]).expect("a line");
        assert_eq!(sketch(&bend, 500), [0, 2, 3].map(|kept| (bend.points()[kept], bend.along_of(kept).unwrap_or(0))));
    }

    #[test]
    fn a_road_that_comes_back_on_itself_keeps_its_turning_point() {
        let back = Line::new([at(31.0, 117.0), at(31.1, 117.0), at(31.02, 117.0)]).expect("a line");
        assert_eq!(sketch(&back, 500).len(), 3);
    }

    proptest! {
        #[test]
        fn every_point_lies_near_the_sketch_and_is_as_far_along(
            steps in proptest::collection::vec((-0.004..0.004_f64, 0.001..0.004_f64), 2..200)
        ) {
            let (mut lat, mut lng) = (31.0, 117.0);
            let points = steps.into_iter().map(|(north, east)| {
                lat += north;
                lng += east;
                at(lat, lng)
            });
            let line = Line::new(points).expect("a line");
            let kept = sketch(&line, 500);
            prop_assert!(kept.is_sorted_by_key(|(_, along)| *along));
            prop_assert_eq!((kept[0].1, kept[kept.len() - 1].1), (0, line.length_m()));
            let thin = Line::new(kept.iter().map(|(point, _)| *point)).expect("a line");
            for point in line.points() {
                prop_assert!(thin.locate(*point).off_m <= 2.0 * FINEST_M, "{}", thin.locate(*point).off_m);
            }
        }

        #[test]
        fn no_line_gives_more_points_than_asked_for(
            points in proptest::collection::vec((-89.0..89.0_f64, -180.0..180.0_f64), 2..60), most in 0..20_usize
        ) {
            if let Ok(line) = Line::new(points.into_iter().map(|(lat, lng)| at(lat, lng))) {
                prop_assert!((2..=most.max(2)).contains(&sketch(&line, most).len()));
            }
        }
    }
}
