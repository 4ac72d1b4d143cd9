//! One ciphertext: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), bound to the place it is for.

use chacha20poly1305::{
    Key, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, KeyInit as _, Payload},
};
use zeroize::Zeroizing;

/// The first byte of a ciphertext names the algorithm, so that others can come (SM4-GCM).
const XCHACHA20_POLY1305: u8 = 1;
const NONCE: usize = 24;
/// Algorithm, key generation, nonce.
const HEAD: usize = 1 + 4 + NONCE;

/// Where a ciphertext belongs: it opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's id.
    pub row: [u8; 16],
}

impl Place {
    pub(super) fn bytes(self) -> Vec<u8> {
        [self.table.as_bytes(), b"\0", self.column.as_bytes(), b"\0", &self.row].concat()
    }
}

/// A ciphertext as it is stored: algorithm (1 byte), key generation (4, big-endian), nonce (24), text and tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl Sealed {
    /// Which generation of its owner's key made it; `None` where it is no ciphertext of ours.
    #[must_use]
    pub fn generation(bytes: &[u8]) -> Option<i32> {
        let head = bytes.first_chunk::<5>().filter(|head| head[0] == XCHACHA20_POLY1305 && bytes.len() >= HEAD)?;
        Some(i32::from_be_bytes([head[1], head[2], head[3], head[4]]))
    }
}

/// A key that seals data, or other keys. Overwritten when it is dropped.
pub struct DataKey(pub(super) Zeroizing<[u8; 32]>);

/// Fresh randomness of the operating system.
///
/// # Panics
/// The operating system has none: nothing may go on.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

impl DataKey {
    /// A fresh key.
    pub(super) fn random() -> Self {
        Self(Zeroizing::new(random()))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.0))
    }

    /// Seals bytes. The nonce is random: 192 bits do not repeat.
    pub(super) fn seal(&self, generation: i32, place: Place, bytes: &[u8]) -> Sealed {
        self.seal_as(generation, &place.bytes(), bytes)
    }

    pub(super) fn seal_as(&self, generation: i32, about: &[u8], bytes: &[u8]) -> Sealed {
        let nonce: [u8; NONCE] = random();
        let aad = head(generation, about);
        let payload = Payload { msg: bytes, aad: &aad };
        let text = self.cipher().encrypt(&XNonce::from(nonce), payload).expect("a text of less than 256 GB");
        let mut sealed = Vec::with_capacity(HEAD + text.len());
        sealed.push(XCHACHA20_POLY1305);
        sealed.extend_from_slice(&generation.to_be_bytes());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&text);
        Sealed(sealed)
    }

    /// Opens bytes; `None` where they were not sealed by this key for this place.
    pub(super) fn open(&self, place: Place, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.open_as(&place.bytes(), sealed)
    }

    pub(super) fn open_as(&self, about: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let generation = Sealed::generation(sealed)?;
        let nonce: [u8; NONCE] = sealed.get(5..HEAD)?.try_into().ok()?;
        let aad = head(generation, about);
        let payload = Payload { msg: sealed.get(HEAD..)?, aad: &aad };
        self.cipher().decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }
}

/// What a ciphertext is bound to beside its key: the algorithm, so that none is ever taken for another's, the
/// generation, and what it is about.
fn head(generation: i32, about: &[u8]) -> Vec<u8> {
    [&[XCHACHA20_POLY1305], generation.to_be_bytes().as_slice(), about].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { table: "subject", column: "name", row: [7; 16] };

    #[test]
    fn a_ciphertext_opens_in_its_own_place_and_nowhere_else() {
        let key = DataKey::random();
        let Sealed(sealed) = key.seal(3, PLACE, "张𬭚".as_bytes());
        assert_eq!(Sealed::generation(&sealed), Some(3));
        assert_eq!(key.open(PLACE, &sealed).as_deref().map(Vec::as_slice), Some("张𬭚".as_bytes()));
        for place in
            [Place { table: "matter", ..PLACE }, Place { column: "mobile", ..PLACE }, Place { row: [8; 16], ..PLACE }]
        {
            assert_eq!(key.open(place, &sealed), None, "{place:?}");
        }
        assert_eq!(DataKey::random().open(PLACE, &sealed), None);
    }

    #[test]
    fn no_byte_of_a_ciphertext_can_be_changed_or_left_out() {
        let key = DataKey::random();
        let Sealed(sealed) = key.seal(1, PLACE, b"138");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open(PLACE, &changed), None, "byte {at}");
            assert_eq!(key.open(PLACE, &sealed[..at]), None, "cut at {at}");
        }
    }
}
