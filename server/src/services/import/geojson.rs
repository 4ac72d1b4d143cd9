//! Rows of a `GeoJSON` file (RFC 7946): a `FeatureCollection`, or one feature a line (RFC 8142).

use super::{
    ImportError,
    check::Geometry,
    encoding::line_breaks,
    rows::{Cells, RawRow, Rows},
};
use geo::InteriorPoint;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::{
    cell::Cell,
    fmt,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// Stands before each feature in a text sequence (RFC 8142).
pub const RECORD_SEPARATOR: &u8 = &0x1E;
/// Longest line of a file with one feature a line, in bytes.
const LONGEST_LINE: u64 = 16 << 20;

/// Reads every feature, one at a time.
///
/// # Errors
/// The file is no `GeoJSON`, or reading or handing over fails.
pub fn read(mut file: impl BufRead, rows: &mut Rows<'_>) -> Result<(), ImportError> {
    let (first, line) = first_line(&mut file)?;
    let is_feature = |value: &Value| value.get("type").and_then(Value::as_str) == Some("Feature");
    if serde_json::from_slice(without_separator(&first)).is_ok_and(|value: Value| is_feature(&value)) {
        return read_lines(io::Cursor::new(first).chain(file), line, rows);
    }
    let line = Rc::new(Cell::new(line));
    let file = Counting { file: io::Cursor::new(first).chain(file), line: Rc::clone(&line) };
    let mut collection = Collection { rows, line, stopped: None, has_features: false, kind: None };
    let mut json = serde_json::Deserializer::from_reader(file);
    let done = (&mut collection).deserialize(&mut json).and_then(|()| json.end());
    if let Some(stopped) = collection.stopped {
        return Err(stopped);
    }
    if let Err(error) = done {
        return Err(ImportError::Json { line: collection.line.get(), reason: reason(&error) });
    }
    match (collection.has_features, collection.kind.as_deref()) {
        (true, Some("FeatureCollection")) => Ok(()),
        _ => Err(ImportError::NoCollection),
    }
}

fn first_line(file: &mut impl BufRead) -> Result<(Vec<u8>, u64), ImportError> {
    let mut line = 1;
    loop {
        let mut first = Vec::new();
        file.take(LONGEST_LINE).read_until(b'\n', &mut first).map_err(ImportError::Read)?;
        if first.is_empty() || !first.iter().all(u8::is_ascii_whitespace) {
            return Ok((first, line));
        }
        line += 1;
    }
}

fn without_separator(line: &[u8]) -> &[u8] {
    line.strip_prefix(std::slice::from_ref(RECORD_SEPARATOR)).unwrap_or(line)
}

fn read_lines(mut file: impl BufRead, first: u64, rows: &mut Rows<'_>) -> Result<(), ImportError> {
    let mut text = Vec::new();
    for line in first.. {
        text.clear();
        let read = file.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut text).map_err(ImportError::Read)?;
        if read == 0 {
            break;
        }
        let text = without_separator(&text);
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice(text) {
            Ok(feature) => push(feature, line, rows)?,
            Err(error) => rows.push(broken(line, format!("这一行不是正确的 JSON：{}", reason(&error))))?,
        }
    }
    Ok(())
}

const fn broken(line: u64, reason: String) -> RawRow {
    RawRow { line, cells: Cells::Some(Vec::new()), geometry: None, broken: Some(reason) }
}

/// What is wrong with a JSON text, in words.
fn reason(error: &serde_json::Error) -> String {
    match error.classify() {
        serde_json::error::Category::Eof => "到末尾还没有写完".to_owned(),
        serde_json::error::Category::Io => format!("{error}"),
        _ => format!("第 {} 列附近写法不对", error.column()),
    }
}

