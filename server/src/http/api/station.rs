//! `GET /api/v1/stations/{code}`: one station.

use super::{
    GEO_JSON, STATIONS, etag,
    etag::Terms,
    feature::{Asked, FEATURE_BYTES, write_feature},
    json::Json,
    parameters::{Name, Query},
    problem::{Kind, Problem},
};
use crate::http::AppState;
use axum::{body::Body, extract::Request, response::Response};
use domain::{
    ports::StationLookup,
    station::{Code, Wanted},
};
use percent_encoding::percent_decode_str;

/// What it takes: nothing.
pub const TAKES: &[Name] = &[];

const TERMS: Terms = Terms { media_type: GEO_JSON, cache: "public, no-cache", open: true };

/// Answers from memory. The code is read as people type it; the reply says it as it is.
pub fn answer(state: &AppState, request: &Request) -> Result<Response, Problem> {
    let missing = || Problem::new(Kind::StationMissing, "There has never been a station of this code.");
    // Not by axum's extractor, whose answer to a broken escape is no problem of ours.
    let path = request.uri().path();
    let typed = path.strip_prefix(STATIONS).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
    let typed = percent_decode_str(typed).decode_utf8().map_err(|_| missing())?;
    let code = Code::parse(&typed).ok_or_else(missing)?;
    let station = match state.ports.stations.by_code(code) {
        StationLookup::Here(station) => station,
        StationLookup::Retired => {
            return Err(Problem::new(
                Kind::StationRetired,
                "Its source no longer lists this station; the code is never used again.",
            ));
        }
        StationLookup::Missing => return Err(missing()),
    };
    Query::read(request.uri().query(), TAKES)?;
    let at = etag::minute_of((state.clock)());
    let tag = etag::of_stations(state.ports.stations.revision(), at);
    Ok(etag::reply(request.headers(), &tag, TERMS, || {
        let mut json = Json::with_capacity(FEATURE_BYTES);
        let calendar = state.ports.stations.calendar();
        let asked = Asked { at, calendar: &calendar, wanted: &Wanted::default() };
        write_feature(&mut json, &station, asked, None);
        Body::from(json.into_bytes())
    }))
}
