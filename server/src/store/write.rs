//! One transaction that changes stations.

use super::{
    Engine, Store, StoreError,
    load::{KNOWN, Known, KnownRow, known},
    writing,
};
use domain::{station::Source, time::Millis};
use sqlx::{Postgres, Sqlite};

/// A transaction that changes stations: nothing of it is seen before [`Write::finish`], and nothing
/// remains of it when it is dropped. Writers take turns.
pub struct Write {
    pub(super) transaction: Transaction,
    pub(super) revision: i64,
    pub(super) changed: u64,
}

pub(super) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Store {
    /// Begins to change stations; waits for its turn.
    ///
    /// # Errors
    /// The database does not answer, or another program keeps writing.
    pub async fn write(&self) -> Result<Write, StoreError> {
        let mut write = Write { transaction: self.begin().await?, revision: 0, changed: 0 };
        // On PostgreSQL this takes the row's lock until the end: revisions are committed in order,
        // so that whoever asks for what is newer than 7 can never miss a late 6.
        write.revision = writing!(write, connection => {
            sqlx::query_scalar("UPDATE station_revision SET value = value + 1 RETURNING value")
                .fetch_one(connection)
                .await
        })?;
        Ok(write)
    }

    pub(super) async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(match &self.engine {
            Engine::Sqlite { writer, .. } => Transaction::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }
}

impl Transaction {
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    pub(super) async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.rollback().await?,
            Self::Postgres(transaction) => transaction.rollback().await?,
        }
        Ok(())
    }
}

impl Write {
    /// The revision of everything this transaction writes.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision.unsigned_abs()
    }

    /// What is there of a source, retired rows too.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn known_of_source(&mut self, source: &str) -> Result<Vec<Known>, StoreError> {
        let rows: Vec<KnownRow> =
            writing!(self, connection => sqlx::query_as(KNOWN).bind(source).fetch_all(connection).await)?;
        rows.into_iter().map(known).collect()
    }

    /// Writes where rows come from. What is `None` stays as it was; what is new of licence and
    /// attribution reaches every row of the source.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_source(&mut self, source: &Source, as_of: Option<&str>, now: Millis) -> Result<(), StoreError> {
        const FIND: &str = "SELECT licence, attribution, as_of FROM station_source WHERE name = $1";
        const PUT: &str = "INSERT INTO station_source (name, licence, attribution, as_of, imported_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO UPDATE SET licence = excluded.licence, \
             attribution = excluded.attribution, as_of = excluded.as_of, imported_at = excluded.imported_at";
        const TOUCH: &str = "UPDATE station SET revision = $1 WHERE source = $2";

        type Said = (Option<String>, Option<String>, Option<String>);
        let old: Option<Said> = writing!(self, connection => {
            sqlx::query_as(FIND).bind(&*source.name).fetch_optional(connection).await
        })?;
        let is_new = old.is_none();
        let old = old.unwrap_or_default();
        let new: Said = (
            source.licence.as_deref().map(str::to_owned).or_else(|| old.0.clone()),
            source.attribution.as_deref().map(str::to_owned).or_else(|| old.1.clone()),
            as_of.map(str::to_owned).or_else(|| old.2.clone()),
        );
        if !is_new && old == new {
            return Ok(());
        }
        writing!(self, connection => {
            sqlx::query(PUT)
                .bind(&*source.name)
                .bind(&new.0)
                .bind(&new.1)
                .bind(&new.2)
                .bind(now)
                .execute(&mut *connection)
                .await?;
            if !is_new && (&old.0, &old.1) != (&new.0, &new.1) {
                sqlx::query(TOUCH).bind(self.revision).bind(&*source.name).execute(connection).await?;
            }
        });
        self.changed += 1;
        Ok(())
    }

    /// Deletes all rows of a source and the source; returns how many rows. A server that runs learns
    /// of it from the codes that stay behind.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn remove_source(&mut self, source: &str) -> Result<u64, StoreError> {
        const REMEMBER: &str = "INSERT INTO station_removed (code, revision) \
             SELECT code, $1 FROM station WHERE source = $2 \
             ON CONFLICT (code) DO UPDATE SET revision = excluded.revision";
        let removed = writing!(self, connection => {
            sqlx::query(REMEMBER).bind(self.revision).bind(source).execute(&mut *connection).await?;
            let removed = sqlx::query("DELETE FROM station WHERE source = $1")
                .bind(source)
                .execute(&mut *connection)
                .await?
                .rows_affected();
            sqlx::query("DELETE FROM station_source WHERE name = $1").bind(source).execute(connection).await?;
            removed
        });
        self.changed += removed;
        Ok(removed)
    }

    /// Makes everything of this transaction lasting and visible. When nothing was written, nothing
    /// happens at all: the revision stays.
    ///
    /// # Errors
    /// The database does not answer: then nothing was written.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        if self.changed == 0 {
            return self.transaction.rollback().await;
        }
        // A code that was removed and is back again is there.
        writing!(self, connection => {
            sqlx::query("DELETE FROM station_removed WHERE code IN (SELECT code FROM station)")
                .execute(connection)
                .await?;
        });
        self.transaction.commit().await
    }
}
