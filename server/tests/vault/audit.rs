//! The audit log: whatever is changed in it is found, and old months go without breaking the rest.

use super::{
    engines::{Site, on_each_engine},
    erasure::literal_bytes,
    world::{NOW, World},
};
use domain::{
    account::SubjectId,
    policy::{Action, Role},
    time::{DAY_MS, Millis},
};
use proptest::{prelude::*, sample::Index};
use server::{
    services::audit::{KEPT_MS, seal_old, verify},
    store::{AuditHead, AuditRow, AuditSeal, Break, Chain, Entry, Store},
    vault::Vault,
};

async fn note(store: &Store, vault: &Vault, number: u8, at: Millis) {
    let object = format!("matter {number}");
    let entry = Entry {
        actor: (!number.is_multiple_of(3)).then_some(SubjectId([number; 16])),
        role: Role::Handler,
        action: Action::ReadMatter,
        object: &object,
        reason: "因为",
    };
    let mut edit = store.edit().await.expect("begins");
    edit.audit(&vault.audit_key(), &entry, at).await.expect("written");
    edit.finish().await.expect("ends");
}

fn checked(key: [u8; 32], seals: &[AuditSeal], rows: &[AuditRow], head: Option<&AuditHead>) -> Result<u64, Break> {
    let mut chain = Chain::begin(key, seals)?;
    for row in rows {
        chain.follow(row)?;
    }
    chain.end(head)
}

/// What somebody who writes to the database may do, with the numbers by which they do it.
fn mutations() -> impl Strategy<Value = (u8, Index, Index, u8)> {
    (0..13_u8, any::<Index>(), any::<Index>(), 1..=255_u8)
}

fn mutate(rows: &mut Vec<AuditRow>, head: &mut AuditHead, (what, at, to, by): (u8, Index, Index, u8)) {
    let (at, to) = (at.index(rows.len()), to.index(rows.len()));
    let row = &mut rows[at];
    match what {
        0 => row.at += i64::from(by),
        1 => row.actor = if row.actor.is_some() { None } else { Some([by; 16]) },
        2 => row.role.push('x'),
        3 => "open_desk".clone_into(&mut row.action),
        4 => row.object.insert(0, char::from(by)),
        5 => row.reason.clear(),
        6 => row.hash[usize::from(by) % 32] ^= by,
        7 => row.seq += i64::from(by),
        8 => drop(rows.remove(at)),
        9 => rows.swap(at, to),
        // Swapped with their numbers.
        10 => {
            let (one, two) = (rows[at].seq, rows[to].seq);
            rows[at].seq = two;
            rows[to].seq = one;
            rows.swap(at, to);
        }
        11 => {
            let row = rows[at].clone();
            rows.insert(to, row);
        }
        // The end cut off, and the head moved to where it is now.
        _ => {
            rows.truncate(at + 1);
            if let Some(last) = rows.last() {
                (head.seq, head.hash) = (last.seq, last.hash.clone());
            }
        }
    }
}

#[test]
fn whatever_is_changed_removed_added_or_moved_is_found() {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let (key, rows, head) = runtime.block_on(async {
        let site = Site::on_sqlite();
        let (store, vault) = (site.store().await, site.vault().await);
        for number in 0..20 {
            note(&store, &vault, number, NOW + i64::from(number)).await;
        }
        let rows = store.audit_after(0, 100).await.expect("read");
        (vault.audit_key(), rows, store.audit_head().await.expect("read").expect("there"))
    });
    assert_eq!(checked(key, &[], &rows, Some(&head)), Ok(20));
    assert!(checked([0; 32], &[], &rows, Some(&head)).is_err(), "another key");
    assert!(checked(key, &[], &rows, None).is_err());
    assert!(checked(key, &[], &[], Some(&head)).is_err());
    proptest!(|(deeds in prop::collection::vec(mutations(), 1..4))| {
        let (mut changed, mut moved) = (rows.clone(), head.clone());
        for deed in deeds {
            if !changed.is_empty() {
                mutate(&mut changed, &mut moved, deed);
            }
        }
        prop_assume!((&changed, &moved) != (&rows, &head));
        prop_assert!(checked(key, &[], &changed, Some(&moved)).is_err());
        let made_up = AuditSeal { month: "2026-11".into(), last_seq: 3, hash: rows[2].hash.clone(), sealed_at: NOW, mac: vec![0; 32] };
        prop_assert!(checked(key, &[made_up], &rows[3..], Some(&head)).is_err());
    });
}

