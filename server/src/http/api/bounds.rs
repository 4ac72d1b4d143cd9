//! `GET /api/v1/stations?bbox=…`: all stations of a box, page by page.

use super::{
    GEO_JSON, STATIONS, etag,
    etag::Terms,
    feature::{Asked, FEATURE_BYTES, write_feature},
    json::Json,
    parameters::{Name, PAGE_LIMIT, PAGE_ROWS, Query, write_cursor},
    problem::Problem,
};
use crate::http::AppState;
use axum::{body::Body, extract::Request, response::Response};
use http::{HeaderValue, StatusCode, header};

/// What it takes.
pub const TAKES: &[Name] = &[
    Name::Bbox,
    Name::Limit,
    Name::Cursor,
    Name::Want,
    Name::Kind,
    Name::Amenities,
    Name::Audience,
    Name::OpenAt,
    Name::ArriveAt,
    Name::Unknown,
];

const TERMS: Terms = Terms { media_type: GEO_JSON, cache: "private, no-cache", open: true };

/// Answers from memory, in the order of codes, so that a page is never skipped or sent twice while
/// stations come and go.
pub fn answer(state: &AppState, request: &Request) -> Result<Response, Problem> {
    let query = Query::read(request.uri().query(), TAKES)?;
    let bounds = query.bounds()?;
    let limit = query.limit(PAGE_ROWS, PAGE_LIMIT)?;
    let after = query.cursor()?;
    let unsaid = query.unsaid()?;
    let now = etag::minute_of((state.clock)());
    let (wanted, at) = query.wanted(now)?;
    let stations = &state.ports.stations;
    let tag = etag::of_stations(stations.revision(), at);
    let mut next = None;
    let mut response = etag::reply(request.headers(), &tag, TERMS, || {
        let page = stations.in_bounds(bounds, after, limit, &wanted, unsaid, at);
        next = page.next.map(|last| format!("{STATIONS}?{}", query.with_cursor(&write_cursor(last))));
        let calendar = stations.calendar();
        let asked = Asked { at, calendar: &calendar, wanted: &wanted };
        let mut json = Json::with_capacity(512 + page.stations.len() * FEATURE_BYTES);
        json.open(b'{');
        json.raw(r#""type":"FeatureCollection""#);
        json.key("as_of");
        json.moment(at);
        if let Some(next) = &next {
            json.key("next");
            json.text(next);
        }
        json.key("features");
        json.open(b'[');
        for station in &page.stations {
            write_feature(&mut json, station, asked, None);
        }
        json.close(b']');
        json.close(b'}');
        Body::from(json.into_bytes())
    });
    let link = next.and_then(|next| HeaderValue::try_from(format!("<{next}>; rel=\"next\"")).ok());
    if let Some(link) = link.filter(|_| response.status() == StatusCode::OK) {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}
