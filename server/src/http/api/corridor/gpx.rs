//! Lines from GPX.

use super::{bad, no_line};
use crate::http::api::problem::Problem;
use domain::geo::{Line, LineFault, Point};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// Reads the points of all tracks in their order, or of all routes where there is no track; waypoints
/// are places, not a way. A document type is refused, and with it every entity of its own; nothing is
/// ever expanded.
pub(super) fn read(bytes: &[u8]) -> Result<Line, Problem> {
    let mut reader = Reader::from_reader(bytes);
    let (mut track, mut route) = (Vec::new(), Vec::new());
    let mut is_gpx = false;
    loop {
        // No case of the parser's errors tells more, and its words may quote what was sent.
        match reader.read_event().map_err(|_| bad("The body is not well-formed XML."))? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "gpx" => is_gpx = true,
                "trkpt" => add(&mut track, &tag)?,
                "rtept" => add(&mut route, &tag)?,
                _ => {}
            },
            Event::DocType(_) => return Err(bad("A document type is not read.")),
            Event::Eof => break,
            _ => {}
        }
    }
    if !is_gpx {
        return Err(bad("The body is no GPX: there is no gpx element."));
    }
    Line::new(if track.is_empty() { route } else { track }).map_err(no_line)
}

fn add(points: &mut Vec<Point>, tag: &BytesStart) -> Result<(), Problem> {
    if points.len() > Line::MOST_VERTICES {
        return Err(no_line(LineFault::TooMany));
    }
    let (mut lat, mut lon) = (None, None);
    let mut attributes = tag.attributes();
    // The check for repeated names is quadratic in their number, which is the sender's.
    attributes.with_checks(false);
    for attribute in attributes {
        let attribute = attribute.map_err(|_| bad("The body is not well-formed XML."))?;
        let degrees = || attribute.value.trim().parse::<f64>().ok();
        match attribute.key.as_ref() {
            "lat" => lat = degrees(),
            "lon" => lon = degrees(),
            _ => {}
        }
    }
    let point = lat.zip(lon).and_then(|(lat, lon)| Point::from_degrees(lat, lon));
    points.push(point.ok_or_else(|| no_line(LineFault::OffGlobe))?);
    Ok(())
}
