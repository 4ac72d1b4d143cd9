//! The sides of a pair of areas, from the pair's own geometry and the axis of the road.
//!
//! China drives on the right: who drives along the axis reaches the area on his right hand. The pair
//! says how the axis lies (across the line from one area to the other), the neighbouring sites of the
//! same road say it too and which way along it is; both must agree.

use crate::geo::{Point, bearing_deg, distance_m};

/// Farthest a pair's axis may turn from the chords to the neighbours, in degrees, where there is one on
/// each side. The sides only swap beyond 90°: a third of that is kept as distance from error.
pub const BETWEEN_DEG: f64 = 60.0;
/// The same at the end of a chain, where nothing confirms the single chord.
pub const END_DEG: f64 = 40.0;
/// A neighbour farther away than this, in metres, says nothing of the axis here.
pub const NEIGHBOUR_M: f64 = 120_000.0;
/// Areas nearer to each other than this, in metres, are not one on each side: a motorway with the strips
/// beside it is wider.
pub const NARROW_M: f64 = 60.0;

/// What geometry says of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pair {
    /// The first area is right of the axis, the second left (or the other way round), as seen along the
    /// chain.
    Sides {
        /// Whether the first is right.
        first_is_right: bool,
        /// How far the axis of the pair turns from the worst chord, in degrees.
        turn_deg: f64,
    },
    /// The chords and the pair cross: this may be another road.
    Against {
        /// By how much, in degrees.
        turn_deg: f64,
    },
    /// No neighbour is near enough to say anything.
    Alone,
    /// The areas are too near to each other to tell sides.
    Narrow,
}

/// Judges a pair by the neighbouring sites before and after it on its road.
#[must_use]
pub fn judge(first: Point, second: Point, before: Option<Point>, after: Option<Point>) -> Pair {
    if distance_m(first, second) < NARROW_M {
        return Pair::Narrow;
    }
    let middle = middle(first, second);
    let near = |place: &Point| (1.0..=NEIGHBOUR_M).contains(&distance_m(middle, *place));
    let before = before.filter(near).map(|place| bearing_deg(place, middle));
    let after = after.filter(near).map(|place| bearing_deg(middle, place));
    // Along the axis such that the first area is on the right: the way to it, turned left.
    let axis = bearing_deg(second, first) - 90.0;
    let turns: Vec<f64> = [before, after].into_iter().flatten().map(|chord| turn(chord, axis)).collect();
    let limit = if turns.len() == 2 { BETWEEN_DEG } else { END_DEG };
    let Some(most) = turns.iter().copied().reduce(f64::max) else { return Pair::Alone };
    let least = turns.iter().copied().fold(180.0, f64::min);
    if most <= limit {
        Pair::Sides { first_is_right: true, turn_deg: most }
    } else if least >= 180.0 - limit {
        Pair::Sides { first_is_right: false, turn_deg: 180.0 - least }
    } else {
        let across = turns.iter().map(|turn| turn.min(180.0 - turn)).fold(0.0, f64::max);
        Pair::Against { turn_deg: across }
    }
}

/// The place halfway between two near places.
#[must_use]
pub fn middle(one: Point, other: Point) -> Point {
    let half = |a: i32, b: i32| i32::midpoint(a, b);
    Point::from_e7(half(one.lat_e7(), other.lat_e7()), half(one.lng_e7(), other.lng_e7())).unwrap_or(one)
}

