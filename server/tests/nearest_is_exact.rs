//! Whoever stands anywhere in a cell finds the true nearest: what the server hands out for the cell,
//! ranked on the phone by the exact position, begins with what brute force finds at that position.
//!
//! `EXACT_POINTS` random points (10,000 are the full count, a fiftieth of them without it) on each set
//! of stations; `EXACT_SEED` repeats a run. At each point: no wish, each wish, 200 random sets of
//! wishes; those that say yes and those that do not say, each by itself.

mod support;

use domain::{
    calendar::Calendar,
    geo::{Cell, Point, distance_m, in_mainland},
    ports::{LIST_RADIUS_M, LIST_ROWS, NearbyList, Stations},
    station::{Amenity, Code, Facts, Kind, Station, Verdict, Wanted, Wish},
    time::{DAY_MS, Millis},
};
use server::finder::Finder;
use std::{
    fmt::Write,
    iter::Sum,
    sync::Arc,
    thread,
    time::{Instant, SystemTime, UNIX_EPOCH},
};
use support::{Random, StationSet};

/// How many rows of a list are compared: all that it shows.
const TOP: usize = LIST_ROWS;
/// Random sets of wishes a point.
const RANDOM_SETS: usize = 200;
/// The full count of points.
const FULL: u64 = 10_000;
/// Monday 2026-11-23, 00:00 in Shanghai: each point is asked at some minute of the week after it.
const MONDAY: Millis = 1_795_363_200_000;
/// No two places whose latitudes differ by more are within [`LIST_RADIUS_M`]: a meridian has
/// 111.19 km a degree on the sphere that `distance_m` measures.
const REACH_E7: u32 = 1_900_000;

#[test]
fn on_the_zhengzhou_import() {
    check(StationSet::Zhengzhou);
}

#[test]
fn on_the_anhui_import() {
    check(StationSet::Anhui);
}

#[test]
fn on_the_demo_pack() {
    check(StationSet::Demo);
}

#[test]
fn on_200_000_generated_stations() {
    check(StationSet::Generated);
}

fn check(set: StationSet) {
    let Some(stations) = set.load() else {
        println!("{set:?}: not checked, its file is not on this machine");
        return;
    };
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let points = number("EXACT_POINTS").unwrap_or(FULL / 50);
    let seed = number("EXACT_SEED").unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is past 1970");
        u64::from(now.subsec_nanos())
    });
    println!("{set:?}: {} stations, {points} points, EXACT_SEED={seed}", stations.len());
    let ground = Ground::of(stations);
    let began = Instant::now();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let compared: Compared = thread::scope(|scope| {
        let ground = &ground;
        let part = |thread: usize| {
            move || (thread as u64..points).step_by(threads).map(|number| ground.compare(seed, number)).sum()
        };
        let parts: Vec<_> = (0..threads).map(|thread| scope.spawn(part(thread))).collect();
        parts.into_iter().map(|part| part.join().unwrap_or_else(|_| panic!("{set:?}: EXACT_SEED={seed} fails"))).sum()
    });
    let Compared { lists, rows } = compared;
    println!("{set:?}: {lists} lists, {rows} rows equal brute force, {:.1} s", began.elapsed().as_secs_f64());
    assert!(rows > points, "next to nothing was compared: {rows} rows");
}

/// How much was compared.
#[derive(Default)]
struct Compared {
    lists: usize,
    rows: u64,
}

impl Sum for Compared {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self { lists: sum.lists + part.lists, rows: sum.rows + part.rows })
    }
}

/// The stations, in the finder and as a plain list.
struct Ground {
    finder: Finder,
    stations: Vec<(Arc<Station>, Facts)>,
}

impl Ground {
    fn of(stations: Vec<Arc<Station>>) -> Self {
        let finder = Finder::empty();
        finder.replace(stations.clone(), Vec::new(), 1);
        assert_eq!(finder.count(), stations.len());
        Self { finder, stations: stations.into_iter().map(|row| (Arc::clone(&row), row.facts())).collect() }
    }

