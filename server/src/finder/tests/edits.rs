//! Edits: what they show, and that nobody sees half of one.

use super::{
    HOUR, NOW,
    any::{code, plain},
    naive::{Naive, codes, naive_codes},
};
use crate::finder::{Change, EDITS, Finder};
use domain::{
    geo::{Cell, Point, distance_m},
    ports::{LIST_RADIUS_M, LIST_ROWS, StationLookup, Stations, Unsaid},
    station::{Closure, Code, DEMO_SOURCE, Hours, SYNTHETIC_SOURCE, Source, Station, Wanted, Wish},
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

fn here(lat: f64, lng: f64) -> Point {
    Point::from_degrees(lat, lng).expect("on the globe")
}

fn of_source(number: u64, source: &str) -> Arc<Station> {
    let source = Arc::new(Source { name: source.into(), licence: None, attribution: None });
    Arc::new(Station { source, ..plain(number, here(34.75, 113.66)) })
}

fn shown(finder: &Finder) -> Vec<Code> {
    let mut codes: Vec<_> = finder
        .nearest(here(34.75, 113.66), 100, 1000.0, &Wanted::default(), Unsaid::Include, NOW)
        .iter()
        .map(|found| found.station.code)
        .collect();
    codes.sort_unstable();
    codes
}

#[test]
fn demo_stations_step_back_for_real_ones_and_return_when_those_go() {
    let finder = Finder::empty();
    finder.replace(vec![of_source(1, DEMO_SOURCE), of_source(2, SYNTHETIC_SOURCE)], Vec::new(), 1);
    assert_eq!((finder.count(), shown(&finder).len()), (2, 2));

    finder.apply(vec![Change::Put(of_source(3, "zhengzhou"))], 2);
    assert_eq!((finder.count(), shown(&finder).contains(&code(1))), (2, false));
    assert!(matches!(finder.by_code(code(1)), StationLookup::Retired));

    finder.apply(vec![Change::Gone(code(3))], 3);
    assert_eq!((finder.count(), shown(&finder).contains(&code(1))), (2, true));
    assert!(matches!(finder.by_code(code(3)), StationLookup::Retired));
}

#[test]
fn the_last_row_of_a_list_is_there_however_far_behind_the_others() {
    // All but one row of a list lie together, two more lie far off; some of each are edits.
    let rows = u64::try_from(LIST_ROWS).expect("small");
    let at = |number: u64| if number < rows - 1 { here(34.751, 113.661) } else { here(34.9, 113.661) };
    let put = |number: u64| Change::Put(Arc::new(plain(number, at(number))));
    for edits in [0..0, 0..5, rows - 1..rows, 0..rows + 1] {
        let finder = Finder::empty();
        let before = (0..=rows).filter(|number| !edits.contains(number));
        finder.replace(before.map(|number| Arc::new(plain(number, at(number)))).collect(), Vec::new(), 1);
        finder.apply(edits.clone().map(put).collect(), 2);
        let list = finder.nearby(Cell::of(at(0)), &Wanted::default(), NOW).yes.candidates;
        assert_eq!(list.len(), LIST_ROWS + 1, "the two far ones are at one place, edits {edits:?}");
        finder.apply(vec![Change::Put(Arc::new(plain(999, at(0))))], 3);
        let list = finder.nearby(Cell::of(at(0)), &Wanted::default(), NOW).yes.candidates;
        assert_eq!(list.len(), LIST_ROWS, "the far ones are out of the list, edits {edits:?}");
    }
}

#[test]
fn the_nearest_to_the_middle_counts_also_when_nobody_in_the_cell_can_reach_it() {
    let cell = Cell::of(here(34.755, 113.665));
    let centre = cell.centre();
    // A cell is higher than wide: from its north edge the first is within reach, the second from nowhere.
    let north = here(34.755 + 0.184_72, 113.665);
    let east = here(34.755, 113.665 + 0.224_17);
    assert!(cell.min_distance_m(north) < LIST_RADIUS_M && cell.min_distance_m(east) > LIST_RADIUS_M);
    assert!(distance_m(centre, east) < distance_m(centre, north));
    let finder = Finder::empty();
    finder.replace(vec![Arc::new(plain(1, north)), Arc::new(plain(2, east))], Vec::new(), 1);
    let list = finder.nearby(cell, &Wanted::default(), NOW).yes;
    assert_eq!((list.candidates.len(), list.nearest_m), (1, Some(distance_m(centre, east))));
}

#[test]
fn what_was_caught_up_later_does_not_bring_the_past_back() {
    let finder = Finder::empty();
    finder.replace(vec![of_source(1, "zhengzhou")], Vec::new(), 5);
    finder.apply(vec![Change::Gone(code(1))], 7);
    finder.apply(vec![Change::Put(of_source(1, "zhengzhou"))], 6);
    assert_eq!((finder.count(), finder.revision()), (0, 7));
}

#[test]
fn the_door_changes_on_the_minute_and_at_the_ends_of_a_closure() {
    let closure = Closure { from: NOW + HOUR, until: Some(NOW + 2 * HOUR), reason: None, by: None, hours: None };
    let station = Station {
        hours: Hours::read("08:00-22:00"),
        closure: Some(Box::new(closure)),
        ..plain(1, here(34.75, 113.66))
    };
    let finder = Finder::empty();
    finder.replace(vec![Arc::new(station)], Vec::new(), 1);
    let open = Wanted::default().toggled(Wish::OpenNow);
    let is_open = |now| !finder.nearest(here(34.75, 113.66), 1, 10.0, &open, Unsaid::Exclude, now).is_empty();
    let minute = 60_000;
    assert_eq!(
        [NOW, NOW + HOUR - 1, NOW + HOUR, NOW + 2 * HOUR - 1, NOW + 2 * HOUR].map(is_open),
        [true, true, false, false, true]
    );
    let ten_pm = NOW + 12 * HOUR;
    assert_eq!(
        [ten_pm - 1, ten_pm, ten_pm + 10 * HOUR - 1, ten_pm + 10 * HOUR].map(is_open),
        [true, false, false, true]
    );
    // Back and forth between two minutes, as on two threads around the full minute.
    assert_eq!([ten_pm, ten_pm - minute, ten_pm, ten_pm - minute].map(is_open), [false, true, false, true]);
}

#[test]
fn many_edits_are_gathered_into_a_new_snapshot_and_none_is_lost() {
    let finder = Finder::empty();
    let mut naive = Naive::default();
    let at = |number: u64| here(34.0 + f64::from(u32::try_from(number % 97).expect("small")) * 0.01, 113.0);
    let put = |number: u64| Change::Put(Arc::new(plain(number, at(number))));
    let batches = [0..300, 200..600, 600..9000, 100..110, 9000..9400].map(|range| range.map(put).collect::<Vec<_>>());
    for (revision, changes) in (1..).zip(batches) {
        naive.apply(&changes);
        finder.apply(changes, revision);
        assert!(finder.state.load().edits() <= EDITS);
        assert_eq!(finder.count(), naive.stations.len());
    }
    let found = finder.nearest(at(5), 9999, f64::INFINITY, &Wanted::default(), Unsaid::Include, NOW);
    assert_eq!(codes(&found), naive_codes(&naive.by_distance(at(5), |_| Some(()))));
}

#[test]
fn readers_see_the_old_stations_or_the_new_ones_never_half_of_a_change() {
    const COUNT: u64 = 40;
    let of_version = |version: u32, number: u64| Station { version, ..plain(number, here(34.75, 113.66)) };
    let all = |version: u32| (0..COUNT).map(move |number| Arc::new(of_version(version, number)));
    let finder = Finder::empty();
    finder.replace(all(1).collect(), Vec::new(), 1);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let read = || {
            let mut last = 0;
            loop {
                let finished = done.load(Ordering::Acquire);
                let found = finder.nearest(here(34.75, 113.66), 999, 10.0, &Wanted::default(), Unsaid::Include, NOW);
                let versions: BTreeSet<u32> = found.iter().map(|found| found.station.version).collect();
                assert_eq!((found.len(), versions.len()), (40, 1), "half of a change: {versions:?}");
                let version = versions.first().copied().expect("one version");
                assert!(version >= last, "{version} after {last}");
                last = version;
                if finished {
                    return last;
                }
            }
        };
        let readers = [scope.spawn(read), scope.spawn(read)];
        for version in 2..200 {
            let changes: Vec<_> = all(version).map(Change::Put).collect();
            match version % 3 {
                0 => finder.replace(all(version).collect(), Vec::new(), version.into()),
                1 => finder.state.store(Arc::new(finder.state.load().compacted(changes, version.into()))),
                _ => finder.apply(changes, version.into()),
            }
        }
        done.store(true, Ordering::Release);
        assert_eq!(readers.map(|reader| reader.join().expect("no half change seen")), [199, 199]);
    });
}
