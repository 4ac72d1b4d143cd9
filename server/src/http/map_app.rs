//! What the map of our own pages loads: stations or counts of a view, and outlines.
//!
//! Never with a position: the view is widened to whole 0.01° by the page, and anything finer is
//! refused here, so that a mistake in a page cannot become a leak.

use super::{
    AppState,
    api::{
        etag,
        etag::Terms,
        json::Json,
        parameters::{Name, Query},
        problem::{Kind, Problem},
        read,
    },
};
use crate::regions::outline::{Outline, outline};
use app::text::station::marks;
use axum::{Router, body::Body, extract::Request, response::Response};
use domain::{
    calendar::Calendar,
    geo::{Bounds, Point},
    ports::{BoundsAnswer, Unsaid},
    station::{Verdict, Wanted},
    time::Millis,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// The stations of a view.
pub const MAP_STATIONS: &str = "/map/stations";
/// Outlines; below it, a province by its adcode, or the country as 100000.
pub const OUTLINES: &str = "/outlines";

/// Most stations a map draws one by one; beyond it squares are counted.
pub const POINT_LIMIT: usize = 200;
/// How wide a counted square is on the screen, at least, in pixels: two tap targets.
const SQUARE_PX: i64 = 96;
/// Squares to a side, at most, of a view.
const SQUARES: i64 = 24;
/// 0.01° in 1e-7 degree: the finest view.
const GRID_E7: i64 = 100_000;

const VIEW_TERMS: Terms = Terms { media_type: "application/json", cache: "private, no-cache", open: false };
const OUTLINE_TERMS: Terms = Terms {
    media_type: super::api::GEO_JSON,
    cache: "public, max-age=86400, stale-while-revalidate=604800",
    open: false,
};

/// Both routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(MAP_STATIONS, read(stations)).route("/outlines/{adcode}", read(province))
}

fn stations(state: &AppState, request: &Request) -> Result<Response, Problem> {
    let query = Query::read(request.uri().query(), &[Name::Bbox, Name::Want, Name::Zoom])?;
    let view = query.view()?;
    let zoom = query.zoom()?;
    let wanted = query.want()?;
    let at = etag::minute_of((state.clock)());
    let stations = &state.ports.stations;
    let tag = etag::of_stations(stations.revision(), at);
    Ok(etag::reply(request.headers(), &tag, VIEW_TERMS, || {
        let few = stations.in_bounds(view, None, POINT_LIMIT, &wanted, Unsaid::Include, at);
        if few.next.is_none() {
            return points(&few, &wanted, &stations.calendar(), at);
        }
        let grid = Grid::over(view, zoom);
        counts(&stations.clusters(grid.bounds, grid.columns, grid.rows, &wanted, Unsaid::Include, at))
    }))
}

/// `{"points":[{code,name,kind,state,lat,lng,demo,meets?}]}`.
fn points(few: &BoundsAnswer, wanted: &Wanted, calendar: &Calendar, at: Millis) -> Body {
    let mut json = Json::with_capacity(32 + few.stations.len() * 160);
    json.open(b'{');
    json.key("points");
    json.open(b'[');
    for station in &few.stations {
        let state = station.open_state(calendar, at);
        json.open(b'{');
        for (name, text) in [
            ("code", station.code.as_str()),
            ("name", &*station.name),
            ("kind", station.kind.code()),
            ("state", state.code()),
        ] {
            json.key(name);
            json.text(text);
        }
        write_place(&mut json, station.point);
        json.key("demo");
        json.truth(station.is_demo());
        // 示范, 测试数据 or 未核实: whatever the lists show beside the name.
        if let Some((mark, _)) = marks(station).first() {
            json.key("mark");
            json.text(mark);
        }
        if !wanted.is_empty() {
            let yes = wanted.judge(&station.facts(), state.is_open()) == Verdict::Yes;
            json.key("meets");
            json.text(if yes { "yes" } else { "unknown" });
        }
        json.close(b'}');
    }
    json.close(b']');
    json.close(b'}');
    Body::from(json.into_bytes())
}

/// `{"clusters":[{lat,lng,count}]}`.
fn counts(clusters: &[(Point, usize)]) -> Body {
    let mut json = Json::with_capacity(32 + clusters.len() * 56);
    json.open(b'{');
    json.key("clusters");
    json.open(b'[');
    for (place, count) in clusters {
        json.open(b'{');
        write_place(&mut json, *place);
        json.key("count");
        json.whole(i64::try_from(*count).unwrap_or(i64::MAX));
        json.close(b'}');
    }
    json.close(b']');
    json.close(b'}');
    Body::from(json.into_bytes())
}

fn write_place(json: &mut Json, place: Point) {
    json.key("lat");
    json.degrees(place.lat_e7());
    json.key("lng");
    json.degrees(place.lng_e7());
}

/// The squares to count in. They lie on the globe, not on the view: moving the map does not make
/// counts jump.
#[derive(Debug, PartialEq, Eq)]
struct Grid {
    bounds: Bounds,
    columns: u16,
    rows: u16,
}

