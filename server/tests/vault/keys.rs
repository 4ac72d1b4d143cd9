//! The key store, and keys that several servers use at once.

use super::{
    engines::{Site, on_each_engine},
    world::NOW,
};
use domain::account::SubjectId;
use server::vault::{Owner, Place, Vault, VaultError};
use std::{fs, os::unix::fs::PermissionsExt as _};

const PLACE: Place = Place { table: "subject", column: "name", row: [7; 16] };

fn owner(number: u8) -> Owner {
    Owner::Subject(SubjectId([number; 16]))
}

async fn seal(vault: &Vault, owner: Owner, text: &str) -> Vec<u8> {
    vault.seal(owner, PLACE, text, NOW).await.expect("sealed").0
}

#[tokio::test]
async fn what_one_server_seals_another_opens_for_its_owner_alone() {
    on_each_engine(async |site: &Site| {
        let (one, two) = (site.vault().await, site.vault().await);
        for text in ["", "张𬭚", "㛃", &"长".repeat(10_000)] {
            let sealed = seal(&one, owner(1), text).await;
            assert_eq!(two.open(owner(1), PLACE, &sealed).await.expect("opens").reveal(), text);
            seal(&one, owner(2), "somebody else's").await;
            let wrong = [
                two.open(owner(2), PLACE, &sealed).await,
                two.open(owner(1), Place { column: "mobile", ..PLACE }, &sealed).await,
                two.open(owner(1), PLACE, &sealed[..sealed.len() - 1]).await,
                two.open(owner(1), PLACE, b"").await,
            ];
            assert!(wrong.iter().all(|opened| matches!(opened, Err(VaultError::Broken))), "{wrong:?}");
        }
        let nobody = two.open(owner(9), PLACE, &seal(&one, owner(1), "x").await).await;
        assert!(matches!(nobody, Err(VaultError::NoKey)));
        one.key_store().close().await;
        two.key_store().close().await;
    })
    .await;
}

#[tokio::test]
async fn of_servers_that_make_the_first_key_of_somebody_at_once_all_use_the_same() {
    on_each_engine(async |site: &Site| {
        let vaults = [site.vault().await, site.vault().await, site.vault().await, site.vault().await];
        for number in 0..20 {
            let sealed =
                futures::future::join_all(vaults.iter().map(|vault| seal(vault, owner(number), "同一个人"))).await;
            for sealed in &sealed {
                for vault in &vaults {
                    let opened = vault.open(owner(number), PLACE, sealed).await.expect("opens");
                    assert_eq!(opened.reveal(), "同一个人");
                }
            }
        }
        assert_eq!(vaults[0].key_store().all().await.expect("listed").len(), 20);
        for vault in vaults {
            vault.key_store().close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_files_of_keys_are_for_their_owner_alone() {
    let site = Site::on_sqlite();
    let vault = site.vault().await;
    seal(&vault, owner(1), "x").await;
    for name in ["vault.key", "keys.db"] {
        let mode = fs::metadata(site.path(name)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    vault.key_store().close().await;
}

#[tokio::test]
async fn data_and_keys_in_one_database_are_noticed() {
    on_each_engine(async |site: &Site| {
        let vault = site.vault().await;
        assert!(vault.key_store().has_table("wrapped_key").await.expect("asked"));
        assert!(!vault.key_store().has_table("subject").await.expect("asked"));
        vault.key_store().close().await;
    })
    .await;
}
