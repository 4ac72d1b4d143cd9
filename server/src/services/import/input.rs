//! Where rows come from, and how far reading is.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// What to import.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Bytes of a file.
    Bytes(Arc<[u8]>),
}

impl Input {
    pub(super) fn open(&self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Bytes(bytes) => Box::new(io::Cursor::new(Arc::clone(bytes))),
        })
    }

    /// Length in bytes.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn bytes(&self) -> io::Result<u64> {
        match self {
            Self::File(path) => path.metadata().map(|file| file.len()),
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }
}

/// How far an import is, for whoever watches.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicU64,
    rows: AtomicU64,
}

impl Progress {
    /// Bytes of the file read so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Rows checked so far.
    #[must_use]
    pub fn rows_checked(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    pub(super) fn rows(&self, rows: u64) {
        self.rows.store(rows, Ordering::Relaxed);
    }
}

/// Counts the bytes that went through.
pub(super) struct Watched<'a, R> {
    pub(super) file: R,
    pub(super) progress: &'a Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(out)?;
        self.progress.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
