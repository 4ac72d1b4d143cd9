//! Lines from JSON: `GeoJSON` (RFC 7946), or an encoded polyline.

use super::{bad, no_line};
use crate::http::api::problem::Problem;
use domain::geo::{Line, Point, Precision, decode_polyline};
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, SeqAccess, Visitor},
};
use std::fmt;

/// What is read of any of the objects; other members are passed over.
#[derive(Deserialize)]
struct Posted {
    r#type: Option<String>,
    coordinates: Option<Node>,
    geometry: Option<Box<Posted>>,
    features: Option<Vec<Posted>>,
    polyline: Option<String>,
    precision: Option<u64>,
}

/// Reads a line.
pub(super) fn read(bytes: &[u8]) -> Result<Line, Problem> {
    // The words of the parser may quote what was sent; where it stands does not.
    let posted: Posted = serde_json::from_slice(bytes).map_err(|error| {
        bad(&format!("Cannot be read as JSON with a line: line {}, column {}.", error.line(), error.column()))
    })?;
    if let Some(text) = &posted.polyline {
        let precision = posted.precision.map_or(Some(Precision::Five), Precision::of);
        let precision = precision.ok_or_else(|| bad("precision must be 5 or 6."))?;
        return decode_polyline(text, precision).map_err(no_line);
    }
    line_of(posted, 0)
}

/// A feature holds a geometry, a collection a feature: no deeper than that.
fn line_of(posted: Posted, depth: u8) -> Result<Line, Problem> {
    let kind = posted.r#type.as_deref().unwrap_or_default();
    match (kind, posted.coordinates, posted.geometry, posted.features) {
        ("LineString", Some(Node::Line(line)), ..) => from_positions(&line),
        ("MultiLineString", Some(Node::Lines(lines)), ..) => from_positions(&joined(lines)?),
        ("Feature", _, Some(geometry), _) if depth < 2 => line_of(*geometry, 2),
        ("FeatureCollection", _, _, Some(mut features)) if depth == 0 && features.len() == 1 => {
            features.pop().map_or_else(|| Err(bad(WANTED)), |feature| line_of(feature, 1))
        }
        _ => Err(bad(WANTED)),
    }
}

const WANTED: &str = "Must be a GeoJSON LineString, a MultiLineString, a Feature or a FeatureCollection of one such, or \
    have a polyline.";

type Position = (f64, f64);

fn from_positions(positions: &[Position]) -> Result<Line, Problem> {
    Line::from_degrees(positions.iter().map(|(lng, lat)| (*lat, *lng))).map_err(no_line)
}

/// One line of several, each beginning where the one before ends.
fn joined(lines: Vec<Vec<Position>>) -> Result<Vec<Position>, Problem> {
    let place = |(lng, lat): &Position| Point::from_degrees(*lat, *lng);
    let mut all: Vec<Position> = Vec::new();
    for line in lines {
        if let (Some(end), Some(begin)) = (all.last(), line.first())
            && place(end) != place(begin)
        {
            return Err(bad("The pieces of a MultiLineString must meet end to end."));
        }
        all.extend(line);
    }
    Ok(all)
}

/// Coordinates, however deep: a number, a position, a line, lines.
enum Node {
    Number(f64),
    Position(Position),
    Line(Vec<Position>),
    Lines(Vec<Vec<Position>>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Nodes)
    }
}

struct Nodes;

impl<'de> Visitor<'de> for Nodes {
    type Value = Node;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("coordinates")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small; what is not is off the globe either way")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small; what is not is off the globe either way")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mixed = || A::Error::custom("mixed coordinates");
        match seq.next_element()? {
            // Of no use, but well-formed: told apart by whoever asked.
            None => Ok(Node::Line(Vec::new())),
            Some(Node::Number(lng)) => {
                let lat: f64 = seq.next_element()?.ok_or_else(mixed)?;
                // Height and what else there may be.
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Node::Position((lng, lat)))
            }
            Some(Node::Position(first)) => {
                let mut line = vec![first];
                while let Some(next) = seq.next_element()? {
                    let Node::Position(position) = next else { return Err(mixed()) };
                    line.push(position);
                }
                Ok(Node::Line(line))
            }
            Some(Node::Line(first)) => {
                let mut lines = vec![first];
                while let Some(next) = seq.next_element()? {
                    let Node::Line(line) = next else { return Err(mixed()) };
                    lines.push(line);
                }
                Ok(Node::Lines(lines))
            }
            Some(Node::Lines(_)) => Err(A::Error::custom("too deep")),
        }
    }
}
