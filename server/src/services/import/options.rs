//! How to import.

use super::{Field, ImportError};
use domain::{
    geo::Datum,
    station::{DEMO_SOURCE, Kind},
    time::{Date, Millis},
};
use std::path::PathBuf;

/// What to do with rows without a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unnamed {
    /// They are refused.
    #[default]
    Refuse,
    /// They are kept as 未命名服务区（肥东县，G40 附近）.
    Keep,
}

/// Which rows to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Heading of the column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Take the rows where it does; else those where it does not.
    pub equal: bool,
}

/// How to import.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[derive(Clone, Debug)]
pub struct Options {
    /// What the coordinates are in.
    pub datum: Datum,
    /// Half of every identity.
    pub source: String,
    /// Field and the heading of its column, where it must be said.
    pub columns: Vec<(Field, String)>,
    /// What all rows are.
    pub kind: Option<Kind>,
    /// `MIT`; `None` keeps what is known of the source.
    pub licence: Option<String>,
    /// What must be shown beside the data; `None` keeps what is known.
    pub attribution: Option<String>,
    /// The date the data speaks of.
    pub as_of: Option<Date>,
    /// What to do with rows without a name.
    pub unnamed: Unnamed,
    /// All must hold.
    pub filters: Vec<Filter>,
    /// Look, write nothing.
    pub dry_run: bool,
    /// Stations of this source that the file does not have are no longer listed.
    pub retire_missing: bool,
    /// Import what is good; else one bad row stops all.
    pub skip_bad: bool,
    /// Where refused lines are written.
    pub rejects: Option<PathBuf>,
    /// Days before and after the load mean something (示范 only).
    pub relative_days: bool,
}

impl Options {
    /// What a source and a datum alone say.
    #[must_use]
    pub fn new(source: &str, datum: Datum) -> Self {
        Self {
            datum,
            source: source.to_owned(),
            columns: Vec::new(),
            kind: None,
            licence: None,
            attribution: None,
            as_of: None,
            unnamed: Unnamed::default(),
            filters: Vec::new(),
            dry_run: false,
            retire_missing: false,
            skip_bad: false,
            rejects: None,
            relative_days: false,
        }
    }

    /// Refuses what cannot be meant.
    pub(super) fn check(&self, now: Millis) -> Result<(), ImportError> {
        let letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
        if self.source.is_empty() || self.source.chars().count() > 64 || !self.source.chars().all(letter) {
            return Err(ImportError::SourceName(self.source.clone()));
        }
        if self.source == DEMO_SOURCE && !self.relative_days {
            return Err(ImportError::DemoSource);
        }
        if self.as_of.and_then(Date::begins).is_some_and(|begins| begins > now) {
            return Err(ImportError::AsOf);
        }
        Ok(())
    }
}
