//! The search on 200,000 stations against brute force and an R-tree, as ratios in one run.
//!
//! The R-tree (`rstar`) holds points of the unit sphere, so that its straight distances order as
//! great-circle distances do: it answers the same question as exactly as the index.

#[path = "support/rounds.rs"]
mod rounds;
#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "one of the sets is enough here")]
mod support;

use domain::{
    calendar::Calendar,
    geo::{Along, Cell, Index, Line, Place, Point, corridor, distance_m},
    ports::{Stations, Unsaid},
    station::{Amenity, Kind, Offer, Station, Verdict, Wanted, Wish},
    time::Millis,
};
use rounds::{Rounds, quantile, verdict};
use rstar::{RTree, primitives::GeomWithData};
use server::finder::{Change, Finder};
use std::{collections::BinaryHeap, hint::black_box, sync::Arc, time::Instant};
use support::{Random, StationSet};

const NEAREST: usize = 10;
const RADIUS_M: f64 = 3_000.0;
/// Questions a turn of the fast ones, and of brute force.
const QUESTIONS: usize = 1_000;
const FAST: f64 = 1_000.0;
const BRUTE_QUESTIONS: usize = 10;
const SLOW: f64 = 10.0;
/// Monday 2026-11-23, 10:00 in Shanghai.
const NOW: Millis = 1_795_399_200_000;
/// Mean radius of the earth (IUGG), as `distance_m` has it.
const EARTH_RADIUS_M: f64 = 6_371_008.8;

type Sphere = GeomWithData<[f64; 3], u32>;

fn main() {
    let stations = StationSet::Generated.load().expect("needs no file");
    let finder = Finder::empty();
    let began = Instant::now();
    finder.replace(stations.clone(), Vec::new(), 1);
    println!("{} stations, finder built in {:.0} ms", stations.len(), milliseconds(began));
    report_memory(&finder, &stations);

    let points: Vec<Point> = stations.iter().map(|station| station.point).collect();
    let field = Field::of(&points);
    let questions = Field::questions(&points, QUESTIONS * 4);
    report_index(&field);
    report_nearest(&field, &questions);
    report_radius(&field, &questions);
    report_corridor(&field);
    report_filtered(&finder, &stations, &questions);
    report_finder(&finder, &stations, &questions);
}

/// The three ways to look for points.
struct Field {
    points: Vec<Point>,
    index: Index,
    order: Vec<u32>,
    tree: RTree<Sphere>,
}

impl Field {
    fn of(points: &[Point]) -> Self {
        let (index, order) = Index::build(points);
        let on_sphere = (0..).zip(points).map(|(at, point)| Sphere::new(sphere(*point), at)).collect();
        Self { points: points.to_vec(), index, order, tree: RTree::bulk_load(on_sphere) }
    }

    /// Half of them within some kilometres of a station, half anywhere in the country.
    fn questions(points: &[Point], count: usize) -> Vec<Point> {
        let mut random = Random::new(7);
        let mut between = |from: i32, width: u64| from + i32::try_from(random.below(width)).expect("small");
        let mut one = |at: usize| {
            let near = points[at.wrapping_mul(7919) % points.len()];
            let (lat, lng) = match at % 2 {
                0 => (between(near.lat_e7() - 300_000, 600_000), between(near.lng_e7() - 300_000, 600_000)),
                _ => (between(200_000_000, 300_000_000), between(800_000_000, 500_000_000)),
            };
            Point::from_e7(lat, lng).expect("in the country")
        };
        (0..count).map(&mut one).collect()
    }

    fn by_index(&self, at: Point) -> Vec<(f64, u32)> {
        let hits = self.index.nearest(at, NEAREST, f64::INFINITY, |_| true);
        hits.iter().map(|hit| (hit.distance_m, self.order[hit.slot as usize])).collect()
    }

