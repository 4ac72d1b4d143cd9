//! Query parameters: what each operation takes, read strictly.
//!
//! A parameter that is unknown, given twice or out of range is refused by name: a misspelt filter that
//! is silently ignored would send a worker to the wrong place. No value is ever sent back or logged,
//! since it may be a position.

use super::{
    moment::read_moment,
    problem::{Fault, Problem},
};
use domain::{
    geo::{Bounds, Point},
    ports::{LIST_RADIUS_M, LIST_ROWS, Unsaid},
    station::{Amenity, Audience, Code, Kind, Wanted, Wish},
    time::Millis,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

/// Most rows of a reply of nearby.
pub const NEARBY_LIMIT: usize = 100;
/// Farthest reach of nearby in metres: a little more than half the equator, so that "however far" can be asked.
pub const RADIUS_LIMIT_M: u32 = 20_050_000;
/// How far to either side of a line, unless asked for otherwise, in metres.
pub const WIDTH_M: u32 = 2_000;
/// The widest corridor, to either side, in metres.
pub const WIDTH_LIMIT_M: u32 = 50_000;
/// The greatest speed along a line, in km/h.
pub const SPEED_LIMIT_KMH: u32 = 150;
/// Rows of a page of a box, unless asked for otherwise.
pub const PAGE_ROWS: usize = 100;
/// Most rows of a page of a box.
pub const PAGE_LIMIT: usize = 500;
/// The deepest zoom a map may name (Web Mercator tiles).
pub const ZOOM_LIMIT: u8 = 22;

/// A parameter of the API, or of our own pages' map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// Latitude, WGS-84 degrees.
    Lat,
    /// Longitude, WGS-84 degrees.
    Lng,
    /// Most rows of the reply.
    Limit,
    /// Farthest distance, whole metres.
    Radius,
    /// Width of a corridor to either side, whole metres.
    Width,
    /// How fast one travels along a line, whole km/h.
    Speed,
    /// Wishes, comma-separated, as in the pages' own addresses.
    Want,
    /// Kinds of place, alternatives.
    Kind,
    /// Amenities, all of them.
    Amenities,
    /// Who is let in.
    Audience,
    /// The moment to be open at.
    OpenAt,
    /// The moment states are told for.
    ArriveAt,
    /// A year of the calendar.
    Year,
    /// What to do with stations that do not say.
    Unknown,
    /// West, south, east, north, WGS-84 degrees.
    Bbox,
    /// Where the page begins.
    Cursor,
    /// The zoom of a map.
    Zoom,
}

impl Name {
    /// As it stands in the query.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lat => "lat",
            Self::Lng => "lng",
            Self::Limit => "limit",
            Self::Radius => "radius",
            Self::Width => "width_m",
            Self::Speed => "speed_kmh",
            Self::Want => "want",
            Self::Kind => "kind",
            Self::Amenities => "amenities",
            Self::Audience => "audience",
            Self::OpenAt => "open_at",
            Self::ArriveAt => "arrive_at",
            Self::Year => "year",
            Self::Unknown => "unknown",
            Self::Bbox => "bbox",
            Self::Cursor => "cursor",
            Self::Zoom => "zoom",
        }
    }
}

/// A query as given, each parameter at most once.
#[derive(Debug)]
pub struct Query(Vec<(Name, String)>);

