//! The keys this process holds: key-encryption keys, and the one under which look-ups are hashed.

use super::{
    Lookup, VaultError,
    cipher::{DataKey, Sealed, random},
    file,
    keystore::Wrapped,
};
use domain::time::Millis;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::{
    collections::BTreeMap,
    fmt,
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// What is wrong with a key file.
#[derive(Debug)]
pub enum KeysError {
    /// It cannot be read or made.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It does not hold what it should.
    Content {
        /// Which.
        path: PathBuf,
    },
    /// Others than its owner may read it.
    Open {
        /// Which.
        path: PathBuf,
    },
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, source } => write!(f, "读不了密钥文件 {}：{source}", path.display()),
            Self::Content { path } => write!(f, "密钥文件 {} 的内容不对，请从备份恢复", path.display()),
            Self::Open { path } => write!(f, "密钥文件 {} 别人也能读，先 chmod 600", path.display()),
        }
    }
}

impl std::error::Error for KeysError {}

/// The keys.
pub struct Keys {
    /// By number; the highest wraps what is new.
    wrappers: BTreeMap<i32, Wrapper>,
    /// Under which texts are hashed for look-up. Never the same as one that encrypts.
    lookup: Zeroizing<[u8; 32]>,
}

struct Wrapper {
    key: DataKey,
    /// When it took over from the one before; 0 for the first.
    since: Millis,
}

impl Keys {
    /// Fresh keys, for tests.
    #[must_use]
    pub fn random() -> Self {
        let first = Wrapper { key: DataKey::random(), since: 0 };
        Self { wrappers: BTreeMap::from([(1, first)]), lookup: Zeroizing::new(random()) }
    }

    /// Reads the file, or makes it with fresh keys, for its owner alone. One key a line: `lookup HEX`,
    /// `wrap 1 HEX 0`. The second value says whether it was made.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open(path: &Path) -> Result<(Self, bool), KeysError> {
        let made = match file::read(path)? {
            Some(text) => return Self::parse(&text, path).map(|keys| (keys, false)),
            None => file::create(path, &Self::random().text()),
        };
        let made = made.map_err(|source| KeysError::File { path: path.to_path_buf(), source })?;
        // What is in the file counts: another process may have been first.
        Ok((Self::read(path)?, made))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`KeysError`]; also where there is none.
    pub fn read(path: &Path) -> Result<Self, KeysError> {
        let missing = || KeysError::File { path: path.to_path_buf(), source: io::Error::from(io::ErrorKind::NotFound) };
        Self::parse(&file::read(path)?.ok_or_else(missing)?, path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, KeysError> {
        Self::understood(text).ok_or_else(|| KeysError::Content { path: path.to_path_buf() })
    }

    fn understood(text: &str) -> Option<Self> {
        let mut wrappers = BTreeMap::new();
        let mut lookup = None;
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let (name, rest) = line.split_once(' ')?;
            let mut words = rest.split(' ');
            match name {
                "lookup" => lookup = Some(file::key_of(words.next()?)?),
                "wrap" => {
                    let number: i32 = words.next()?.parse().ok()?;
                    let key = DataKey(file::key_of(words.next()?)?);
                    let since = words.next().map_or(Some(0), |since| since.parse().ok())?;
                    if wrappers.insert(number, Wrapper { key, since }).is_some() {
                        return None;
                    }
                }
                _ => return None,
            }
            if words.next().is_some() {
                return None;
            }
        }
        (!wrappers.is_empty()).then_some(Self { wrappers, lookup: lookup? })
    }

    /// The file.
    pub(super) fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(16 * 1024));
        text.push_str("# 会站家的密钥。丢了，个人信息谁也读不出来；和数据库的备份分开放。\n");
        let _ = writeln!(text, "lookup {}", *file::hex_of(&*self.lookup));
        for (number, Wrapper { key: DataKey(key), since }) in &self.wrappers {
            let _ = writeln!(text, "wrap {number} {} {since}", *file::hex_of(&**key));
        }
        text
    }

    /// Adds a key-encryption key, which wraps from now on; gives its number.
    pub(super) fn add(&mut self, now: Millis) -> i32 {
        let number = self.newest() + 1;
        self.wrappers.insert(number, Wrapper { key: DataKey::random(), since: now });
        number
    }

    /// Takes every key-encryption key away but the newest.
    pub(super) fn retire(&mut self) {
        let newest = self.newest();
        self.wrappers.retain(|&number, _| number == newest);
    }

    /// The numbers of the key-encryption keys, oldest first.
    pub(super) fn numbers(&self) -> Vec<i32> {
        self.wrappers.keys().copied().collect()
    }

    /// The number of the key that wraps.
    pub(super) fn newest(&self) -> i32 {
        self.wrappers.last_key_value().map_or(0, |(&number, _)| number)
    }

    /// Since when the newest wraps; 0 for the first.
    pub(super) fn since(&self) -> Millis {
        self.wrappers.last_key_value().map_or(0, |(_, wrapper)| wrapper.since)
    }

    /// HMAC-SHA-256 under a key of its own for each label (HKDF, RFC 5869).
    pub(super) fn hash(&self, label: &str, text: &[u8]) -> [u8; 32] {
        hash_under(&self.derived(label), text)
    }

    /// The key under which tokens of sessions are hashed.
    #[must_use]
    pub fn token_key(&self) -> Zeroizing<[u8; 32]> {
        self.derived(Lookup::Token.label())
    }

    /// The key of one label.
    pub(super) fn derived(&self, label: &str) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let derived = Hkdf::<Sha256>::new(None, &*self.lookup).expand(label.as_bytes(), &mut *key);
        derived.expect("32 bytes are less than HKDF gives");
        key
    }

    /// Wraps a data key with the newest key.
    pub(super) fn wrap(&self, owner: [u8; 16], generation: i32, key: &DataKey) -> Wrapped {
        let (&number, wrapper) = self.wrappers.last_key_value().expect("parse and random leave at least one");
        let Sealed(bytes) = wrapper.key.seal_as(generation, &about(owner), &*key.0);
        Wrapped { wrapped_by: number, bytes }
    }

    /// Unwraps a data key.
    pub(super) fn unwrap(&self, owner: [u8; 16], generation: i32, wrapped: &Wrapped) -> Result<DataKey, VaultError> {
        let outer = self.wrappers.get(&wrapped.wrapped_by).ok_or(VaultError::UnknownWrapper(wrapped.wrapped_by))?;
        if Sealed::generation(&wrapped.bytes) != Some(generation) {
            return Err(VaultError::Broken);
        }
        let bytes = outer.key.open_as(&about(owner), &wrapped.bytes).ok_or(VaultError::Broken)?;
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| VaultError::Broken)?;
        Ok(DataKey(Zeroizing::new(key)))
    }
}

