//! Another number at a window: who may, for whom, by which fact.

use crate::{
    databases::on_each_engine,
    world::{NOW, Somebody, World, tree},
};
use domain::{
    account::{IdType, Reach, Strength, SubjectId},
    policy::{Action, Refused, Role},
    ports::{NotDone, Staff as _, TypedChange},
};
use server::{
    store::SealedIdentity,
    vault::{Lookup, Owner, Place},
};

const OLD: &str = "13800005678";
const NEW: &str = "13900001234";

fn typed(old: &str, last4: &str, new: &str) -> TypedChange {
    TypedChange {
        old: old.into(), last4: last4.into(), new: new.into(), reason: "旧号停机，核对过证件".into()
    }
}

/// Gives somebody a number, and an ID number when asked for.
async fn known(world: &World, subject: SubjectId, mobile: &str, id_number: Option<&str>) {
    let people = &world.people;
    let place = |column| Place { table: "subject", column, row: subject.0 };
    let owner = Owner::Subject(subject);
    let sealed = people.vault.seal(owner, place("mobile"), mobile, NOW).await.expect("seals");
    let mut edit = people.store.edit().await.expect("begins");
    let hash = people.vault.hash(Lookup::Mobile, mobile);
    assert!(edit.put_mobile(subject, &hash, &sealed.0).await.expect("writes"));
    if let Some(number) = id_number {
        let name = people.vault.seal(owner, place("name"), "王㛃", NOW).await.expect("seals");
        let id = people.vault.seal(owner, place("id_number"), number, NOW).await.expect("seals");
        let identity = SealedIdentity {
            name: &name.0,
            id_type: IdType::Resident,
            id_number: &id.0,
            id_hash: &people.vault.hash(Lookup::IdNumber, number),
            id_check: "form",
            person_hash: None,
        };
        edit.put_identity(subject, &identity).await.expect("writes");
    }
    edit.finish().await.expect("lasts");
}

async fn change(world: &World, by: &Somebody, typed: &TypedChange) -> Result<String, NotDone> {
    world.staff.change_mobile(&by.actor, typed, NOW).await
}

fn no_match(result: Result<String, NotDone>) -> bool {
    result.is_err_and(|not| not.refused.is_none() && not.wrong.len() == 1 && not.wrong[0].1.contains("对不上"))
}

#[tokio::test]
async fn a_right_fact_moves_the_account_and_tells_the_person() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (officer, manager) = (world.officer(410_100).await, world.person().await);
        world.give(manager, Role::Manager, &Reach::Station(world.station_in(410_103).code)).await;
        known(&world, manager, OLD, Some("11010519491231002X")).await;
        assert!(no_match(change(&world, &officer, &typed(OLD, "0021", NEW)).await));
        assert!(no_match(change(&world, &officer, &typed(OLD, "", NEW)).await));
        let done = change(&world, &officer, &typed("+86 138-0000-5678", "００２ｘ", NEW)).await;
        assert_eq!(done.as_deref(), Ok("139****1234"));
        assert!(no_match(change(&world, &officer, &typed(OLD, "002X", "13700000000")).await), "the old one is gone");
        assert_eq!(store.notices_of(manager, 10).await.expect("reads").len(), 1);
        let last = world.audited(Action::ChangeMobileOf).await;
        assert!(last.iter().any(|(object, reason)| *object == format!("subject {manager}") && reason.contains("停机")));
        assert!(last.iter().all(|(object, reason)| !object.contains("13800005678") && !reason.contains("138")));
    })
    .await;
}

#[tokio::test]
async fn nobody_out_of_an_officers_hands_is_changed_and_none_of_it_is_told_apart() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (officer, outside) = (world.officer(410_103).await, world.officer(420_000).await);
        let station = Reach::Station(world.station_in(410_103).code);
        let [worker, manager, both] = [world.person().await, world.person().await, world.person().await];
        for subject in [manager, both] {
            world.give(subject, Role::Manager, &station).await;
        }
        world.give(both, Role::Officer, &tree(410_000)).await;
        known(&world, worker, "13800000001", Some("11010519491231002X")).await;
        known(&world, manager, "13800000002", None).await;
        known(&world, both, "13800000003", None).await;
        known(&world, officer.subject, "13800000004", None).await;
        for (by, number, why) in [
            (&officer, "13800000009", "nobody"),
            (&officer, "13800000001", "nobody's member is not theirs"),
            (&officer, "13800000003", "holds a role that they could not give"),
            (&officer, "13800000004", "themselves"),
            (&outside, "13800000002", "another province"),
        ] {
            assert!(no_match(change(&world, by, &typed(number, "002X", NEW)).await), "{why}");
        }
        // A manager without an ID is known to the officer by the station.
        assert!(change(&world, &officer, &typed("13800000002", "", NEW)).await.is_ok());
        let taken = change(&world, &officer, &typed(NEW, "", "13800000001")).await.expect_err("has an account");
        assert_eq!(taken.wrong[0].0, "new");
        let administrator = world.administrator().await;
        assert!(change(&world, &administrator, &typed("13800000001", "002X", "13700000000")).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn guessing_ends_after_ten_tries_in_an_hour() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_103).await;
        for _ in 0..10 {
            assert!(no_match(change(&world, &officer, &typed(OLD, "0000", NEW)).await));
        }
        let eleventh = change(&world, &officer, &typed(OLD, "0000", NEW)).await.expect_err("enough");
        assert!(eleventh.wrong[0].1.contains("试得太多"));
        let hour = NOW + 3_600_001;
        let later = world.sign_in(officer.subject, Strength::Passkey, hour).await;
        assert!(no_match(world.staff.change_mobile(&later.actor, &typed(OLD, "0000", NEW), hour).await));
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_wrong_is_told_at_its_field_and_others_may_not_at_all() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_103).await;
        let wrong = TypedChange { old: "110".into(), last4: "1".into(), ..TypedChange::default() };
        let not = change(&world, &officer, &wrong).await.expect_err("all wrong");
        assert_eq!(not.wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["old", "last4", "new", "reason"]);
        assert_eq!(world.audited(Action::ChangeMobileOf).await, [], "nothing was tried");
        let handler = world.with_role(Role::Handler, tree(410_103)).await;
        let refused = change(&world, &handler, &typed(OLD, "002X", NEW)).await.expect_err("may not");
        assert_eq!(refused.refused, Some(Refused::NotFound));
    })
    .await;
}
