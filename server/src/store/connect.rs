//! Opening the database and bringing its tables to this version.

use super::{Engine, Store, StoreError};
use sqlx::{
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long to wait for another program's write before saying so.
const BUSY: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 10;

impl Store {
    /// Opens `sqlite:path` (made when absent) or `postgres://…`. Changes no table.
    ///
    /// # Errors
    /// The address is not understood, or the database cannot be opened or reached.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let engine = if url.starts_with("sqlite:") {
            sqlite(url).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url).map_err(StoreError::Connect)?;
            let pool = PgPoolOptions::new()
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(BUSY)
                .connect_with(options)
                .await
                .map_err(StoreError::Connect)?;
            Engine::Postgres(pool)
        } else {
            return Err(StoreError::Url { given: without_secrets(url) });
        };
        Ok(Self { engine })
    }

    /// Opens a database that is there, to read it alone: whatever is asked, nothing is changed.
    ///
    /// # Errors
    /// The address is not understood, or the database cannot be opened or reached.
    pub async fn connect_to_read(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres") {
            let options = PgConnectOptions::from_str(url)
                .map_err(StoreError::Connect)?
                .options([("default_transaction_read_only", "on")]);
            let pool = PgPoolOptions::new()
                .max_connections(READERS)
                .acquire_timeout(BUSY)
                .connect_with(options)
                .await
                .map_err(StoreError::Connect)?;
            return Ok(Self { engine: Engine::Postgres(pool) });
        }
        if !url.starts_with("sqlite:") {
            return Err(StoreError::Url { given: without_secrets(url) });
        }
        let options = SqliteConnectOptions::from_str(url)
            .map_err(StoreError::Connect)?
            .busy_timeout(BUSY)
            .pragma("query_only", "ON");
        let pool = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options)
            .await
            .map_err(StoreError::Connect)?;
        Ok(Self { engine: Engine::Sqlite { writer: pool.clone(), reader: pool } })
    }

    /// Whether there is a database at an address, as far as one can say without opening it: `false` for an
    /// `SQLite` file that is not there.
    #[must_use]
    pub fn is_there(url: &str) -> bool {
        let file = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url).ok()).flatten();
        file.is_none_or(|options| options.get_filename().exists())
    }

    /// Brings the tables to this version.
    ///
    /// # Errors
    /// A migration fails, or the database belongs to a newer program.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite { writer, .. } => SQLITE.run(writer).await?,
            Engine::Postgres(pool) => POSTGRES.run(pool).await?,
        }
        Ok(())
    }

    /// Finishes what runs and closes all connections.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { writer, reader } => {
                reader.close().await;
                writer.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

async fn sqlite(url: &str) -> Result<Engine, StoreError> {
    let options = SqliteConnectOptions::from_str(url).map_err(StoreError::Connect)?;
    // Each connection to a database in memory would see one of its own.
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(StoreError::Url { given: url.to_owned() });
    }
    if let Some(folder) = options.get_filename().parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder { path: folder.to_path_buf(), source })?;
    }
    // A receipt means it survived: FULL. A write transaction begins as one (BEGIN IMMEDIATE, see
    // `Store::write`): upgrading a read in the middle fails with BUSY_SNAPSHOT.
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options.clone().pragma("cache_size", "-65536"))
        .await
        .map_err(StoreError::Connect)?;
    let reader = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_with(options.pragma("query_only", "ON"))
        .await
        .map_err(StoreError::Connect)?;
    Ok(Engine::Sqlite { writer, reader })
}

/// The address without what stands between `//` and `@`: it may hold a password.
fn without_secrets(url: &str) -> String {
    match (url.find("//"), url.rfind('@')) {
        (Some(start), Some(end)) if start + 2 <= end => format!("{}…{}", &url[..start + 2], &url[end..]),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_unknown_address_is_refused_and_no_password_is_repeated() {
        let error = Store::connect("mysql://root:secret@db/x").await.expect_err("not a database of ours");
        let words = error.to_string();
        assert!(words.contains("DATABASE_URL") && words.contains("mysql://…@db/x"), "{words}");
        assert!(!words.contains("secret"));
        assert!(matches!(Store::connect("sqlite::memory:").await, Err(StoreError::Url { .. })));
    }
}
