//! `GET /api/v1/calendar`: the days off and make-up working days of a year, with their notice.

use super::{
    etag,
    etag::Terms,
    json::Json,
    parameters::{Name, Query},
    problem::Problem,
};
use crate::http::AppState;
use axum::{body::Body, extract::Request, response::Response};
use domain::{calendar::Calendar, time::Date};

/// What it takes.
pub const TAKES: &[Name] = &[Name::Year];

/// How it is sent.
pub const TERMS: Terms = Terms { media_type: "application/json", cache: "public, max-age=3600", open: true };

/// Answers from memory.
pub fn answer(state: &AppState, request: &Request) -> Result<Response, Problem> {
    let year = Query::read(request.uri().query(), TAKES)?.year()?;
    let json = write(&state.ports.stations.calendar(), year);
    Ok(etag::reply(request.headers(), &etag::of_bytes(&json), TERMS, || Body::from(json.clone())))
}

fn write(calendar: &Calendar, year: i64) -> Vec<u8> {
    let first = |year| Date { year, month: 1, day: 1 }.to_day().unwrap_or_default();
    let mut json = Json::with_capacity(4096);
    json.open(b'{');
    json.key("year");
    json.whole(year);
    if let Some(notice) = calendar.notices().find(|notice| notice.year == year) {
        json.key("notice");
        json.open(b'{');
        let published = notice.published.map(|date| date.to_string()).unwrap_or_default();
        for (name, text) in [("number", &*notice.number), ("published", &*published), ("source", &*notice.source)] {
            if !text.is_empty() {
                json.key(name);
                json.text(text);
            }
        }
        json.close(b'}');
    }
    json.key("days");
    json.open(b'[');
    for (date, ruling, holiday) in calendar.rulings(first(year), first(year + 1)) {
        json.open(b'{');
        for (name, text) in [("date", &*date.to_string()), ("ruling", ruling.code()), ("holiday", holiday.code())] {
            json.key(name);
            json.text(text);
        }
        json.close(b'}');
    }
    json.close(b']');
    json.close(b'}');
    json.into_bytes()
}
