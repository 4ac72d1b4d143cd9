//! Which side of a line a place lies on.

use super::{Line, Located};
use crate::{geo::Point, station::Side};

/// A place farther than this from the line, in metres, is not on this road: neighbouring roads begin there.
pub const ATTACH_M: f64 = 300.0;
/// A place nearer than this to the line, in metres, is on no side of it: the line is one for both
/// carriageways, drawn anywhere between them, and a place above the road serves both or neither.
pub const MEDIAN_M: f64 = 15.0;

/// Where a place lies along an imported line and which carriageway reaches it; `None` when it is too far
/// to belong to this road.
///
/// China drives on the right: the place on the right of the line is reached by those who drive along it.
#[must_use]
pub fn attach(line: &Line, place: Point) -> Option<(Located, Side)> {
    let located = line.locate(place);
    if located.off_m > ATTACH_M {
        return None;
    }
    let side = match located {
        Located { off_m, .. } if off_m < MEDIAN_M => Side::Unknown,
        Located { is_right: Some(true), .. } => Side::StakeUp,
        Located { is_right: Some(false), .. } => Side::StakeDown,
        Located { is_right: None, .. } => Side::Unknown,
    };
    // Beside the very ends the line does not pass the place, so it has no side.
    let passes = located.along_m > 0 && located.along_m < line.length_m();
    Some((located, if passes { side } else { Side::Unknown }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on the globe")
    }

    fn side(lng: f64) -> Option<Side> {
        let line = Line::new([at(31.0, 117.0), at(32.0, 117.0)]).expect("a line");
        attach(&line, at(31.5, lng)).map(|(_, side)| side)
    }

    #[test]
    fn right_of_the_line_is_reached_by_those_who_drive_along_it() {
        assert_eq!(side(117.001), Some(Side::StakeUp));
        assert_eq!(side(116.999), Some(Side::StakeDown));
    }

    #[test]
    fn on_the_axis_is_unknown_and_far_off_is_another_road() {
        assert_eq!(side(117.000_1), Some(Side::Unknown), "9 m");
        assert_eq!(side(117.003_1), Some(Side::StakeUp), "294 m");
        assert_eq!(side(117.003_3), None, "313 m");
    }

    #[test]
    fn beside_the_end_of_the_line_there_is_no_side() {
        let line = Line::new([at(31.0, 117.0), at(32.0, 117.0)]).expect("a line");
        assert_eq!(attach(&line, at(32.001, 117.001)).map(|(_, side)| side), Some(Side::Unknown));
    }
}
