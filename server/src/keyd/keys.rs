//! The key file of the key process.

use crate::vault::{KeysError, MatterWrapper, file, hash_under, random};
use domain::account::{MatterId, SubjectId};
use std::{fmt::Write as _, path::Path};
use zeroize::Zeroizing;

/// The keys of the key process.
pub struct KeydKeys {
    /// Wraps the keys of matters.
    pub(super) wrapper: MatterWrapper,
    /// Under which assignments are confirmed.
    assignments: Zeroizing<[u8; 32]>,
    /// Chains the log.
    pub(super) log: Zeroizing<[u8; 32]>,
    /// Under which tokens of sessions are hashed: the one secret that is shared with the web process.
    token: Zeroizing<[u8; 32]>,
}

impl KeydKeys {
    /// Reads the file; `None` where there is none.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open(path: &Path) -> Result<Option<Self>, KeysError> {
        let Some(text) = file::read(path)? else { return Ok(None) };
        Self::understood(&text).map(Some).ok_or_else(|| KeysError::Content { path: path.to_path_buf() })
    }

    fn understood(text: &str) -> Option<Self> {
        let line = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            let key = file::key_of(lines.next()?)?;
            lines.next().is_none().then_some(key)
        };
        Some(Self {
            wrapper: MatterWrapper::new(line("matters")?),
            assignments: line("assignments")?,
            log: line("log")?,
            token: line("token")?,
        })
    }

    /// Makes a file with fresh keys, and the web process's key of tokens. `false` where there is one, which stays.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn make(path: &Path, token: &[u8; 32]) -> Result<bool, KeysError> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        text.push_str("# 钥匙进程的密钥。丢了，案件的内容谁也读不出来；网站进程不能读这个文件。\n");
        for name in ["matters", "assignments", "log"] {
            let key = Zeroizing::new(random::<32>());
            let _ = writeln!(text, "{name} {}", *file::hex_of(&*key));
        }
        let _ = writeln!(text, "token {}", *file::hex_of(token));
        file::create(path, &text).map_err(|source| KeysError::File { path: path.to_path_buf(), source })
    }

    /// The hash by which a session is found.
    pub(super) fn hash_of(&self, token: &str) -> [u8; 32] {
        hash_under(&self.token, token.as_bytes())
    }

    /// What both processes of one installation know, and nobody else: whether they belong together.
    pub(super) fn installation(&self) -> [u8; 32] {
        installation(&self.token)
    }

    /// Confirms that a matter of a person is assigned to a handler.
    pub(super) fn assignment(&self, matter: MatterId, subject: SubjectId, handler: SubjectId) -> [u8; 32] {
        hash_under(&self.assignments, &[b"assignment\0".as_slice(), &matter.0, &subject.0, &handler.0].concat())
    }
}

/// What both processes of one installation know, by the key of tokens.
pub(super) fn installation(token: &[u8; 32]) -> [u8; 32] {
    hash_under(token, b"installation")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_file_is_made_once_and_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keyd.key");
        assert!(KeydKeys::open(&path).expect("none is no error").is_none());
        assert!(KeydKeys::make(&path, &[1; 32]).expect("made"));
        let keys = KeydKeys::open(&path).expect("read").expect("there");
        assert!(!KeydKeys::make(&path, &[2; 32]).expect("stays"));
        let again = KeydKeys::open(&path).expect("read").expect("there");
        assert_eq!((&keys.log, &keys.token, &keys.assignments), (&again.log, &again.token, &again.assignments));
        assert_eq!(keys.installation(), installation(&[1; 32]));
        for wrong in ["", "matters 00", "log x\nlog y"] {
            assert!(KeydKeys::understood(wrong).is_none(), "{wrong}");
        }
    }
}
