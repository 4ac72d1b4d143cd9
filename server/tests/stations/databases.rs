//! A fresh database for each test, on each engine.

use server::{regions::Regions, store::Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU32, Ordering},
};

/// The regions, read once for all tests.
pub fn regions() -> Arc<Regions> {
    static REGIONS: LazyLock<Arc<Regions>> =
        LazyLock::new(|| Arc::new(Regions::load().expect("the shipped regions load")));
    Arc::clone(&REGIONS)
}

/// Runs a test on an empty `SQLite` and on an empty `PostgreSQL` database.
///
/// `PostgreSQL` is the server at `TEST_POSTGRES_URL`. Without it that half is skipped, or fails when
/// `REQUIRE_POSTGRES=1`.
pub async fn on_each_engine(test: impl AsyncFn(&Store)) {
    on_sqlite(&test).await;
    if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
        on_postgres(&url, &test).await;
    } else {
        assert!(
            std::env::var("REQUIRE_POSTGRES").as_deref() != Ok("1"),
            "REQUIRE_POSTGRES=1 but TEST_POSTGRES_URL names no server"
        );
        eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set");
    }
}

/// Runs a test on an empty `SQLite` database.
pub async fn on_sqlite(test: &impl AsyncFn(&Store)) {
    let folder = tempfile::tempdir().expect("a folder");
    // In a folder that is not there yet: the store makes it.
    let url = format!("sqlite:{}", folder.path().join("var/test.db").display());
    let store = Store::connect(&url).await.expect("opens");
    store.migrate().await.expect("migrates");
    test(&store).await;
    store.close().await;
}

async fn on_postgres(url: &str, test: &impl AsyncFn(&Store)) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("stations_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(url).await.expect("TEST_POSTGRES_URL answers");
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.expect("creates");

    let (address, query) = url.split_once('?').map_or((url, String::new()), |(a, q)| (a, format!("?{q}")));
    let (server, _) = address.rsplit_once('/').expect("an address with a database");
    let store = Store::connect(&format!("{server}/{name}{query}")).await.expect("connects");
    store.migrate().await.expect("migrates");
    test(&store).await;
    store.close().await;
    sqlx::query(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(&mut admin).await.expect("drops");
}
