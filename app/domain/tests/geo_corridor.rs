//! The corridor gives what projecting every point gives, on lines of any shape; and a projection is what
//! spherical trigonometry says, worked out another way.

use domain::geo::{
    Along, Index, Line, LineFault, Place, Point, Precision, Tangled, corridor, decode_polyline, distance_m,
};
use proptest::{prelude::*, sample::select};

fn point(lat: f64, lng: f64) -> Point {
    Point::from_degrees(lat, lng).expect("on the globe")
}

fn line(pairs: &[(f64, f64)]) -> Line {
    Line::from_degrees(pairs.iter().copied()).expect("a line")
}

/// Asks every point. This is the definition.
fn brute(index: &Index, line: &Line, width_m: f64, keep: impl Fn(u32) -> bool) -> Vec<Along> {
    let mut all: Vec<Along> = (0_u32..)
        .zip(index.points())
        .filter(|(slot, _)| keep(*slot))
        .map(|(slot, point)| {
            let Place { along_m, away_m, right } = line.project(point);
            Along { slot, along_m, away_m, right }
        })
        .filter(|along| along.away_m <= width_m)
        .collect();
    all.sort_by(|a, b| a.along_m.total_cmp(&b.along_m).then(a.slot.cmp(&b.slot)));
    all
}

/// Where a line begins: the country, the far north, the poles, the antimeridian.
fn beginning() -> impl Strategy<Value = (i32, i32)> {
    prop_oneof![
        4 => (180_000_000..530_000_000, 735_000_000..1_350_000_000),
        2 => (347_500_000..347_600_000, 1_136_600_000..1_136_700_000),
        1 => (780_000_000..=900_000_000, -1_800_000_000..=1_800_000_000),
        1 => (-900_000_000..=-890_000_000, -1_800_000_000..=1_800_000_000),
        1 => (-300_000_000..300_000_000, prop_oneof![-1_800_000_000..-1_795_000_000, 1_795_000_000..=1_800_000_000]),
    ]
}

/// A walk of steps up to some size: of centimetres it tangles, of degrees it crosses the country.
fn walk() -> impl Strategy<Value = Vec<Point>> {
    let steps = select(vec![0_i32, 3, 2_000, 50_000, 3_000_000, 20_000_000])
        .prop_flat_map(|size| prop::collection::vec((-size..=size, -size..=size, any::<bool>()), 1..120));
    (beginning(), steps, any::<bool>()).prop_map(|((mut lat, mut lng), steps, onward)| {
        let mut points = vec![Point::from_e7(lat, lng).expect("on the globe")];
        for (north, east, again) in steps {
            // A road leads somewhere; a scribble stays.
            let (north, east) = if onward { (north / 3, east.abs()) } else { (north, east) };
            lat = (lat + north).clamp(-900_000_000, 900_000_000);
            lng = (lng + east).clamp(-1_800_000_000, 1_800_000_000);
            let next = Point::from_e7(lat, lng).expect("on the globe");
            points.push(next);
            if again {
                points.push(next);
            }
        }
        points
    })
}

/// Points scattered around the vertices of a line, some on it, some anywhere.
fn around(line: &[Point], scatter: &[(usize, i32, i32, u32)]) -> Vec<Point> {
    scatter
        .iter()
        .filter_map(|(at, north, east, fine)| {
            let on = line[at % line.len()];
            let size = 10_i32.pow(*fine);
            Point::from_e7(on.lat_e7().checked_add(north / size)?, on.lng_e7().checked_add(east / size)?)
        })
        .collect()
}

