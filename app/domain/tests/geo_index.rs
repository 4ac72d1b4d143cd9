//! The index gives what measuring every point gives: on clusters, equal points,
//! empty areas, at the poles and across the antimeridian.

use std::collections::HashSet;

use domain::geo::{Bounds, Cell, Hit, Index, Point, distance_m};
use proptest::prelude::*;
use proptest::sample::select;

/// Latitude and longitude in 1e-7 degree, many of them in awkward places.
fn place() -> impl Strategy<Value = Point> {
    let globe = (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000);
    let china = (180_000_000..=530_000_000, 735_000_000..=1_350_000_000);
    // Within a kilometre or so, and within a few centimetres.
    let city = (347_500_000..=347_600_000, 1_136_600_000..=1_136_700_000);
    let heap = (347_537_000..=347_537_003, 1_136_604_000..=1_136_604_003);
    let antimeridian =
        (-170_000_000..=170_000_000, prop_oneof![-1_800_000_000..=-1_799_000_000, 1_799_000_000..=1_800_000_000]);
    let poles = (prop_oneof![-900_000_000..=-899_900_000, 899_900_000..=900_000_000], -1_800_000_000..=1_800_000_000);
    let corners = (
        select(vec![-900_000_000, 0, 347_537_000, 900_000_000]),
        select(vec![-1_800_000_000, -900_000_000, 0, 900_000_000, 1_800_000_000]),
    );
    prop_oneof![globe, china, city.clone(), city, heap, antimeridian, poles, corners]
        .prop_map(|(lat, lng)| Point::from_e7(lat, lng).expect("on the globe"))
}

/// Points of one kind or of all kinds together.
fn places() -> impl Strategy<Value = Vec<Point>> {
    prop_oneof![
        4 => prop::collection::vec(place(), 0..400),
        1 => (place(), 0..200_usize).prop_map(|(point, count)| vec![point; count]),
        1 => (place(), prop::collection::vec((-3_000..3_000, -3_000..3_000), 0..400)).prop_map(
            |(point, steps): (_, Vec<(i32, i32)>)| {
                steps
                    .into_iter()
                    .filter_map(|(lat, lng)| Point::from_e7(point.lat_e7() + lat, point.lng_e7() + lng))
                    .collect()
            }
        ),
    ]
}

fn radius() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => Just(f64::INFINITY),
        1 => Just(0.0),
        1 => Just(f64::NAN),
        1 => Just(-1.0),
        1 => Just(1e9),
        4 => (-3.0..7.5).prop_map(|digits: f64| 10_f64.powf(digits)),
    ]
}

/// Which slots a filter keeps: one in `every`.
fn keeps(every: u32) -> impl Fn(u32) -> bool {
    move |slot| slot.wrapping_mul(2_654_435_761) % every == 0
}

/// Measures everything. This is the definition.
fn brute(index: &Index, at: Point, radius_m: f64, keep: impl Fn(u32) -> bool) -> Vec<Hit> {
    let mut hits: Vec<Hit> = (0_u32..)
        .zip(index.points())
        .filter(|&(slot, _)| keep(slot))
        .map(|(slot, point)| Hit { slot, distance_m: distance_m(at, point) })
        .filter(|hit| hit.distance_m <= radius_m)
        .collect();
    hits.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.slot.cmp(&b.slot)));
    hits
}

