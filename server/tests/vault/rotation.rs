//! Every key in place of an older one, with readers and a writer running: nothing fails and nothing is lost.
//!
//! `EXACT_ROTATION` ciphertexts (10,000 are the full count, a fiftieth of them without it).

use super::{
    engines::{Site, on_each_engine},
    erasure::{literal, literal_bytes},
    world::NOW,
};
use domain::account::SubjectId;
use server::{
    services::rotate::{retire, rotate},
    store::{SEALED, SealedColumn, SealedRow, Store},
    vault::{GRACE_MS, Owner, Sealed, Vault},
};
use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

const FULL: usize = 10_000;

fn count() -> usize {
    std::env::var("EXACT_ROTATION").ok().and_then(|count| count.parse().ok()).unwrap_or(FULL / 50)
}

fn columns() -> Vec<&'static SealedColumn> {
    SEALED.iter().filter(|column| column.table == "subject").collect()
}

type Words = Arc<Mutex<HashMap<(&'static str, [u8; 16]), String>>>;

/// Some people, each with every sealed column of theirs filled.
async fn fill(site: &Site, store: &Store, vault: &Vault, ciphertexts: usize) -> Words {
    let words = Words::default();
    let columns = columns();
    let mut sql = String::new();
    for number in 0..ciphertexts.div_ceil(columns.len()) {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(number as u64).to_be_bytes());
        id[15] = 1;
        let mut values = String::new();
        for column in &columns {
            let text = format!("{} {number}", column.column);
            let sealed = vault.seal(Owner::Subject(SubjectId(id)), column.place(id), &text, NOW).await;
            let bytes = literal_bytes(site, &sealed.expect("sealed").0);
            let _ = write!(values, ", {bytes}");
            words.lock().expect("whole").insert((column.column, id), text);
        }
        let names: Vec<&str> = columns.iter().map(|column| column.column).collect();
        let _ = writeln!(
            sql,
            "INSERT INTO subject (id, created_at, seen_at, {}) VALUES ({}, 0, 0{values});",
            names.join(", "),
            literal(site, &id)
        );
    }
    site.tamper(&format!("BEGIN;\n{sql}COMMIT;")).await.expect("written");
    let _ = store;
    words
}

