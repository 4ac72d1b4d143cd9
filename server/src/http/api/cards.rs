//! `GET /api/v1/cards/keys` and `GET /api/v1/cards/revoked`: what a phone needs to check a card without network.

use super::{etag, etag::Terms, json::Json, parameters::Query, problem::Problem};
use crate::http::AppState;
use axum::{body::Body, extract::Request, response::Response};
use data_encoding::BASE64URL_NOPAD;
use domain::membership::card::CardId;
use http::HeaderMap;

/// How both are sent: a card that was revoked must be known with the next look, so every look asks.
pub const TERMS: Terms = Terms { media_type: "application/json", cache: "no-cache", open: true };

/// The public keys.
pub fn keys(state: &AppState, request: &Request) -> Result<Response, Problem> {
    Query::read(request.uri().query(), &[])?;
    let mut json = Json::with_capacity(256);
    json.open(b'{');
    json.key("keys");
    json.open(b'[');
    for key in state.ports.cards.keys() {
        json.open(b'{');
        json.key("id");
        json.text(&key.id.to_string());
        json.key("public");
        json.text(&BASE64URL_NOPAD.encode(&key.public));
        json.close(b'}');
    }
    json.close(b']');
    json.close(b'}');
    let json = json.into_bytes();
    Ok(etag::reply(request.headers(), &etag::of_bytes(&json), TERMS, || Body::from(json.clone())))
}

/// The revoked cards: 8 bytes each, in their order, one after the other.
pub async fn revoked(state: AppState, query: Option<&str>, headers: &HeaderMap) -> Result<Response, Problem> {
    Query::read(query, &[])?;
    let cards = state.ports.cards.revoked((state.clock)()).await.map_err(|_| Problem::unavailable(60))?;
    let bytes: Vec<u8> = cards.iter().flat_map(|CardId(id)| *id).collect();
    let mut json = Json::with_capacity(32 + bytes.len() * 4 / 3);
    json.open(b'{');
    json.key("cards");
    json.text(&BASE64URL_NOPAD.encode(&bytes));
    json.close(b'}');
    let json = json.into_bytes();
    Ok(etag::reply(headers, &etag::of_bytes(&json), TERMS, || Body::from(json.clone())))
}
