//! Takes over the notice of a year from an administrator's file.

use super::{
    file::{FileError, read},
    shipped,
};
use crate::store::{ImportedNotice, Store, StoreError};
use domain::{
    calendar::Notice,
    time::{Date, LocalTime, Millis},
};
use std::{fmt, ops::RangeInclusive};

/// The years the store takes.
pub const YEARS: RangeInclusive<i64> = 2000..=2200;
/// Characters of a 文号 or a file name.
const LONGEST: usize = 100;

/// What an administrator asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The year of the notice.
    pub year: i64,
    /// 文号.
    pub number: String,
    /// The date under the notice.
    pub published: Option<Date>,
    /// Where the days are from: the name of the file.
    pub source: String,
    /// Look only.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What the file says.
    pub notice: ImportedNotice,
    /// Whether anything was written: not by a trial run, and not when just this was imported before.
    pub written: bool,
    /// Whether it stands over a notice that ships with the program.
    pub over_shipped: bool,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum CalendarImportError {
    /// Not within [`YEARS`].
    Year(i64),
    /// Blank, or far too long.
    Number,
    /// A notice of tomorrow.
    Published(Date),
    /// The file.
    File(FileError),
    /// The database.
    Store(StoreError),
}

impl fmt::Display for CalendarImportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(out, "{year} 年不能用，年份从 {} 到 {}", YEARS.start(), YEARS.end()),
            Self::Number => write!(out, "--number 要写通知的文号，例如 国办发明电〔2025〕7号，不超过 {LONGEST} 个字"),
            Self::Published(date) => write!(out, "--published 写的 {date} 还没有到，请写通知下面的日期"),
            Self::File(error) => error.fmt(out),
            Self::Store(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for CalendarImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(error) => Some(error),
            Self::Store(error) => Some(error),
            Self::Year(_) | Self::Number | Self::Published(_) => None,
        }
    }
}

impl From<StoreError> for CalendarImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Checks the file and, unless it is a trial run, replaces the year: all of it or nothing.
///
/// # Errors
/// Nothing was imported.
pub async fn import(store: &Store, bytes: &[u8], asked: Asked, now: Millis) -> Result<Imported, CalendarImportError> {
    let Asked { year, number, published, source, dry_run } = asked;
    if !YEARS.contains(&year) {
        return Err(CalendarImportError::Year(year));
    }
    let number = printable(&number);
    if number.is_empty() || number.chars().count() > LONGEST {
        return Err(CalendarImportError::Number);
    }
    if let Some(date) = published.filter(|date| *date > LocalTime::of(now).date()) {
        return Err(CalendarImportError::Published(date));
    }
    let days = read(bytes, year).map_err(CalendarImportError::File)?;
    let source: String = printable(&source).chars().take(LONGEST).collect();
    // The store keeps no row without a source.
    let source = if source.is_empty() { "import" } else { &*source };
    let notice = Notice { year, number: number.into(), published, source: source.into() };
    let notice = ImportedNotice { notice, days };
    let written = !dry_run && store.put_notice(&notice, now).await?;
    let over_shipped = shipped().notices().any(|notice| notice.year == year);
    Ok(Imported { notice, written, over_shipped })
}

/// Without what nobody sees and no database keeps.
fn printable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect::<String>().trim().to_owned()
}