    /// Compares all lists at one point.
    fn compare(&self, seed: u64, number: u64) -> Compared {
        let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number));
        let at = if number.is_multiple_of(2) { self.near_a_station(&mut random) } else { in_the_country(&mut random) };
        let now = MONDAY + random.below(7 * 1440).cast_signed() * (DAY_MS / 1440);
        let truth = self.brute_force(at, now);
        let mut compared = Compared::default();
        for wanted in wanted_sets(&mut random) {
            let answer = self.finder.nearby(Cell::of(at), &wanted, now);
            for (list, verdict) in [(&answer.yes, Verdict::Yes), (&answer.unsaid, Verdict::Unsaid)] {
                let says = |row: &&Near| wanted.judge(row.facts, row.open) == verdict;
                let expected: Vec<_> =
                    truth.iter().filter(says).take(TOP).map(|row| (row.distance_m, row.code)).collect();
                assert_eq!(ranked(list, at), expected, "{}", told(at, now, &wanted, verdict));
                compared.lists += 1;
                compared.rows += expected.len() as u64;
            }
        }
        compared
    }

    /// Somewhere in the cell of a station, or in a cell beside it.
    fn near_a_station(&self, random: &mut Random) -> Point {
        let at = random.place(self.stations.len());
        let corner = Cell::of(self.stations[at].0.point).south_west();
        let mut somewhere = |from: i32| from + i32::try_from(random.below(300_000)).expect("small") - 100_000;
        Point::from_e7(somewhere(corner.lat_e7()), somewhere(corner.lng_e7())).expect("stations are on the mainland")
    }

    /// All stations within reach, nearest first.
    fn brute_force(&self, at: Point, now: Millis) -> Vec<Near<'_>> {
        let mut near: Vec<Near> = self
            .stations
            .iter()
            .filter(|(station, _)| station.point.lat_e7().abs_diff(at.lat_e7()) <= REACH_E7)
            .filter_map(|(station, facts)| {
                let distance_m = distance_m(at, station.point);
                let open = || station.open_state(&Calendar::default(), now).is_open();
                (distance_m <= LIST_RADIUS_M).then(|| Near { distance_m, code: station.code, facts, open: open() })
            })
            .collect();
        near.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then_with(|| a.code.cmp(&b.code)));
        near
    }
}

/// A station within reach of a point.
struct Near<'a> {
    distance_m: f64,
    code: Code,
    facts: &'a Facts,
    open: Option<bool>,
}

/// What the phone does with the candidates of its cell: ranks them by its own position.
fn ranked(list: &NearbyList, at: Point) -> Vec<(f64, Code)> {
    let mut rows: Vec<_> =
        list.candidates.iter().map(|found| (distance_m(at, found.station.point), found.station.code)).collect();
    rows.retain(|(distance_m, _)| *distance_m <= LIST_RADIUS_M);
    rows.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    rows.truncate(TOP);
    rows
}

fn in_the_country(random: &mut Random) -> Point {
    loop {
        let mut between = |south: u64, north: u64| i32::try_from(south + random.below(north - south)).expect("degrees");
        let (lat, lng) = (between(181_000_000, 536_000_000), between(735_000_000, 1_351_000_000));
        let point = Point::from_e7(lat, lng).expect("on the globe");
        if in_mainland(point.lat(), point.lng()) {
            return point;
        }
    }
}

/// No wish, each wish, and random sets of up to five.
fn wanted_sets(random: &mut Random) -> Vec<Wanted> {
    let wishes: Vec<Wish> = [Wish::OpenNow, Wish::AllDay, Wish::Everyone]
        .into_iter()
        .chain(Kind::ALL.iter().copied().map(Wish::Kind))
        .chain(Amenity::ALL.iter().copied().map(Wish::Amenity))
        .collect();
    let single = wishes.iter().map(|wish| Wanted::default().toggled(*wish));
    let mut sets: Vec<_> = std::iter::once(Wanted::default()).chain(single).collect();
    for _ in 0..RANDOM_SETS {
        let count = 1 + random.below(5);
        let wish = |_| wishes[random.place(wishes.len())];
        sets.push((0..count).map(wish).fold(Wanted::default(), Wanted::toggled));
    }
    sets
}

fn told(at: Point, now: Millis, wanted: &Wanted, verdict: Verdict) -> String {
    let mut text = String::new();
    write!(text, "at {},{} now {now} want={} {verdict:?}", at.lat(), at.lng(), wanted.to_query()).expect("a String");
    text
}
