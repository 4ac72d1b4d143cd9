//! The log of the key process: what was opened, for whom, when. Append-only, chained by a keyed hash.
//!
//! A line: `number moment deed matter actor other hash`, ids in hexadecimal digits, `-` for none; the hash is
//! HMAC-SHA-256 over the hash before and the line up to it. No text of a matter, no name, no number is in it.

use crate::vault::{file, hash_under};
use data_encoding::HEXLOWER;
use domain::{
    account::{MatterId, SubjectId},
    time::Millis,
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    fmt,
    fs::{File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The window of the limit.
const HOUR_MS: Millis = 3_600_000;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// A key was made.
    Made,
    /// The worker read their own.
    ReadOwn,
    /// The assigned handler read.
    ReadAssigned,
    /// A matter was assigned.
    Assigned,
    /// Somebody who may not.
    Refused,
    /// A handler who has read enough for now.
    Limited,
}

impl Deed {
    const fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::ReadOwn => "read_own",
            Self::ReadAssigned => "read_assigned",
            Self::Assigned => "assigned",
            Self::Refused => "refused",
            Self::Limited => "limited",
        }
    }
}

/// What is wrong with a log.
#[derive(Debug)]
pub enum LogError {
    /// It cannot be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others may read or write it.
    Open {
        /// Which.
        path: PathBuf,
    },
    /// A line was changed, removed, added or moved.
    Broken {
        /// Which.
        path: PathBuf,
        /// The first line that does not follow, counted from 1.
        line: u64,
    },
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, source } => write!(f, "读写不了钥匙进程的记录 {}：{source}", path.display()),
            Self::Open { path } => write!(f, "钥匙进程的记录 {} 别人也能读写，先 chmod 600", path.display()),
            Self::Broken { path, line } => write!(
                f,
                "钥匙进程的记录 {} 从第 {line} 行起对不上，有人改过。把它移到别处留作证据，查清以后再启动",
                path.display()
            ),
        }
    }
}

impl std::error::Error for LogError {}

/// A log that was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How many lines.
    pub lines: u64,
}

/// The log, as the process holds it.
pub struct Log {
    file: File,
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    lines: u64,
    hash: Vec<u8>,
    /// What each handler opened in the last hour.
    recent: HashMap<SubjectId, VecDeque<(Millis, MatterId)>>,
}

struct Line<'a> {
    at: Millis,
    deed: &'a str,
    matter: Option<MatterId>,
    actor: Option<SubjectId>,
    hash: Vec<u8>,
}

/// Reads one line that follows from the hash before it.
fn follow<'a>(key: &[u8; 32], before: &[u8], number: u64, line: &'a str) -> Option<Line<'a>> {
    let (said, hash) = line.rsplit_once(' ')?;
    let hash = HEXLOWER.decode(hash.as_bytes()).ok()?;
    if hash != hash_under(key, &[before, said.as_bytes()].concat()) {
        return None;
    }
    let mut words = said.split(' ');
    if words.next()?.parse() != Ok(number) {
        return None;
    }
    let (at, deed) = (words.next()?.parse().ok()?, words.next()?);
    let (matter, actor) = (words.next()?, words.next()?);
    Some(Line { at, deed, matter: MatterId::parse(matter), actor: SubjectId::parse(actor), hash })
}