    fn by_tree(&self, at: Point) -> Vec<(f64, u32)> {
        let hits = self.tree.nearest_neighbor_iter(sphere(at)).take(NEAREST);
        hits.map(|hit| (distance_m(at, self.points[hit.data as usize]), hit.data)).collect()
    }

    fn by_force(&self, at: Point) -> Vec<(f64, u32)> {
        let mut best: BinaryHeap<(Metres, u32)> = BinaryHeap::with_capacity(NEAREST + 1);
        for (number, point) in (0..).zip(&self.points) {
            let row = (Metres(distance_m(at, *point)), number);
            if best.len() < NEAREST {
                best.push(row);
            } else if best.peek().is_some_and(|worst| row < *worst) {
                best.pop();
                best.push(row);
            }
        }
        best.into_sorted_vec().into_iter().map(|(distance_m, number)| (distance_m.0, number)).collect()
    }

    fn near_by_index(&self, at: Point) -> Vec<(f64, u32)> {
        let hits = self.index.within(at, RADIUS_M, |_| true);
        hits.iter().map(|hit| (hit.distance_m, self.order[hit.slot as usize])).collect()
    }

    fn near_by_tree(&self, at: Point) -> Vec<(f64, u32)> {
        let chord = 2.0 * (RADIUS_M * 1.000_001 / EARTH_RADIUS_M / 2.0).sin();
        let hits = self.tree.locate_within_distance(sphere(at), chord * chord);
        let rows = hits.map(|hit| (distance_m(at, self.points[hit.data as usize]), hit.data));
        sorted(rows.filter(|(distance_m, _)| *distance_m <= RADIUS_M).collect())
    }

    fn near_by_force(&self, at: Point) -> Vec<(f64, u32)> {
        let rows = (0..).zip(&self.points).map(|(number, point)| (distance_m(at, *point), number));
        sorted(rows.filter(|(distance_m, _)| *distance_m <= RADIUS_M).collect())
    }
}

fn sorted(mut rows: Vec<(f64, u32)>) -> Vec<(f64, u32)> {
    rows.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    rows
}

/// Metres that can stand in a heap.
#[derive(Clone, Copy, PartialEq)]
struct Metres(f64);

impl Eq for Metres {}

