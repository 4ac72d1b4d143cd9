//! `POST /api/v1/stations/corridor`: the stations along a line.
//!
//! The line comes in the body: an address would put a whole journey into other people's logs.

mod geojson;
mod gpx;

use super::{
    GEO_JSON, etag,
    etag::Terms,
    feature::{Asked, FEATURE_BYTES, OnTheWay, write_stop},
    json::Json,
    parameters::{Name, PAGE_LIMIT, PAGE_ROWS, Query},
    problem::{Kind, Problem},
};
use crate::http::AppState;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    response::Response,
};
use domain::{
    geo::{Line, LineFault},
    ports::{FoundAlong, Unsaid},
    station::Wanted,
    time::Millis,
};
use http::{HeaderMap, header};

/// What it takes beside the line.
pub const TAKES: &[Name] = &[
    Name::Width,
    Name::Speed,
    Name::Limit,
    Name::Want,
    Name::Kind,
    Name::Amenities,
    Name::Audience,
    Name::OpenAt,
    Name::Unknown,
];

/// The media type of GPX (its schema's own suggestion).
pub const GPX: &str = "application/gpx+xml";
/// The largest body in bytes: a day's track, recorded every second.
const MOST_BYTES: usize = 4_000_000;
/// An answer to a POST, which holds a journey: nobody keeps it.
const TERMS: Terms = Terms { media_type: GEO_JSON, cache: "no-store", open: true };

/// How a body is written.
#[derive(Clone, Copy)]
enum Form {
    Gpx,
    Json,
}

/// What was asked beside the line.
struct Question {
    width_m: f64,
    limit: usize,
    speed_kmh: Option<f64>,
    wanted: Wanted,
    unsaid: Unsaid,
    at: Millis,
}

/// Reads no more than the limit, and answers from memory on a thread that may take its time.
pub async fn answer(state: AppState, request: Request) -> Result<Response, Problem> {
    let query = Query::read(request.uri().query(), TAKES)?;
    let (wanted, at) = query.wanted(etag::minute_of((state.clock)()))?;
    let question = Question {
        width_m: query.width_m()?,
        limit: query.limit(PAGE_ROWS, PAGE_LIMIT)?,
        speed_kmh: query.speed_kmh()?,
        wanted,
        unsaid: query.unsaid()?,
        at,
    };
    let form = form(request.headers())?;
    let too_large = || Problem::new(Kind::TooLarge, format!("The body may have {MOST_BYTES} bytes."));
    let said =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|length| length > MOST_BYTES as u64) {
        return Err(too_large());
    }
    let bytes = to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| too_large())?;
    let work = tokio::task::spawn_blocking(move || {
        let line = match form {
            Form::Gpx => gpx::read(&bytes),
            Form::Json => geojson::read(&bytes),
        }?;
        drop(bytes);
        told(&state, &line, &question)
    });
    let json = work.await.map_err(|_| Problem::new(Kind::Internal, "The search broke."))??;
    Ok(etag::fresh(TERMS, Body::from(json)))
}

fn form(headers: &HeaderMap) -> Result<Form, Problem> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match media.as_str() {
        GPX => Ok(Form::Gpx),
        GEO_JSON | "application/json" => Ok(Form::Json),
        _ => {
            let detail = format!("Content-Type must be {GPX}, {GEO_JSON} or application/json.");
            Err(Problem::new(Kind::UnknownMedia, detail))
        }
    }
}

fn told(state: &AppState, line: &Line, question: &Question) -> Result<Vec<u8>, Problem> {
    let Question { width_m, limit, wanted, unsaid, at, .. } = question;
    let stations = &state.ports.stations;
    let found = stations.along(line, *width_m, wanted, *unsaid, *at, *limit).map_err(|_| {
        Problem::new(Kind::LineTooHard, "The line runs over the same ground too often; simplify or split it.")
    })?;
    let calendar = stations.calendar();
    let asked = Asked { at: *at, calendar: &calendar, wanted };
    let mut json = Json::with_capacity(256 + found.len() * FEATURE_BYTES);
    json.open(b'{');
    json.raw(r#""type":"FeatureCollection""#);
    json.key("as_of");
    json.moment(*at);
    json.key("features");
    json.open(b'[');
    for stop in &found {
        let FoundAlong { along_m, away_m, right, .. } = *stop;
        let arrive_at = question.speed_kmh.map(|speed_kmh| at + travel_ms(along_m, speed_kmh));
        write_stop(&mut json, &stop.station, asked, OnTheWay { along_m, away_m, right, arrive_at });
    }
    json.close(b']');
    json.close(b'}');
    Ok(json.into_bytes())
}

/// Milliseconds for so many metres.
#[expect(clippy::cast_possible_truncation, reason = "5e7 m at 1 km/h are 1.8e11 ms")]
fn travel_ms(along_m: f64, speed_kmh: f64) -> Millis {
    (along_m * 3_600.0 / speed_kmh).round() as Millis
}

/// What is wrong with a line.
fn no_line(fault: LineFault) -> Problem {
    match fault {
        LineFault::TooFew => bad("A line has two vertices or more."),
        LineFault::TooMany => {
            let detail = format!("A line may have {} vertices; simplify or split it.", Line::MOST_VERTICES);
            Problem::new(Kind::LineTooHard, detail)
        }
        LineFault::OffGlobe => bad("A vertex cannot be read, or is not on the globe (WGS-84 degrees)."),
        LineFault::Jump => bad(
            "Two neighbours are more than 1,000 km or half a turn of longitude apart: is latitude where longitude goes?",
        ),
        LineFault::TooLong => bad("The line is longer than 50,000 km."),
    }
}

fn bad(detail: &str) -> Problem {
    Problem::new(Kind::BadLine, detail)
}