fn slots(hits: &[Hit]) -> Vec<u32> {
    hits.iter().map(|hit| hit.slot).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_names_every_point_once(points in places()) {
        let (index, order) = Index::build(&points);
        prop_assert_eq!(index.len(), points.len());
        prop_assert_eq!(order.iter().collect::<HashSet<_>>().len(), points.len());
        for (slot, &from) in (0_u32..).zip(&order) {
            prop_assert_eq!(index.point(slot), points[from as usize]);
        }
        let again = Index::in_order(&index.points().collect::<Vec<_>>());
        prop_assert!(again.points().eq(index.points()));
    }

    #[test]
    fn nearest_is_brute_force(
        points in places(),
        at in place(),
        from in any::<prop::sample::Index>(),
        k in prop_oneof![0..20_usize, Just(1_000), Just(usize::MAX)],
        radius_m in radius(),
        every in select(vec![1_u32, 1, 2, 20, 1_000]),
        sorted in any::<bool>(),
    ) {
        let index = if sorted { Index::build(&points).0 } else { Index::in_order(&points) };
        let own = points.get(from.index(points.len().max(1))).copied();
        for at in [Some(at), own].into_iter().flatten() {
            let mut expected = brute(&index, at, radius_m, keeps(every));
            prop_assert_eq!(&index.within(at, radius_m, keeps(every)), &expected);
            expected.truncate(k);
            prop_assert_eq!(&index.nearest(at, k, radius_m, keeps(every)), &expected);
        }
    }

    #[test]
    fn in_bounds_is_brute_force(
        points in places(), a in place(), b in place(), every in select(vec![1_u32, 3]),
    ) {
        let (index, _) = Index::build(&points);
        let (south, north) = (a.lat_e7().min(b.lat_e7()), a.lat_e7().max(b.lat_e7()));
        let bounds = Bounds {
            south_west: Point::from_e7(south, a.lng_e7()).expect("on the globe"),
            north_east: Point::from_e7(north, b.lng_e7()).expect("on the globe"),
        };
        for bounds in [bounds, bounds.widened()] {
            let expected: Vec<u32> = (0_u32..)
                .zip(index.points())
                .filter(|&(slot, point)| keeps(every)(slot) && bounds.contains(point))
                .map(|(slot, _)| slot)
                .collect();
            prop_assert_eq!(index.in_bounds(bounds, keeps(every)), expected);
        }
    }

    #[test]
    fn candidates_of_a_cell_hold_the_nearest_of_each_of_its_points(
        points in places(),
        at in place(),
        near in any::<prop::sample::Index>(),
        inside in prop::collection::vec((0..100_000, 0..100_000), 8),
        k in prop_oneof![0..20_usize, Just(1_000)],
        radius_m in radius(),
        every in select(vec![1_u32, 1, 2, 20]),
    ) {
        let (index, _) = Index::build(&points);
        let own = points.get(near.index(points.len().max(1))).copied();
        for cell in [Some(at), own].into_iter().flatten().map(Cell::of) {
            let candidates = index.candidates(cell, k, radius_m, keeps(every));
            // Exactly the set the doc comment defines, in the order it promises.
            let mut uppers: Vec<f64> = (0_u32..)
                .zip(index.points())
                .filter(|&(slot, _)| keeps(every)(slot))
                .map(|(_, point)| cell.max_distance_m(point))
                .collect();
            uppers.sort_by(f64::total_cmp);
            let threshold = k.checked_sub(1).map_or(-1.0, |last| {
                uppers.get(last).copied().unwrap_or(f64::INFINITY)
            });
            let expected = brute(&index, cell.centre(), f64::INFINITY, |slot| {
                let lower = cell.min_distance_m(index.point(slot));
                keeps(every)(slot) && lower <= threshold && lower <= radius_m
            });
            prop_assert_eq!(&candidates, &expected);

            let corners = [(0, 0), (0, 99_999), (99_999, 0), (99_999, 99_999)];
            for (north, east) in inside.iter().copied().chain(corners) {
                let corner = cell.south_west();
                let Some(exact) = Point::from_e7(corner.lat_e7() + north, corner.lng_e7() + east)
                else { continue };
                let mut truth = brute(&index, exact, radius_m, keeps(every));
                truth.truncate(k);
                let ours: HashSet<u32> = slots(&candidates).into_iter().collect();
                let mut ranked = brute(&index, exact, radius_m, |slot| ours.contains(&slot));
                ranked.truncate(k);
                prop_assert_eq!(ranked, truth);
            }
        }
    }
}

#[test]
fn an_empty_index_answers_nothing() {
    let (index, order) = Index::build(&[]);
    let at = Point::from_degrees(34.753_7, 113.660_4).expect("on the globe");
    let globe = Bounds::parse("-180,-90,180,90").expect("four numbers");
    assert!(index.is_empty() && order.is_empty());
    assert!(index.nearest(at, 10, f64::INFINITY, |_| true).is_empty());
    assert!(index.within(at, f64::INFINITY, |_| true).is_empty());
    assert!(index.in_bounds(globe, |_| true).is_empty());
    assert!(index.candidates(Cell::of(at), 10, f64::INFINITY, |_| true).is_empty());
}

#[test]
fn equal_distances_are_ordered_by_slot() {
    let at = Point::from_degrees(34.753_7, 113.660_4).expect("on the globe");
    let (index, _) = Index::build(&vec![at; 100]);
    assert_eq!(slots(&index.nearest(at, 5, 0.0, |_| true)), [0, 1, 2, 3, 4]);
    assert_eq!(index.within(at, 0.0, |_| true).len(), 100);
}

#[test]
fn either_side_of_the_antimeridian_is_near() {
    let point = |lng| Point::from_degrees(0.0, lng).expect("on the globe");
    let points = [point(-179.999), point(179.0), point(0.0)];
    let (index, order) = Index::build(&points);
    let hits = index.nearest(point(179.999), 2, 1_000.0, |_| true);
    assert_eq!(hits.len(), 1);
    assert_eq!(order[hits[0].slot as usize], 0);
}

#[test]
fn a_point_takes_at_most_ten_bytes() {
    let points: Vec<Point> =
        (0..200_000).map(|i| Point::from_e7(i % 447 * 20_000, i / 447 * 20_000).expect("on the globe")).collect();
    let (index, order) = Index::build(&points);
    assert!(index.bytes() <= 10 * points.len(), "{} bytes", index.bytes());
    let pack: Vec<Point> = order.iter().map(|&from| points[from as usize]).collect();
    assert_eq!(Index::in_order(&pack).bytes(), index.bytes());
}
