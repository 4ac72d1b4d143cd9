//! A made-up road to the north with four sites, and what may go wrong around it.

use super::*;
use crate::{road::Heading, station::Side};
use proptest::prelude::*;

fn at(lat: f64, lng: f64) -> Point {
    Point::from_degrees(lat, lng).expect("on the globe")
}

fn area(number: u64, lat: f64, lng: f64, road: &str, metres: u32) -> Area {
    let hint = (!road.is_empty()).then(|| (road.split(';').map(Into::into).collect(), metres));
    Area { station: Code::of_hash((number << 20).to_be_bytes()), point: at(lat, lng), said: None, hint }
}

/// Sites 44 km apart on one meridian; the even areas lie east of the road.
fn road(hint: &str) -> Vec<Area> {
    (0..8_u32)
        .map(|number| {
            let east = if number % 2 == 0 { 0.001 } else { -0.001 };
            area(number.into(), 31.0 + 0.4 * f64::from(number / 2), 117.0 + east, hint, 500)
        })
        .collect()
}

fn named() -> Vec<Named> {
    let named = |code: &str, from: Point, to: Point| Named {
        code: code.into(),
        name: "南北高速".into(),
        from: ("南".into(), from),
        to: ("北".into(), to),
    };
    vec![named("G1", at(25.0, 117.0), at(40.0, 117.0)), named("G2", at(40.0, 117.0), at(25.0, 117.0))]
}

fn run(areas: &[Area]) -> Derived {
    let source = Arc::new(Source { name: "test".into(), licence: None, attribution: None });
    derive(areas, &Context { junctions: &[], named: &named(), city: &|_| None, source })
}

fn side(derived: &Derived, area: &Area) -> Option<Side> {
    let stops = derived.roads.iter().flat_map(|road| &road.stops);
    stops.filter(|stop| stop.station == area.station).map(|stop| stop.side).next()
}

#[test]
fn driving_north_one_gets_into_the_areas_to_the_east() {
    let areas = road("G1");
    let derived = run(&areas);
    assert_eq!(derived.roads[0].road.towards(Heading::Up), "往北方向");
    for (number, area) in areas.iter().enumerate() {
        let expected = if number % 2 == 0 { Side::StakeUp } else { Side::StakeDown };
        assert_eq!(side(&derived, area), Some(expected), "{number}");
    }
    let from = derived.roads[0].road.line.length_m();
    let [up, down] = [derived.roads[0].ahead(0, Heading::Up), derived.roads[0].ahead(from, Heading::Down)];
    assert_eq!((up.next.len(), down.next.len(), up.unknown.len()), (4, 4, 0));
}

#[test]
fn where_stakes_rise_to_the_south_the_same_areas_have_the_other_side() {
    let areas = road("G2");
    let derived = run(&areas);
    assert_eq!(side(&derived, &areas[0]), Some(Side::StakeDown));
    assert_eq!(derived.roads[0].road.towards(Heading::Up), "往北方向", "the name's far end, here called 北");
}

#[test]
fn a_pair_across_the_road_leaves_it_and_does_not_spoil_its_neighbours() {
    let mut areas = road("G1");
    (areas[2].point, areas[3].point) = (at(31.401, 117.0), at(31.399, 117.0));
    let derived = run(&areas);
    assert_eq!(side(&derived, &areas[2]), None);
    assert_eq!(derived.sites[1].roads, Err(Why::Against));
    assert_eq!(side(&derived, &areas[0]), Some(Side::StakeUp));
}

#[test]
fn a_far_bridge_counts_only_between_two_sites_of_its_road() {
    let mut areas = road("G1");
    for far in [2, 3, 6, 7] {
        areas[far].hint.as_mut().expect("hinted").1 = 2_000;
    }
    let derived = run(&areas);
    assert_eq!(side(&derived, &areas[2]), Some(Side::StakeUp));
    assert_eq!(derived.sites[3].roads, Err(Why::FarHint), "the end of the chain");
}

#[test]
fn what_is_single_or_disagrees_has_no_side() {
    let mut areas = road("G1");
    areas[2].hint = Some((vec!["G9".into()], 100));
    areas.remove(5);
    let derived = run(&areas);
    assert_eq!(derived.sites[1].roads, Err(Why::Disagree));
    assert_eq!(derived.sites[2].roads, Ok(vec![("G1".into(), Some(Why::Single))]));
    assert_eq!(side(&derived, &areas[4]), Some(Side::Unknown));
}

#[test]
fn the_word_of_a_file_wins_over_what_is_derived() {
    let mut areas = road("G1");
    areas[0].said =
        Some(RoadPosition { road: Some("G1".into()), side: Some("stake_down".into()), ..RoadPosition::default() });
    let derived = run(&areas);
    let stop = derived.roads[0].stops.iter().find(|stop| stop.station == areas[0].station).expect("on the road");
    assert_eq!((stop.side, stop.derived), (Side::StakeDown, false));
    assert_eq!(side(&derived, &areas[1]), Some(Side::Unknown), "its neighbour is not guessed");
}

proptest! {
    #[test]
    fn misplaced_areas_become_unknown_and_never_wrong(
        noise in proptest::collection::vec((-0.000_5..0.000_5_f64, -0.000_5..0.000_5_f64), 8)
    ) {
        let mut areas = road("G1");
        for (area, (dy, dx)) in areas.iter_mut().zip(&noise) {
            area.point = at(area.point.lat() + dy, area.point.lng() + dx);
        }
        let derived = run(&areas);
        for (number, area) in areas.iter().enumerate() {
            let wrong = if number % 2 == 0 { Side::StakeDown } else { Side::StakeUp };
            prop_assert_ne!(side(&derived, area), Some(wrong));
        }
    }

    #[test]
    fn nothing_makes_it_panic(
        places in proptest::collection::vec((-90.0..=90.0_f64, -180.0..=180.0_f64, 0..4_usize, 0..5_000_u32), 0..40)
    ) {
        let roads = ["", "G1", "G2", "G1;G2"];
        let areas: Vec<Area> = places.iter().zip(0..).map(|((lat, lng, road, metres), number)| {
            area(number, *lat, *lng, roads[*road], *metres)
        }).collect();
        let derived = run(&areas);
        prop_assert_eq!(derived.sites.iter().map(|site| site.areas.len()).sum::<usize>(), areas.len());
    }
}