impl Ord for Metres {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Metres {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A point of the unit sphere.
fn sphere(point: Point) -> [f64; 3] {
    let (lat, lng) = (point.lat().to_radians(), point.lng().to_radians());
    [lat.cos() * lng.cos(), lat.cos() * lng.sin(), lat.sin()]
}

/// Seconds that `ask` takes for the questions of a turn.
fn timed<T>(questions: &[Point], turn: usize, count: usize, mut ask: impl FnMut(Point) -> T) -> f64 {
    let began = Instant::now();
    for number in 0..count {
        black_box(ask(questions[(turn * count + number) % questions.len()]));
    }
    began.elapsed().as_secs_f64()
}

fn milliseconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

fn report_index(field: &Field) {
    let began = Instant::now();
    black_box(Index::build(&field.points));
    let built = milliseconds(began);
    let bytes = f64::from(u32::try_from(field.index.bytes()).expect("megabytes"));
    let each = bytes / f64::from(u32::try_from(field.index.len()).expect("counted in u32"));
    println!("index: {each:.2} bytes a point (target <= 10: {}), built in {built:.1} ms", verdict(each <= 10.0));
}

/// Compares the answers first, then the time.
fn compare(
    what: &str,
    questions: &[Point],
    ours: impl Fn(Point) -> Vec<(f64, u32)>,
    tree: impl Fn(Point) -> Vec<(f64, u32)>,
    force: impl Fn(Point) -> Vec<(f64, u32)>,
) {
    let distances = |rows: Vec<(f64, u32)>| rows.into_iter().map(|(distance_m, _)| distance_m).collect::<Vec<_>>();
    for at in questions.iter().take(100) {
        let exact = distances(force(*at));
        assert_eq!(distances(ours(*at)), exact, "{what} at {at:?}: the index");
        let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
        let theirs = distances(tree(*at));
        assert!(
            theirs.len() == exact.len() && theirs.iter().zip(&exact).all(|(a, b)| near(*a, *b)),
            "{what} at {at:?}"
        );
    }
    let fast = |ask: &dyn Fn(Point) -> Vec<(f64, u32)>, turn| timed(questions, turn, QUESTIONS, ask) / FAST;
    let slow = |turn| timed(questions, turn, BRUTE_QUESTIONS, &force) / SLOW;
    let tree = Rounds::abba(|turn| fast(&ours, turn), |turn| fast(&tree, turn));
    let force = Rounds::abba(|turn| fast(&ours, turn), slow);
    let micros = |seconds: &[f64]| quantile(seconds, 0.5) * 1e6;
    println!(
        "{what}: {:.2} us; rstar {:.2} us, brute force {:.0} us (medians)",
        micros(&tree.ours),
        micros(&tree.theirs),
        micros(&force.theirs)
    );
    println!("  rstar / index: {}", tree.told());
    println!("  brute force / index: {}", force.told());
}

fn report_nearest(field: &Field, questions: &[Point]) {
    compare("10 nearest", questions, |at| field.by_index(at), |at| field.by_tree(at), |at| field.by_force(at));
}

fn report_radius(field: &Field, questions: &[Point]) {
    let (index, tree) = (|at| field.near_by_index(at), |at| field.near_by_tree(at));
    compare("within 3 km, sorted", questions, index, tree, |at| field.near_by_force(at));
}

/// A road of about 600 km from one station to another with a vertex every 100 m or so, winding.
fn road(points: &[Point], number: usize) -> Line {
    const VERTICES: i32 = 6_000;
    let from = points[number * 104_729 % points.len()];
    let far = |to: &&Point| (550_000.0..650_000.0).contains(&distance_m(from, **to));
    let to = points.iter().cycle().skip(number * 7_919).take(points.len()).find(far).expect("the country is wide");
    let vertices = (0..=VERTICES).map(|step| {
        let part = f64::from(step) / f64::from(VERTICES);
        let bend = (part * 200.0).sin() * 0.01;
        let between = |from: f64, to: f64| from + (to - from) * part + bend;
        (between(from.lat(), to.lat()), between(from.lng(), to.lng()))
    });
    Line::from_degrees(vertices).expect("a road")
}

/// Within 2 km of a road, in its order.
fn report_corridor(field: &Field) {
    const WIDTH_M: f64 = 2_000.0;
    const ROADS: usize = 20;
    let roads: Vec<Line> = (0..ROADS).map(|number| road(&field.points, number)).collect();
    let ours = |road: &Line| corridor(&field.index, road, WIDTH_M, |_| true).expect("a road");
    // A box around the road first, as one would do by hand; without it a question takes a second.
    let force = |road: &Line| {
        let inside = |edge: &dyn Fn(&Point) -> i32| {
            let edges = road.points().iter().map(edge);
            edges.fold((i32::MAX, i32::MIN), |(least, most), edge| (least.min(edge), most.max(edge)))
        };
        let (lats, lngs) = (inside(&|point| point.lat_e7()), inside(&|point| point.lng_e7()));
        let near = |at: i32, (least, most): (i32, i32)| (least - 300_000..=most + 300_000).contains(&at);
        let mut found: Vec<Along> = (0..)
            .zip(field.index.points())
            .filter(|(_, point)| near(point.lat_e7(), lats) && near(point.lng_e7(), lngs))
            .map(|(slot, point)| {
                let Place { along_m, away_m, right } = road.project(point);
                Along { slot, along_m, away_m, right }
            })
            .filter(|along| along.away_m <= WIDTH_M)
            .collect();
        found.sort_by(|a, b| a.along_m.total_cmp(&b.along_m).then(a.slot.cmp(&b.slot)));
        found
    };
    let mut stops = 0;
    for road in roads.iter().take(5) {
        let exact = force(road);
        assert_eq!(ours(road), exact, "a road of {} m", road.total_m());
        stops += exact.len();
    }
    let time = |turn: usize, count: u32, ask: &dyn Fn(&Line) -> Vec<Along>| {
        let began = Instant::now();
        for number in 0..count as usize {
            black_box(ask(&roads[(turn + number) % ROADS]));
        }
        began.elapsed().as_secs_f64() / f64::from(count)
    };
    let rounds = Rounds::abba(|turn| time(turn, 20, &ours), |turn| time(turn, 1, &force));
    println!(
        "within 2 km of 600 km of road ({} stations): {:.3} ms; brute force in a box {:.0} ms (medians)",
        stops / 5,
        quantile(&rounds.ours, 0.5) * 1e3,
        quantile(&rounds.theirs, 0.5) * 1e3
    );
    println!("  brute force / corridor: {}", rounds.told());
}

/// Wishes that about one station in a hundred meets.
fn one_in_a_hundred(stations: &[Arc<Station>]) -> (Wanted, f64) {
    let wishes: Vec<Wish> = [Wish::OpenNow, Wish::AllDay, Wish::Everyone]
        .into_iter()
        .chain(Kind::ALL.iter().copied().map(Wish::Kind))
        .chain(Amenity::ALL.iter().copied().map(Wish::Amenity))
        .collect();
    let sample: Vec<_> = stations.iter().step_by(20).collect();
    let share = |wanted: &Wanted| {
        let meets = |row: &&&Arc<Station>| {
            wanted.judge(&row.facts(), row.open_state(&Calendar::default(), NOW).is_open()) == Verdict::Yes
        };
        let count = |rows: usize| f64::from(u32::try_from(rows).expect("counted in u32"));
        count(sample.iter().filter(meets).count()) / count(sample.len())
    };
    let mut random = Random::new(3);
    let mut wish = || wishes[random.place(wishes.len())];
    let sets = (0..400).map(|count| {
        (0..2 + count % 3).fold(Wanted::default().toggled(Wish::OpenNow), |set, _| {
            let wish = wish();
            if set.has(wish) { set } else { set.toggled(wish) }
        })
    });
    sets.map(|wanted| (wanted, share(&wanted)))
        .min_by(|a, b| (a.1 - 0.01).abs().total_cmp(&(b.1 - 0.01).abs()))
        .expect("there are sets")
}

fn report_filtered(finder: &Finder, stations: &[Arc<Station>], questions: &[Point]) {
    let (wanted, share) = one_in_a_hundred(stations);
    let ask = |at: Point, wanted: &Wanted| finder.nearest(at, NEAREST, f64::INFINITY, wanted, Unsaid::Exclude, NOW);
    for at in questions.iter().take(20) {
        let mut exact: Vec<f64> = stations
            .iter()
            .filter(|row| {
                wanted.judge(&row.facts(), row.open_state(&Calendar::default(), NOW).is_open()) == Verdict::Yes
            })
            .map(|row| distance_m(*at, row.point))
            .collect();
        exact.sort_by(f64::total_cmp);
        exact.truncate(NEAREST);
        let given: Vec<f64> = ask(*at, &wanted).iter().map(|found| found.distance_m).collect();
        assert_eq!(given, exact, "filtered at {at:?}");
    }
    // The 99th percentile of single questions, per turn.
    let p99 = |turn: usize, wanted: &Wanted| {
        let mut each: Vec<f64> = (0..QUESTIONS)
            .map(|number| {
                timed(&questions[(turn * QUESTIONS + number) % questions.len()..][..1], 0, 1, |at| ask(at, wanted))
            })
            .collect();
        each.sort_by(f64::total_cmp);
        quantile(&each, 0.99)
    };
    let rounds = Rounds::abba(|turn| p99(turn, &wanted), |turn| p99(turn, &Wanted::default()));
    println!(
        "10 nearest that meet {} ({:.2} % of all): p99 {:.1} us, without wishes {:.1} us",
        wanted.to_query(),
        share * 100.0,
        quantile(&rounds.ours, 0.5) * 1e6,
        quantile(&rounds.theirs, 0.5) * 1e6
    );
    println!("  without / with: {} (target >= 0.1: {})", rounds.told(), verdict(rounds.lower_quartile() >= 0.1));
}

/// What has no peer: absolute, on this machine, now.
fn report_finder(finder: &Finder, stations: &[Arc<Station>], questions: &[Point]) {
    let each = |ask: &dyn Fn(Point)| {
        let mut row: Vec<f64> = questions.iter().take(300).map(|at| timed(&[*at], 0, 1, ask)).collect();
        row.sort_by(f64::total_cmp);
        format!("p50 {:.1} us, p99 {:.1} us", quantile(&row, 0.5) * 1e6, quantile(&row, 0.99) * 1e6)
    };
    let hot = Wanted::default().toggled(Wish::Amenity(Amenity::HotWater));
    let rare = Amenity::ALL.iter().map(|amenity| Wish::Amenity(*amenity)).fold(Wanted::default(), Wanted::toggled);
    for (what, wanted) in [("no wish", Wanted::default()), ("hot_water", hot), ("every amenity", rare)] {
        let lists = |at| drop(black_box(finder.nearby(Cell::of(at), &wanted, NOW)));
        println!("lists of a cell, {what}: {}", each(&lists));
    }
    for words in ["站", "驿站", "人民路 1", "没有这样的名字"] {
        let find = |at| drop(black_box(finder.find(words, Some(at), 20)));
        println!("names with {words}: {}", each(&find));
    }
    let mut slowest = 0.0_f64;
    for (revision, station) in (2..402).zip(stations.iter().step_by(97)) {
        let changed = Arc::new(Station { version: station.version + 1, ..Station::clone(station) });
        let began = Instant::now();
        finder.apply(vec![Change::Put(changed)], revision);
        slowest = slowest.max(milliseconds(began));
    }
    println!("an edit is visible: slowest of 400 {slowest:.2} ms (target <= 10: {})", verdict(slowest <= 10.0));
    let began = Instant::now();
    let all = stations.iter().map(|row| Change::Put(Arc::clone(row))).collect();
    finder.apply(all, 1_000);
    println!("all {} stations changed at once: {:.0} ms", stations.len(), milliseconds(began));
}

/// Columns and index counted by the finder; stations counted as the allocator of glibc rounds them.
fn report_memory(finder: &Finder, stations: &[Arc<Station>]) {
    let columns = finder.column_bytes();
    let rows: usize = stations.iter().map(|station| station_bytes(station)).sum();
    let mega = |bytes: usize| format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10);
    let each = |bytes: usize| bytes / stations.len();
    println!(
        "memory: columns and index {} ({} bytes a station), stations {} ({} bytes each), budget of both 110 MB: {}",
        mega(columns),
        each(columns),
        mega(rows),
        each(rows),
        verdict(columns + rows <= 110_000_000)
    );
}

fn station_bytes(station: &Station) -> usize {
    let heap = |bytes: usize| if bytes == 0 { 0 } else { (bytes + 8).next_multiple_of(16).max(32) };
    let text = |text: &Option<Box<str>>| text.as_ref().map_or(0, |text| heap(text.len()));
    // Two counters stand before the value of an Arc.
    heap(size_of::<Station>() + 2 * size_of::<usize>())
        + heap(station.name.len())
        + heap(station.source_id.len())
        + text(&station.host)
        + text(&station.phone)
        + text(&station.address)
        + text(&station.hours.text)
        + heap(station.amenities.iter().count() * size_of::<(Amenity, Offer)>())
}
