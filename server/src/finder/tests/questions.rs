//! Every question gets the answer of the plain lists.

use super::{
    HOUR, NOW,
    any::{NUMBERS, any_history, any_point, any_unsaid, any_wanted, code},
    naive::{Naive, codes, naive_codes},
};
use crate::finder::Finder;
use domain::{
    geo::{Bounds, Cell, Point, distance_m},
    ports::{LIST_RADIUS_M, LIST_ROWS, NearbyList, StationLookup, Stations, Unsaid},
    station::{Code, Station, Verdict, Wanted},
    time::Millis,
};
use proptest::{prelude::*, sample::select};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Corners, edges, middle and somewhere inside.
fn points_of(cell: Cell, inside: (i32, i32)) -> Vec<Point> {
    let corner = cell.south_west();
    [(0, 0), (0, 99_999), (99_999, 0), (99_999, 99_999), (50_000, 50_000), inside]
        .iter()
        .filter_map(|(lat, lng)| Point::from_e7(corner.lat_e7() + lat, corner.lng_e7() + lng))
        .filter(|point| Cell::of(*point) == cell)
        .collect()
}

fn check_list(
    naive: &Naive,
    list: &NearbyList,
    cell: Cell,
    inside: (i32, i32),
    asked: (&Wanted, Verdict, Millis),
) -> Result<(), TestCaseError> {
    let (wanted, verdict, now) = asked;
    let only = |station: &Station| (Naive::verdict(station, wanted, now) == verdict).then_some(());
    let from_centre = naive.by_distance(cell.centre(), only);
    let listed: BTreeSet<Code> = list.candidates.iter().map(|found| found.station.code).collect();
    let expected: Vec<_> = from_centre.iter().copied().filter(|(_, row)| listed.contains(&row.code)).collect();
    prop_assert_eq!(codes(&list.candidates), naive_codes(&expected));
    prop_assert_eq!(list.nearest_m, from_centre.first().map(|(distance_m, _)| *distance_m));
    for at in points_of(cell, inside) {
        let truth = naive.by_distance(at, only);
        for (distance_m, station) in truth.iter().take(LIST_ROWS).filter(|(distance_m, _)| *distance_m <= LIST_RADIUS_M)
        {
            prop_assert!(
                listed.contains(&station.code),
                "{} at {distance_m} m from {at:?} is not listed",
                station.code
            );
        }
    }
    Ok(())
}

fn check_nearby(
    finder: &Finder,
    naive: &Naive,
    cell: Cell,
    inside: (i32, i32),
    wanted: &Wanted,
    now: Millis,
) -> Result<(), TestCaseError> {
    let answer = finder.nearby(cell, wanted, now);
    check_list(naive, &answer.yes, cell, inside, (wanted, Verdict::Yes, now))?;
    check_list(naive, &answer.unsaid, cell, inside, (wanted, Verdict::Unsaid, now))?;
    let mut relaxed = Vec::new();
    if answer.yes.candidates.is_empty() {
        for wish in wanted.wishes() {
            let without = naive.nearest_m(cell.centre(), &wanted.toggled(wish), Verdict::Yes, now);
            relaxed.extend(without.map(|nearest_m| (nearest_m, wish)));
        }
        relaxed.retain(|(nearest_m, _)| answer.yes.nearest_m.is_none_or(|nearest| *nearest_m < nearest));
        relaxed.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    let given: Vec<_> = answer.relaxed.iter().map(|relaxed| (relaxed.nearest_m, relaxed.wish)).collect();
    prop_assert_eq!(given, relaxed);
    Ok(())
}

fn check_bounds(
    finder: &Finder,
    naive: &Naive,
    bounds: Bounds,
    asked: (&Wanted, Unsaid, Millis),
    limit: usize,
) -> Result<(), TestCaseError> {
    let (wanted, unsaid, now) = asked;
    let accepted = Naive::accepted(wanted, unsaid, now);
    let expected: Vec<_> = naive
        .shown()
        .into_iter()
        .filter(|station| bounds.contains(station.point) && accepted(station).is_some())
        .collect();
    let (mut given, mut after) = (Vec::new(), None);
    loop {
        let page = finder.in_bounds(bounds, after, limit, wanted, unsaid, now);
        prop_assert!(page.stations.len() == limit || page.next.is_none());
        given.extend(page.stations);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    prop_assert_eq!(given.iter().collect::<Vec<_>>(), expected.clone());

    let clusters = finder.clusters(bounds, 5, 3, wanted, unsaid, now);
    let counts: Vec<usize> = clusters.iter().map(|(_, count)| *count).collect();
    prop_assert_eq!(counts, counts_of_squares(bounds, &expected, 5, 3));
    prop_assert!(clusters.iter().all(|(mean, _)| bounds.contains(*mean)));
    let one = finder.clusters(bounds, 1, 1, wanted, unsaid, now);
    prop_assert_eq!(one.len(), usize::from(!expected.is_empty()));
    Ok(())
}

/// How many stations lie in each square that has any, row by row from the south-west.
fn counts_of_squares(bounds: Bounds, stations: &[&Arc<Station>], columns: i64, rows: i64) -> Vec<usize> {
    let side = |from: i32, to: i32| (i64::from(to) - i64::from(from)).rem_euclid(3_600_000_000);
    let (corner, end) = (bounds.south_west, bounds.north_east);
    let within = |from: i32, at: i32, to: i32, piece: i64, pieces: i64| {
        let (at, whole) = (side(from, at) * pieces, side(from, to));
        piece * whole <= at && (at < (piece + 1) * whole || piece + 1 == pieces)
    };
    let squares = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let count = |(row, column)| {
        let lies = |point: Point| {
            within(corner.lat_e7(), point.lat_e7(), end.lat_e7(), row, rows)
                && within(corner.lng_e7(), point.lng_e7(), end.lng_e7(), column, columns)
        };
        stations.iter().filter(|station| lies(station.point)).count()
    };
    squares.map(count).filter(|count| *count > 0).collect()
}

fn check_find(finder: &Finder, naive: &Naive, text: &str, near: Option<Point>) -> Result<(), TestCaseError> {
    let fold = |text: &str| text.to_lowercase().replace('ｇ', "g").replace('４', "4").replace('０', "0");
    let text_folded = fold(text);
    let words: Vec<&str> = text_folded.split_whitespace().collect();
    let place = |station: &Station| {
        let (name, address) = (fold(&station.name), fold(station.address.as_deref().unwrap_or_default()));
        if words.iter().all(|word| name.contains(word)) {
            return Some(i32::from(!name.starts_with(words[0])));
        }
        words.iter().all(|word| name.contains(word) || address.contains(word)).then_some(2)
    };
    let mut expected: Vec<_> = naive
        .shown()
        .into_iter()
        .filter_map(|station| {
            Some((place(station)?, near.map_or(0.0, |near| distance_m(near, station.point)), station))
        })
        .collect();
    expected.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.code.cmp(&b.2.code)));
    let expected: Vec<_> = expected.into_iter().map(|(_, distance_m, station)| (distance_m, station)).collect();
    prop_assert_eq!(codes(&finder.find(text, near, usize::MAX)), naive_codes(&expected));
    prop_assert_eq!(codes(&finder.find(text, near, 3)), naive_codes(&expected[..expected.len().min(3)]));
    Ok(())
}

