//! `GET /api/v1/stations/nearby`: the nearest stations to a point.

use super::{
    GEO_JSON, etag,
    etag::Terms,
    feature::{Asked, FEATURE_BYTES, write_feature},
    json::Json,
    parameters::{NEARBY_LIMIT, NEARBY_ROWS, Name, Query},
    problem::Problem,
};
use crate::http::AppState;
use axum::{body::Body, extract::Request, response::Response};

/// What it takes.
pub const TAKES: &[Name] = &[
    Name::Lat,
    Name::Lng,
    Name::Limit,
    Name::Radius,
    Name::Want,
    Name::Kind,
    Name::Amenities,
    Name::Audience,
    Name::OpenAt,
    Name::ArriveAt,
    Name::Unknown,
];

/// The URL holds a position: no shared cache may keep the reply.
const TERMS: Terms = Terms { media_type: GEO_JSON, cache: "private, no-cache", open: true };

/// Answers from memory.
pub fn answer(state: &AppState, request: &Request) -> Result<Response, Problem> {
    let query = Query::read(request.uri().query(), TAKES)?;
    let point = query.point()?;
    let limit = query.limit(NEARBY_ROWS, NEARBY_LIMIT)?;
    let radius_m = query.radius_m()?;
    let unsaid = query.unsaid()?;
    let now = etag::minute_of((state.clock)());
    let (wanted, at) = query.wanted(now)?;
    let stations = &state.ports.stations;
    let tag = etag::of_stations(stations.revision(), at);
    Ok(etag::reply(request.headers(), &tag, TERMS, || {
        let found = stations.nearest(point, limit, radius_m, &wanted, unsaid, at);
        let calendar = stations.calendar();
        let asked = Asked { at, calendar: &calendar, wanted: &wanted };
        let mut json = Json::with_capacity(256 + found.len() * FEATURE_BYTES);
        json.open(b'{');
        json.raw(r#""type":"FeatureCollection""#);
        json.key("as_of");
        json.moment(at);
        json.key("features");
        json.open(b'[');
        for found in &found {
            write_feature(&mut json, &found.station, asked, Some(found.distance_m));
        }
        json.close(b']');
        json.close(b'}');
        Body::from(json.into_bytes())
    }))
}