impl Query {
    /// Reads the query of a URL for an operation that takes these parameters.
    ///
    /// # Errors
    /// An unknown or repeated parameter, or a value that is not UTF-8 once decoded.
    pub fn read(query: Option<&str>, takes: &[Name]) -> Result<Self, Problem> {
        let mut given: Vec<(Name, String)> = Vec::new();
        for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (raw_name, raw_value) = pair.split_once('=').unwrap_or((pair, ""));
            let shown = percent_decode_str(raw_name).decode_utf8_lossy();
            let name = takes.iter().find(|known| known.as_str() == shown).copied().ok_or_else(|| {
                let known: Vec<_> = takes.iter().map(|known| known.as_str()).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                Problem::parameter(&shown, Fault::Unknown, format!("No such parameter here. Known: {known}."))
            })?;
            if given.iter().any(|(earlier, _)| *earlier == name) {
                return Err(Problem::parameter(name.as_str(), Fault::Repeated, format!("{shown} stands here twice.")));
            }
            let value = percent_decode_str(&raw_value.replace('+', " ")).decode_utf8().map(Into::into);
            given.push((name, value.map_err(|_| invalid(name, "must be UTF-8"))?));
        }
        Ok(Self(given))
    }

    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same query with another cursor, ready to stand in a URL.
    #[must_use]
    pub fn with_cursor(&self, cursor: &str) -> String {
        /// Left as they are for the sake of the eye; everything else is escaped.
        const KEEP: &AsciiSet =
            &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',').remove(b':');
        let others =
            self.0.iter().filter(|(name, _)| *name != Name::Cursor).map(|(name, value)| (*name, value.as_str()));
        let pairs: Vec<_> = others
            .chain([(Name::Cursor, cursor)])
            .map(|(name, value)| format!("{}={}", name.as_str(), utf8_percent_encode(value, KEEP)))
            .collect();
        pairs.join("&")
    }

    /// The point asked about.
    ///
    /// # Errors
    /// `lat` or `lng` missing, not a number, or off the globe.
    pub fn point(&self) -> Result<Point, Problem> {
        let degrees = |name, limit: f64, words| {
            let degrees: f64 = self.required(name)?.trim().parse().map_err(|_| invalid(name, words))?;
            if degrees.abs() <= limit { Ok(degrees) } else { Err(invalid(name, words)) }
        };
        let lat = degrees(Name::Lat, 90.0, "must be decimal degrees of WGS-84 from -90 to 90")?;
        let lng = degrees(Name::Lng, 180.0, "must be decimal degrees of WGS-84 from -180 to 180")?;
        Point::from_degrees(lat, lng).ok_or_else(|| invalid(Name::Lat, "must be on the globe"))
    }

    /// How many rows.
    ///
    /// # Errors
    /// Not a whole number from 1 to `most`.
    pub fn limit(&self, unless: usize, most: usize) -> Result<usize, Problem> {
        self.whole(Name::Limit, unless, 1..=most)
    }

    /// How far, in metres.
    ///
    /// # Errors
    /// Not a whole number from 1 to [`RADIUS_LIMIT_M`].
    pub fn radius_m(&self) -> Result<f64, Problem> {
        if self.get(Name::Radius).is_none() {
            return Ok(LIST_RADIUS_M);
        }
        self.whole(Name::Radius, 0, 1..=RADIUS_LIMIT_M).map(f64::from)
    }

    /// How far to either side of a line, in metres.
    ///
    /// # Errors
    /// Not a whole number from 1 to [`WIDTH_LIMIT_M`].
    pub fn width_m(&self) -> Result<f64, Problem> {
        self.whole(Name::Width, WIDTH_M, 1..=WIDTH_LIMIT_M).map(f64::from)
    }

    /// How fast one travels, in km/h, where that is said.
    ///
    /// # Errors
    /// Not a whole number from 1 to [`SPEED_LIMIT_KMH`].
    pub fn speed_kmh(&self) -> Result<Option<f64>, Problem> {
        let speed = self.whole(Name::Speed, 0, 1..=SPEED_LIMIT_KMH)?;
        Ok((speed > 0).then(|| f64::from(speed)))
    }

    /// The zoom of a map.
    ///
    /// # Errors
    /// Missing, or not a whole number up to [`ZOOM_LIMIT`].
    pub fn zoom(&self) -> Result<u8, Problem> {
        self.required(Name::Zoom)?;
        self.whole(Name::Zoom, 0, 0..=ZOOM_LIMIT)
    }

    /// The exact box.
    ///
    /// # Errors
    /// Missing, not four numbers, off the globe, or upside down.
    pub fn bounds(&self) -> Result<Bounds, Problem> {
        let wrong =
            || invalid(Name::Bbox, "must be west,south,east,north in decimal degrees of WGS-84, south below north");
        let numbers: Vec<f64> = self
            .required(Name::Bbox)?
            .split(',')
            .map(|number| number.trim().parse())
            .collect::<Result<_, _>>()
            .map_err(|_| wrong())?;
        let [west, south, east, north] = numbers[..] else { return Err(wrong()) };
        if south > north {
            return Err(wrong());
        }
        let corner = |lat, lng| Point::from_degrees(lat, lng).ok_or_else(wrong);
        Ok(Bounds { south_west: corner(south, west)?, north_east: corner(north, east)? })
    }

    /// The box of a map view: only whole 0.01°, so that nobody's exact view reaches the server.
    ///
    /// # Errors
    /// As [`Query::bounds`], or finer than 0.01°.
    pub fn view(&self) -> Result<Bounds, Problem> {
        let bounds = self.bounds()?;
        if bounds.widened() == bounds {
            Ok(bounds)
        } else {
            Err(invalid(Name::Bbox, "must be in whole steps of 0.01 degree"))
        }
    }

    /// After which station the page begins.
    ///
    /// # Errors
    /// Not a cursor this API has given.
    pub fn cursor(&self) -> Result<Option<Code>, Problem> {
        let wrong = || invalid(Name::Cursor, "must be taken unchanged from the next of an earlier page");
        self.get(Name::Cursor).map(|text| read_cursor(text).ok_or_else(wrong)).transpose()
    }

    /// The wishes of `want` alone.
    ///
    /// # Errors
    /// A word that is no wish.
    pub fn want(&self) -> Result<Wanted, Problem> {
        Wanted::parse(self.get(Name::Want).unwrap_or_default())
            .map_err(|_| invalid(Name::Want, "must be a list of open, 24h, everyone, kinds and amenities"))
    }

    /// All that is asked of a station, and the moment it is asked for: now, unless `open_at` or `arrive_at` says.
    ///
    /// # Errors
    /// A word that is no wish, kind, amenity or audience, a moment that cannot be read, or two moments.
    pub fn wanted(&self, now: Millis) -> Result<(Wanted, Millis), Problem> {
        let mut wanted = self.want()?;
        let mut add = |wish| {
            if !wanted.has(wish) {
                wanted = wanted.toggled(wish);
            }
        };
        for kind in self.codes(Name::Kind, Kind::parse, "must be a list of known kinds")? {
            add(Wish::Kind(kind));
        }
        for amenity in self.codes(Name::Amenities, Amenity::parse, "must be a list of known amenities")? {
            add(Wish::Amenity(amenity));
        }
        if let Some(audience) = self.get(Name::Audience) {
            if Audience::parse(audience) != Some(Audience::Everyone) {
                return Err(invalid(Name::Audience, "must be everyone"));
            }
            add(Wish::Everyone);
        }
        let Some((name, text)) = self.moment_asked()? else { return Ok((wanted, now)) };
        if name == Name::OpenAt {
            add(Wish::OpenNow);
        }
        let wrong = || {
            invalid(name, "must be a date and time of RFC 3339 from 2000 to 2100, such as 2026-11-23T22:30:00+08:00")
        };
        Ok((wanted, read_moment(text).ok_or_else(wrong)?))
    }

    /// What to do with stations that do not say.
    ///
    /// # Errors
    /// Neither `include` nor `exclude`.
    pub fn unsaid(&self) -> Result<Unsaid, Problem> {
        match self.get(Name::Unknown) {
            None | Some("include") => Ok(Unsaid::Include),
            Some("exclude") => Ok(Unsaid::Exclude),
            Some(_) => Err(invalid(Name::Unknown, "must be include or exclude")),
        }
    }

    /// The moment a query names; `open_at` and `arrive_at` would contradict each other.
    fn moment_asked(&self) -> Result<Option<(Name, &str)>, Problem> {
        match (self.get(Name::OpenAt), self.get(Name::ArriveAt)) {
            (Some(_), Some(_)) => Err(invalid(Name::ArriveAt, "may not stand beside open_at")),
            (Some(text), None) => Ok(Some((Name::OpenAt, text))),
            (None, Some(text)) => Ok(Some((Name::ArriveAt, text))),
            (None, None) => Ok(None),
        }
    }

    /// A year of the calendar.
    ///
    /// # Errors
    /// Missing, or not a year from 2000 to 2100.
    pub fn year(&self) -> Result<i64, Problem> {
        self.required(Name::Year)?;
        self.whole(Name::Year, 0, 2000..=2100)
    }

    fn get(&self, name: Name) -> Option<&str> {
        self.0.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_str())
    }

    fn required(&self, name: Name) -> Result<&str, Problem> {
        let missing = || Problem::parameter(name.as_str(), Fault::Missing, format!("{} is required.", name.as_str()));
        self.get(name).ok_or_else(missing)
    }

    fn whole<N>(&self, name: Name, unless: N, range: RangeInclusive<N>) -> Result<N, Problem>
    where
        N: Copy + FromStr + PartialOrd + Display,
    {
        let Some(text) = self.get(name) else { return Ok(unless) };
        let (least, most) = (*range.start(), *range.end());
        let wrong = || invalid(name, &format!("must be a whole number from {least} to {most}"));
        text.parse().ok().filter(|value| range.contains(value)).ok_or_else(wrong)
    }

    fn codes<T>(&self, name: Name, parse: impl Fn(&str) -> Option<T>, words: &str) -> Result<Vec<T>, Problem> {
        self.get(name)
            .unwrap_or_default()
            .split(',')
            .filter(|code| !code.is_empty())
            .map(|code| parse(code).ok_or_else(|| invalid(name, words)))
            .collect()
    }
}