/// Reads everything over and over, as a server of its own does; counts rounds and failures.
async fn read_on(store: Store, vault: Vault, over: Arc<AtomicBool>, rounds: Arc<AtomicU64>, failed: Arc<AtomicU64>) {
    while !over.load(Ordering::Relaxed) {
        for column in columns() {
            let mut after = None;
            loop {
                let rows = store.sealed_after(column, after, 20).await.expect("read");
                let Some(last) = rows.last() else { break };
                after = Some(last.id);
                for row in &rows {
                    let owner = row.key_of(column).expect("a person");
                    if vault.open(owner, column.place(row.id), &row.sealed).await.is_err() {
                        failed.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        }
        rounds.fetch_add(1, Ordering::Relaxed);
    }
}

/// Writes other words over and over, as a service does: seals, then compares and sets.
async fn write_on(store: Store, vault: Vault, words: Words, over: Arc<AtomicBool>) -> u64 {
    let mut written = 0;
    while !over.load(Ordering::Relaxed) {
        for column in columns() {
            let rows: Vec<SealedRow> = store.sealed_after(column, None, 10).await.expect("read");
            for row in rows {
                let text = format!("{} {written} 新", column.column);
                let owner = row.key_of(column).expect("a person");
                let sealed = vault.seal(owner, column.place(row.id), &text, NOW).await.expect("sealed");
                let mut edit = store.edit().await.expect("begins");
                let is_mine = edit.reseal(column, &row, &sealed.0).await.expect("written");
                edit.finish().await.expect("ends");
                if is_mine {
                    words.lock().expect("whole").insert((column.column, row.id), text);
                    written += 1;
                }
            }
        }
    }
    written
}

async fn a_round_of_each(rounds: &[Arc<AtomicU64>]) {
    // The one that is running may have begun before; the next has not.
    let at: Vec<u64> = rounds.iter().map(|rounds| rounds.load(Ordering::Relaxed) + 2).collect();
    while rounds.iter().zip(&at).any(|(rounds, at)| rounds.load(Ordering::Relaxed) < *at) {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keys_are_rotated_while_others_read_and_write_and_no_read_fails() {
    on_each_engine(async |site: &Site| {
        let (store, vault) = (site.store().await, site.vault().await);
        let words = fill(site, &store, &vault, count()).await;
        let (over, failed) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let rounds: Vec<Arc<AtomicU64>> = (0..3).map(|_| Arc::default()).collect();
        let mut readers = Vec::new();
        for rounds in &rounds {
            // Each with connections and keys in memory of its own, from before the rotation.
            let (store, vault) = (site.store().await, site.vault().await);
            readers.push(tokio::spawn(read_on(store, vault, over.clone(), rounds.clone(), failed.clone())));
        }
        let (its_store, its_vault) = (site.store().await, site.vault().await);
        let writer = tokio::spawn(write_on(its_store, its_vault, words.clone(), over.clone()));
        a_round_of_each(&rounds).await;

        let done = rotate(&store, &vault, NOW + 1, |_, _| {}).await.expect("rotated");
        assert!(done.began && done.unreadable == 0, "{done:?}");
        assert_eq!(done.renewed, count().div_ceil(columns().len()), "{done:?}");
        assert_eq!(done.rewrapped, done.renewed, "{done:?}");
        let early = retire(&store, &vault, NOW + 2, |_, _| {}).await.expect("tried");
        assert!(!early.retired && early.destroyed == 0, "somebody may be using an old key: {early:?}");
        a_round_of_each(&rounds).await;
        let done = retire(&store, &vault, NOW + 1 + GRACE_MS, |_, _| {}).await.expect("retired");
        assert!(done.retired && done.destroyed > 0, "{done:?}");
        a_round_of_each(&rounds).await;
        over.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.await.expect("ends");
        }
        assert!(writer.await.expect("ends") > 0);
        assert_eq!(failed.load(Ordering::Relaxed), 0, "failed reads");

        let words = words.lock().expect("whole").clone();
        for column in columns() {
            let rows = store.sealed_after(column, None, i32::MAX).await.expect("read");
            assert_eq!(rows.len(), count().div_ceil(columns().len()));
            for row in rows {
                assert_eq!(Sealed::generation(&row.sealed), Some(2));
                let owner = row.key_of(column).expect("a person");
                let opened = vault.open(owner, column.place(row.id), &row.sealed).await.expect("opens");
                assert_eq!(Some(opened.reveal()), words.get(&(column.column, row.id)).map(String::as_str));
            }
        }
        assert!(vault.key_store().all().await.expect("listed").iter().all(|(_, generation)| *generation == 2));
        let file = fs::read_to_string(site.path("vault.key")).expect("text");
        assert_eq!(file.lines().filter(|line| line.starts_with("wrap ")).count(), 1);
        assert!(file.contains("wrap 2 "));
        store.close().await;
        vault.key_store().close().await;
    })
    .await;
}

#[tokio::test]
async fn a_rotation_that_was_interrupted_goes_on_where_it_stopped() {
    on_each_engine(async |site: &Site| {
        let (store, vault) = (site.store().await, site.vault().await);
        let words = fill(site, &store, &vault, 60).await;
        let old_file = fs::read_to_string(site.path("vault.key")).expect("text");
        // Somebody's machine stops after a part of each step.
        assert!(vault.begin_rotation(NOW + 1).expect("begins"));
        assert_eq!(vault.rewrap_some(7).await.expect("wrapped"), 7);
        assert_eq!(vault.renew_some(3, NOW + 1).await.expect("made"), 3);
        let again = site.vault().await;
        let done = rotate(&store, &again, NOW + 2, |_, _| {}).await.expect("rotated");
        assert!(!done.began, "it goes on with the one that began");
        assert_eq!((done.rewrapped, done.renewed, done.resealed), (13, 17, 60));
        let done = rotate(&store, &again, NOW + 3, |_, _| {}).await.expect("rotated");
        assert_eq!((done.began, done.rewrapped, done.renewed, done.resealed), (false, 0, 0, 0));
        assert!(retire(&store, &again, NOW + 1 + GRACE_MS, |_, _| {}).await.expect("retired").retired);
        // A server that slept through it all, with the old file in memory.
        for column in columns() {
            for row in store.sealed_after(column, None, 100).await.expect("read") {
                let owner = row.key_of(column).expect("a person");
                let opened = vault.open(owner, column.place(row.id), &row.sealed).await.expect("opens");
                let words = words.lock().expect("whole");
                assert_eq!(Some(opened.reveal()), words.get(&(column.column, row.id)).map(String::as_str));
            }
        }
        // The file of before opens nothing of now.
        fs::write(site.path("vault.key"), old_file).expect("written");
        let thief = site.vault().await;
        let row = store.sealed_after(columns()[0], None, 1).await.expect("read").remove(0);
        let owner = row.key_of(columns()[0]).expect("a person");
        assert!(thief.open(owner, columns()[0].place(row.id), &row.sealed).await.is_err());
        for vault in [vault, again, thief] {
            vault.key_store().close().await;
        }
        store.close().await;
    })
    .await;
}

/// Columns of bytes that are no ciphertexts, and what they are.
const NOT_SEALED: &[(&str, &str)] = &[
    ("passkey", "credential_id"),
    ("passkey", "fixed_state"),
    ("passkey", "counter_state"),
    ("passkey_ceremony", "state"),
    ("matter", "assignment"),
    // A ciphertext under the attempt's own token: no rotation could seal it again.
    ("sign_in_attempt", "mobile"),
    // Eight random bytes, which every code of the card carries in the open.
    ("card", "id"),
    ("audit", "hash"),
    ("audit_head", "hash"),
    ("audit_head", "mac"),
    ("audit_seal", "hash"),
    ("audit_seal", "mac"),
];

#[tokio::test]
async fn no_column_of_ciphertexts_is_missing_in_the_list_that_is_rotated() {
    use sqlx::{Connection as _, PgConnection};
    let Ok(_) = std::env::var("TEST_POSTGRES_URL") else { return };
    on_each_engine(async |site: &Site| {
        let store = site.store().await;
        if site.is_sqlite() {
            return;
        }
        // There bytes and ids have types of their own.
        let mut connection = PgConnection::connect(&site.database_url).await.expect("connects");
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND data_type = 'bytea' AND table_name NOT LIKE '\\_sqlx%'",
        )
        .fetch_all(&mut connection)
        .await
        .expect("listed");
        connection.close().await.expect("closes");
        assert!(columns.len() > SEALED.len());
        let known = |table: &str, column: &str| {
            SEALED.iter().any(|sealed| (sealed.table, sealed.column) == (table, column))
                || NOT_SEALED.contains(&(table, column))
                || column.ends_with("_hash")
        };
        let missing: Vec<_> = columns.iter().filter(|(table, column)| !known(table, column)).collect();
        assert_eq!(missing, Vec::<&(String, String)>::new(), "add them to SEALED, or say here what they are");
        store.close().await;
    })
    .await;
}
