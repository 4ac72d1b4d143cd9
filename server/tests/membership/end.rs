//! How a membership ends: never without a warning, never without somebody else to look at it again.

use crate::{
    databases::on_each_engine,
    world::{CITY, DAY, NEW, NOW, OLD, PROVINCE, Somebody, World},
};
use domain::{
    membership::MembershipState as S,
    policy::{Action, Refused},
    ports::{MemberDeed, Memberships as _},
};

#[tokio::test]
async fn nobody_lapses_without_a_warning_that_lay_in_the_inbox_for_its_days() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, CITY]).await;
        let silent = world.somebody(None).await;
        world.give_membership(silent.subject, OLD, Some(NOW - 183 * DAY)).await;
        let (unknown, _) = world.member(OLD).await;
        world.days(0, 0).await;
        assert_eq!((world.notices(&silent).await, world.mine(&silent, NOW).await.ends_at), (0, None), "not six months");
        world.days(1, 30).await;
        let warned = world.mine(&silent, NOW + 30 * DAY).await;
        assert_eq!((warned.state, warned.ends_at), (S::Active, Some(NOW + 31 * DAY)));
        assert_eq!(world.notices(&silent).await, 1);
        world.days(31, 31).await;
        let ended = world.mine(&silent, NOW + 31 * DAY).await;
        assert_eq!((ended.state, ended.ended_at), (S::Lapsed, Some(NOW + 31 * DAY)));
        assert!(ended.object_until.is_some() && ended.reviewer.as_deref() == Some("郑州市总工会"));
        assert_eq!(world.notices(&silent).await, 2);
        world.days(400, 400).await;
        assert_eq!(world.mine(&unknown, NOW).await.state, S::Active, "of whom nobody told anything");
        assert_eq!(
            world.audited(Action::DecideMembership).await,
            ["六个月没有记录，自动提醒", "提醒到期没有答复，自动终止"]
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_answers_a_warning_or_is_noted_or_retained_stays_a_member() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD]).await;
        let officer = world.officer(OLD).await;
        let mut silent = Vec::new();
        for _ in 0..3 {
            let one = world.somebody(None).await;
            let id = world.give_membership(one.subject, OLD, Some(NOW - 200 * DAY)).await;
            silent.push((one, id));
        }
        world.days(0, 1).await;
        world.members.keep(&silent[0].0.actor, NOW + DAY).await.expect("answers");
        world.act(&officer, &silent[1].1, MemberDeed::TookPart, "", NOW + DAY).await.expect("notes");
        world.members.retain(&silent[2].0.actor, "out_of_work", NOW + DAY).await.expect("retains");
        world.days(2, 60).await;
        let now = NOW + 60 * DAY;
        for (one, _) in &silent {
            let mine = world.mine(one, now).await;
            assert!(mine.state.is_member() && mine.ends_at.is_none());
        }
        let retained = world.mine(&silent[2].0, now).await;
        assert_eq!((retained.state, retained.reason.as_deref()), (S::Retained, Some("暂时没活干")));
        world.members.resume(&silent[2].0.actor, now).await.expect("resumes");
        world.days(61, 100).await;
        let resumed = world.mine(&silent[2].0, now).await;
        assert_eq!(
            (resumed.state, resumed.ends_at),
            (S::Active, None),
            "the time of being retained counts for nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn an_officer_ends_nobody_who_was_not_warned() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD]).await;
        let officer = world.officer(OLD).await;
        let silent = world.somebody(None).await;
        let id = world.give_membership(silent.subject, OLD, Some(NOW - 200 * DAY)).await;
        assert!(world.act(&officer, &id, MemberDeed::End, "", NOW).await.is_err(), "no warning");
        world.act(&officer, &id, MemberDeed::Warn, "", NOW).await.expect("warns");
        assert!(world.act(&officer, &id, MemberDeed::End, "", NOW + 29 * DAY).await.is_err(), "too early");
        world.act(&officer, &id, MemberDeed::End, "", NOW + 30 * DAY).await.expect("ends");
        assert_eq!(world.mine(&silent, NOW).await.state, S::Lapsed);
        let (unknown, id) = world.member(OLD).await;
        assert!(world.act(&officer, &id, MemberDeed::Warn, "", NOW).await.is_err(), "nobody told of any dues");
        assert_eq!(world.mine(&unknown, NOW).await.state, S::Active);
    })
    .await;
}

#[tokio::test]
async fn who_is_expelled_reads_why_objects_and_is_restored_by_somebody_else_above() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, CITY]).await;
        let (member, id) = world.member(OLD).await;
        let (county, city) = (world.officer(OLD).await, world.officer(CITY).await);
        world.act(&county, &id, MemberDeed::Expel, "", NOW).await.expect("expels");
        let expelled = world.mine(&member, NOW).await;
        assert_eq!(expelled.state, S::Expelled);
        assert_eq!(expelled.reason.as_deref(), Some("违反工会章程，多次提醒不改"));
        assert!(expelled.object_until.is_some());
        assert!(world.audited(Action::DecideMembership).await.iter().all(|reason| !reason.contains("章程")));
        assert!(world.members.object(&member.actor, " ", NOW).await.is_err(), "nothing written");
        world.members.object(&member.actor, "那天我在住院", NOW).await.expect("objects");
        world.members.object(&member.actor, "再说一遍", NOW).await.expect("twice is once");
        assert_eq!(world.mine(&member, NOW).await.objection.map(|(words, _)| words).as_deref(), Some("那天我在住院"));
        let own = world.act(&county, &id, MemberDeed::Rule, "restore", NOW).await.expect_err("not their own decision");
        assert_eq!(own.refused, Some(Refused::NotFound));
        world.act(&city, &id, MemberDeed::Rule, "restore", NOW).await.expect("restores");
        let restored = world.mine(&member, NOW).await;
        assert_eq!((restored.state, restored.reason, restored.object_until), (S::Active, None, None));
        assert!(world.act(&city, &id, MemberDeed::Rule, "restore", NOW).await.is_err(), "decided");
    })
    .await;
}

