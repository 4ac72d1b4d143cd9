//! Keys that sign cards: derived from what the key file holds, so that every server of an installation has the same
//! and there is no other file to keep.
//!
//! They come from the key of look-ups, which a rotation leaves as it is: a code that was signed before one is verified
//! after it. To sign with another key, a generation is added to [`GENERATIONS`]; what the earlier signed stays
//! verifiable for as long as it is named there, which has to be 30 days at least.

use super::Vault;
use domain::membership::card::{KeyId, Signature, Token};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The labels of HKDF, newest last: the last signs, all verify.
const GENERATIONS: &[&str] = &["card.sign.1"];

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// As a code names it: the first bytes of SHA-256 of the key.
    pub id: KeyId,
    /// Ed25519, RFC 8032.
    pub bytes: [u8; 32],
}

fn public(key: &VerifyingKey) -> PublicKey {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(key.as_bytes()));
    PublicKey { id: KeyId([a, b, c, d]), bytes: key.to_bytes() }
}

/// The keys of all generations. `Debug` shows the public ones.
pub struct CardKeys(Vec<SigningKey>);

impl fmt::Debug for CardKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.public()).finish()
    }
}

impl CardKeys {
    /// From secret seeds, newest last; at least one.
    fn of(seeds: impl Iterator<Item = [u8; 32]>) -> Self {
        Self(seeds.map(|seed| SigningKey::from_bytes(&seed)).collect())
    }

    /// The public keys, newest last.
    #[must_use]
    pub fn public(&self) -> Vec<PublicKey> {
        self.0.iter().map(|key| public(&key.verifying_key())).collect()
    }

    /// Which key signs, and what it gives for a text.
    ///
    /// # Panics
    /// Never: there is a generation.
    pub fn signer(&self) -> (KeyId, impl Fn(&[u8]) -> [u8; 64] + '_) {
        let key = self.0.last().expect("there is a generation");
        (public(&key.verifying_key()).id, |text: &[u8]| key.sign(text).to_bytes())
    }

    /// What becomes of the signature of a code.
    #[must_use]
    pub fn check(&self, token: &Token) -> Signature {
        let known = self.0.iter().map(SigningKey::verifying_key).find(|key| public(key).id == token.key);
        let Some(key) = known else { return Signature::UnknownKey };
        let signature = ed25519_dalek::Signature::from_bytes(&token.signature);
        if key.verify_strict(&token.signed, &signature).is_ok() { Signature::Good } else { Signature::Bad }
    }
}

impl Vault {
    /// The keys that sign cards.
    #[must_use]
    pub fn card_keys(&self) -> CardKeys {
        let keys = self.keys.load();
        CardKeys::of(GENERATIONS.iter().map(|label| *keys.derived(label)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::membership::card::{Card, CardId, CardKind};

    fn token(keys: &CardKeys) -> Token {
        let card = Card {
            kind: CardKind::Offline,
            issued_at: 0,
            expires_at: 1000,
            id: CardId([1; 8]),
            valid_until: 1000,
            answer: [0; 4],
            name: "张*明".into(),
            organisation: "金水区总工会".into(),
            occupation: String::new(),
        };
        let (id, sign) = keys.signer();
        Token::read(&card.token(id, sign)).expect("a token")
    }

    #[test]
    fn what_an_earlier_generation_signed_stays_good_while_it_is_named() {
        let (first, both) = (CardKeys::of([[1; 32]].into_iter()), CardKeys::of([[1; 32], [2; 32]].into_iter()));
        let old = token(&first);
        assert_eq!(first.check(&old), Signature::Good);
        assert_eq!(both.check(&old), Signature::Good);
        assert_eq!(first.check(&token(&both)), Signature::UnknownKey);
        assert_eq!(both.public()[0], first.public()[0]);
    }

    #[test]
    fn one_changed_bit_anywhere_is_told() {
        let keys = CardKeys::of([[1; 32]].into_iter());
        let good = token(&keys);
        for at in 0..good.signed.len() * 8 {
            let mut bad = good.clone();
            bad.signed[at / 8] ^= 1 << (at % 8);
            assert_eq!(keys.check(&bad), Signature::Bad);
        }
        for at in 0..512 {
            let mut bad = good.clone();
            bad.signature[at / 8] ^= 1 << (at % 8);
            assert_eq!(keys.check(&bad), Signature::Bad);
        }
    }
}
