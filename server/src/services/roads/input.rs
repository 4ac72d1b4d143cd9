//! Files about roads: bridges near areas, junctions, the course of a road.

use super::Hints;
use domain::{
    geo::Point,
    road::{Line, LineError, derive::Junction},
};
use serde_json::Value;
use std::{fmt, fs, io::Read as _, path::Path};

/// Larger files are refused before they are read.
const MOST_BYTES: u64 = 20 << 20;

/// Why a file is of no use.
#[derive(Debug)]
pub enum InputError {
    /// It cannot be read.
    Read(std::io::Error),
    /// More than 20 MB.
    Large,
    /// No text, no CSV, no `GeoJSON`.
    Form(String),
    /// A column is missing.
    Column(&'static str),
    /// There is not exactly one line in it.
    Lines(usize),
    /// The line is none.
    Line(LineError),
}

impl fmt::Display for InputError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(out, "读不了文件：{error}"),
            Self::Large => out.write_str("文件超过 20 MB。请先把线路抽稀，或只留下要用的路"),
            Self::Form(why) => write!(out, "看不懂文件：{why}"),
            Self::Column(column) => write!(out, "文件里没有“{column}”这一列"),
            Self::Lines(0) => out.write_str("文件里没有线。要一条 LineString，或 GPX 的一条轨迹"),
            Self::Lines(count) => write!(out, "文件里有 {count} 条线，不知道走哪一条。请先接成一条，按桩号从小到大"),
            Self::Line(LineError::Short) => out.write_str("线太短：至少要两个不同的点"),
            Self::Line(LineError::Long) => out.write_str("线的点太多（最多 20 万个）。请先抽稀"),
            Self::Line(LineError::Far) => out.write_str("线太长，不会是一条路。请检查坐标"),
        }
    }
}

impl std::error::Error for InputError {}

fn read(path: &Path) -> Result<String, InputError> {
    let mut text = String::new();
    let file = fs::File::open(path).map_err(InputError::Read)?;
    file.take(MOST_BYTES + 1).read_to_string(&mut text).map_err(InputError::Read)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(InputError::Large);
    }
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The nearest motorway bridges: a CSV with `osm_id` (or `id`), `hint_motorway_ref` (`G40;G42`) and
/// `hint_bridge_distance_m`. Rows without a reference say nothing.
///
/// # Errors
/// The file is of no use.
pub fn hints(path: &Path) -> Result<Hints, InputError> {
    let text = read(path)?;
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = csv.headers().map_err(|error| InputError::Form(error.to_string()))?.clone();
    let column = |names: &[&'static str]| {
        headings.iter().position(|heading| names.contains(&heading.trim())).ok_or(InputError::Column(names[0]))
    };
    let id = column(&["osm_id", "id"])?;
    let road = column(&["hint_motorway_ref"])?;
    let far = column(&["hint_bridge_distance_m"])?;
    let mut hints = Hints::new();
    for row in csv.records() {
        let row = row.map_err(|error| InputError::Form(error.to_string()))?;
        let cell = |at| row.get(at).map_or("", str::trim);
        let roads: Vec<Box<str>> =
            cell(road).split(';').map(str::trim).filter(|one| is_road(one)).map(Into::into).collect();
        if let (false, Ok(metres)) = (roads.is_empty(), cell(far).parse()) {
            hints.insert(cell(id).to_owned(), (roads, metres));
        }
    }
    Ok(hints)
}

