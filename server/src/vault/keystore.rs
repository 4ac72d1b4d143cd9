//! Wrapped keys, in a database of their own, outside the backups of the data.

use super::VaultError;
use domain::time::Millis;
use sqlx::{
    PgPool, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::str::FromStr as _;
use uuid::Uuid;

static SQLITE: Migrator = sqlx::migrate!("migrations/keys-sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/keys-postgres");

/// A wrapped key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// The number of the key-encryption key.
    pub wrapped_by: i32,
    /// The key, sealed.
    pub bytes: Vec<u8>,
}

/// The store of wrapped keys. Cheap to clone.
#[derive(Clone, Debug)]
pub struct KeyStore(Engine);

#[derive(Clone, Debug)]
enum Engine {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

macro_rules! on {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.0 {
            Engine::Sqlite($pool) => $body.map_err(VaultError::Store)?,
            Engine::Postgres($pool) => $body.map_err(VaultError::Store)?,
        }
    };
}

impl KeyStore {
    /// Opens `sqlite:path` or `postgres://…` and brings its one table to this version.
    ///
    /// # Errors
    /// It cannot be opened or reached.
    pub async fn connect(url: &str) -> Result<Self, VaultError> {
        let failed = |error: sqlx::migrate::MigrateError| VaultError::Store(error.into());
        if url.starts_with("postgres") {
            let pool = PgPool::connect(url).await.map_err(VaultError::Store)?;
            POSTGRES.run(&pool).await.map_err(failed)?;
            return Ok(Self(Engine::Postgres(pool)));
        }
        let options = SqliteConnectOptions::from_str(url).map_err(VaultError::Store)?;
        if let Some(folder) = options.get_filename().parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| VaultError::Store(error.into()))?;
        }
        // `secure_delete` overwrites what is deleted: a destroyed key must not be found in a free page. With a
        // rollback journal instead of a WAL there is no second file that keeps it.
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Delete)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            .busy_timeout(std::time::Duration::from_secs(10));
        let pool =
            SqlitePoolOptions::new().max_connections(4).connect_with(options).await.map_err(VaultError::Store)?;
        SQLITE.run(&pool).await.map_err(failed)?;
        Ok(Self(Engine::Sqlite(pool)))
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match &self.0 {
            Engine::Sqlite(pool) => pool.close().await,
            Engine::Postgres(pool) => pool.close().await,
        }
    }

    pub(super) async fn find(&self, owner: [u8; 16], generation: i32) -> Result<Option<Wrapped>, VaultError> {
        const SQL: &str = "SELECT wrapped_by, wrapped FROM wrapped_key WHERE owner = $1 AND generation = $2";
        let row: Option<(i32, Vec<u8>)> = on!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(owner)).bind(generation).fetch_optional(pool).await
        });
        Ok(row.map(|(wrapped_by, bytes)| Wrapped { wrapped_by, bytes }))
    }

    pub(super) async fn newest(&self, owner: [u8; 16]) -> Result<Option<(i32, Wrapped)>, VaultError> {
        const SQL: &str =
            "SELECT generation, wrapped_by, wrapped FROM wrapped_key WHERE owner = $1 ORDER BY generation DESC LIMIT 1";
        let row: Option<(i32, i32, Vec<u8>)> =
            on!(self, pool => sqlx::query_as(SQL).bind(Uuid::from_bytes(owner)).fetch_optional(pool).await);
        Ok(row.map(|(generation, wrapped_by, bytes)| (generation, Wrapped { wrapped_by, bytes })))
    }

    /// Keeps a wrapped key, unless there is one of this generation.
    pub(super) async fn put(
        &self,
        owner: [u8; 16],
        generation: i32,
        wrapped: &Wrapped,
        now: Millis,
    ) -> Result<(), VaultError> {
        const SQL: &str = "INSERT INTO wrapped_key (owner, generation, wrapped_by, wrapped, made_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (owner, generation) DO NOTHING";
        on!(self, pool => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(owner))
                .bind(generation)
                .bind(wrapped.wrapped_by)
                .bind(&wrapped.bytes)
                .bind(now)
                .execute(pool)
                .await
                .map(drop)
        });
        Ok(())
    }

    /// Deletes every key of an owner.
    pub(super) async fn destroy(&self, owner: [u8; 16]) -> Result<(), VaultError> {
        on!(self, pool => {
            sqlx::query("DELETE FROM wrapped_key WHERE owner = $1")
                .bind(Uuid::from_bytes(owner))
                .execute(pool)
                .await
                .map(drop)
        });
        Ok(())
    }
}