/// The angle between two bearings, 0 to 180°.
fn turn(one: f64, other: f64) -> f64 {
    let turn = (one - other).rem_euclid(360.0);
    turn.min(360.0 - turn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on the globe")
    }

    const SOUTH: (f64, f64) = (31.0, 117.0);
    const NORTH: (f64, f64) = (31.6, 117.0);

    #[test]
    fn driving_north_the_eastern_area_is_on_the_right() {
        let (east, west) = (at(31.3, 117.001), at(31.3, 116.999));
        let [south, north] = [SOUTH, NORTH].map(|(lat, lng)| Some(at(lat, lng)));
        assert!(
            matches!(judge(east, west, south, north), Pair::Sides { first_is_right: true, turn_deg } if turn_deg < 1.0)
        );
        assert!(matches!(judge(west, east, south, north), Pair::Sides { first_is_right: false, .. }));
        assert!(matches!(judge(east, west, north, south), Pair::Sides { first_is_right: false, .. }));
    }

    #[test]
    fn a_pair_along_the_chord_belongs_to_a_road_that_crosses() {
        let (one, other) = (at(31.301, 117.0), at(31.299, 117.0));
        let [south, north] = [SOUTH, NORTH].map(|(lat, lng)| Some(at(lat, lng)));
        assert!(matches!(judge(one, other, south, north), Pair::Against { turn_deg } if turn_deg > 85.0));
    }

    #[test]
    fn without_a_near_neighbour_nothing_is_said() {
        let (east, west) = (at(31.3, 117.001), at(31.3, 116.999));
        assert_eq!(judge(east, west, None, None), Pair::Alone);
        assert_eq!(judge(east, west, Some(at(25.0, 117.0)), None), Pair::Alone, "700 km");
        assert_eq!(judge(east, at(31.3, 117.000_5), Some(at(31.0, 117.0)), None), Pair::Narrow);
    }

    #[test]
    fn the_single_chord_at_the_end_must_agree_better() {
        let (east, west) = (at(31.3, 117.001), at(31.3, 116.999));
        let beside = Some(at(31.0, 116.65));
        assert!(
            matches!(judge(east, west, beside, None), Pair::Against { turn_deg } if turn_deg > 40.0 && turn_deg < 60.0)
        );
        assert!(matches!(judge(east, west, beside, Some(at(31.6, 117.0))), Pair::Sides { first_is_right: true, .. }));
    }

    proptest! {
        #[test]
        fn mirroring_the_world_swaps_the_sides(
            pair in (0.0..360.0_f64, 0.001..0.002_f64),
            before in (-0.8..0.8_f64, -0.8..0.8_f64),
            after in (-0.8..0.8_f64, -0.8..0.8_f64),
        ) {
            let (sin, cos) = pair.0.to_radians().sin_cos();
            let place = |lat: f64, lng: f64, mirror: f64| at(31.0 + lat, 117.0 + mirror * lng);
            let judged = |mirror: f64| judge(
                place(pair.1 * cos, pair.1 * sin, mirror),
                place(-pair.1 * cos, -pair.1 * sin, mirror),
                Some(place(before.0, before.1, mirror)),
                Some(place(after.0, after.1, mirror)),
            );
            match (judged(1.0), judged(-1.0)) {
                (Pair::Sides { first_is_right: one, .. }, Pair::Sides { first_is_right: other, .. }) => prop_assert_ne!(one, other),
                (Pair::Against { .. }, Pair::Against { .. }) => {}
                // On the very limit rounding may decide either way, but never for the wrong side.
                (Pair::Sides { turn_deg, .. }, Pair::Against { .. }) | (Pair::Against { .. }, Pair::Sides { turn_deg, .. }) => {
                    prop_assert!(turn_deg > BETWEEN_DEG - 0.01);
                }
                (one, other) => prop_assert_eq!(one, other),
            }
        }

        #[test]
        fn noise_makes_a_side_unknown_and_never_wrong(
            course in 0.0..360.0_f64,
            bends in (-25.0..25.0_f64, -25.0..25.0_f64),
            far in (0.05..0.9_f64, 0.05..0.9_f64),
            noise in proptest::collection::vec(-0.000_6..0.000_6_f64, 4),
        ) {
            // Areas 220 m to each side of the axis, each misplaced by up to 66 m either way; the road
            // bends by up to 25° before and after. First is right by construction.
            let narrow = 31.0_f64.to_radians().cos();
            let place = |bearing: f64, degrees: f64, dy: f64, dx: f64| {
                let (sin, cos) = bearing.to_radians().sin_cos();
                at(31.0 + degrees * cos + dy, 117.0 + (degrees * sin + dx) / narrow)
            };
            let right = place(course + 90.0, 0.002, noise[0], noise[1]);
            let left = place(course - 90.0, 0.002, noise[2], noise[3]);
            let before = place(course + 180.0 + bends.0, far.0, 0.0, 0.0);
            let after = place(course + bends.1, far.1, 0.0, 0.0);
            let judged = judge(right, left, Some(before), Some(after));
            prop_assert!(!matches!(judged, Pair::Sides { first_is_right: false, .. }), "{judged:?}");
            let turned = judge(right, left, Some(after), Some(before));
            prop_assert!(!matches!(turned, Pair::Sides { first_is_right: true, .. }), "{turned:?}");
        }
    }
}
