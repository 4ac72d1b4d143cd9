//! Reading stations: all of them, or what changed.

use super::{
    Engine, Store, StoreError, reading,
    row::{HoursRead, StationRow, packed},
};
use domain::{
    geo::Point,
    station::{Code, Source, Station},
};
use futures::TryStreamExt;
use sqlx::AssertSqlSafe;
use std::{collections::HashMap, sync::Arc};

/// What happened to a station, with the revision it happened in.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It is new, or different.
    Put(Box<Station>, u64),
    /// Its source no longer lists it.
    Gone(Code, u64),
}

impl Change {
    /// The revision it happened in.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        match self {
            Self::Put(_, revision) | Self::Gone(_, revision) => *revision,
        }
    }
}

/// All stations at one moment.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Those that are there.
    pub stations: Vec<Arc<Station>>,
    /// Codes of those that once were.
    pub retired: Vec<Code>,
    /// The revision this shows.
    pub revision: u64,
}

/// What an import must know of a row that is there already.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its code.
    pub code: Code,
    /// Its identity in its source.
    pub source_id: String,
    /// Hash of what was last imported.
    pub content: i64,
    /// Whether its source stopped listing it.
    pub retired: bool,
}

/// All rows of one source, retired ones too.
pub(super) const KNOWN: &str = "SELECT code, source_id, content, retired_at FROM station WHERE source = $1";

/// A row of [`KNOWN`].
pub(super) type KnownRow = (String, String, i64, Option<i64>);

/// Reads a row of [`KNOWN`].
pub(super) fn known((code, source_id, content, retired_at): KnownRow) -> Result<Known, StoreError> {
    Ok(Known { code: code_of(&code)?, source_id, content, retired: retired_at.is_some() })
}

/// Begins a transaction that sees one moment.
macro_rules! one_moment {
    ($store:expr, $connection:ident => $body:expr) => {
        match &$store.engine {
            Engine::Sqlite { reader, .. } => {
                let mut transaction = reader.begin().await?;
                let $connection = &mut *transaction;
                $body
            }
            Engine::Postgres(pool) => {
                let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                let $connection = &mut *transaction;
                $body
            }
        }
    };
}

pub(super) use one_moment;

impl Store {
    /// Hands over every station and every code that is no longer in use, in no order, and returns
    /// the revision they show.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn load_stations(&self, mut each: impl FnMut(Change) + Send) -> Result<u64, StoreError> {
        self.changes(None, &mut each).await
    }

    /// All stations at one moment.
    ///
    /// # Errors
    /// As [`Self::load_stations`].
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let mut snapshot = Snapshot::default();
        let revision = self
            .load_stations(|change| match change {
                Change::Put(station, _) => snapshot.stations.push(Arc::new(*station)),
                Change::Gone(code, _) => snapshot.retired.push(code),
            })
            .await?;
        snapshot.revision = revision;
        Ok(snapshot)
    }

    /// What changed after a revision, oldest first. Nothing changed: one cheap query.
    ///
    /// # Errors
    /// As [`Self::load_stations`].
    pub async fn stations_changed_since(&self, revision: u64) -> Result<Vec<Change>, StoreError> {
        let mut changes = Vec::new();
        self.changes(Some(revision), &mut |change| changes.push(change)).await?;
        changes.sort_by_key(Change::revision);
        Ok(changes)
    }

    async fn changes(&self, since: Option<u64>, each: &mut (impl FnMut(Change) + Send)) -> Result<u64, StoreError> {
        let after = since.map_or(-1, |since| i64::try_from(since).unwrap_or(i64::MAX));
        // Everything is newer than -1, and the planner reads the table as it lies.
        let newer = if since.is_some() { "revision > $1" } else { "$1 < 0" };
        let live = format!("SELECT {}, revision FROM station WHERE retired_at IS NULL AND {newer}", packed());
        let gone = format!(
            "SELECT code, revision FROM station WHERE retired_at IS NOT NULL AND {newer} \
             UNION ALL SELECT code, revision FROM station_removed WHERE {newer}"
        );
        one_moment!(self, connection => {
            let now: i64 =
                sqlx::query_scalar("SELECT value FROM station_revision").fetch_one(&mut *connection).await?;
            if now <= after {
                return Ok(now.unsigned_abs());
            }
            let sources: Vec<(String, Option<String>, Option<String>)> =
                sqlx::query_as("SELECT name, licence, attribution FROM station_source")
                    .fetch_all(&mut *connection)
                    .await?;
            let sources = Sources::of(sources);
            let mut hours = HoursRead::default();
            let mut rows =
                sqlx::query_as::<_, (String, i64)>(AssertSqlSafe(live)).bind(after).fetch(&mut *connection);
            while let Some((row, revision)) = rows.try_next().await? {
                let row = StationRow::of(&row)?;
                let source = sources.get(row.source());
                each(Change::Put(Box::new(row.into_station(source, &mut hours)?), revision.unsigned_abs()));
            }
            drop(rows);
            let mut rows =
                sqlx::query_as::<_, (String, i64)>(AssertSqlSafe(gone)).bind(after).fetch(&mut *connection);
            while let Some((code, revision)) = rows.try_next().await? {
                each(Change::Gone(code_of(&code)?, revision.unsigned_abs()));
            }
            Ok(now.unsigned_abs())
        })
    }

    /// What an import of a source must know, outside any transaction: for a trial run.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn known_of_source(&self, source: &str) -> Result<Vec<Known>, StoreError> {
        let rows: Vec<KnownRow> = reading!(self, pool => sqlx::query_as(KNOWN).bind(source).fetch_all(pool).await)?;
        rows.into_iter().map(known).collect()
    }

    /// Where the stations of all sources are, except those of the sources named.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn station_points(&self, except: [&str; 2]) -> Result<Vec<(Code, Point)>, StoreError> {
        const SQL: &str = "SELECT code, lat_e7, lng_e7 FROM station \
             WHERE retired_at IS NULL AND source <> $1 AND source <> $2";
        let rows: Vec<(String, i32, i32)> =
            reading!(self, pool => sqlx::query_as(SQL).bind(except[0]).bind(except[1]).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|(code, lat, lng)| match Point::from_e7(lat, lng) {
                Some(point) => Ok((code_of(&code)?, point)),
                None => Err(StoreError::Corrupt { code, column: "lat_e7" }),
            })
            .collect()
    }
}

fn code_of(text: &str) -> Result<Code, StoreError> {
    Code::parse(text).ok_or_else(|| StoreError::Corrupt { code: text.to_owned(), column: "code" })
}

/// One value shared by all rows of a source.
struct Sources(HashMap<Box<str>, Arc<Source>>);

impl Sources {
    fn of(rows: Vec<(String, Option<String>, Option<String>)>) -> Self {
        let source = |(name, licence, attribution): (String, Option<String>, Option<String>)| Source {
            name: name.into(),
            licence: licence.map(Into::into),
            attribution: attribution.map(Into::into),
        };
        Self(rows.into_iter().map(source).map(|source| (source.name.clone(), Arc::new(source))).collect())
    }

    fn get(&self, name: &str) -> Arc<Source> {
        // A foreign key holds: there is no row without its source.
        self.0
            .get(name)
            .cloned()
            .unwrap_or_else(|| Arc::new(Source { name: name.into(), licence: None, attribution: None }))
    }
}
