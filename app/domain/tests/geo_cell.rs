//! Cells: exact names, and bounds that hold for every point of the cell.

use domain::geo::{Cell, Point, distance_m};
use proptest::prelude::*;

fn point(lat: f64, lng: f64) -> Point {
    Point::from_degrees(lat, lng).expect("on the globe")
}

#[test]
fn a_cell_is_named_by_its_south_west_corner() {
    assert_eq!(Cell::of(point(34.753_7, 113.660_4)).to_string(), "34.75,113.66");
    // 0.29 / 0.01 is 28.999… in floating point.
    assert_eq!(Cell::of(point(0.29, 0.07)).to_string(), "0.29,0.07");
    assert_eq!(Cell::of(point(-0.000_000_1, -0.01)).to_string(), "-0.01,-0.01");
    assert_eq!(Cell::of(point(-90.0, -180.0)).to_string(), "-90.00,-180.00");
    assert_eq!(Cell::of(point(90.0, 180.0)).to_string(), "90.00,180.00");
}

#[test]
fn a_name_finer_than_a_cell_is_refused() {
    for name in [
        "34.753,113.66",
        "34.75",
        "34.75,113.66,1",
        "",
        ",",
        "34.75, 113.66",
        "+34.75,113.66",
        "34.,113.66",
        ".75,113.66",
        "90.01,0",
        "0,180.01",
        "1e1,2",
        "--1,2",
        "３４.75,113.66",
        "9999999999,1",
    ] {
        assert_eq!(Cell::parse(name), None, "{name}");
    }
    assert_eq!(Cell::parse("34.7,113"), Some(Cell::of(point(34.7, 113.0))));
    assert_eq!(Cell::parse("-0.5,-0.01"), Some(Cell::of(point(-0.5, -0.01))));
}

#[test]
fn bounds_of_a_cell_are_close_where_stations_are() {
    let cell = Cell::of(point(34.753_7, 113.660_4));
    let station = point(34.9, 113.8);
    let from = |lat, lng| distance_m(point(lat, lng), station);
    assert!((cell.min_distance_m(station) - from(34.76, 113.67)).abs() < 5.0);
    assert!((cell.max_distance_m(station) - from(34.75, 113.66)).abs() < 5.0);
    assert!(cell.min_distance_m(cell.centre()) <= 0.0);
}

fn globe() -> impl Strategy<Value = Point> {
    let lat = prop_oneof![
        2 => -900_000_000..=900_000_000,
        1 => 899_700_000..=900_000_000,
        1 => -900_000_000..=-899_700_000,
        1 => -200_000..=200_000,
    ];
    let lng = prop_oneof![
        2 => -1_800_000_000..=1_800_000_000,
        1 => 1_799_700_000..=1_800_000_000,
        1 => -1_800_000_000..=-1_799_700_000,
        1 => -200_000..=200_000,
    ];
    (lat, lng).prop_map(|(lat, lng)| Point::from_e7(lat, lng).expect("on the globe"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_survive_the_way_there_and_back(at in globe()) {
        let cell = Cell::of(at);
        prop_assert_eq!(Cell::parse(&cell.to_string()), Some(cell));
        prop_assert_eq!(Cell::of(cell.south_west()), cell);
        prop_assert_eq!(Cell::of(cell.centre()), cell);
    }

    #[test]
    fn no_name_panics(name in "[-0-9., ]{0,12}|\\PC{0,8}") {
        if let Some(cell) = Cell::parse(&name) {
            prop_assert_eq!(Cell::parse(&cell.to_string()), Some(cell));
        }
    }

    #[test]
    fn bounds_hold_for_every_point_of_the_cell(
        at in globe(),
        to in globe(),
        side in prop_oneof![Just(0), Just(100_000), 0..=100_000],
        other in prop_oneof![Just(0), Just(100_000), 0..=100_000],
        antipode in any::<bool>(),
    ) {
        let cell = Cell::of(at);
        let corner = cell.south_west();
        // The places opposite the cell are where an upper bound is hard.
        let to = if antipode {
            let lng = i64::from(corner.lng_e7()) + i64::from(to.lng_e7() % 200_000) + 1_800_000_000;
            let lng = (lng + 1_800_000_000).rem_euclid(3_600_000_000) - 1_800_000_000;
            let lat = (to.lat_e7() % 200_000 - corner.lat_e7()).clamp(-900_000_000, 900_000_000);
            Point::from_e7(lat, i32::try_from(lng).expect("reduced")).expect("on the globe")
        } else {
            to
        };
        for inside in [Some(at), Point::from_e7(corner.lat_e7() + side, corner.lng_e7() + other)] {
            let Some(inside) = inside else { continue };
            let exact = distance_m(inside, to);
            prop_assert!(cell.min_distance_m(to) <= exact, "{} > {exact}", cell.min_distance_m(to));
            prop_assert!(cell.max_distance_m(to) >= exact, "{} < {exact}", cell.max_distance_m(to));
        }
    }
}