/// Rows of nearby, unless asked for otherwise.
pub const NEARBY_ROWS: usize = LIST_ROWS;

fn invalid(name: Name, must: &str) -> Problem {
    Problem::parameter(name.as_str(), Fault::Invalid, format!("{} {must}.", name.as_str()))
}

/// Marks the first form of cursors, so that a later one can be told apart.
const CURSOR_MARK: char = 'a';

/// The cursor of the page after a station.
#[must_use]
pub fn write_cursor(after: Code) -> String {
    let mut cursor = String::from(CURSOR_MARK);
    cursor.extend(after.as_str().chars().rev());
    cursor
}

fn read_cursor(text: &str) -> Option<Code> {
    let reversed: String = text.strip_prefix(CURSOR_MARK)?.chars().rev().collect();
    Code::parse(&reversed).filter(|code| code.as_str() == reversed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_of_asking_adds_up() {
        let takes = [Name::Want, Name::Kind, Name::Amenities, Name::Audience, Name::OpenAt];
        let query = "want=24h&kind=driver_home,service_area&amenities=shower%2Chot_water,shower&audience=everyone&open_at=2026-11-23T02:00:00Z";
        let (wanted, at) = Query::read(Some(query), &takes).and_then(|query| query.wanted(0)).expect("fine");
        assert_eq!(wanted.to_query(), "open,24h,everyone,driver_home,service_area,hot_water,shower");
        assert_eq!(at, 1_795_399_200_000);
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back_and_anything_else_is_refused(hash in any::<[u8; 8]>(), other in "\\PC{0,14}") {
            let code = Code::of_hash(hash);
            prop_assert_eq!(read_cursor(&write_cursor(code)), Some(code));
            if let Some(code) = read_cursor(&other) {
                prop_assert_eq!(write_cursor(code), other);
            }
        }

        #[test]
        fn any_query_is_read_or_refused(query in "(\\PC{0,8}[=&%]){0,9}") {
            let takes = [Name::Want, Name::Lat];
            if let Ok(read) = Query::read(Some(&query), &takes) {
                let _ = (read.wanted(0), read.point());
            }
        }
    }
}
