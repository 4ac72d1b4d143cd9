//! Codes of 电子会员证: written, read, judged.

use domain::membership::card::{
    Card, CardId, CardKind, KeyId, NAME_AT_MOST, OFFLINE_LASTS_MS, ONLINE_LASTS_MS, PREFIX, Signature, Token, Verdict,
    judge, token_in,
};
use proptest::prelude::*;

const NOW: i64 = 1_795_399_200_000;
const KEY: KeyId = KeyId([0xA1, 0xB2, 0xC3, 0xD4]);

fn card(kind: CardKind) -> Card {
    let lasts = if kind == CardKind::Online { ONLINE_LASTS_MS } else { OFFLINE_LASTS_MS };
    Card {
        kind,
        issued_at: NOW,
        expires_at: NOW + lasts,
        id: CardId([1, 2, 3, 4, 5, 6, 7, 8]),
        valid_until: NOW + 365 * 86_400_000,
        answer: [9, 9, 9, 9],
        name: "张*明".into(),
        organisation: "金水区总工会".into(),
        occupation: "外卖配送员".into(),
    }
}

fn token(card: &Card) -> Token {
    Token::read(&card.token(KEY, |_| [7; 64])).expect("a token")
}

#[test]
fn the_layout_is_the_documented_one() {
    let mut signed = Vec::new();
    let text = card(CardKind::Offline).token(KEY, |bytes| {
        signed = bytes.to_vec();
        [7; 64]
    });
    let bytes = signed.strip_prefix(PREFIX).expect("the prefix");
    assert_eq!(bytes[..2], [1, 1]);
    assert_eq!(bytes[2..6], KEY.0);
    assert_eq!(bytes[6..10], u32::try_from(NOW / 1000).expect("in range").to_be_bytes());
    assert_eq!(bytes[14..22], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(bytes[26..30], [9; 4]);
    assert_eq!((bytes[30], &bytes[31..38]), (7, "张*明".as_bytes()));
    assert!(text.len() < 230, "{} characters", text.len());
}

#[test]
fn texts_that_are_too_long_are_cut_between_characters() {
    let long = Card { name: "买买提·".repeat(9), organisation: "工会".repeat(40), ..card(CardKind::Online) };
    let read = token(&long).card;
    assert!(read.name.ends_with('…') && read.name.len() <= NAME_AT_MOST);
    assert!(read.organisation.starts_with("工会工会") && read.organisation.ends_with('…'));
}

#[test]
fn a_scanner_gives_an_address_and_a_person_what_they_copied() {
    for text in ["https://a.example/c/AbC-_9", " AbC-_9\n", "http://127.0.0.1:3000/c/AbC-_9?from=chat#x"] {
        assert_eq!(token_in(text), "AbC-_9");
    }
}

#[test]
fn an_online_code_is_good_for_two_minutes_and_then_a_screenshot() {
    let token = token(&card(CardKind::Online));
    let at = |now| judge(Some(&token), Signature::Good, false, now);
    assert_eq!(at(NOW), Verdict::Valid);
    assert_eq!(at(NOW + 120_000), Verdict::Valid);
    assert_eq!(at(NOW + 120_001), Verdict::Screenshot);
    assert_eq!(at(NOW - 120_000), Verdict::Valid, "a clock that is two minutes late");
    assert_eq!(at(NOW - 120_001), Verdict::WrongTime);
}

#[test]
fn an_offline_code_asks_the_holder_until_it_expires() {
    let token = token(&card(CardKind::Offline));
    let at = |now| judge(Some(&token), Signature::Good, false, now);
    assert_eq!(at(NOW + 121_000), Verdict::AskHolder);
    assert_eq!(at(NOW + OFFLINE_LASTS_MS), Verdict::AskHolder);
    assert_eq!(at(NOW + OFFLINE_LASTS_MS + 1), Verdict::Expired);
}

#[test]
fn a_membership_that_is_over_takes_its_codes_along() {
    let soon = Card { valid_until: NOW + 60_000, ..card(CardKind::Offline) };
    assert_eq!(judge(Some(&token(&soon)), Signature::Good, false, NOW + 61_000), Verdict::Expired);
}

#[test]
fn what_is_forged_is_told_before_anything_it_says() {
    let token = token(&card(CardKind::Online));
    assert_eq!(judge(Some(&token), Signature::Bad, true, NOW), Verdict::Tampered);
    assert_eq!(judge(Some(&token), Signature::UnknownKey, true, NOW), Verdict::UnknownKey);
    assert_eq!(judge(Some(&token), Signature::Good, true, NOW), Verdict::Revoked);
    assert_eq!(judge(None, Signature::Good, false, NOW), Verdict::NotACard);
}

#[test]
fn every_verdict_says_what_to_do_and_shows_nothing_that_was_not_signed() {
    for verdict in Verdict::ALL {
        assert!(verdict.sentence().ends_with('。'), "{verdict:?}");
        assert_eq!(verdict.is_good(), *verdict == Verdict::Valid);
    }
    assert!(!Verdict::Tampered.shows_card() && !Verdict::UnknownKey.shows_card() && !Verdict::NotACard.shows_card());
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        seconds in 0_u32..=u32::MAX,
        id in any::<[u8; 8]>(),
        answer in any::<[u8; 4]>(),
        offline in any::<bool>(),
        name in "[\\PC]{0,9}",
        organisation in "[\\PC]{0,18}",
        signature in proptest::array::uniform32(any::<u8>()),
    ) {
        let kind = if offline { CardKind::Offline } else { CardKind::Online };
        let moment = i64::from(seconds) * 1000;
        let card = Card { kind, issued_at: moment, expires_at: moment, id: CardId(id), valid_until: moment, answer, name,
            organisation, occupation: String::new() };
        let signature: [u8; 64] = [signature, signature].concat().try_into().expect("64");
        let mut signed = Vec::new();
        let text = card.token(KEY, |bytes| { signed = bytes.to_vec(); signature });
        let read = Token::read(&text).expect("a token");
        prop_assert_eq!(read, Token { card, key: KEY, signed, signature });
    }

    #[test]
    fn no_text_makes_it_fall(text in ".{0,500}", now in any::<i64>()) {
        let _ = Token::read(token_in(&text));
        let _ = judge(Token::read(&text).as_ref(), Signature::Good, false, now / 4);
    }

    #[test]
    fn no_bytes_make_it_fall_and_one_text_is_one_row_of_bytes(text in "[A-Za-z0-9_-]{0,399}") {
        if let Some(token) = Token::read(&text) {
            let again = token.card.token(token.key, |_| token.signature);
            // A text that is longer than what is written is cut when it is written; read, it is refused.
            prop_assert_eq!(again, text);
        }
    }
}
