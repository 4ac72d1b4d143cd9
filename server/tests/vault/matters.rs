//! Who reads the words of a matter: the worker and the assigned handler, and nobody else by any way.

use super::{
    engines::{Site, on_each_engine},
    erasure::{hex, literal},
    world::World,
};
use domain::{
    account::{MatterId, OrganisationId, Strength},
    policy::{Refused, Role},
    ports::{Accounts as _, AuditLog as _, Matters as _, NotRead},
};
use server::{
    keyd::{Hidden, Reply, Request, ask},
    services::{accounts::AccountService, audit::AuditService},
};
use std::os::unix::fs::PermissionsExt as _;

const WORDS: &str = "平台三个月没有结算工资\n站长叫我别说";
const NOT_FOUND: NotRead = NotRead::Refused(Refused::NotFound);

#[tokio::test]
async fn a_matter_is_read_by_its_worker_and_its_handler_and_by_nobody_else() {
    on_each_engine(async |site: &Site| {
        let world = World::new(site).await;
        let (worker, other) = (world.worker().await, world.worker().await);
        let [officer, administrator, auditor, cover] =
            [Role::Officer, Role::Administrator, Role::Auditor, Role::CoverAdministrator];
        let officer = world.staff(officer).await;
        let (handler, other_handler) = (world.staff(Role::Handler).await, world.staff(Role::Handler).await);
        let matter = world.open(&worker, WORDS).await;
        assert_eq!(world.read(&worker, matter).await.as_deref(), Ok(WORDS));
        assert_eq!(world.read(&handler, matter).await, Err(NOT_FOUND), "not assigned yet");
        world.assign(&officer, matter, &handler).await.expect("an officer of the whole country assigns");
        assert_eq!(world.read(&handler, matter).await.as_deref(), Ok(WORDS));
        assert_eq!(world.read(&worker, matter).await.as_deref(), Ok(WORDS));

        let by_sms = world.again(&handler, Strength::Sms).await;
        let by_manager_code = world.again(&handler, Strength::Manager).await;
        let everybody_else = [
            (other, NOT_FOUND),
            (other_handler, NOT_FOUND),
            (officer.clone(), NOT_FOUND),
            (world.staff(administrator).await, NOT_FOUND),
            (world.staff(auditor).await, NOT_FOUND),
            (world.staff(cover).await, NOT_FOUND),
            (by_sms, NotRead::Refused(Refused::ProveAgain)),
            (by_manager_code, NotRead::Refused(Refused::ProveAgain)),
        ];
        let wrapped = Hidden::of(&world.people.vault.matter_key(matter).await.expect("a key"));
        for (who, refusal) in &everybody_else {
            assert_eq!(world.read(who, matter).await, Err(*refusal));
            assert_eq!(world.read(who, MatterId([9; 16])).await, Err(*refusal), "what is not there looks the same");
            // The web process taken out of the way: the key process decides by itself.
            let token = Hidden::new(&who.token);
            let read = Request::Read { token, matter: matter.to_string(), wrapped: wrapped.clone() };
            let reply = ask(&site.path("keyd.sock"), &read).await.expect("answers");
            assert!(matches!(reply, Reply::Refused), "{reply:?}");
        }
        for token in ["", "0", &"0".repeat(64)] {
            let (token, matter) = (Hidden::new(token), matter.to_string());
            let read = Request::Read { token, matter, wrapped: wrapped.clone() };
            let reply = ask(&site.path("keyd.sock"), &read).await.expect("answers");
            assert!(matches!(reply, Reply::Refused), "{reply:?}");
        }
        world.close().await;
    })
    .await;
}

