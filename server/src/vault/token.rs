//! What is sealed for the bearer of a token: nothing that is at rest opens it.

use super::{Place, Sealed, Secret, Vault, VaultError, cipher::DataKey};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Stands where the generation of an owner's key would: keys of tokens have none, and those of owners begin at 1.
const NO_GENERATION: i32 = 0;

/// HKDF-SHA-256 (RFC 5869) of a token. The database has another function of the token, its keyed hash.
fn key_of(token: &str) -> DataKey {
    let mut key = Zeroizing::new([0; 32]);
    let derived = Hkdf::<Sha256>::new(None, token.as_bytes()).expand(b"vault.token", &mut *key);
    derived.expect("32 bytes are few enough for HKDF-SHA-256");
    DataKey(key)
}

impl Vault {
    /// Seals a text for a place under a token of 256 random bits, which only its bearer has: there is no key to
    /// destroy, and none in any backup.
    #[must_use]
    pub fn seal_with_token(token: &str, place: Place, text: &str) -> Sealed {
        key_of(token).seal(NO_GENERATION, place, text.as_bytes())
    }

    /// Opens what was sealed under a token for a place.
    ///
    /// # Errors
    /// [`VaultError::Broken`]: it is another token, or another place.
    pub fn open_with_token(token: &str, place: Place, sealed: &[u8]) -> Result<Secret, VaultError> {
        let bytes = key_of(token).open(place, sealed).ok_or(VaultError::Broken)?;
        Secret::from_utf8(bytes).ok_or(VaultError::Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { table: "sign_in_attempt", column: "mobile", row: [7; 16] };

    #[test]
    fn it_opens_with_its_own_token_in_its_own_place() {
        let Sealed(sealed) = Vault::seal_with_token("a", PLACE, "13800001234");
        let opened = Vault::open_with_token("a", PLACE, &sealed).expect("opens");
        assert_eq!(opened.reveal(), "13800001234");
        assert!(Vault::open_with_token("b", PLACE, &sealed).is_err());
        assert!(Vault::open_with_token("a", Place { row: [8; 16], ..PLACE }, &sealed).is_err());
    }
}
