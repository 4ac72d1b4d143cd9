//! The key under which devices and networks are hashed: who holds the database alone learns neither.

use sha2::{Digest as _, Sha256};
use std::{
    fs, io,
    io::{Read as _, Write as _},
    path::Path,
};

/// Length of the key in bytes.
const LENGTH: usize = 32;

/// The key.
#[derive(Clone)]
pub struct Secret([u8; LENGTH]);

impl Secret {
    /// Reads the file, or makes it, for its owner alone, with fresh randomness.
    ///
    /// # Errors
    /// The file cannot be read or made, or does not hold 32 bytes.
    pub fn open(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        match fs::File::open(path) {
            Ok(file) => {
                let mut bytes = Vec::new();
                file.take(LENGTH as u64 + 1).read_to_end(&mut bytes)?;
                let wrong = |_| io::Error::new(io::ErrorKind::InvalidData, "it must hold exactly 32 bytes");
                bytes.try_into().map(Self).map_err(wrong)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(path),
            Err(error) => Err(error),
        }
    }

    fn make(path: &Path) -> io::Result<Self> {
        let secret = Self::random();
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(path) {
            Ok(mut file) => {
                file.write_all(&secret.0)?;
                file.sync_all()?;
                Ok(secret)
            }
            // Two programs started at once: the first one's key holds.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::open(path),
            Err(error) => Err(error),
        }
    }

    /// A key that nobody keeps: what it hashed cannot be recognised after a restart.
    #[must_use]
    pub fn random() -> Self {
        // Each v7 holds 74 random bits of the operating system's generator.
        let mut hash = Sha256::new();
        for _ in 0..8 {
            hash.update(uuid::Uuid::now_v7().as_bytes());
        }
        Self(hash.finalize().into())
    }

    /// The keyed hash of a text, for one purpose: the first 64 bits of SHA-256 over key, purpose and a
    /// first hash of all three.
    #[must_use]
    pub fn hash(&self, purpose: &str, text: &str) -> u64 {
        let inner = Sha256::new().chain_update(self.0).chain_update(purpose).chain_update([0]).chain_update(text);
        let outer = Sha256::new().chain_update(self.0).chain_update(inner.finalize()).finalize();
        u64::from_be_bytes(std::array::from_fn(|at| outer[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stays_the_same_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/secret");
        let first = Secret::open(&path).expect("made");
        assert_eq!(first.hash("device", "a"), Secret::open(&path).expect("read").hash("device", "a"));
        assert_ne!(first.hash("device", "a"), Secret::random().hash("device", "a"));
        assert_ne!(first.hash("device", "a"), first.hash("network", "a"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        }
        fs::write(&path, "short").expect("writes");
        assert!(Secret::open(&path).is_err());
    }
}
