//! Wrapped keys, in a database of their own, outside the backups of the data.
//!
//! What is destroyed must be gone from the files. `SQLite` overwrites what it deletes (`secure_delete`), and has no
//! WAL here that would keep it. `PostgreSQL` leaves deleted rows in its pages until they are rewritten and in its WAL
//! until that is recycled: [`KeyStore::scrub`] rewrites the table once a day; until then, and in copies, a destroyed
//! key is still bound to the key-encryption key, and goes with it when that is rotated.

use super::VaultError;
use domain::time::Millis;
use sqlx::{
    PgPool, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{collections::HashSet, fs, io, path::Path, str::FromStr as _};
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

/// A wrapped key with what it is for.
pub(super) struct Row {
    pub(super) owner: [u8; 16],
    pub(super) generation: i32,
    pub(super) wrapped: Wrapped,
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
        for_its_owner_alone(options.get_filename()).map_err(|error| VaultError::Store(error.into()))?;
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

    /// Keeps the first keys of owners that have none, all or none of them.
    pub(super) async fn put_new(&self, rows: &[([u8; 16], Wrapped)], now: Millis) -> Result<(), VaultError> {
        const SQL: &str = "INSERT INTO wrapped_key (owner, generation, wrapped_by, wrapped, made_at) \
             VALUES ($1, 1, $2, $3, $4)";
        on!(self, pool => {
            let mut transaction = pool.begin().await.map_err(VaultError::Store)?;
            for (owner, wrapped) in rows {
                sqlx::query(SQL)
                    .bind(Uuid::from_bytes(*owner))
                    .bind(wrapped.wrapped_by)
                    .bind(&wrapped.bytes)
                    .bind(now)
                    .execute(&mut *transaction)
                    .await
                    .map_err(VaultError::Store)?;
            }
            transaction.commit().await
        });
        Ok(())
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

    /// Deletes every key of an owner, those of the matters too.
    pub(super) async fn destroy(&self, owner: [u8; 16]) -> Result<(), VaultError> {
        for sql in ["DELETE FROM wrapped_key WHERE owner = $1", "DELETE FROM matter_key WHERE subject = $1"] {
            on!(self, pool => sqlx::query(sql).bind(Uuid::from_bytes(owner)).execute(pool).await.map(drop));
        }
        Ok(())
    }

    /// Some keys that another key-encryption key than this one wraps.
    pub(super) async fn not_wrapped_by(&self, number: i32, limit: i32) -> Result<Vec<Row>, VaultError> {
        const SQL: &str = "SELECT owner, generation, wrapped_by, wrapped FROM wrapped_key \
             WHERE wrapped_by <> $1 ORDER BY owner, generation LIMIT $2";
        let rows: Vec<(Uuid, i32, i32, Vec<u8>)> =
            on!(self, pool => sqlx::query_as(SQL).bind(number).bind(limit).fetch_all(pool).await);
        let row = |(owner, generation, wrapped_by, bytes): (Uuid, i32, i32, Vec<u8>)| Row {
            owner: owner.into_bytes(),
            generation,
            wrapped: Wrapped { wrapped_by, bytes },
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Puts another wrapping in the place of one, unless it has changed meanwhile.
    pub(super) async fn rewrap(&self, row: &Row, new: &Wrapped) -> Result<(), VaultError> {
        const SQL: &str = "UPDATE wrapped_key SET wrapped_by = $4, wrapped = $5 \
             WHERE owner = $1 AND generation = $2 AND wrapped = $3";
        on!(self, pool => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(row.owner))
                .bind(row.generation)
                .bind(&row.wrapped.bytes)
                .bind(new.wrapped_by)
                .bind(&new.bytes)
                .execute(pool)
                .await
                .map(drop)
        });
        Ok(())
    }

    /// Some owners whose newest key is older than a moment.
    pub(super) async fn older_than(&self, since: Millis, limit: i32) -> Result<Vec<[u8; 16]>, VaultError> {
        const SQL: &str = "SELECT owner FROM wrapped_key GROUP BY owner HAVING MAX(made_at) < $1 LIMIT $2";
        let owners: Vec<Uuid> =
            on!(self, pool => sqlx::query_scalar(SQL).bind(since).bind(limit).fetch_all(pool).await);
        Ok(owners.into_iter().map(Uuid::into_bytes).collect())
    }

    /// Keys that have a newer one made before a moment: owner and generation.
    pub(super) async fn superseded(&self, before: Millis) -> Result<Vec<([u8; 16], i32)>, VaultError> {
        const SQL: &str = "SELECT owner, generation FROM wrapped_key AS old WHERE EXISTS (SELECT 1 FROM wrapped_key \
             AS new WHERE new.owner = old.owner AND new.generation > old.generation AND new.made_at <= $1)";
        let keys: Vec<(Uuid, i32)> = on!(self, pool => sqlx::query_as(SQL).bind(before).fetch_all(pool).await);
        Ok(keys.into_iter().map(|(owner, generation)| (owner.into_bytes(), generation)).collect())
    }

    /// Deletes one generation of an owner's keys.
    pub(super) async fn destroy_generation(&self, owner: [u8; 16], generation: i32) -> Result<(), VaultError> {
        const SQL: &str = "DELETE FROM wrapped_key WHERE owner = $1 AND generation = $2";
        on!(self, pool => {
            sqlx::query(SQL).bind(Uuid::from_bytes(owner)).bind(generation).execute(pool).await.map(drop)
        });
        Ok(())
    }

    /// Every owner and generation that has a key.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn all(&self) -> Result<HashSet<([u8; 16], i32)>, VaultError> {
        const SQL: &str = "SELECT owner, generation FROM wrapped_key";
        let keys: Vec<(Uuid, i32)> = on!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await);
        Ok(keys.into_iter().map(|(owner, generation)| (owner.into_bytes(), generation)).collect())
    }

    /// Every matter that has a key.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn all_matters(&self) -> Result<HashSet<[u8; 16]>, VaultError> {
        let keys: Vec<Uuid> =
            on!(self, pool => sqlx::query_scalar("SELECT matter FROM matter_key").fetch_all(pool).await);
        Ok(keys.into_iter().map(Uuid::into_bytes).collect())
    }

    /// Keeps the key of a matter, as the key process wrapped it.
    pub(super) async fn put_matter(
        &self,
        matter: [u8; 16],
        subject: [u8; 16],
        wrapped: &[u8],
        now: Millis,
    ) -> Result<(), VaultError> {
        const SQL: &str = "INSERT INTO matter_key (matter, subject, wrapped, made_at) VALUES ($1, $2, $3, $4)";
        on!(self, pool => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(matter))
                .bind(Uuid::from_bytes(subject))
                .bind(wrapped)
                .bind(now)
                .execute(pool)
                .await
                .map(drop)
        });
        Ok(())
    }

    /// The key of a matter, wrapped.
    pub(super) async fn matter(&self, matter: [u8; 16]) -> Result<Option<Vec<u8>>, VaultError> {
        const SQL: &str = "SELECT wrapped FROM matter_key WHERE matter = $1";
        Ok(on!(self, pool => sqlx::query_scalar(SQL).bind(Uuid::from_bytes(matter)).fetch_optional(pool).await))
    }

    /// Takes what was destroyed out of the files, where the engine has not done so at once.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn scrub(&self) -> Result<(), VaultError> {
        if let Engine::Postgres(pool) = &self.0 {
            for sql in ["VACUUM FULL wrapped_key", "VACUUM FULL matter_key"] {
                sqlx::query(sql).execute(pool).await.map_err(VaultError::Store)?;
            }
        }
        Ok(())
    }

    /// Whether a table is there: data and keys in one database would be no separation.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn has_table(&self, name: &str) -> Result<bool, VaultError> {
        let found: i64 = match &self.0 {
            Engine::Sqlite(pool) => {
                sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1")
                    .bind(name)
                    .fetch_one(pool)
                    .await
            }
            Engine::Postgres(pool) => {
                sqlx::query_scalar("SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE tablename = $1")
                    .bind(name)
                    .fetch_one(pool)
                    .await
            }
        }
        .map_err(VaultError::Store)?;
        Ok(found > 0)
    }
}

/// Makes the file before `SQLite` would, so that nobody else may read it; its journal takes after it.
fn for_its_owner_alone(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(false).write(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
