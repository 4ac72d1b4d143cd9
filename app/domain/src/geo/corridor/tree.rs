//! Boxes over a line: its pieces in their order, four to a node.

use super::line::Vertex;
use super::segment::place;
use crate::geo::index::{Area, Piece};
use crate::geo::trig::{EARTH_RADIUS_M, STEP, cos, sin};
use crate::geo::{Line, Point};

/// A tree of boxes; the root comes last.
#[derive(Clone, Debug)]
pub(super) struct Tree(pub(super) Vec<Piece>);

/// Children of a node.
const FAN: usize = 4;
/// A leaf takes more segments while there are fewer than this, …
const FEW: usize = 4;
/// … and, while it is shorter than [`SHORT_M`], up to this many.
const MANY: usize = 16;
const SHORT_M: f64 = 200.0;
/// A longer segment has several boxes.
const LONG_M: f64 = 4_000.0;
/// What a box is wider than what it holds, in 1e-7 degree: 20 cm north and south, against the rounding of
/// places along an arc.
const MARGIN: i32 = 20;

impl Tree {
    pub(super) fn over(points: &[Point], vertices: &[Vertex]) -> Self {
        let mut pieces = leaves(points, vertices);
        let mut level = 0..pieces.len();
        while level.len() > 1 {
            let above = pieces.len();
            for first in level.clone().step_by(FAN) {
                let end = (first + FAN).min(level.end);
                let area =
                    pieces[first + 1..end].iter().fold(pieces[first].area.clone(), |all, one| all.around(&one.area));
                let on = pieces[first].on;
                pieces.push(Piece { area, on, first: small(first), end: small(end), is_leaf: false });
            }
            level = above..pieces.len();
        }
        Self(pieces)
    }
}

fn leaves(points: &[Point], vertices: &[Vertex]) -> Vec<Piece> {
    let mut leaves = Vec::new();
    let mut first = 0;
    while first + 1 < points.len() {
        let length = |end: usize| vertices[end].along_m - vertices[first].along_m;
        let mut end = first + 1;
        if length(end) > LONG_M {
            long(points, vertices, first, &mut leaves);
        } else {
            let more = |end: usize| end - first < FEW || (end - first < MANY && length(end) < SHORT_M);
            let mut area = arc(points[first], points[end], length(end));
            while end + 1 < points.len() && more(end) && length(end + 1) - length(end) <= LONG_M {
                area = area.around(&arc(points[end], points[end + 1], length(end + 1) - length(end)));
                end += 1;
            }
            leaves.push(Piece { area, on: points[first], first: small(first), end: small(end), is_leaf: true });
        }
        first = end;
    }
    leaves
}

/// The boxes of a long segment, each with the whole of it.
fn long(points: &[Point], vertices: &[Vertex], segment: usize, leaves: &mut Vec<Piece>) {
    let [from, to] = [vertices[segment], vertices[segment + 1]];
    let length_m = to.along_m - from.along_m;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 250, see Line::LONGEST_STEP_M"
    )]
    let count = (length_m.min(Line::LONGEST_STEP_M) / LONG_M).ceil() as u32;
    let mut last = points[segment];
    for number in 1..=count {
        let next = if number == count {
            points[segment + 1]
        } else {
            place(from.at, to.at, f64::from(number) / f64::from(count)).roughly()
        };
        // Equal parts of the chord are not quite equal parts of the arc.
        let area = arc(last, next, length_m / f64::from(count) * 1.01 + 1.0);
        // A vertex, not the place on the arc, which is known to a centimetre only.
        let on = if number * 2 <= count { points[segment] } else { points[segment + 1] };
        leaves.push(Piece { area, on, first: small(segment), end: small(segment + 1), is_leaf: true });
        last = next;
    }
}

/// A box around the shorter great circle between two points, at most `length_m` long.
///
/// Its longitudes lie between theirs. Its latitude, as a function of the way s, bends by
/// |φ″| = |tan φ| (1 − φ′²), so that it leaves the straight line between the ends by at most
/// length² / 8 times the greatest tangent there is, and never by more than half the length.
fn arc(a: Point, b: Point, length_m: f64) -> Area {
    let length = length_m / EARTH_RADIUS_M;
    let (south, north) = (a.lat_e7().min(b.lat_e7()), a.lat_e7().max(b.lat_e7()));
    #[expect(clippy::cast_possible_truncation, reason = "at most 1,000 km")]
    let e7 = |radians: f64| (radians / STEP).ceil() as i32;
    let top = i64::from(south.abs().max(north.abs())) + i64::from(e7(length * 0.5));
    let bend = if top < STEEP { length * length * 0.125 * sin(top) / cos(top) } else { length };
    let pad = e7(bend.min(length * 0.5)) + MARGIN;
    let (west, east) = (a.lng_e7().min(b.lng_e7()), a.lng_e7().max(b.lng_e7()));
    // The same margin in metres takes more of a narrower degree; beyond 80° a box may hold all of them.
    let (west, east) = if top < STEEP { (west - 8 * MARGIN, east + 8 * MARGIN) } else { (i32::MIN, i32::MAX) };
    Area::frame(Point::clamped(south - pad, west), Point::clamped(north + pad, east))
}

/// 80° in 1e-7 degree.
const STEEP: i64 = 800_000_000;

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("at most 200,000 segments and one piece more for every 4 km of 50,000")
}
