//! The desk of members: masked, unmasked for a reason, and nobody's own.

use crate::{
    databases::on_each_engine,
    world::{DAY, NEW, NOW, OLD, World, union},
};
use domain::{
    account::{Actor, Reach},
    policy::{Action, Refused, Role},
    ports::{MemberDeed, Memberships as _, TypedDeed},
};
use server::store::{Roots, objections_sql};

#[tokio::test]
async fn nobody_is_an_officer_to_themselves() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let officer = world.officer(OLD).await;
        let id = world.give_membership(officer.subject, OLD, Some(NOW - 300 * DAY)).await;
        assert_eq!(world.members.member(&officer.actor, &id, NOW).await.map(drop), Err(Refused::NotFound));
        for deed in MemberDeed::ALL {
            let typed = TypedDeed { version: "0".into(), ..TypedDeed::default() };
            let not = world.members.do_to_member(&officer.actor, &id, *deed, &typed, NOW).await;
            assert_eq!(not.expect_err("their own").refused, Some(Refused::NotFound), "{deed:?}");
        }
        let reveal = world.members.reveal_member(&officer.actor, &id, "看看自己", NOW).await;
        assert_eq!(reveal.map(drop).expect_err("their own").refused, Some(Refused::NotFound));
        world.ask(&officer, NEW, NOW).await.expect("as a member, like everybody");
        let transfer = world.transfer_of(&id).await;
        assert!(world.decide(&officer, &transfer, "out", "agree", NOW).await.is_err());
        let queue = world.members.transfers(&officer.actor, NOW).await.expect("lists");
        assert_eq!((queue.out.len(), queue.into.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_within_reach_answers_as_what_is_not_there() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, id) = world.member(OLD).await;
        let other = world.officer(NEW).await;
        let administrator = world.somebody(Some((Role::Administrator, Reach::Everywhere))).await;
        for who in [&other, &administrator, &member] {
            for asked in [id.as_str(), "00000000000000000000000000000000", "x"] {
                assert_eq!(world.members.member(&who.actor, asked, NOW).await.map(drop), Err(Refused::NotFound));
            }
        }
        assert_eq!(world.members.member(&Actor::Anonymous, &id, NOW).await.map(drop), Err(Refused::SignIn));
        assert_eq!(world.members.transfers(&administrator.actor, NOW).await, Err(Refused::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_member_is_unmasked_for_a_reason_that_is_written_down_first() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD]).await;
        let (_, id) = world.member(OLD).await;
        let officer = world.officer(OLD).await;
        assert!(world.members.reveal_member(&officer.actor, &id, "", NOW).await.is_err());
        assert_eq!(world.audited(Action::RevealMember).await, Vec::<String>::new());
        world.members.reveal_member(&officer.actor, &id, "电话核对本人", NOW).await.map(drop).expect("shows");
        assert_eq!(world.audited(Action::RevealMember).await, ["电话核对本人"]);
    })
    .await;
}

#[tokio::test]
async fn of_two_officers_the_second_is_told_that_it_changed() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD]).await;
        let (_, id) = world.member(OLD).await;
        let (one, two) = (world.officer(OLD).await, world.officer(OLD).await);
        let seen = TypedDeed { version: "0".into(), reason: "违反章程".into(), ..TypedDeed::default() };
        let (first, second) = tokio::join!(
            world.members.do_to_member(&one.actor, &id, MemberDeed::Expel, &seen, NOW),
            world.members.do_to_member(&two.actor, &id, MemberDeed::TookPart, &seen, NOW),
        );
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|won| **won).count(), 1);
        assert_eq!(first.err().or(second.err()).expect("one lost").refused, None);
    })
    .await;
}

#[tokio::test]
async fn a_day_that_is_none_or_has_not_come_is_not_noted() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD]).await;
        let (member, id) = world.member(OLD).await;
        let officer = world.officer(OLD).await;
        for on in ["2026-13-01", "明天", "2027-01-01", "2026-11-24"] {
            let typed = TypedDeed { version: "0".into(), on: on.into(), ..TypedDeed::default() };
            let not = world.members.do_to_member(&officer.actor, &id, MemberDeed::TookPart, &typed, NOW).await;
            assert_eq!(not.expect_err("no such day").wrong.first().map(|(field, _)| *field), Some("on"), "{on}");
        }
        let typed = TypedDeed { version: "0".into(), on: "2026-10-08".into(), ..TypedDeed::default() };
        world.members.do_to_member(&officer.actor, &id, MemberDeed::TookPart, &typed, NOW).await.expect("notes");
        assert!(world.mine(&member, NOW).await.took_part_at.is_some_and(|at| at < NOW - 40 * DAY));
    })
    .await;
}

#[tokio::test]
async fn the_list_of_objections_is_read_from_its_index() {
    on_each_engine(async |store| {
        if store.is_postgres() {
            // Of a table without rows it reads all.
            return;
        }
        let sql = objections_sql(&Roots::Below(vec![union(OLD)]));
        let plan = store.generic_plan(&sql, false).await.expect("a plan");
        assert!(plan.contains("membership_objections") && !plan.contains("SCAN membership"), "{plan}");
    })
    .await;
}
