//! Who is erased is gone from backups too: the key is, and nobody else's.

use super::{
    engines::{Site, on_each_engine},
    world::{NOW, World},
};
use data_encoding::HEXLOWER;
use domain::{
    account::SubjectId,
    ports::{Accounts as _, Browser, CodeFor, Entered, Sender},
};
use server::{
    services::accounts::AccountService,
    store::{SEALED, SealedColumn, SealedFor, Store},
    vault::{Owner, Place, Vault, VaultError},
};
use sqlx::{Connection as _, SqliteConnection};
use std::{fs, path::Path};

const GONE: SubjectId = SubjectId([0xA1; 16]);
const STAYS: SubjectId = SubjectId([0xB2; 16]);

const GONE_MOBILE: &str = "13900000001";
const STAYS_MOBILE: &str = "13900000002";

fn name_of(who: SubjectId) -> &'static str {
    if who == GONE { "欧阳𬭚" } else { "司马㛃" }
}

fn name() -> &'static SealedColumn {
    SEALED.iter().find(|column| (column.table, column.column) == ("subject", "name")).expect("registered")
}

/// Writes somebody's name as the services do.
pub async fn put_name(site: &Site, store: &Store, vault: &Vault, who: SubjectId, text: &str) {
    let mut edit = store.edit().await.expect("begins");
    edit.put_trial_subject(who, NOW).await.expect("written");
    edit.finish().await.expect("ends");
    let sealed = vault.seal(Owner::Subject(who), name().place(who.0), text, NOW).await.expect("sealed").0;
    let (id, bytes) = (literal(site, &who.0), literal_bytes(site, &sealed));
    site.tamper(&format!("UPDATE subject SET name = {bytes} WHERE id = {id}")).await.expect("written");
}

pub fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// An id in SQL.
pub fn literal(site: &Site, id: &[u8; 16]) -> String {
    if site.is_sqlite() { format!("x'{}'", hex(id)) } else { format!("'{}'", hex(id)) }
}

/// Bytes in SQL.
pub fn literal_bytes(site: &Site, bytes: &[u8]) -> String {
    if site.is_sqlite() { format!("x'{}'", hex(bytes)) } else { format!("'\\x{}'", hex(bytes)) }
}

/// The wrapped keys of somebody, as they lie in the key store.
async fn wrapped_keys(path: &Path, who: SubjectId) -> Vec<Vec<u8>> {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.expect("opens");
    let keys = sqlx::query_scalar(
        "SELECT wrapped FROM wrapped_key WHERE owner = $1 UNION SELECT wrapped FROM matter_key WHERE subject = $1",
    )
    .bind(uuid::Uuid::from_bytes(who.0))
    .fetch_all(&mut connection)
    .await
    .expect("listed");
    connection.close().await.expect("closes");
    keys
}

fn holds(path: &Path, bytes: &[u8]) -> bool {
    let file = fs::read(path).unwrap_or_default();
    file.windows(bytes.len()).any(|window| window == bytes)
}

/// Every column of bytes in the old backup, opened with every owner there is, the program among them.
async fn opened_with_all_owners(site: &Site, vault: &Vault, people: &[SubjectId]) -> Vec<String> {
    let attempt = SealedColumn { table: "sign_in_attempt", column: "mobile", id: "id", by: SealedFor::Program };
    let mut seen = Vec::new();
    let url = format!("sqlite:{}", site.path("backup.db").display());
    let mut connection = SqliteConnection::connect(&url).await.expect("opens");
    for column in SEALED.iter().chain([&attempt]) {
        let SealedColumn { table, column: name, id, .. } = *column;
        let sql = format!("SELECT {id}, {name} FROM {table} WHERE {name} IS NOT NULL");
        let rows: Vec<(uuid::Uuid, Vec<u8>)> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await.expect("read");
        assert!(table != "sign_in_attempt" || rows.len() == 4, "the attempts are in the backup");
        for (id, sealed) in rows {
            for owner in people.iter().map(|&who| Owner::Subject(who)).chain([Owner::Program]) {
                if let Ok(text) = vault.open(owner, column.place(id.into_bytes()), &sealed).await {
                    seen.push(text.reveal().to_owned());
                }
            }
        }
    }
    connection.close().await.expect("closes");
    seen
}

