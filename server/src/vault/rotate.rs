//! New keys in place of old ones, while others read and write.
//!
//! First a new key-encryption key, and every wrapped key wrapped by it; then a new key for every owner, with which
//! what is written is sealed from then on and what was written is sealed again. Old keys stay until nothing refers
//! to them and nobody can be in the middle of using them. Every step can be repeated: what is done is skipped.

use super::{Keys, KeysError, Owner, Place, Sealed, Vault, VaultError, cipher::DataKey, file};
use domain::time::Millis;
use std::{io, path::PathBuf, sync::Arc};

/// How long a key that has a successor stays at least: nobody holds one for longer than a request.
pub const GRACE_MS: Millis = 10 * 60 * 1000;

/// A key that has had a successor for at least [`GRACE_MS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Superseded {
    owner: [u8; 16],
    generation: i32,
}

impl Superseded {
    /// Whether an owner's ciphertext needs this key.
    #[must_use]
    pub fn is_of(&self, owner: Owner, sealed: &[u8]) -> bool {
        self.owner == owner.bytes() && Sealed::generation(sealed) == Some(self.generation)
    }
}

impl Vault {
    /// Waits for its turn to rotate; `None` where the keys come from no file.
    ///
    /// # Errors
    /// The folder of the key file cannot be written.
    pub fn lock(&self) -> Result<Option<file::Lock>, KeysError> {
        let lock = |path: &Arc<std::path::Path>| {
            file::lock(path).map_err(|source| KeysError::File { path: path.to_path_buf(), source })
        };
        self.file.as_ref().map(lock).transpose()
    }

    /// Puts a new key-encryption key to use, unless a rotation has begun and is not over. Says whether it did.
    ///
    /// # Errors
    /// The key file cannot be read or written: nothing has changed.
    pub fn begin_rotation(&self, now: Millis) -> Result<bool, KeysError> {
        self.change_keys(|keys| {
            let is_over = keys.numbers().len() == 1;
            if is_over {
                keys.add(now);
            }
            is_over
        })
    }

    /// Wraps some keys by the newest key-encryption key; gives how many were left to do, 0 at the end.
    ///
    /// # Errors
    /// The key store does not answer, or a key cannot be unwrapped.
    pub async fn rewrap_some(&self, limit: i32) -> Result<usize, VaultError> {
        let newest = self.keys.load().newest();
        let rows = self.store.not_wrapped_by(newest, limit).await?;
        for row in &rows {
            let key = self.keys.load().unwrap(row.owner, row.generation, &row.wrapped)?;
            let wrapped = self.keys.load().wrap(row.owner, row.generation, &key);
            self.store.rewrap(row, &wrapped).await?;
        }
        Ok(rows.len())
    }

    /// Makes a new key for some owners who have none since the rotation began; gives how many, 0 at the end.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn renew_some(&self, limit: i32, now: Millis) -> Result<usize, VaultError> {
        let since = self.keys.load().since();
        let owners = self.store.older_than(since, limit).await?;
        for &owner in &owners {
            let Some((newest, _)) = self.store.newest(owner).await? else { continue };
            let wrapped = self.keys.load().wrap(owner, newest + 1, &DataKey::random());
            // Of two that rotate at once, or a clock that went back: the first key counts.
            self.store.put(owner, newest + 1, &wrapped, now.max(since)).await?;
        }
        Ok(owners.len())
    }

    /// Seals what was sealed with an older key with the newest one; `None` where it is sealed with that.
    ///
    /// # Errors
    /// As [`Vault::open`].
    pub async fn reseal(&self, owner: Owner, place: Place, sealed: &[u8]) -> Result<Option<Sealed>, VaultError> {
        let generation = Sealed::generation(sealed).ok_or(VaultError::Broken)?;
        let (newest, _) = self.store.newest(owner.bytes()).await?.ok_or(VaultError::NoKey)?;
        if newest == generation {
            return Ok(None);
        }
        let bytes = self.key(owner.bytes(), generation).await?.open(place, sealed).ok_or(VaultError::Broken)?;
        Ok(Some(self.key(owner.bytes(), newest).await?.seal(newest, place, &bytes)))
    }

    /// Keys that have had a successor for [`GRACE_MS`].
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn superseded(&self, now: Millis) -> Result<Vec<Superseded>, VaultError> {
        let keys = self.store.superseded(now - GRACE_MS).await?;
        Ok(keys.into_iter().map(|(owner, generation)| Superseded { owner, generation }).collect())
    }

    /// Destroys a key that nothing refers to any more.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn destroy_superseded(&self, key: Superseded) -> Result<(), VaultError> {
        self.store.destroy_generation(key.owner, key.generation).await
    }

    /// Takes the old key-encryption keys out of the file, when nothing is wrapped by them and the newest has been in
    /// use for [`GRACE_MS`]. Says whether it did.
    ///
    /// # Errors
    /// The key store does not answer, or the file cannot be written: nothing has changed.
    pub async fn retire(&self, now: Millis) -> Result<bool, VaultError> {
        let (newest, since) = (self.keys.load().newest(), self.keys.load().since());
        if now - since < GRACE_MS || !self.store.not_wrapped_by(newest, 1).await?.is_empty() {
            return Ok(false);
        }
        self.change_keys(|keys| {
            keys.retire();
            true
        })
        .map_err(VaultError::Keys)
    }

    /// Reads the file, changes the keys and writes the file.
    fn change_keys(&self, change: impl FnOnce(&mut Keys) -> bool) -> Result<bool, KeysError> {
        let Some(path) = &self.file else {
            let source = io::Error::other("these keys come from no file");
            return Err(KeysError::File { path: PathBuf::new(), source });
        };
        let mut keys = Keys::read(path)?;
        let changed = change(&mut keys);
        if changed {
            file::replace(path, &keys.text()).map_err(|source| KeysError::File { path: path.to_path_buf(), source })?;
        }
        self.keys.store(Arc::new(keys));
        Ok(changed)
    }
}
