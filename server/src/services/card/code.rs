//! A code: signed, and drawn.

use super::holder::Holder;
use crate::services::people::People;
use domain::{
    account::PersonName,
    membership::card::{Card, CardId, CardKind, ONLINE_LASTS_MS, last_four, offline_until, question},
    policy::Refused,
    ports::CardCode,
    time::Millis,
};
use qrcode::{Color, EcLevel, QrCode};
use sha2::{Digest as _, Sha512};

/// What a nameless member is called on a card.
const NAMELESS: &str = "会员";

/// 张*明.
pub(super) fn masked(name: Option<&str>) -> String {
    let name = name.and_then(|name| PersonName::parse(name).ok());
    name.map_or_else(|| NAMELESS.to_owned(), |name| name.masked())
}

/// The first bytes of the hash by which an answer is compared.
pub(super) fn answer(card: CardId, four: [u8; 4]) -> [u8; 4] {
    let hash = Sha512::digest(question(card, four));
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The organisation's name.
pub(super) fn organisation(people: &People, holder: &Holder) -> String {
    let tree = people.organisations.tree();
    tree.get(holder.member.organisation).map_or_else(|| "工会".to_owned(), |one| one.name.clone())
}

/// Signs and draws a code of a holder, issued at a moment.
pub(super) fn code(
    people: &People,
    holder: &Holder,
    kind: CardKind,
    name: Option<&str>,
    issued_at: Millis,
) -> Result<CardCode, Refused> {
    let valid_until = holder.member.valid_until;
    let until = match kind {
        CardKind::Online => (issued_at + ONLINE_LASTS_MS).min(valid_until),
        CardKind::Offline => offline_until(issued_at, valid_until),
    };
    let card = Card {
        kind,
        issued_at,
        expires_at: until,
        id: holder.card.id,
        valid_until,
        answer: answer(holder.card.id, last_four(&holder.member.number)),
        name: masked(name),
        organisation: organisation(people, holder),
        occupation: holder.member.occupation.clone().unwrap_or_default(),
    };
    let keys = people.vault.card_keys();
    let (key, sign) = keys.signer();
    let address = format!("{}/c/{}", people.site.url, card.token(key, sign));
    let drawn = QrCode::with_error_correction_level(&address, EcLevel::M).map_err(|error| {
        tracing::error!(%error, "a card does not fit into a QR code: {error}");
        Refused::Unavailable
    })?;
    let dark = |colour: &Color| *colour == Color::Dark;
    let squares = drawn.to_colors().chunks(drawn.width()).map(|row| row.iter().map(dark).collect()).collect();
    Ok(CardCode { address, squares, until })
}