#[tokio::test]
async fn of_who_is_erased_a_backup_tells_nothing_with_all_the_keys_there_are() {
    let site = Site::on_sqlite();
    let (store, vault) = (site.store().await, site.vault().await);
    for who in [GONE, STAYS] {
        put_name(&site, &store, &vault, who, name_of(who)).await;
        let matter = domain::account::MatterId(who.0);
        vault.put_matter_key(matter, who, &[who.0[0]; 77], NOW).await.expect("kept");
    }
    // A second generation too: all of them go.
    vault.begin_rotation(NOW + 1).expect("begins");
    while vault.renew_some(10, NOW + 1).await.expect("made") > 0 {}
    // Both sign in as people do, and are half way through another sign-in when the backup is made.
    let people = World::people(&site).await;
    let accounts = AccountService::new(people.clone());
    let mut signed_in = Vec::new();
    for (at, mobile) in [GONE_MOBILE, STAYS_MOBILE].into_iter().enumerate() {
        let now = [NOW, NOW + 100_000][at];
        let browser = Browser {
            sender: Sender { device: format!("{at:032x}"), network: format!("10.0.{at}.0/24") },
            phone: "测试".to_owned(),
            session: None,
        };
        let sent = accounts.send_code(mobile, CodeFor::SignIn, &browser, now).await.expect("sent");
        let code = people.sms.last_code(mobile).expect("a code");
        let Ok(Entered::SignedIn(session)) = accounts.enter_code(&sent.attempt, &code, &browser, now).await else {
            panic!("not signed in");
        };
        accounts.send_code(mobile, CodeFor::SignIn, &browser, now + 61_000).await.expect("sent");
        signed_in.push(accounts.actor(Some(&session.session), now).await.expect("answers"));
    }
    site.tamper(&format!("VACUUM INTO '{}'", site.path("backup.db").display())).await.expect("backed up");
    let keys = site.path("keys.db");
    let (of_gone, of_stays) = (wrapped_keys(&keys, GONE).await, wrapped_keys(&keys, STAYS).await);
    assert_eq!((of_gone.len(), of_stays.len()), (3, 3));
    assert!(of_gone.iter().chain(&of_stays).all(|key| holds(&keys, key)), "the search finds what is there");

    let (gone, stays) = (signed_in[0].subject().expect("somebody"), signed_in[1].subject().expect("somebody"));
    accounts.erase(&signed_in[0], NOW + 200_000).await.expect("erased");
    people.vault.key_store().close().await;
    people.store.close().await;
    vault.destroy(GONE).await.expect("destroyed");
    vault.key_store().close().await;
    store.close().await;

    // Somebody has the backup, today's key store and the key file.
    let backup = Store::connect_to_read(&format!("sqlite:{}", site.path("backup.db").display())).await.expect("opens");
    let vault = site.vault().await;
    let seen = opened_with_all_owners(&site, &vault, &[GONE, STAYS, gone, stays]).await;
    assert!(seen.iter().any(|text| text == STAYS_MOBILE), "the control: who stays can be read");
    assert!(!seen.iter().any(|text| text == GONE_MOBILE || text == name_of(GONE)), "{seen:?}");
    let rows = backup.sealed_after(name(), None, 10).await.expect("read");
    assert_eq!(rows.len(), 2, "the backup holds both");
    for row in rows {
        let who = SubjectId(row.owner);
        let opened = vault.open(Owner::Subject(who), name().place(row.id), &row.sealed).await;
        if who == GONE {
            assert!(matches!(opened, Err(VaultError::NoKey)));
            let as_another = vault.open(Owner::Subject(STAYS), name().place(row.id), &row.sealed).await;
            assert!(as_another.is_err());
        } else {
            assert_eq!(opened.expect("opens").reveal(), name_of(STAYS), "the control: another person is readable");
        }
    }
    vault.key_store().close().await;
    backup.close().await;
    for file in fs::read_dir(site.folder()).expect("listed") {
        let path = file.expect("a file").path();
        for key in &of_gone {
            assert!(!holds(&path, key), "a destroyed key is in {}", path.display());
        }
        assert!(!holds(&path, name_of(GONE).as_bytes()), "the name is in {}", path.display());
    }
    assert!(of_stays.iter().all(|key| holds(&keys, key)));
}

#[tokio::test]
async fn who_is_erased_is_gone_on_both_engines_and_nobody_else() {
    on_each_engine(async |site: &Site| {
        let vault = site.vault().await;
        let place = Place { table: "subject", column: "name", row: [1; 16] };
        let mut sealed = Vec::new();
        for who in [GONE, STAYS] {
            sealed.push(vault.seal(Owner::Subject(who), place, name_of(who), NOW).await.expect("sealed").0);
            vault.put_matter_key(domain::account::MatterId(who.0), who, &[1; 77], NOW).await.expect("kept");
        }
        vault.destroy(GONE).await.expect("destroyed");
        vault.key_store().scrub().await.expect("scrubbed");
        let gone = vault.open(Owner::Subject(GONE), place, &sealed[0]).await;
        assert!(matches!(gone, Err(VaultError::NoKey)));
        let matter = vault.matter_key(domain::account::MatterId(GONE.0)).await;
        assert!(matches!(matter, Err(VaultError::NoKey)));
        let stays = vault.open(Owner::Subject(STAYS), place, &sealed[1]).await.expect("opens");
        assert_eq!(stays.reveal(), name_of(STAYS));
        assert!(vault.matter_key(domain::account::MatterId(STAYS.0)).await.is_ok());
        // Somebody new under the same id, which never happens, would have a key of their own.
        vault.seal(Owner::Subject(GONE), place, "x", NOW).await.expect("sealed");
        assert!(vault.open(Owner::Subject(GONE), place, &sealed[0]).await.is_err());
        vault.key_store().close().await;
    })
    .await;
}