#[tokio::test]
async fn a_transfer_that_ends_with_an_expulsion_stands_in_the_history() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW, CITY]).await;
        let (member, id) = world.member(OLD).await;
        world.ask(&member, NEW, NOW).await.expect("asks");
        world.act(&world.officer(OLD).await, &id, MemberDeed::Expel, "", NOW).await.expect("expels");
        let lines: Vec<String> = world.mine(&member, NOW).await.history.into_iter().map(|(_, line)| line).collect();
        assert!(lines.iter().any(|line| line.starts_with("会籍结束，转会不办了")), "{lines:?}");
        assert!(!lines.iter().any(|line| line.starts_with("撤回转会")), "the member did not take it back: {lines:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_expelled_does_not_look_at_the_objection_even_from_above() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, CITY]).await;
        let (member, id) = world.member(OLD).await;
        let (city, other) = (world.officer(CITY).await, world.officer(CITY).await);
        world.act(&city, &id, MemberDeed::Expel, "", NOW).await.expect("expels from above");
        world.members.object(&member.actor, "不是我做的", NOW).await.expect("objects");
        assert!(world.act(&city, &id, MemberDeed::Rule, "uphold", NOW).await.is_err());
        world.act(&other, &id, MemberDeed::Rule, "uphold", NOW).await.expect("another one does");
        let upheld = world.mine(&member, NOW).await;
        assert_eq!((upheld.state, upheld.object_until), (S::Expelled, None));
        assert!(upheld.reason.is_some_and(|reason| reason.contains("复核意见") && reason.contains("不是我做的")));
        assert!(world.members.object(&member.actor, "再来一次", NOW).await.is_ok(), "said once already");
        assert!(world.act(&other, &id, MemberDeed::Rule, "restore", NOW).await.is_err(), "decided once");
    })
    .await;
}

#[tokio::test]
async fn who_has_joined_anew_is_not_restored_beside_it() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, CITY]).await;
        let (member, id) = world.member(OLD).await;
        let (county, city) = (world.officer(OLD).await, world.officer(CITY).await);
        world.act(&county, &id, MemberDeed::Expel, "", NOW).await.expect("expels");
        world.members.object(&member.actor, "不同意", NOW).await.expect("objects");
        world.give_membership(member.subject, NEW, None).await;
        let not = world.act(&city, &id, MemberDeed::Rule, "restore", NOW).await.expect_err("a member elsewhere");
        assert_eq!((not.refused, not.wrong.len()), (None, 1));
        assert_eq!(world.mine(&member, NOW).await.organisation, "金水区总工会");
    })
    .await;
}

#[tokio::test]
async fn an_objection_waits_at_the_one_above_with_a_date_goes_up_and_is_read_by_nobody_else() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, CITY]).await;
        let (member, id) = world.member(OLD).await;
        let (county, city) = (world.officer(OLD).await, world.officer(CITY).await);
        let province = world.officer(PROVINCE).await;
        world.act(&county, &id, MemberDeed::Expel, "", NOW).await.expect("expels");
        let queue =
            async |who: &Somebody, now| world.members.transfers(&who.actor, now).await.expect("lists").objections;
        assert!(queue(&city, NOW).await.is_empty());
        world.members.object(&member.actor, "那天我在住院", NOW).await.expect("objects");
        assert_eq!(world.notices(&city).await, 1, "the organisation above hears of it");
        assert!(queue(&county, NOW).await.is_empty(), "not the one that decided");
        let waits = queue(&city, NOW).await;
        assert_eq!(waits.len(), 1);
        assert_eq!((waits[0].membership.as_str(), waits[0].owner.as_str()), (id.as_str(), "郑州市总工会"));
        let due = waits[0].due_at;
        assert!(due > NOW + 6 * DAY && due < NOW + 8 * DAY, "five working days from a Monday: {due}");
        let said = async |who: &Somebody| {
            let case = world.members.member(&who.actor, &id, NOW).await.expect("opens");
            (case.objection.map(|(words, _)| words), case.reason.unwrap_or_default())
        };
        assert_eq!(said(&county).await.0, None, "the decider does not read it");
        assert_eq!(said(&city).await.0.as_deref(), Some("那天我在住院"));

        // The officer of the city does not look: to the province, which is open, and to no other.
        world.officers_were_at(&[PROVINCE], due).await;
        world.days(0, 6).await;
        assert_eq!(queue(&city, NOW).await.len(), 1, "not yet");
        world.days(9, 9).await;
        assert!(queue(&city, NOW).await.is_empty());
        let waits = queue(&province, NOW).await;
        assert_eq!((waits.len(), waits[0].owner.as_str()), (1, "河南省总工会"));
        assert!(waits[0].due_at > due && world.notices(&province).await == 1);
        assert_eq!(said(&city).await.0, None, "it is the province's now");
        world.act(&province, &id, MemberDeed::Rule, "uphold", NOW).await.expect("decides");
        assert!(queue(&province, NOW).await.is_empty());
        let (_, reason) = said(&county).await;
        assert!(reason.contains("复核意见") && !reason.contains("住院"), "{reason}");
        world.days(60, 60).await;
        assert!(queue(&province, NOW).await.is_empty(), "decided is decided");
    })
    .await;
}
