//! A line to follow: a road, a recorded track, a planned route.

use std::sync::OnceLock;

use super::segment::{Foot, Vector, foot, place};
use super::tree::Tree;
use crate::geo::trig::arc_m;
use crate::geo::{Point, distance_m};

/// A line of WGS-84 vertices, joined by the shorter great circles.
#[derive(Clone, Debug)]
pub struct Line {
    /// Neighbours differ, but for a line that is one place.
    pub(super) vertices: Vec<Vertex>,
    points: Vec<Point>,
    tree: OnceLock<Tree>,
}

/// A vertex and how far along it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vertex {
    pub(super) at: Vector,
    pub(super) along_m: f64,
}

/// Why points are no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// Fewer than two.
    TooFew,
    /// More than [`Line::MOST_VERTICES`].
    TooMany,
    /// One is not a finite number or not on the globe.
    OffGlobe,
    /// Two neighbours lie more than half a turn of longitude apart (the line crosses the antimeridian,
    /// or latitude and longitude are confused) or more than [`Line::LONGEST_STEP_M`].
    Jump,
    /// Longer in all than [`Line::LONGEST_M`].
    TooLong,
}

/// The place of a line that is nearest to a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Metres along the line from its beginning.
    pub along_m: f64,
    /// Great-circle metres from the point.
    pub away_m: f64,
    /// Whether the point is on the right of one who travels along the line; on it counts as left.
    /// Where the line turns and its corner is nearest, the point lies on the outside of the turn.
    pub right: bool,
}

impl Line {
    /// Most vertices: a day's drive recorded every 3 m.
    pub const MOST_VERTICES: usize = 200_000;
    /// The longest way between two vertices in metres. Roads bend; a longer step is a broken file.
    pub const LONGEST_STEP_M: f64 = 1_000_000.0;
    /// The longest line in metres: more than once round the globe.
    pub const LONGEST_M: f64 = 50_000_000.0;

    /// The line through these points in their order. A point that repeats the one before adds nothing.
    ///
    /// # Errors
    /// Too few or too many, or a step that no road makes. Reads at most one point too many.
    pub fn new(points: impl IntoIterator<Item = Point>) -> Result<Self, LineFault> {
        let mut given = 0;
        let (mut line, mut vertices): (Vec<Point>, Vec<Vertex>) = (Vec::new(), Vec::new());
        for point in points {
            given += 1;
            if given > Self::MOST_VERTICES {
                return Err(LineFault::TooMany);
            }
            let mut along_m = 0.0;
            if let (Some(last), Some(vertex)) = (line.last(), vertices.last()) {
                if *last == point {
                    continue;
                }
                let step_m = distance_m(*last, point);
                if last.lng_e7().abs_diff(point.lng_e7()) > HALF_TURN || step_m > Self::LONGEST_STEP_M {
                    return Err(LineFault::Jump);
                }
                along_m = vertex.along_m + step_m;
                if along_m > Self::LONGEST_M {
                    return Err(LineFault::TooLong);
                }
            }
            line.push(point);
            vertices.push(Vertex { at: Vector::of(point), along_m });
        }
        if given < 2 {
            return Err(LineFault::TooFew);
        }
        if let ([only], Some(point)) = (&vertices[..], line.first().copied()) {
            vertices.push(*only);
            line.push(point);
        }
        Ok(Self { vertices, points: line, tree: OnceLock::new() })
    }

    /// The same from pairs of latitude and longitude in degrees.
    ///
    /// # Errors
    /// As [`Line::new`], or a pair that is not on the globe.
    pub fn from_degrees(pairs: impl IntoIterator<Item = (f64, f64)>) -> Result<Self, LineFault> {
        let mut off_globe = false;
        let points = pairs.into_iter().map_while(|(lat, lng)| {
            let point = Point::from_degrees(lat, lng);
            off_globe |= point.is_none();
            point
        });
        let line = Self::new(points);
        if off_globe { Err(LineFault::OffGlobe) } else { line }
    }

    /// Its length in metres.
    #[must_use]
    pub fn total_m(&self) -> f64 {
        self.vertices.last().map_or(0.0, |last| last.along_m)
    }

    /// Its vertices, without repeated neighbours.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The nearest place to a point: of several equally near the first along the line. Looks at every
    /// segment.
    #[must_use]
    pub fn project(&self, point: Point) -> Place {
        let at = Vector::of(point);
        let mut nearest = Nearest::none();
        for segment in 0..self.segments() {
            nearest.take(segment, self.foot(segment, at));
        }
        self.told(at, nearest)
    }

    pub(super) fn segments(&self) -> usize {
        self.vertices.len() - 1
    }

    /// The boxes over it, made when they are first asked for.
    pub(super) fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| Tree::over(&self.points, &self.vertices))
    }

    #[inline]
    pub(super) fn foot(&self, segment: usize, at: Vector) -> Foot {
        foot(self.vertices[segment].at, self.vertices[segment + 1].at, at)
    }

    /// What is told of the nearest place that was found.
    pub(super) fn told(&self, at: Vector, nearest: Nearest) -> Place {
        let [from, to] = [self.vertices[nearest.segment], self.vertices[nearest.segment + 1]];
        let gone = arc_m(from.at.haversine(place(from.at, to.at, nearest.foot.part)));
        Place {
            along_m: (from.along_m + gone).min(to.along_m),
            away_m: arc_m(nearest.foot.haversine),
            right: self.is_right(at, nearest),
        }
    }

    fn is_right(&self, at: Vector, nearest: Nearest) -> bool {
        let segment = nearest.segment;
        let way = |segment: usize| self.vertices[segment + 1].at.minus(self.vertices[segment].at);
        let corner = if nearest.foot.part <= 0.0 && segment > 0 {
            Some(segment)
        } else if nearest.foot.part >= 1.0 && segment + 1 < self.segments() {
            Some(segment + 1)
        } else {
            None
        };
        if let Some(corner) = corner {
            // Seen from outside the globe: positive turns left.
            let turn = self.vertices[corner].at.dot(way(corner - 1).cross(way(corner)));
            if turn.abs() > 0.0 {
                return turn > 0.0;
            }
        }
        let from = self.vertices[segment].at;
        at.minus(from).dot(from.cross(way(segment))) < 0.0
    }
}

/// 180° in 1e-7 degree.
const HALF_TURN: u32 = 1_800_000_000;

/// The nearest place of the segments seen so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nearest {
    pub(super) segment: usize,
    pub(super) foot: Foot,
}

impl Nearest {
    pub(super) fn none() -> Self {
        Self { segment: 0, foot: Foot { haversine: f64::INFINITY, part: 0.0 } }
    }

    /// Keeps the nearer; the earlier segment where equal, in whatever order they come.
    #[inline]
    pub(super) fn take(&mut self, segment: usize, foot: Foot) {
        let nearer = foot.haversine < self.foot.haversine;
        if nearer || (foot.haversine <= self.foot.haversine && segment < self.segment) {
            *self = Self { segment, foot };
        }
    }
}