/// A number of a road: letters and digits, as `G60`, `S01`, `G0321`.
fn is_road(text: &str) -> bool {
    (2..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Junctions with a number of exit that is a kilometre: `GeoJSON` points with `ref`.
///
/// # Errors
/// The file is of no use.
pub fn junctions(path: &Path) -> Result<Vec<Junction>, InputError> {
    let json = json(&read(path)?)?;
    let one = |feature: &Value| {
        let point = place(feature.pointer("/geometry/coordinates")?)?;
        let exit =
            feature.pointer("/properties/ref")?.as_str()?.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        Some(Junction { point, exit: exit.parse().ok().filter(|exit| *exit < 10_000)? })
    };
    Ok(json.get("features").and_then(Value::as_array).into_iter().flatten().filter_map(one).collect())
}

/// The one line of a `GeoJSON` or GPX file, WGS-84.
///
/// # Errors
/// The file is of no use.
pub fn line(path: &Path) -> Result<Line, InputError> {
    line_of(&read(path)?)
}

/// The one line of a `GeoJSON` or GPX text, WGS-84.
///
/// # Errors
/// The text is of no use.
pub fn line_of(text: &str) -> Result<Line, InputError> {
    let mut lines = if text.trim_start().starts_with('<') { gpx(text) } else { geojson(&json(text)?) };
    match (lines.pop(), lines.len()) {
        (Some(points), 0) => Line::new(points).map_err(InputError::Line),
        (last, more) => Err(InputError::Lines(more + usize::from(last.is_some()))),
    }
}

fn json(text: &str) -> Result<Value, InputError> {
    serde_json::from_str(text).map_err(|error| InputError::Form(format!("第 {} 行不是正确的 JSON", error.line())))
}

fn place(coordinates: &Value) -> Option<Point> {
    Point::from_degrees(coordinates.get(1)?.as_f64()?, coordinates.get(0)?.as_f64()?)
}

fn geojson(json: &Value) -> Vec<Vec<Point>> {
    let features = json.get("features").and_then(Value::as_array);
    let geometries: Vec<&Value> = match features {
        Some(features) => features.iter().filter_map(|feature| feature.get("geometry")).collect(),
        None => vec![json.get("geometry").unwrap_or(json)],
    };
    let mut lines = Vec::new();
    for geometry in geometries {
        let coordinates = geometry.get("coordinates").and_then(Value::as_array);
        let of = |line: &Value| line.as_array().into_iter().flatten().filter_map(place).collect();
        match (geometry.get("type").and_then(Value::as_str), coordinates) {
            (Some("LineString"), Some(points)) => lines.push(points.iter().filter_map(place).collect()),
            (Some("MultiLineString"), Some(parts)) => lines.extend(parts.iter().map(of)),
            _ => {}
        }
    }
    lines
}

/// Track segments, else routes, by their points' attributes: nothing else of XML is needed, and no
/// entity is ever resolved.
fn gpx(text: &str) -> Vec<Vec<Point>> {
    let [segments, routes] = [("<trkseg", "<trkpt"), ("<rte>", "<rtept")].map(|(part, point)| {
        let points = |part: &str| part.split(point).skip(1).filter_map(point_of).collect::<Vec<Point>>();
        text.split(part).skip(1).map(points).filter(|points| !points.is_empty()).collect::<Vec<_>>()
    });
    if segments.is_empty() { routes } else { segments }
}

fn point_of(tag: &str) -> Option<Point> {
    let tag = tag.split('>').next()?;
    let degrees = |name: &str| {
        let (_, value) = tag.split_once(name)?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        value[1..].split(quote).next()?.trim().parse::<f64>().ok()
    };
    Point::from_degrees(degrees("lat")?, degrees("lon")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_and_a_line_string_are_the_same_line() {
        let track = "<?xml version=\"1.0\"?><gpx><trk><trkseg><trkpt lat=\"31.0\" lon=\"117.0\"><ele>3</ele></trkpt>\
                     <trkpt lon='117.5' lat='32.0'/></trkseg></trk></gpx>";
        let geo = r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[117.0,31.0],[117.5,32.0]]}}"#;
        assert_eq!(gpx(track), geojson(&json(geo).expect("JSON")));
        assert_eq!(gpx(track)[0].len(), 2);
    }

    #[test]
    fn what_is_no_number_of_a_road_is_none() {
        assert!(is_road("G0321") && is_road("S01"));
        assert!(!is_road("") && !is_road("济广高速") && !is_road("G35 or so"));
    }
}