#[tokio::test]
async fn the_database_refuses_to_change_the_log_and_what_is_forced_is_found() {
    on_each_engine(async |site: &Site| {
        let (store, vault) = (site.store().await, site.vault().await);
        for number in 0..5 {
            note(&store, &vault, number, NOW).await;
        }
        for sql in [
            "UPDATE audit SET reason = '' WHERE seq = 2",
            "UPDATE audit SET seq = 9 WHERE seq = 5",
            "DELETE FROM audit WHERE seq = 5",
            "DELETE FROM audit",
        ] {
            assert!(site.tamper(sql).await.is_err(), "{sql}");
        }
        let found = async || verify(&store, vault.audit_key()).await.expect("read").rows;
        assert_eq!(found().await, Ok(5));

        // Who owns the database takes the triggers off.
        if site.is_sqlite() {
            site.tamper("DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_leaves_with_its_month").await
        } else {
            site.tamper("DROP TRIGGER audit_is_never_changed ON audit").await
        }
        .expect("dropped");
        let hash = literal_bytes(site, &store.audit_after(2, 1).await.expect("read")[0].hash);
        site.tamper("DELETE FROM audit WHERE seq > 3").await.expect("forced");
        assert_eq!(found().await, Err(Break::End(3)));
        site.tamper(&format!("UPDATE audit_head SET seq = 3, hash = {hash}")).await.expect("forced");
        assert_eq!(found().await, Err(Break::End(3)));
        // What is written afterwards does not make it good.
        note(&store, &vault, 9, NOW).await;
        assert_eq!(found().await, Err(Break::End(4)));
        site.tamper("UPDATE audit SET reason = '别的' WHERE seq = 2").await.expect("forced");
        assert_eq!(found().await, Err(Break::Row(2)));
        store.close().await;
        vault.key_store().close().await;
    })
    .await;
}

#[tokio::test]
async fn months_older_than_two_hundred_days_go_and_the_rest_is_still_checked() {
    on_each_engine(async |site: &Site| {
        let world = World::new(site).await;
        let (store, vault) = (&world.people.store, &world.people.vault);
        let begun = NOW - 300 * DAY_MS;
        for number in 0..60_u8 {
            note(store, vault, number, begun + i64::from(number) * 5 * DAY_MS).await;
        }
        assert_eq!(seal_old(&world.people, NOW).await.expect("sealed"), 19);
        assert_eq!(seal_old(&world.people, NOW).await.expect("sealed"), 0, "once");
        let rows = store.audit_after(0, 100).await.expect("read");
        assert_eq!(rows.len(), 41);
        assert!(rows.iter().all(|row| row.at >= NOW - KEPT_MS - 31 * DAY_MS), "only whole months go");
        let seals = store.audit_seals().await.expect("read");
        let months: Vec<&str> = seals.iter().map(|seal| seal.month.as_str()).collect();
        assert_eq!(months, ["2026-01", "2026-02", "2026-03", "2026-04"]);
        let verified = verify(store, vault.audit_key()).await.expect("read");
        assert_eq!((verified.rows, verified.sealed_months), (Ok(41), 4));
        note(store, vault, 77, NOW).await;
        assert_eq!(verify(store, vault.audit_key()).await.expect("read").rows, Ok(42));

        // A seal that somebody made up lets rows go, and is found.
        let hash = literal_bytes(site, &rows[4].hash);
        let mac = literal_bytes(site, &[0; 32]);
        let sql = format!(
            "INSERT INTO audit_seal (month, last_seq, hash, sealed_at, mac) VALUES ('2026-05', {}, {hash}, 0, {mac})",
            rows[4].seq
        );
        site.tamper(&sql).await.expect("forced");
        site.tamper(&format!("DELETE FROM audit WHERE seq <= {}", rows[4].seq)).await.expect("forced");
        let found = verify(store, vault.audit_key()).await.expect("read").rows;
        assert_eq!(found, Err(Break::Seal("2026-05".into())));
        world.close().await;
    })
    .await;
}

#[tokio::test]
async fn two_servers_that_write_at_once_make_one_chain() {
    on_each_engine(async |site: &Site| {
        let (one, two, vault) = (site.store().await, site.store().await, site.vault().await);
        let write = async |store: &Store| {
            for number in 0..15 {
                note(store, &vault, number, NOW).await;
            }
        };
        futures::join!(write(&one), write(&two));
        assert_eq!(verify(&one, vault.audit_key()).await.expect("read").rows, Ok(30));
        one.close().await;
        two.close().await;
        vault.key_store().close().await;
    })
    .await;
}
