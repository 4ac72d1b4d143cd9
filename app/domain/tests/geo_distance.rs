//! Distance and direction against known values and against crate `geo`.

use domain::geo::{Compass, Point, bearing_deg, distance_m};
use geo::{Bearing, Distance, Haversine};
use proptest::prelude::*;

fn point(lat: f64, lng: f64) -> Point {
    Point::from_degrees(lat, lng).expect("on the globe")
}

#[test]
fn a_degree_of_a_great_circle_is_111_195_metres() {
    let degree = 6_371_008.8 * std::f64::consts::PI / 180.0;
    for (a, b) in [
        (point(0.0, 0.0), point(0.0, 1.0)),
        (point(34.0, 113.0), point(35.0, 113.0)),
        (point(0.0, 179.5), point(0.0, -179.5)),
        (point(89.5, 10.0), point(89.5, -170.0)),
    ] {
        assert!((distance_m(a, b) - degree).abs() < 1e-6, "{a:?} {b:?}");
    }
    let half = degree * 180.0;
    assert!((distance_m(point(90.0, 0.0), point(-90.0, 77.0)) - half).abs() < 1e-6);
    assert!((distance_m(point(0.0, 0.0), point(0.0, 180.0)) - half).abs() < 1e-6);
    assert!(distance_m(point(90.0, 5.0), point(90.0, -100.0)) <= 0.0);
    assert!(distance_m(point(30.0, 180.0), point(30.0, -180.0)) <= 0.0);
}

#[test]
fn eight_directions_have_a_word_and_an_arrow() {
    let here = point(34.75, 113.66);
    for (lat, lng, word, arrow) in [
        (34.76, 113.66, "北", "↑"),
        (34.76, 113.672_2, "东北", "↗"),
        (34.75, 113.67, "东", "→"),
        (34.74, 113.672_2, "东南", "↘"),
        (34.74, 113.66, "南", "↓"),
        (34.74, 113.647_8, "西南", "↙"),
        (34.75, 113.65, "西", "←"),
        (34.76, 113.647_8, "西北", "↖"),
    ] {
        let compass = Compass::of(bearing_deg(here, point(lat, lng)));
        assert_eq!((compass.word(), compass.arrow()), (word, arrow));
    }
    assert_eq!(Compass::of(359.9), Compass::North);
    assert_eq!(Compass::of(22.6), Compass::NorthEast);
    assert_eq!(Compass::of(-90.0), Compass::West);
    assert_eq!(Compass::of(f64::NAN), Compass::North);
    assert!(bearing_deg(here, here).abs() < 1e-12);
}

fn globe() -> impl Strategy<Value = Point> {
    (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000)
        .prop_map(|(lat, lng)| Point::from_e7(lat, lng).expect("on the globe"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_crate_geo(a in globe(), b in globe(), north in -9_999..9_999_i32, east in -9_999..9_999_i32) {
        let near = Point::from_e7(
            (a.lat_e7() + north).clamp(-900_000_000, 900_000_000),
            (a.lng_e7() + east).clamp(-1_800_000_000, 1_800_000_000),
        ).expect("clamped");
        for b in [b, near] {
            let [one, two] = [a, b].map(|point| geo::Point::new(point.lng(), point.lat()));
            let theirs = Haversine.distance(one, two);
            // Theirs works in degrees as floats: 1e-14 of 180° is a nanometre
            // nearby, and both lose digits towards the antipode.
            let tolerance = if theirs > 2e7 { 1.0 } else { 1e-7 + theirs * 1e-9 };
            prop_assert!((distance_m(a, b) - theirs).abs() <= tolerance, "{} {theirs}", distance_m(a, b));
            prop_assert_eq!(distance_m(a, b).to_bits(), distance_m(b, a).to_bits());

            let ours = bearing_deg(a, b);
            prop_assert!((0.0..360.0).contains(&ours));
            if theirs > 0.1 && theirs < 2e7 && a.lat().abs() < 89.0 {
                let turn = (ours - Haversine.bearing(one, two)).rem_euclid(360.0);
                prop_assert!(turn.min(360.0 - turn) < 1e-4, "{ours} {turn}");
            }
        }
    }
}
