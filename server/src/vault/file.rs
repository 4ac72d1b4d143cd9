//! Key files: for their owner alone, never half written, never two at once.

use super::{KeysError, cipher::random};
use data_encoding::HEXLOWER;
use std::{
    fs, io,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// A key file is some lines: more is none of ours.
const LARGEST: u64 = 64 * 1024;

/// Reads a file that only its owner may read; `None` where there is none.
///
/// # Errors
/// It cannot be read, or others may read it as well.
pub fn read(path: &Path) -> Result<Option<Zeroizing<String>>, KeysError> {
    let failed = |source| KeysError::File { path: path.to_path_buf(), source };
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    // Of the open file, not of the path: nobody can exchange it in between.
    if is_open_to_others(&file.metadata().map_err(failed)?) {
        return Err(KeysError::Open { path: path.to_path_buf() });
    }
    // Room from the start: a buffer that grows leaves copies behind.
    let mut text = Zeroizing::new(String::with_capacity(16 * 1024));
    file.take(LARGEST).read_to_string(&mut text).map_err(failed)?;
    Ok(Some(text))
}

/// Whether others than the owner may read or write it.
#[must_use]
pub fn is_open_to_others(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
}

/// Makes a file, whole or not at all; `false` where there is one already, which stays as it is.
///
/// # Errors
/// The folder cannot be written.
pub fn create(path: &Path, text: &str) -> io::Result<bool> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let beside = write_beside(path, text)?;
    // A link never takes the place of another file: of two processes that start at once one is first.
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    match linked {
        Ok(()) => sync_folder(path).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Puts a file in the place of the old one: who reads sees the old or the new one.
///
/// # Errors
/// The folder cannot be written: then the old one stays.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let beside = write_beside(path, text)?;
    fs::rename(&beside, path).inspect_err(|_| drop(fs::remove_file(&beside)))?;
    sync_folder(path)
}

/// Held by whoever changes a key file; let go when it is dropped, also by a crash.
pub struct Lock(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] fs::File);

/// Waits for its turn to change a key file.
///
/// # Errors
/// The folder cannot be written.
pub fn lock(path: &Path) -> io::Result<Lock> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(false).write(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(PathBuf::from(name))?;
    file.lock()?;
    Ok(Lock(file))
}

fn write_beside(path: &Path, text: &str) -> io::Result<PathBuf> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", HEXLOWER.encode(&random::<8>())));
    let beside = PathBuf::from(name);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| drop(fs::remove_file(&beside)))?;
    Ok(beside)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()
}

/// 32 bytes in hexadecimal digits.
#[must_use]
pub fn key_of(hex: &str) -> Option<Zeroizing<[u8; 32]>> {
    let bytes = Zeroizing::new(HEXLOWER.decode(hex.as_bytes()).ok()?);
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}

/// The hexadecimal digits of a key.
#[must_use]
pub fn hex_of(key: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(HEXLOWER.encode(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_key_file_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/vault.key");
        let made: Vec<bool> = std::thread::scope(|scope| {
            let start = |text: &'static str| scope.spawn(|| create(&path, text).expect("written"));
            let all = ["one", "two", "three", "four"].map(start);
            all.into_iter().map(|one| one.join().expect("ends")).collect()
        });
        assert_eq!(made.iter().filter(|&&made| made).count(), 1);
        let text = read(&path).expect("readable").expect("there");
        assert!(["one", "two", "three", "four"].contains(&text.as_str()), "whole: {}", *text);
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        assert_eq!(
            fs::read_dir(path.parent().expect("a folder")).expect("a list").count(),
            1,
            "nothing is left beside"
        );
        replace(&path, "new").expect("written");
        assert_eq!(read(&path).expect("readable").expect("there").as_str(), "new");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_key_file_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault.key");
        create(&path, "text").expect("written");
        for mode in [0o640, 0o604, 0o660, 0o601] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("changed");
            assert!(matches!(read(&path), Err(KeysError::Open { .. })), "{mode:o}");
        }
    }
}