fn scatter() -> impl Strategy<Value = Vec<(usize, i32, i32, u32)>> {
    prop::collection::vec((any::<usize>(), -10_000_000..10_000_000, -10_000_000..10_000_000, 0..9_u32), 0..400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_corridor_is_brute_force(
        vertices in walk(),
        scatter in scatter(),
        width_m in prop_oneof![Just(0.0), Just(1.0), Just(2_000.0), Just(50_000.0), (0.0..4.7).prop_map(|d: f64| 10_f64.powf(d))],
        every in select(vec![1_u32, 1, 3]),
        sorted in any::<bool>(),
    ) {
        let points = around(&vertices, &scatter);
        let index = if sorted { Index::build(&points).0 } else { Index::in_order(&points) };
        match Line::new(vertices) {
            Err(fault) => prop_assert_eq!(fault, LineFault::Jump),
            Ok(line) => {
                let keep = |slot: u32| slot.wrapping_mul(2_654_435_761).is_multiple_of(every);
                prop_assert_eq!(corridor(&index, &line, width_m, keep), Ok(brute(&index, &line, width_m, keep)));
            }
        }
    }

    #[test]
    fn a_projection_is_what_the_textbook_says(
        a in (100_000_000..600_000_000, 700_000_000..1_400_000_000),
        step in (-30_000_000..30_000_000, -30_000_000..30_000_000),
        aside in (-5_000_000..5_000_000, -5_000_000..5_000_000),
    ) {
        let from = Point::from_e7(a.0, a.1).expect("on the globe");
        let to = Point::from_e7(a.0 + step.0, a.1 + step.1).expect("on the globe");
        let at = Point::from_e7(a.0 + step.0 / 2 + aside.0, a.1 + step.1 / 2 + aside.1).expect("on the globe");
        let whole = distance_m(from, to);
        prop_assume!(whole > 100.0 && whole < 1_000_000.0);
        let place = Line::new([from, to]).expect("a line").project(at);
        let (radius, angle) = (6_371_008.8, distance_m(from, at) / 6_371_008.8);
        let turn = domain::geo::bearing_deg(from, at).to_radians() - domain::geo::bearing_deg(from, to).to_radians();
        let across = (angle.sin() * turn.sin()).asin();
        let along = (angle.cos() / across.cos()).clamp(-1.0, 1.0).acos() * radius * turn.cos().signum();
        // acos is blunt near 0.
        if along > 1_000.0 && along < whole - 1_000.0 {
            prop_assert!((place.away_m - (across * radius).abs()).abs() < 1e-2, "{place:?} {}", across * radius);
            prop_assert!((place.along_m - along).abs() < 1.0, "{place:?} {along}");
            if place.away_m > 0.1 {
                prop_assert_eq!(place.right, across > 0.0);
            }
        } else if along < -1_000.0 || along > whole + 1_000.0 {
            let end = if along < 0.0 { from } else { to };
            prop_assert!((place.away_m - distance_m(end, at)).abs() < 1e-6);
        }
    }

    #[test]
    fn no_text_breaks_the_decoder(text in "\\PC{0,40}|[?-~]{0,80}|[_-~?-^]{0,200}", six in any::<bool>()) {
        let precision = if six { Precision::Six } else { Precision::Five };
        if let Ok(line) = decode_polyline(&text, precision) {
            prop_assert!(line.points().len() >= 2 && line.total_m().is_finite());
        }
    }
}

#[test]
fn stops_come_in_the_order_of_the_road_with_their_side() {
    // East along 34° north: north of it is left.
    let road = line(&[(34.0, 113.0), (34.0, 113.5), (34.0, 114.0)]);
    let (index, order) = Index::build(&[point(34.01, 113.9), point(33.99, 113.1), point(34.2, 113.5)]);
    let found = corridor(&index, &road, 2_000.0, |_| true).expect("a road");
    let told: Vec<_> = found.iter().map(|stop| (order[stop.slot as usize], stop.right)).collect();
    assert_eq!(told, [(1, true), (0, false)]);
    assert!((found[0].along_m - 9_218.0).abs() < 10.0, "{found:?}");
}

#[test]
fn a_loop_names_a_place_once() {
    let home = (34.0, 113.0);
    let ring = line(&[home, (34.0, 113.1), (34.1, 113.1), (34.1, 113.0), home]);
    let (index, _) = Index::build(&[point(34.0, 113.0), point(34.005, 113.001)]);
    let found = corridor(&index, &ring, 5_000.0, |_| true).expect("a road");
    assert_eq!(found.len(), 2);
    assert!(found[0].along_m <= 0.0, "of two equally near places the first: {found:?}");
    assert!(found[1].along_m > ring.total_m() - 600.0 && !found[1].right, "inside a left turn: {found:?}");
}

#[test]
fn the_outside_of_a_sharp_turn_is_told_by_the_turn() {
    // East, then back to the west-north-west: whoever lies ahead of the corner is on the right.
    let hook = line(&[(34.0, 113.0), (34.0, 113.1), (34.01, 113.0)]);
    assert!(hook.project(point(34.001, 113.11)).right && hook.project(point(33.999, 113.11)).right);
    let mirrored = line(&[(34.0, 113.0), (34.0, 113.1), (33.99, 113.0)]);
    assert!(!mirrored.project(point(34.001, 113.11)).right && !mirrored.project(point(33.999, 113.11)).right);
}

#[test]
fn what_no_road_makes_is_refused() {
    let fault = |pairs: &[(f64, f64)]| Line::from_degrees(pairs.iter().copied()).err();
    assert_eq!(fault(&[]), Some(LineFault::TooFew));
    assert_eq!(fault(&[(34.0, 113.0)]), Some(LineFault::TooFew));
    for bad in [f64::NAN, f64::INFINITY, 181.0, -1e300] {
        assert_eq!(fault(&[(34.0, 113.0), (34.0, bad)]), Some(LineFault::OffGlobe));
        assert_eq!(fault(&[(bad, 113.0), (34.0, 113.0)]), Some(LineFault::OffGlobe));
    }
    assert_eq!(fault(&[(0.0, 179.9), (0.0, -179.9)]), Some(LineFault::Jump));
    assert_eq!(fault(&[(34.0, 80.0), (34.0, 120.0)]), Some(LineFault::Jump));
    let there_and_back = (0..200_i32).map(|n| (0.0, f64::from(n % 2) * 8.0));
    assert_eq!(Line::from_degrees(there_and_back).err(), Some(LineFault::TooLong));
    let endless = std::iter::repeat((34.0, 113.0));
    assert_eq!(Line::from_degrees(endless).err(), Some(LineFault::TooMany));
    assert!(fault(&[(34.0, 113.0), (34.0, 113.0)]).is_none(), "a parked truck is a place");
}

#[test]
fn a_width_that_is_none_holds_nothing() {
    let (index, _) = Index::build(&[point(34.0, 113.0)]);
    let road = line(&[(34.0, 113.0), (34.0, 113.5)]);
    for width_m in [f64::NAN, -1.0] {
        assert_eq!(corridor(&index, &road, width_m, |_| true), Ok(Vec::new()));
    }
    assert_eq!(corridor(&index, &road, 0.0, |_| true).map(|found| found.len()), Ok(1));
    assert_eq!(corridor(&Index::default(), &road, 1e3, |_| true), Ok(Vec::new()));
}

/// 200,000 diagonals of one square, and many points off its corner: no box tells them apart.
#[test]
fn a_scribble_is_refused_instead_of_searched_for_minutes() {
    let scribble = (0..200_000_i32).map(|n| {
        let aside = f64::from(n % 1_000) * 1e-7;
        if n % 2 == 0 { (34.0 + aside, 113.0) } else { (34.001, 113.001 - aside) }
    });
    let scribble = Line::from_degrees(scribble).expect("a line");
    let points: Vec<_> =
        (0..20_000).map(|n| point(34.001 + f64::from(n % 141) * 1e-5, 112.999 - f64::from(n / 141) * 1e-5)).collect();
    let (index, _) = Index::build(&points);
    assert_eq!(corridor(&index, &scribble, 50_000.0, |_| true), Err(Tangled));
}