/// Hands over a feature.
fn push(feature: Value, line: u64, rows: &mut Rows<'_>) -> Result<(), ImportError> {
    let Value::Object(mut feature) = feature else {
        return rows.push(broken(line, "这不是一个 Feature".to_owned()));
    };
    if feature.get("type").and_then(Value::as_str) != Some("Feature") {
        return rows.push(broken(line, "这不是一个 Feature".to_owned()));
    }
    let geometry = place(feature.get("geometry"));
    let mut properties = match feature.remove("properties") {
        Some(Value::Object(properties)) => properties,
        _ => Map::new(),
    };
    // overpass-turbo repeats the feature's own id as @id.
    let own = properties.remove("@id");
    if !properties.contains_key("id")
        && let Some(id) = feature.remove("id").or(own)
    {
        properties.insert("id".to_owned(), id);
    }
    let mut cells = Vec::with_capacity(properties.len());
    for (heading, value) in properties {
        let position = match rows.columns.position(&heading) {
            Some(position) => position,
            None => rows.columns.add(&heading)?,
        };
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text,
            Value::Bool(true) => "yes".to_owned(),
            Value::Bool(false) => "no".to_owned(),
            other => other.to_string(),
        };
        cells.push((position, text));
    }
    rows.push(RawRow { line, cells: Cells::Some(cells), geometry: Some(geometry), broken: None })
}

/// Latitude and longitude of a point, or of a point inside an area.
fn place(geometry: Option<&Value>) -> Geometry {
    let Some(Value::Object(geometry)) = geometry else {
        return Err("没有位置（geometry 是空的）".to_owned());
    };
    let kind = geometry.get("type").and_then(Value::as_str).unwrap_or_default();
    let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
    let wrong = || format!("{kind} 的坐标写法不对");
    match kind {
        "Point" => {
            let (lng, lat) = position(coordinates).ok_or_else(wrong)?;
            Ok((lat, lng))
        }
        "Polygon" => inside(&polygon(coordinates).ok_or_else(wrong)?).ok_or_else(wrong),
        "MultiPolygon" => {
            let all: Option<Vec<_>> = coordinates.as_array().ok_or_else(wrong)?.iter().map(polygon).collect();
            inside(&geo::MultiPolygon(all.ok_or_else(wrong)?)).ok_or_else(wrong)
        }
        "" => Err("没有位置（geometry 没有写 type）".to_owned()),
        other => {
            let other: String = other.chars().filter(|letter| !letter.is_control()).take(20).collect();
            Err(format!("{other} 不能当站点的位置，要 Point、Polygon 或 MultiPolygon"))
        }
    }
}

fn inside(area: &impl InteriorPoint<Output = Option<geo::Point<f64>>>) -> Option<(f64, f64)> {
    area.interior_point().map(|point| (point.y(), point.x()))
}

/// Longitude and latitude, as written.
fn position(value: &Value) -> Option<(f64, f64)> {
    match value.as_array()?.as_slice() {
        [lng, lat, ..] => Some((lng.as_f64()?, lat.as_f64()?)),
        _ => None,
    }
}

fn polygon(rings: &Value) -> Option<geo::Polygon<f64>> {
    let ring = |ring: &Value| -> Option<geo::LineString<f64>> {
        let ring = ring.as_array()?.iter().map(position).collect::<Option<Vec<_>>>()?;
        // Numbers beyond any place on earth would overflow on the way to a point inside.
        let on_earth = ring.iter().all(|(lng, lat)| lng.abs() <= 180.0 && lat.abs() <= 180.0);
        (ring.len() >= 4 && on_earth).then(|| ring.into())
    };
    let mut rings = rings.as_array()?.iter().map(ring).collect::<Option<Vec<_>>>()?.into_iter();
    Some(geo::Polygon::new(rings.next()?, rings.collect()))
}

/// Counts the lines that went through.
struct Counting<R> {
    file: R,
    line: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counting<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(out)?;
        self.line.set(self.line.get() + line_breaks(&out[..read]));
        Ok(read)
    }
}

/// Walks through a collection without holding more than one feature.
struct Collection<'a, 'b> {
    rows: &'a mut Rows<'b>,
    line: Rc<Cell<u64>>,
    stopped: Option<ImportError>,
    has_features: bool,
    kind: Option<String>,
}

impl<'de> DeserializeSeed<'de> for &mut Collection<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Collection<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => self.kind = map.next_value::<Value>()?.as_str().map(str::to_owned),
                "features" => {
                    self.has_features = true;
                    map.next_value_seed(Features(self))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The list of features.
struct Features<'a, 'b, 'c>(&'a mut Collection<'b, 'c>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        while let Some(feature) = features.next_element::<Value>()? {
            if let Err(error) = push(feature, self.0.line.get(), self.0.rows) {
                self.0.stopped = Some(error);
                return Err(de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