impl Grid {
    /// The squares that cover a view: 0.01° doubled until one is wide enough for a finger at this zoom,
    /// and few enough are needed.
    fn over(view: Bounds, zoom: u8) -> Self {
        let (west, east) = (i64::from(view.south_west.lng_e7()), i64::from(view.north_east.lng_e7()));
        let (south, north) = (i64::from(view.south_west.lat_e7()), i64::from(view.north_east.lat_e7()));
        // Over the antimeridian there is nothing to count: the view is taken round the whole globe.
        let (west, east) = if west > east { (-1_800_000_000, 1_800_000_000) } else { (west, east) };
        // A tile of 256 px spans 360° at zoom 0, half of it at each further one (Web Mercator).
        let wide_enough = (3_600_000_000 * SQUARE_PX / 256) >> zoom.min(40);
        let mut side = GRID_E7;
        while side < wide_enough || squares(west, east, side) > SQUARES || squares(south, north, side) > SQUARES {
            side *= 2;
        }
        let corner = |lat: i64, lng: i64| {
            let within = |value: i64, limit: i64| i32::try_from(value.clamp(-limit, limit)).unwrap_or(0);
            Point::from_e7(within(lat, 900_000_000), within(lng, 1_800_000_000))
        };
        let (down, up) = (|value: i64| value.div_euclid(side) * side, |value: i64| -(-value).div_euclid(side) * side);
        let bounds = corner(down(south), down(west)).zip(corner(up(north), up(east)));
        let count = |from, to| u16::try_from(squares(from, to, side)).unwrap_or(1).max(1);
        Self {
            bounds: bounds.map_or(view, |(south_west, north_east)| Bounds { south_west, north_east }),
            columns: count(west, east),
            rows: count(south, north),
        }
    }
}

/// How many squares of this side a stretch touches.
fn squares(from: i64, to: i64, side: i64) -> i64 {
    -(-to).div_euclid(side) - from.div_euclid(side)
}

fn province(_: &AppState, request: &Request) -> Result<Response, Problem> {
    let path = request.uri().path();
    let adcode = path.strip_prefix(OUTLINES).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
    let digits = adcode.len() == 6 && adcode.bytes().all(|byte| byte.is_ascii_digit());
    let outline = adcode.parse().ok().filter(|_| digits).and_then(outline);
    let Outline { json, brotli } = outline.ok_or_else(|| {
        Problem::new(Kind::NotFound, "There are outlines of provinces, and of the country as 100000.")
    })?;
    Query::read(request.uri().query(), &[])?;
    let compressed = takes_brotli(request.headers());
    let mut response = etag::reply(request.headers(), &etag::of_bytes(brotli), OUTLINE_TERMS, || {
        Body::from(if compressed { brotli } else { json })
    });
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if compressed && response.status() == StatusCode::OK {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Ok(response)
}

/// Whether brotli is among what the caller takes (RFC 9110, 12.5.3), not with weight nought.
fn takes_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let nought =
                weight.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
            name.trim().eq_ignore_ascii_case("br") && !nought
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn view(west: i32, south: i32, east: i32, north: i32) -> Bounds {
        let corner = |lat, lng| Point::from_e7(lat * 100_000, lng * 100_000).expect("on the globe");
        Bounds { south_west: corner(south, west), north_east: corner(north, east) }
    }

    #[test]
    fn squares_stay_where_they_are_when_the_map_is_moved() {
        let (here, moved) =
            (Grid::over(view(11_360, 3470, 11_400, 3500), 9), Grid::over(view(11_361, 3471, 11_401, 3501), 9));
        let side =
            |grid: &Grid| (grid.bounds.north_east.lng_e7() - grid.bounds.south_west.lng_e7()) / i32::from(grid.columns);
        assert_eq!(side(&here), side(&moved));
        assert_eq!(here.bounds.south_west.lng_e7().rem_euclid(side(&here)), 0);
        assert_eq!(moved.bounds.south_west.lng_e7().rem_euclid(side(&here)), 0);
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        let takes =
            |sent| takes_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(sent))]));
        assert!(takes("gzip, deflate, br") && takes("BR;q=1.0"));
        assert!(!takes("gzip") && !takes("br;q=0") && !takes(""));
    }

    proptest! {
        #[test]
        fn the_squares_cover_the_view_and_are_few(
            west in -18_000..18_000_i32, south in -9000..9000_i32, wide in 0..36_000_i32, high in 0..18_000_i32, zoom in 0..=22_u8,
        ) {
            let view = view(west, south, (west + wide).min(18_000), (south + high).min(9000));
            let grid = Grid::over(view, zoom);
            prop_assert!(grid.bounds.contains(view.south_west) && grid.bounds.contains(view.north_east));
            prop_assert!((1..=24).contains(&grid.columns) && (1..=24).contains(&grid.rows));
        }
    }
}
