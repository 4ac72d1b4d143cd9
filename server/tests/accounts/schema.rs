//! No column says whose something is without a row in the registry that exports and erases it.

use server::{
    services::accounts::holdings::{Erasure, HOLDINGS},
    store::Store,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use std::collections::BTreeSet;

type Columns = BTreeSet<(String, String)>;

/// Names that say whose, or by whom: a column with one of them refers to a person also without a foreign key.
fn says_whose(column: &str) -> bool {
    matches!(column, "subject" | "handler" | "actor" | "owner" | "person" | "worker" | "member")
        || column.ends_with("_by")
        || column.ends_with("_subject")
}

/// Columns with such a name that are about something else, and why.
const ELSE: &[(&str, &str)] = &[
    // 'manager', 'worker' or 'import': what kind of person, never which.
    ("station", "confirmed_by"),
    // Which organisation has it.
    ("founding", "owner"),
    ("obstruction", "owner"),
    // The organisation that decides.
    ("application", "owner"),
];

fn check(found: &Columns) {
    let known: Columns = HOLDINGS.iter().map(|holding| (holding.table.to_owned(), holding.column.to_owned())).collect();
    let mut missing: Vec<_> =
        found.difference(&known).filter(|(table, column)| !ELSE.contains(&(table.as_str(), column.as_str()))).collect();
    missing.sort();
    assert!(missing.is_empty(), "neither exported nor erased, see services/accounts/holdings.rs: {missing:?}");
    let gone: Vec<_> = known.difference(found).filter(|(table, _)| table != "subject").collect();
    assert!(gone.is_empty(), "in the registry, but not in the database: {gone:?}");
}

#[test]
fn everything_held_is_exported_and_what_stays_says_why() {
    for holding in HOLDINGS {
        assert!(!holding.columns.is_empty(), "{} {} has no exporter", holding.table, holding.column);
        if let Erasure::Kept(why) = holding.erasure {
            assert!(!why.is_empty(), "{} {}", holding.table, holding.column);
        }
    }
    assert_eq!(HOLDINGS.last().map(|holding| holding.table), Some("subject"), "the account goes last");
}

async fn migrated(url: &str) {
    let store = Store::connect(url).await.expect("opens");
    store.migrate().await.expect("migrates");
    store.close().await;
}

#[tokio::test]
async fn no_column_of_sqlite_refers_to_a_person_unknown_to_the_registry() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    migrated(&url).await;
    let mut database = SqliteConnection::connect(&url).await.expect("opens");
    let mut found = Columns::new();
    let tables = sqlx::query("SELECT name FROM sqlite_schema WHERE type = 'table'").fetch_all(&mut database).await;
    for table in tables.expect("tables") {
        let table: String = table.get(0);
        let keys = sqlx::query("SELECT \"from\" FROM pragma_foreign_key_list($1) WHERE \"table\" = 'subject'")
            .bind(&table)
            .fetch_all(&mut database)
            .await;
        found.extend(keys.expect("keys").iter().map(|key| (table.clone(), key.get::<String, _>(0))));
        let columns = sqlx::query("SELECT name FROM pragma_table_info($1)").bind(&table).fetch_all(&mut database);
        let columns = columns.await.expect("columns");
        let named = columns.iter().map(|column| column.get::<String, _>(0)).filter(|name| says_whose(name));
        found.extend(named.map(|name| (table.clone(), name)));
    }
    check(&found);
}

#[tokio::test]
async fn no_column_of_postgresql_refers_to_a_person_unknown_to_the_registry() {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set");
        return;
    };
    let name = format!("schema_{}", std::process::id());
    let mut admin = PgConnection::connect(&server).await.expect("answers");
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.expect("creates");
    let (address, query) =
        server.split_once('?').map_or((server.as_str(), String::new()), |(a, q)| (a, format!("?{q}")));
    let (host, _) = address.rsplit_once('/').expect("an address with a database");
    let url = format!("{host}/{name}{query}");
    migrated(&url).await;
    let mut database = PgConnection::connect(&url).await.expect("opens");
    let keys = sqlx::query(
        "SELECT conrelid::regclass::text, attname::text FROM pg_constraint \
         JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey) \
         WHERE contype = 'f' AND confrelid = 'subject'::regclass",
    )
    .fetch_all(&mut database)
    .await
    .expect("keys");
    let columns = sqlx::query(
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'",
    )
    .fetch_all(&mut database)
    .await
    .expect("columns");
    let pair = |row: &sqlx::postgres::PgRow| (row.get::<String, _>(0), row.get::<String, _>(1));
    let mut found: Columns = keys.iter().map(pair).collect();
    found.extend(columns.iter().map(pair).filter(|(_, column)| says_whose(column)));
    database.close().await.expect("closes");
    sqlx::query(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(&mut admin).await.expect("drops");
    check(&found);
}
