//! The keys this process holds: key-encryption keys, and the one under which look-ups are hashed.

use super::{
    VaultError,
    cipher::{DataKey, Sealed, random},
    keystore::Wrapped,
};
use data_encoding::HEXLOWER;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::{
    collections::BTreeMap,
    fmt,
    fmt::Write as _,
    fs, io,
    io::Write as _,
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
    wrappers: BTreeMap<i32, DataKey>,
    /// Under which texts are hashed for look-up. Never the same as one that encrypts.
    lookup: Zeroizing<[u8; 32]>,
}

impl Keys {
    /// Fresh keys, for tests.
    #[must_use]
    pub fn random() -> Self {
        Self { wrappers: BTreeMap::from([(1, DataKey::random())]), lookup: Zeroizing::new(random()) }
    }

    /// Reads the file, or makes it with fresh keys, for its owner alone. One key a line: `lookup HEX`, `wrap 1 HEX`.
    /// The second value says whether it was made.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open(path: &Path) -> Result<(Self, bool), KeysError> {
        let file = |source| KeysError::File { path: path.to_path_buf(), source };
        match fs::read_to_string(path) {
            Ok(text) => {
                #[cfg(unix)]
                if std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).map_err(file)?.permissions()) & 0o077
                    != 0
                {
                    return Err(KeysError::Open { path: path.to_path_buf() });
                }
                let keys = Self::parse(&text).ok_or_else(|| KeysError::Content { path: path.to_path_buf() })?;
                Ok((keys, false))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Self::random();
                match keys.write(path, true) {
                    Ok(()) => Ok((keys, true)),
                    // Another process was first.
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::open(path),
                    Err(error) => Err(file(error)),
                }
            }
            Err(error) => Err(file(error)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let key = |hex: &str| -> Option<[u8; 32]> { HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok() };
        let mut wrappers = BTreeMap::new();
        let mut lookup = None;
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            match line.split_whitespace().collect::<Vec<_>>()[..] {
                ["lookup", hex] => lookup = Some(Zeroizing::new(key(hex)?)),
                ["wrap", number, hex] => {
                    wrappers.insert(number.parse().ok()?, DataKey(Zeroizing::new(key(hex)?)));
                }
                _ => return None,
            }
        }
        (!wrappers.is_empty()).then_some(Self { wrappers, lookup: lookup? })
    }

    /// Writes the file: a new one, or in place of the old one, never half.
    fn write(&self, path: &Path, new: bool) -> io::Result<()> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        let mut text =
            Zeroizing::new(String::from("# 会站家的密钥。丢了，个人信息谁也读不出来；和数据库的备份分开放。\n"));
        let _ = writeln!(text, "lookup {}", HEXLOWER.encode(&*self.lookup));
        for (number, DataKey(key)) in &self.wrappers {
            let _ = writeln!(text, "wrap {number} {}", HEXLOWER.encode(&**key));
        }
        let write_to = |path: &Path| {
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        if new {
            return write_to(path);
        }
        let beside = path.with_extension("new");
        write_to(&beside)?;
        fs::rename(&beside, path)
    }

    /// HMAC-SHA-256 under a key of its own for each label (HKDF, RFC 5869).
    pub(super) fn hash(&self, label: &str, text: &[u8]) -> [u8; 32] {
        let mut key = Zeroizing::new([0; 32]);
        let derived = Hkdf::<Sha256>::new(None, &*self.lookup).expand(label.as_bytes(), &mut *key);
        derived.expect("32 bytes are less than HKDF gives");
        let mut mac = Hmac::<Sha256>::new_from_slice(&*key).expect("HMAC takes a key of any length");
        mac.update(text);
        mac.finalize().into_bytes().into()
    }

    /// Wraps a data key with the newest key.
    pub(super) fn wrap(&self, owner: [u8; 16], generation: i32, key: &DataKey) -> Wrapped {
        let (&number, wrapper) = self.wrappers.last_key_value().expect("parse and random leave at least one");
        let Sealed(bytes) = wrapper.seal_as(generation, &about(owner), &*key.0);
        Wrapped { wrapped_by: number, bytes }
    }

    /// Unwraps a data key.
    pub(super) fn unwrap(&self, owner: [u8; 16], generation: i32, wrapped: &Wrapped) -> Result<DataKey, VaultError> {
        let outer = self.wrappers.get(&wrapped.wrapped_by).ok_or(VaultError::UnknownWrapper(wrapped.wrapped_by))?;
        if Sealed::generation(&wrapped.bytes) != Some(generation) {
            return Err(VaultError::Broken);
        }
        let bytes = outer.open_as(&about(owner), &wrapped.bytes).ok_or(VaultError::Broken)?;
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| VaultError::Broken)?;
        Ok(DataKey(Zeroizing::new(key)))
    }
}

fn about(owner: [u8; 16]) -> Vec<u8> {
    [b"wrapped_key\0".as_slice(), &owner].concat()
}