/// HMAC-SHA-256 (RFC 2104).
pub(crate) fn hash_under(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

fn about(owner: [u8; 16]) -> Vec<u8> {
    [b"wrapped_key\0".as_slice(), &owner].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_read_back_and_nothing_else_is_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault.key");
        let (first, made) = Keys::open(&path).expect("made");
        let (again, made_again) = Keys::open(&path).expect("read");
        assert!(made && !made_again);
        assert_eq!(first.text(), again.text());
        let whole = first.text();
        let lines: Vec<&str> = whole.lines().collect();
        let changed = whole.replace("lookup ", "lookup 0");
        let twice = format!("{}{}\n", *whole, lines[2]);
        for wrong in ["", lines[1], lines[2], &changed, &twice, "wrap x", "wrap 1"] {
            assert!(Keys::understood(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_wrapped_key_is_unwrapped_for_its_owner_and_generation_alone() {
        let mut keys = Keys::random();
        let key = DataKey::random();
        let wrapped = keys.wrap([1; 16], 1, &key);
        keys.add(5);
        assert_eq!((keys.newest(), keys.since(), keys.numbers()), (2, 5, vec![1, 2]));
        assert_eq!(*keys.unwrap([1; 16], 1, &wrapped).expect("opens").0, *key.0);
        assert!(matches!(keys.unwrap([2; 16], 1, &wrapped), Err(VaultError::Broken)));
        assert!(matches!(keys.unwrap([1; 16], 2, &wrapped), Err(VaultError::Broken)));
        let other = Wrapped { wrapped_by: 2, ..wrapped.clone() };
        assert!(matches!(keys.unwrap([1; 16], 1, &other), Err(VaultError::Broken)));
        keys.retire();
        assert!(matches!(keys.unwrap([1; 16], 1, &wrapped), Err(VaultError::UnknownWrapper(1))));
    }
}
