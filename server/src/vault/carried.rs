//! The key of what a browser carries through a sign-in: the same on every server of an installation and after a restart,
//! so that nothing typed is lost when another of them answers.
//!
//! It comes from the key of look-ups, as those that sign cards do: a rotation leaves it as it is.

use super::{Place, Sealed, Secret, Vault, cipher::DataKey, hash_under, random};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::account::SubjectId;
use std::fmt;
use zeroize::Zeroizing;

/// The labels of HKDF: keys of their own.
const LABEL: &str = "cookie.carried.1";
const MARK_LABEL: &str = "cookie.whose.1";
/// It opens as this cookie and as nothing else.
const PLACE: Place = Place { table: "cookie", column: "carried", row: [0; 16] };
/// Stands where the generation of an owner's key would: this one has none.
const NO_GENERATION: i32 = 0;

/// Seals what a browser keeps for us. `Debug` shows no key.
pub struct CarriedKey(DataKey, Zeroizing<[u8; 32]>);

impl fmt::Debug for CarriedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CarriedKey")
    }
}

impl CarriedKey {
    /// A key that nobody else has: for tests without a vault.
    #[must_use]
    pub fn random() -> Self {
        Self(DataKey::random(), Zeroizing::new(random()))
    }

    /// By what a browser remembers whose session it had: it says nothing of anybody.
    #[must_use]
    pub fn mark(&self, subject: SubjectId) -> String {
        HEXLOWER.encode(&hash_under(&self.1, &subject.0)[..16])
    }

    /// A text as a cookie holds it.
    #[must_use]
    pub fn seal(&self, text: &str) -> String {
        let Sealed(sealed) = self.0.seal(NO_GENERATION, PLACE, text.as_bytes());
        BASE64URL_NOPAD.encode(&sealed)
    }

    /// The text of a cookie; `None` where it was not sealed by this key for this purpose.
    #[must_use]
    pub fn open(&self, sealed: &str) -> Option<Secret> {
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        Secret::from_utf8(self.0.open(PLACE, &bytes)?)
    }
}

impl Vault {
    /// The key of what browsers carry through a sign-in.
    #[must_use]
    pub fn carried_key(&self) -> CarriedKey {
        let keys = self.keys.load();
        CarriedKey(DataKey(keys.derived(LABEL)), keys.derived(MARK_LABEL))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::Keys;
    use std::path::Path;

    /// What a server with this key file seals with.
    fn with_file(path: &Path) -> CarriedKey {
        let (keys, _) = Keys::open(path).expect("a key file");
        CarriedKey(DataKey(keys.derived(LABEL)), keys.derived(MARK_LABEL))
    }

    #[test]
    fn every_server_with_the_same_key_file_opens_it_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let sealed = with_file(&folder.path().join("vault.key")).seal("欧阳三");
        assert!(!sealed.contains("欧阳"));
        let opened = with_file(&folder.path().join("vault.key")).open(&sealed).expect("opens");
        assert_eq!(opened.reveal(), "欧阳三");
        assert!(with_file(&folder.path().join("other.key")).open(&sealed).is_none());
    }

    #[test]
    fn what_was_sealed_for_another_purpose_is_no_cookie() {
        let key = CarriedKey::random();
        let Sealed(other) = key.0.seal(NO_GENERATION, Place { column: "chosen", ..PLACE }, b"text");
        assert!(key.open(&BASE64URL_NOPAD.encode(&other)).is_none());
    }
}