fn check_codes(finder: &Finder, naive: &Naive) -> Result<(), TestCaseError> {
    prop_assert_eq!(finder.count(), naive.shown().len());
    let shown: BTreeMap<Code, &Arc<Station>> = naive.shown().into_iter().map(|row| (row.code, row)).collect();
    for code in (0..NUMBERS + 5).map(code) {
        match finder.by_code(code) {
            StationLookup::Here(station) => prop_assert_eq!(Some(&&station), shown.get(&code)),
            StationLookup::Retired => prop_assert!(
                !shown.contains_key(&code) && (naive.retired.contains(&code) || naive.stations.contains_key(&code))
            ),
            StationLookup::Missing => {
                prop_assert!(!naive.stations.contains_key(&code) && !naive.retired.contains(&code));
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_lists_of_a_cell_hold_the_nearest_of_everywhere_in_it(
        (finder, naive) in any_history(), at in any_point(), inside in (0i32..100_000, 0i32..100_000),
        wanted in any_wanted(), hours in 0i64..48,
    ) {
        check_nearby(&finder, &naive, Cell::of(at), inside, &wanted, NOW + hours * HOUR)?;
    }

    #[test]
    fn the_nearest_are_those_a_sorted_list_begins_with(
        (finder, naive) in any_history(), at in any_point(), limit in 0usize..30, radius in 0u32..60_000,
        wanted in any_wanted(), unsaid in any_unsaid(), hours in 0i64..48,
    ) {
        let (now, radius_m) = (NOW + hours * HOUR, f64::from(radius));
        let mut expected = naive.by_distance(at, Naive::accepted(&wanted, unsaid, now));
        expected.retain(|(distance_m, _)| *distance_m <= radius_m);
        expected.truncate(limit);
        prop_assert_eq!(codes(&finder.nearest(at, limit, radius_m, &wanted, unsaid, now)), naive_codes(&expected));
    }

    #[test]
    fn a_box_has_what_lies_in_it_page_by_page_and_square_by_square(
        (finder, naive) in any_history(), a in any_point(), b in any_point(), limit in 1usize..9,
        wanted in any_wanted(), unsaid in any_unsaid(),
    ) {
        // West may be greater than east: a box over the antimeridian.
        let corner = |lat: i32, lng: i32| Point::from_e7(lat, lng).expect("of points");
        let bounds = Bounds {
            south_west: corner(a.lat_e7().min(b.lat_e7()), a.lng_e7()),
            north_east: corner(a.lat_e7().max(b.lat_e7()), b.lng_e7()),
        };
        check_bounds(&finder, &naive, bounds, (&wanted, unsaid, NOW), limit)?;
    }

    #[test]
    fn names_are_found_by_all_their_words(
        (finder, naive) in any_history(), near in prop::option::of(any_point()),
        text in select(vec!["杜岭", "G40", "ｇ40 杜岭", "驿站", "路", "服务区 高速", "没有的", "1 号"]),
    ) {
        check_find(&finder, &naive, text, near)?;
    }

    #[test]
    fn a_code_is_here_or_was_or_never_was((finder, naive) in any_history()) {
        check_codes(&finder, &naive)?;
    }

    #[test]
    fn words_without_a_letter_find_nothing(text in "[ ,、\u{3000}]{0,5}", (finder, _) in any_history()) {
        prop_assert!(finder.find(&text, None, 10).is_empty());
    }

    #[test]
    fn any_words_are_answered(text in "\\PC{0,40}", (finder, _) in any_history()) {
        prop_assert!(finder.find(&text, None, 10).len() <= 10);
    }
}
