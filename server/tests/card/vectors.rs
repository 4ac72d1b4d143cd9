//! Examples that both programs that check are held to: this one and the phone's. See end2end/vectors/cards.mjs.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::membership::card::{CardId, Signature, Token, judge, question, said_four, token_in};
use ed25519_dalek::VerifyingKey;
use serde_json::Value;
use sha2::{Digest as _, Sha512};

const EXAMPLES: &str = include_str!("../../../end2end/vectors/cards.json");

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().expect("a text")
}

fn rows<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().expect("a list")
}

#[test]
fn every_example_is_judged_as_it_says() {
    let examples: Value = serde_json::from_str(EXAMPLES).expect("JSON");
    let keys: Vec<(&str, VerifyingKey)> = rows(&examples, "keys")
        .iter()
        .map(|key| {
            let public = BASE64URL_NOPAD.decode(text(key, "public").as_bytes()).expect("base64url");
            let public = VerifyingKey::from_bytes(&public.try_into().expect("32 bytes")).expect("a key");
            (text(key, "id"), public)
        })
        .collect();
    let revoked = BASE64URL_NOPAD.decode(text(&examples, "revoked").as_bytes()).expect("base64url");
    let revoked: Vec<&[u8]> = revoked.chunks(8).collect();
    assert!(rows(&examples, "codes").len() > 25);
    for example in rows(&examples, "codes") {
        let token = Token::read(token_in(text(example, "code")));
        let signature = token.as_ref().map_or(Signature::Bad, |token| {
            let known = keys.iter().find(|(id, _)| *id == token.key.to_string());
            let Some((_, key)) = known else { return Signature::UnknownKey };
            let signature = ed25519_dalek::Signature::from_bytes(&token.signature);
            if key.verify_strict(&token.signed, &signature).is_ok() { Signature::Good } else { Signature::Bad }
        });
        let is_revoked = token.as_ref().is_some_and(|token| revoked.contains(&token.card.id.0.as_slice()));
        let verdict = judge(token.as_ref(), signature, is_revoked, example["now"].as_i64().expect("a moment"));
        assert_eq!(verdict.code(), text(example, "verdict"), "{}", text(example, "about"));
    }
}

#[test]
fn every_answer_is_compared_as_it_says() {
    let examples: Value = serde_json::from_str(EXAMPLES).expect("JSON");
    for example in rows(&examples, "answers") {
        let card = HEXLOWER.decode(text(example, "card").as_bytes()).expect("an id");
        let card = CardId(card.try_into().expect("8 bytes"));
        let right = said_four(text(example, "said")).map(|four| {
            let hash = Sha512::digest(question(card, four));
            HEXLOWER.encode(&hash[..4]) == text(example, "answer")
        });
        assert_eq!(right, example["right"].as_bool(), "{:?}", text(example, "said"));
    }
}
