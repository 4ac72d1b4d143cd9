//! Conditional replies (RFC 9110, 13): a caller that has the current answer gets 304 and no body.

use super::EXPOSED_HEADERS;
use axum::{body::Body, response::Response};
use domain::time::Millis;
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// Counts up when the shape of replies changes, so that nobody keeps an answer of the old shape.
const SHAPE: u32 = 2;

/// Milliseconds of a minute: how finely the state of a door is told.
const MINUTE_MS: Millis = 60_000;

/// The minute a moment lies in, as a moment. Replies are made for whole minutes, so that the same
/// minute and the same stations give the same bytes.
#[must_use]
pub const fn minute_of(moment: Millis) -> Millis {
    moment - moment.rem_euclid(MINUTE_MS)
}

/// The tag of an answer that depends on the stations and on a moment. Weak, since the same answer may
/// be sent compressed. The query has no part in it: a tag belongs to one URL anyway, and a hash of a
/// query would be a position in disguise.
#[must_use]
pub fn of_stations(revision: u64, at: Millis) -> String {
    format!("W/\"{SHAPE}-{revision:x}-{:x}\"", at.div_euclid(MINUTE_MS))
}

/// The tag of bytes that never change while the program runs (FNV-1a, 64 bits).
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    format!("W/\"{hash:016x}\"")
}

/// Whether the caller's `If-None-Match` names this tag (weak comparison) or any.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let wanted = opaque(etag);
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || opaque(tag) == wanted)
}

/// What a reply says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// `Content-Type`.
    pub media_type: &'static str,
    /// `Cache-Control`.
    pub cache: &'static str,
    /// Whether pages of other origins may read it.
    pub open: bool,
}

/// 200 with the body, or 304 when the caller has it; the body is only made when it is needed.
pub fn reply(request: &HeaderMap, etag: &str, terms: Terms, body: impl FnOnce() -> Body) -> Response {
    let known = is_known(request, etag);
    let mut response = Response::new(if known { Body::empty() } else { body() });
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(terms.cache));
    if !known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(terms.media_type));
    }
    if terms.open {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
    }
    response
}

/// 200 with a body that has no tag, because nobody may keep it.
pub fn fresh(terms: Terms, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(terms.media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(terms.cache));
    if terms.open {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(sent: &'static str, etag: &str) -> bool {
        is_known(&HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(sent))]), etag)
    }

    #[test]
    fn a_tag_is_compared_weakly_and_among_several() {
        let etag = of_stations(255, 120_000);
        assert_eq!(etag, "W/\"2-ff-2\"");
        assert!(known("W/\"2-ff-2\"", &etag) && known("\"2-ff-2\"", &etag) && known("\"x\", W/\"2-ff-2\"", &etag));
        assert!(known("*", &etag) && !known("W/\"2-ff-3\"", &etag) && !known("", &etag));
    }

    #[test]
    fn the_tag_changes_with_the_stations_and_with_the_minute() {
        assert_eq!(of_stations(1, 60_000), of_stations(1, 119_999));
        assert_ne!(of_stations(1, 60_000), of_stations(1, 120_000));
        assert_ne!(of_stations(1, 60_000), of_stations(2, 60_000));
        assert_eq!((minute_of(119_999), minute_of(-1)), (60_000, -60_000));
    }
}