#[tokio::test]
async fn only_an_officer_whose_role_reaches_it_assigns_a_matter_and_only_to_a_handler() {
    on_each_engine(async |site: &Site| {
        let world = World::new(site).await;
        let (worker, handler) = (world.worker().await, world.staff(Role::Handler).await);
        let matter = world.open(&worker, WORDS).await;
        for role in [Role::Administrator, Role::Handler, Role::Auditor, Role::CoverAdministrator] {
            let who = world.staff(role).await;
            assert_eq!(world.assign(&who, matter, &handler).await, Err(NOT_FOUND), "{role:?}");
            let (token, handler) = (Hidden::new(&who.token), handler.id.to_string());
            let assign = Request::Assign { token, matter: matter.to_string(), handler };
            let reply = ask(&site.path("keyd.sock"), &assign).await.expect("answers");
            assert!(matches!(reply, Reply::Refused), "{reply:?}");
        }
        let officer = world.staff(Role::Officer).await;
        assert_eq!(world.assign(&officer, matter, &worker).await, Err(NOT_FOUND), "the worker is no handler");
        assert_eq!(world.assign(&officer, MatterId([9; 16]), &handler).await, Err(NOT_FOUND));
        assert_eq!(world.assign(&officer, matter, &handler).await, Ok(()));
        world.close().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_themselves_a_matter_and_a_handlers_role_reaches_it() {
    on_each_engine(async |site: &Site| {
        let world = World::new(site).await;
        let worker = world.worker().await;
        let both = world.someone(Strength::Passkey, &[Role::Officer, Role::Handler]).await;
        let elsewhere = world.worker().await;
        // The matter is nobody's but the country's.
        let union = OrganisationId([7; 16]);
        let sql = format!(
            "INSERT INTO organisation (id, name, kind, level, source, created_at, changed_at) \
             VALUES ({}, '某县总工会', 'general', 'county', 'test', 0, 0)",
            literal(site, &union.0)
        );
        site.tamper(&sql).await.expect("written");
        let mut edit = world.people.store.edit().await.expect("begins");
        let place = Some(union);
        edit.put_trial_grant(elsewhere.id, Role::Handler, place, None, world.now()).await.expect("written");
        edit.finish().await.expect("ends");
        let matter = world.open(&worker, WORDS).await;
        for handler in [&both, &elsewhere] {
            assert_eq!(world.assign(&both, matter, handler).await, Err(NOT_FOUND));
            // The web process taken out of the way: the key process decides by itself.
            let (token, handler) = (Hidden::new(&both.token), handler.id.to_string());
            let assign = Request::Assign { token, matter: matter.to_string(), handler };
            let reply = ask(&site.path("keyd.sock"), &assign).await.expect("answers");
            assert!(matches!(reply, Reply::Refused), "{reply:?}");
        }
        let accounts = AccountService::new(world.people.clone());
        let told = async || accounts.inbox(&world.actor(&worker).await).await.expect("an inbox").len();
        assert_eq!(told().await, 0);
        let handler = world.staff(Role::Handler).await;
        assert_eq!(world.assign(&both, matter, &handler).await, Ok(()));
        assert_eq!(told().await, 1, "the worker knows who has it");
        world.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_handler_or_an_owner_written_into_the_database_opens_nothing() {
    on_each_engine(async |site: &Site| {
        let world = World::new(site).await;
        let (worker, thief) = (world.worker().await, world.staff(Role::Handler).await);
        let (officer, handler) = (world.staff(Role::Officer).await, world.staff(Role::Handler).await);
        let matter = world.open(&worker, WORDS).await;
        let mine = world.open(&thief, "我自己的").await;
        world.assign(&officer, matter, &handler).await.expect("assigned");
        world.assign(&officer, mine, &thief).await.expect("assigned");
        let confirmed = world.people.store.matter(mine).await.expect("read").expect("there").assignment;
        let others = world.people.store.matter(matter).await.expect("read").expect("there").assignment;
        for confirmation in [confirmed, others, Some(vec![0; 32]), Some(Vec::new())] {
            let mut edit = world.people.store.edit().await.expect("begins");
            edit.assign_matter(matter, thief.id, &confirmation.expect("one")).await.expect("written");
            edit.finish().await.expect("ends");
            assert_eq!(world.read(&thief, matter).await, Err(NOT_FOUND));
        }
        // As the owner: the wrapping is bound to whose matter it is.
        let id = |of: &[u8; 16]| literal(site, of);
        let sql = format!("UPDATE matter SET subject = {} WHERE id = {}", id(&thief.id.0), id(&matter.0));
        assert_eq!(site.tamper(&sql).await.expect("written"), 1);
        assert_eq!(world.read(&thief, matter).await, Err(NOT_FOUND));
        world.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_handlers_reading_is_written_down_without_a_word_of_the_matter() {
    on_each_engine(async |site: &Site| {
        let world = World::new(site).await;
        let (worker, officer, handler) =
            (world.worker().await, world.staff(Role::Officer).await, world.staff(Role::Handler).await);
        let matter = world.open(&worker, WORDS).await;
        world.assign(&officer, matter, &handler).await.expect("assigned");
        world.read(&worker, matter).await.expect("read");
        world.read(&handler, matter).await.expect("read");
        let auditor = world.staff(Role::Auditor).await;
        let audit = AuditService::new(world.people.clone());
        let page = audit.list(&world.actor(&auditor).await, Some("2026-11"), None, world.now()).await.expect("listed");
        let lines: Vec<String> = page
            .entries
            .iter()
            .map(|entry| format!("{} {} {} {}", entry.role, entry.action, entry.object, entry.reason))
            .collect();
        let short = |id: &[u8; 16]| hex(&id[12..]);
        let (matter_id, to) = (short(&matter.0), short(&handler.id.0));
        assert_eq!(
            lines,
            [
                format!("法律承办人 看案件内容 案件 {matter_id} 钥匙进程记录 4"),
                format!("工会干部 指派案件 案件 {matter_id} 指派给 {to}，钥匙进程记录 2"),
            ]
        );
        assert_eq!(audit.list(&world.actor(&officer).await, None, None, world.now()).await, Err(Refused::NotFound));
        let empty = audit.list(&world.actor(&auditor).await, Some("2026-10"), None, world.now()).await.expect("listed");
        assert!(empty.entries.is_empty() && empty.months == ["2026-11"]);
        let log = std::fs::read_to_string(site.path("keyd.log")).expect("a log");
        assert!(!log.contains("工资"));
        assert_eq!(log.lines().count(), 4);
        for private in ["keyd.log", "keyd.key", "keyd.sock", "vault.key"] {
            let mode = std::fs::metadata(site.path(private)).expect("there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{private}");
        }
        world.close().await;
    })
    .await;
}

#[tokio::test]
async fn without_the_key_process_nobody_reads_and_nothing_is_lost() {
    on_each_engine(async |site: &Site| {
        let mut world = World::new(site).await;
        let worker = world.worker().await;
        let matter = world.open(&worker, WORDS).await;
        world.stop_keyd().await;
        assert_eq!(world.read(&worker, matter).await, Err(NotRead::KeyProcess));
        world.start_keyd(site).await;
        assert_eq!(world.read(&worker, matter).await.as_deref(), Ok(WORDS));
        world.people.vault.destroy(worker.id).await.expect("destroyed");
        assert_eq!(world.read(&worker, matter).await, Err(NOT_FOUND), "the keys of matters go with their person");
        world.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_list_of_a_handler_is_their_own() {
    on_each_engine(async |site: &Site| {
        let world = World::new(site).await;
        let (worker, officer, handler) =
            (world.worker().await, world.staff(Role::Officer).await, world.staff(Role::Handler).await);
        let mut mine = Vec::new();
        for at in 0..3 {
            world.set(super::world::NOW + at);
            let matter = world.open(&worker, WORDS).await;
            world.assign(&officer, matter, &handler).await.expect("assigned");
            mine.insert(0, matter);
        }
        let list = async |who| world.matters.list_assigned(&world.actor(who).await).await;
        let rows = list(&handler).await.expect("listed");
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), mine);
        let another = world.staff(Role::Handler).await;
        assert_eq!(list(&another).await.expect("listed"), []);
        assert_eq!(list(&worker).await, Err(Refused::NotFound));
        world.close().await;
    })
    .await;
}