/// Reads a whole log. A last line without its end was never acknowledged: it does not count.
fn read(path: &Path, key: &[u8; 32], mut each: impl FnMut(&Line<'_>)) -> Result<(u64, Vec<u8>, u64), LogError> {
    let failed = |source| LogError::File { path: path.to_path_buf(), source };
    let file = File::open(path).map_err(failed)?;
    if file::is_open_to_others(&file.metadata().map_err(failed)?) {
        return Err(LogError::Open { path: path.to_path_buf() });
    }
    let (mut lines, mut hash, mut length) = (0, Vec::new(), 0);
    let mut reader = BufReader::new(file);
    let mut text = Vec::new();
    loop {
        text.clear();
        let read = reader.read_until(b'\n', &mut text).map_err(failed)?;
        if text.pop() != Some(b'\n') {
            return Ok((lines, hash, length));
        }
        let broken = || LogError::Broken { path: path.to_path_buf(), line: lines + 1 };
        let text = std::str::from_utf8(&text).map_err(|_| broken())?;
        let line = follow(key, &hash, lines + 1, text).ok_or_else(broken)?;
        each(&line);
        hash.clone_from(&line.hash);
        lines += 1;
        length += read as u64;
    }
}

/// Checks a log from its first line to its last.
///
/// # Errors
/// [`LogError`].
pub fn check(path: &Path, keys: &super::KeydKeys) -> Result<Checked, LogError> {
    read(path, &keys.log, |_| {}).map(|(lines, _, _)| Checked { lines })
}

impl Log {
    /// Opens a log, or begins one, and reads what the last hour saw.
    ///
    /// # Errors
    /// [`LogError`]: a log that was changed is not written on.
    pub fn open(path: &Path, keys: &super::KeydKeys, now: Millis) -> Result<Self, LogError> {
        let failed = |source| LogError::File { path: path.to_path_buf(), source };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(failed)?;
        let mut recent: HashMap<SubjectId, VecDeque<(Millis, MatterId)>> = HashMap::new();
        let (lines, hash, length) = read(path, &keys.log, |line| {
            if line.deed == Deed::ReadAssigned.code()
                && line.at > now - HOUR_MS
                && let (Some(actor), Some(matter)) = (line.actor, line.matter)
            {
                recent.entry(actor).or_default().push_back((line.at, matter));
            }
        })?;
        // What a crash left of a line.
        file.set_len(length).map_err(failed)?;
        Ok(Self { file, path: path.to_path_buf(), key: keys.log.clone(), lines, hash, recent })
    }

    /// How many other matters a handler has opened in the last hour.
    pub(super) fn others_of(&mut self, actor: SubjectId, matter: MatterId, now: Millis) -> usize {
        let Some(opened) = self.recent.get_mut(&actor) else { return 0 };
        while opened.front().is_some_and(|&(at, _)| at <= now - HOUR_MS) {
            opened.pop_front();
        }
        opened.iter().map(|&(_, opened)| opened).filter(|&opened| opened != matter).collect::<HashSet<_>>().len()
    }

    /// Writes a line, to the disk; gives its number.
    pub(super) fn append(
        &mut self,
        deed: Deed,
        matter: MatterId,
        actor: SubjectId,
        other: Option<SubjectId>,
        now: Millis,
    ) -> Result<u64, LogError> {
        let number = self.lines + 1;
        let other = other.map_or_else(|| "-".to_owned(), |other| other.to_string());
        let said = format!("{number} {now} {} {matter} {actor} {other}", deed.code());
        let hash = hash_under(&self.key, &[&self.hash, said.as_bytes()].concat());
        let line = format!("{said} {}\n", HEXLOWER.encode(&hash));
        let length = self.file.metadata().map(|metadata| metadata.len());
        if let Err(source) = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data()) {
            // Half a line would break the chain for good.
            if let Ok(length) = length {
                drop(self.file.set_len(length));
            }
            return Err(LogError::File { path: self.path.clone(), source });
        }
        self.lines = number;
        self.hash = hash.to_vec();
        if deed == Deed::ReadAssigned {
            self.recent.entry(actor).or_default().push_back((now, matter));
        }
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyd::KeydKeys;
    use std::fs;

    const ACTOR: SubjectId = SubjectId([1; 16]);

    fn keys(folder: &Path) -> KeydKeys {
        let path = folder.join("keyd.key");
        KeydKeys::make(&path, &[0; 32]).expect("made");
        KeydKeys::open(&path).expect("read").expect("there")
    }

    fn matter(number: u8) -> MatterId {
        MatterId([number; 16])
    }

    #[test]
    fn what_a_handler_opened_in_the_last_hour_is_known_after_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let (keys, path) = (keys(folder.path()), folder.path().join("keyd.log"));
        let mut log = Log::open(&path, &keys, 0).expect("begins");
        for number in 0..3 {
            log.append(Deed::ReadAssigned, matter(number), ACTOR, None, i64::from(number)).expect("written");
            log.append(Deed::ReadAssigned, matter(number), ACTOR, None, i64::from(number)).expect("written");
        }
        drop(log);
        // A crash in the middle of a line.
        OpenOptions::new().append(true).open(&path).expect("there").write_all(b"7 8 read_as").expect("written");
        let mut log = Log::open(&path, &keys, 3).expect("whole");
        assert_eq!(log.others_of(ACTOR, matter(9), 3), 3);
        assert_eq!(log.others_of(ACTOR, matter(1), 3), 2, "the same again is no other");
        assert_eq!(log.others_of(ACTOR, matter(9), HOUR_MS), 2, "the first is an hour ago");
        assert_eq!(log.append(Deed::Made, matter(1), ACTOR, None, 4).expect("written"), 7);
        assert_eq!(check(&path, &keys).expect("whole"), Checked { lines: 7 });
    }

    #[test]
    fn no_line_of_the_log_can_be_changed_removed_added_or_moved() {
        let folder = tempfile::tempdir().expect("a folder");
        let (keys, path) = (keys(folder.path()), folder.path().join("keyd.log"));
        let mut log = Log::open(&path, &keys, 0).expect("begins");
        for number in 0..5 {
            log.append(Deed::ReadOwn, matter(number), ACTOR, None, 0).expect("written");
        }
        let whole = fs::read_to_string(&path).expect("text");
        let lines: Vec<&str> = whole.lines().collect();
        let join = |lines: &[&str]| lines.iter().flat_map(|line| [*line, "\n"]).collect::<String>();
        let mut wrong: Vec<String> = (0..4).map(|at| join(&[&lines[..at], &lines[at + 1..]].concat())).collect();
        wrong.extend((0..4).map(|at| {
            let mut moved = lines.clone();
            moved.swap(at, at + 1);
            join(&moved)
        }));
        wrong.extend((0..5).map(|at| join(&[&lines[..at], &lines[at..=at], &lines[at..]].concat())));
        // Any byte of it but the line ends, of which the last only makes the line one that never was.
        wrong.extend((0..whole.len()).filter(|&at| whole.as_bytes()[at] != b'\n').map(|at| {
            let mut bytes = whole.clone().into_bytes();
            bytes[at] ^= 1;
            String::from_utf8(bytes).expect("ASCII")
        }));
        for (at, text) in wrong.iter().enumerate() {
            fs::write(&path, text).expect("written");
            assert!(matches!(check(&path, &keys), Err(LogError::Broken { .. })), "{at}");
            assert!(Log::open(&path, &keys, 0).is_err(), "{at}");
        }
    }
}
