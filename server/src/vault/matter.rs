//! Keys of legal matters: made and wrapped by the key process, used for one request by the one that serves pages.

use super::{
    Place, Secret, Vault, VaultError,
    cipher::{DataKey, Sealed, random},
};
use domain::{
    account::{MatterId, SubjectId},
    time::Millis,
};
use zeroize::Zeroizing;

/// Matter keys have one generation.
const GENERATION: i32 = 1;

/// The key of one matter. Overwritten when it is dropped.
pub struct MatterKey(DataKey);

impl MatterKey {
    /// From the bytes that the key process gave.
    #[must_use]
    pub const fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(DataKey(bytes))
    }

    /// The bytes, for the one who asked the key process.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0.0
    }

    /// Seals a text of the matter.
    #[must_use]
    pub fn seal(&self, place: Place, text: &str) -> Sealed {
        self.0.seal(GENERATION, place, text.as_bytes())
    }

    /// Opens a text of the matter; `None` where it was not sealed by this key for this place.
    #[must_use]
    pub fn open(&self, place: Place, sealed: &[u8]) -> Option<Secret> {
        self.0.open(place, sealed).and_then(Secret::from_utf8)
    }
}

/// The key that wraps the keys of matters. Only the key process holds it.
pub struct MatterWrapper(DataKey);

impl MatterWrapper {
    /// From the bytes of the key process's file.
    #[must_use]
    pub const fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(DataKey(bytes))
    }

    /// A fresh key of a matter, and the same wrapped: bound to the matter and to whose it is.
    #[must_use]
    pub fn make(&self, matter: MatterId, subject: SubjectId) -> (MatterKey, Vec<u8>) {
        let key = Zeroizing::new(random::<32>());
        let Sealed(wrapped) = self.0.seal_as(GENERATION, &about(matter, subject), &*key);
        (MatterKey::new(key), wrapped)
    }

    /// Unwraps the key of a matter; `None` where it is not this matter's, or not this person's.
    #[must_use]
    pub fn unwrap(&self, matter: MatterId, subject: SubjectId, wrapped: &[u8]) -> Option<MatterKey> {
        let bytes = self.0.open_as(&about(matter, subject), wrapped)?;
        Some(MatterKey::new(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }
}

fn about(matter: MatterId, subject: SubjectId) -> Vec<u8> {
    [b"matter_key\0".as_slice(), &matter.0, &subject.0].concat()
}

impl Vault {
    /// Keeps the key of a matter, as the key process wrapped it.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn put_matter_key(
        &self,
        matter: MatterId,
        subject: SubjectId,
        wrapped: &[u8],
        now: Millis,
    ) -> Result<(), VaultError> {
        self.store.put_matter(matter.0, subject.0, wrapped, now).await
    }

    /// The key of a matter, wrapped.
    ///
    /// # Errors
    /// The key store does not answer, or the key is destroyed.
    pub async fn matter_key(&self, matter: MatterId) -> Result<Vec<u8>, VaultError> {
        self.store.matter(matter.0).await?.ok_or(VaultError::NoKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_matter_is_unwrapped_for_its_own_person_alone() {
        let ours = MatterWrapper::new(Zeroizing::new([1; 32]));
        let (matter, subject) = (MatterId([2; 16]), SubjectId([3; 16]));
        let (key, wrapped) = ours.make(matter, subject);
        assert_eq!(ours.unwrap(matter, subject, &wrapped).expect("opens").bytes(), key.bytes());
        assert!(ours.unwrap(MatterId([9; 16]), subject, &wrapped).is_none());
        assert!(ours.unwrap(matter, SubjectId([9; 16]), &wrapped).is_none());
        assert!(MatterWrapper::new(Zeroizing::new([2; 32])).unwrap(matter, subject, &wrapped).is_none());
    }
}
