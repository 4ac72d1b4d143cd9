//! Fresh databases for each test, on each engine: one for the data, one for the keys.

use server::{
    store::Store,
    vault::{KeyStore, Vault},
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;

/// Where an installation lies.
pub struct Site {
    pub database_url: String,
    pub keys_url: String,
    folder: TempDir,
}

impl Site {
    fn at(database_url: String, keys_url: String, folder: TempDir) -> Self {
        Self { database_url, keys_url, folder }
    }

    /// On `SQLite`, for what has nothing to do with the engine.
    pub fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
        Self::at(url("data.db"), url("keys.db"), folder)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn is_sqlite(&self) -> bool {
        self.database_url.starts_with("sqlite:")
    }

    pub async fn store(&self) -> Store {
        let store = Store::connect(&self.database_url).await.expect("opens");
        store.migrate().await.expect("migrates");
        store
    }

    /// As another process would open it.
    pub async fn vault(&self) -> Vault {
        let keys = KeyStore::connect(&self.keys_url).await.expect("opens");
        Vault::open_file(&self.path("vault.key"), keys).expect("a key file").0
    }

    /// Does to the data what no program of ours would.
    pub async fn tamper(&self, sql: &str) -> Result<u64, sqlx::Error> {
        run(&self.database_url, sql).await
    }
}

async fn run(url: &str, sql: &str) -> Result<u64, sqlx::Error> {
    let sql = AssertSqlSafe(sql.to_owned());
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await?;
        sqlx::query("PRAGMA busy_timeout = 10000").execute(&mut connection).await?;
        let done = sqlx::raw_sql(sql).execute(&mut connection).await?.rows_affected();
        connection.close().await?;
        return Ok(done);
    }
    let mut connection = PgConnection::connect(url).await?;
    Ok(sqlx::raw_sql(sql).execute(&mut connection).await?.rows_affected())
}

/// Runs a test on `SQLite` and on `PostgreSQL`.
///
/// `PostgreSQL` is the server at `TEST_POSTGRES_URL`. Without it that half is skipped, or fails when
/// `REQUIRE_POSTGRES=1`.
pub async fn on_each_engine(test: impl AsyncFn(&Site)) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    test(&Site::on_sqlite()).await;
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(
            std::env::var("REQUIRE_POSTGRES").as_deref() != Ok("1"),
            "REQUIRE_POSTGRES=1 but TEST_POSTGRES_URL names no server"
        );
        eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set");
        return;
    };
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let names = ["data", "keys"].map(|name| format!("vault_{name}_{}_{number}", std::process::id()));
    let (address, query) = server.split_once('?').map_or((&*server, String::new()), |(a, q)| (a, format!("?{q}")));
    let (host, _) = address.rsplit_once('/').expect("an address with a database");
    for name in &names {
        run(&server, &format!("CREATE DATABASE {name}")).await.expect("creates");
    }
    let [database_url, keys_url] = names.each_ref().map(|name| format!("{host}/{name}{query}"));
    let site = Site::at(database_url, keys_url, tempfile::tempdir().expect("a folder"));
    test(&site).await;
    for name in &names {
        run(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("drops");
    }
}
