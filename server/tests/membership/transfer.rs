//! 会籍接转: both sides, silence on each, objections, and what happens half-way.

use crate::{
    databases::on_each_engine,
    world::{CITY, DAY, FAR, NEW, NOW, OLD, PROVINCE, World, state_of},
};
use domain::{
    membership::{MembershipState as S, Side, TransferState as T},
    policy::{Action, Refused},
    ports::{Memberships as _, TypedDecision, TypedTransfer},
};
use server::services::membership::pass;

#[tokio::test]
async fn a_member_moves_when_both_sides_agree_and_hears_of_every_step() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, id) = world.member(OLD).await;
        let (old, new) = (world.officer(OLD).await, world.officer(NEW).await);
        world.ask(&member, NEW, NOW).await.expect("asks");
        assert_eq!(state_of(&world.mine(&member, NOW).await), (S::Transferring, Some(T::Open)));
        assert!(world.ask(&member, NEW, NOW).await.is_err(), "one at a time");
        let transfer = world.transfer_of(&id).await;
        let queue = world.members.transfers(&old.actor, NOW).await.expect("lists");
        assert_eq!((queue.out.len(), queue.into.len()), (1, 0));
        world.decide(&new, &transfer, "in", "agree", NOW).await.expect("agrees");
        let before = world.mine(&member, NOW).await;
        assert_eq!((before.state, before.organisation.as_str()), (S::Transferring, "二七区总工会"));
        world.decide(&old, &transfer, "out", "agree", NOW).await.expect("agrees");
        let after = world.mine(&member, NOW).await;
        assert_eq!((state_of(&after), after.organisation.as_str()), ((S::Active, Some(T::Done)), "金水区总工会"));
        assert_eq!(after.number, before.number, "the number stays");
        let history: Vec<&str> = after.history.iter().map(|(_, what)| what.split('（').next().unwrap_or("")).collect();
        assert_eq!(history, ["申请转会", "同意接收", "同意转出", "转会办好"]);
        assert_eq!(world.notices(&member).await, 2);
        assert_eq!(world.audited(Action::DecideMembership).await, ["同意接收", "同意转出"]);
        // The old organisation has no more to do with them.
        assert_eq!(world.members.member(&old.actor, &id, NOW).await.map(drop), Err(Refused::NotFound));
        assert!(world.members.member(&new.actor, &id, NOW).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn silence_on_each_side_goes_up_and_ends_as_agreed_by_rule() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW, CITY, PROVINCE]).await;
        let (member, id) = world.member(OLD).await;
        world.ask(&member, NEW, NOW).await.expect("asks");
        world.days(1, 7).await;
        let one = world.mine(&member, NOW + 7 * DAY).await;
        let owners: Vec<String> = one.transfer.expect("open").turns.map(|turn| turn.owner).to_vec();
        assert_eq!(owners, ["郑州市总工会", "郑州市总工会"]);
        // Those who were silent decide no more; those above do.
        let (old, city) = (world.officer(OLD).await, world.officer(CITY).await);
        let transfer = world.transfer_of(&id).await;
        let at = NOW + 7 * DAY;
        let late = world.decide(&old, &transfer, "out", "agree", at).await.expect_err("too late");
        assert_eq!(late.refused, Some(Refused::NotFound));
        let case = world.members.transfer(&city.actor, &transfer, at).await.expect("reads");
        assert_eq!(case.may, [Side::Out, Side::In]);
        world.decide(&city, &transfer, "in", "agree", at).await.expect("agrees");
        world.officers_were_at(&[PROVINCE], at).await;
        world.days(8, 22).await;
        let done = world.mine(&member, NOW + 22 * DAY).await;
        assert_eq!((state_of(&done), done.organisation.as_str()), ((S::Active, Some(T::Done)), "金水区总工会"));
        let out = done.transfer.expect("kept").turns[0].decision.expect("decided");
        assert!(out.by_rule && out.is_agreed);
        assert!(done.history.iter().any(|(_, what)| what.starts_with("逾期未答复")));
        assert!(world.audited(Action::DecideMembership).await.iter().any(|reason| reason.starts_with("逾期未答复")));
    })
    .await;
}

#[tokio::test]
async fn of_two_officers_who_decide_at_once_one_wins_and_the_other_is_told() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, id) = world.member(OLD).await;
        let (one, two) = (world.officer(OLD).await, world.officer(OLD).await);
        world.ask(&member, NEW, NOW).await.expect("asks");
        let transfer = world.transfer_of(&id).await;
        let version = world.members.transfer(&one.actor, &transfer, NOW).await.expect("reads").version.to_string();
        let typed = |decision: &str| TypedDecision {
            side: "out".into(),
            decision: decision.into(),
            why: "unknown".into(),
            reason: String::new(),
            version: version.clone(),
        };
        let (agree, refuse) = (typed("agree"), typed("refuse"));
        let (first, second) = tokio::join!(
            world.members.decide_transfer(&one.actor, &transfer, &agree, NOW),
            world.members.decide_transfer(&two.actor, &transfer, &refuse, NOW),
        );
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|won| **won).count(), 1);
        let told = first.err().or(second.err()).expect("one lost");
        assert_eq!((told.refused, told.wrong.len()), (None, 1));
        assert_eq!(world.audited(Action::DecideMembership).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_to_let_go_needs_a_reason_of_the_list_and_the_member_takes_it_up() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW, CITY]).await;
        let (member, id) = world.member(OLD).await;
        let (old, city) = (world.officer(OLD).await, world.officer(CITY).await);
        world.ask(&member, NEW, NOW).await.expect("asks");
        let transfer = world.transfer_of(&id).await;
        let own_words = TypedDecision {
            side: "out".into(),
            decision: "refuse".into(),
            why: "会费没交".into(),
            reason: "会费没交".into(),
            version: "0".into(),
        };
        let not = world.members.decide_transfer(&old.actor, &transfer, &own_words, NOW).await.expect_err("not on it");
        assert_eq!(not.wrong.first().map(|(field, _)| *field), Some("why"));
        world.decide(&old, &transfer, "out", "refuse", NOW).await.expect("refuses");
        let stays = world.mine(&member, NOW).await;
        assert_eq!((state_of(&stays), stays.organisation.as_str()), ((S::Active, Some(T::Refused)), "二七区总工会"));
        let refused = stays.transfer.expect("kept");
        assert!(refused.may_object && refused.reason.is_some_and(|reason| reason.contains("不是我们的会员")));
        let (title, text) = world.told(&member).await;
        assert!(title.contains("没有通过") && text.contains("原因：不是我们的会员"), "{text}");
        world.members.object_to_refusal(&member.actor, NOW).await.expect("objects");
        world.members.object_to_refusal(&member.actor, NOW).await.expect("twice is once");
        assert_eq!(state_of(&world.mine(&member, NOW).await), (S::Transferring, Some(T::Open)));
        assert!(world.decide(&old, &transfer, "out", "refuse", NOW).await.is_err(), "not theirs any more");
        world.decide(&city, &transfer, "out", "agree", NOW).await.expect("the city agrees");
        let new = world.officer(NEW).await;
        world.decide(&new, &transfer, "in", "agree", NOW).await.expect("agrees");
        assert_eq!(world.mine(&member, NOW).await.organisation, "金水区总工会");
    })
    .await;
}

#[tokio::test]
async fn what_an_officer_wrote_stands_on_the_page_and_in_no_notice() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW, CITY]).await;
        let (member, id) = world.member(OLD).await;
        world.ask(&member, NEW, NOW).await.expect("asks");
        let transfer = world.transfer_of(&id).await;
        world.decide(&world.officer(NEW).await, &transfer, "in", "refuse", NOW).await.expect("refuses");
        let (_, text) = world.told(&member).await;
        assert!(text.contains("写了原因，在会籍页里看") && !text.contains("岗位"), "{text}");
        let reason = world.mine(&member, NOW).await.transfer.expect("kept").reason;
        assert!(reason.is_some_and(|reason| reason.contains("岗位")));
    })
    .await;
}

#[tokio::test]
async fn a_refusal_with_nobody_above_does_not_hold_a_member() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, id) = world.member(OLD).await;
        let (old, new) = (world.officer(OLD).await, world.officer(NEW).await);
        world.ask(&member, NEW, NOW).await.expect("asks");
        let transfer = world.transfer_of(&id).await;
        world.decide(&new, &transfer, "in", "agree", NOW).await.expect("agrees");
        world.decide(&old, &transfer, "out", "refuse", NOW).await.expect("refuses");
        world.members.object_to_refusal(&member.actor, NOW).await.expect("objects");
        let done = world.mine(&member, NOW).await;
        assert_eq!((state_of(&done), done.organisation.as_str()), ((S::Active, Some(T::Done)), "金水区总工会"));
    })
    .await;
}

#[tokio::test]
async fn a_target_that_is_dissolved_half_way_leaves_the_member_where_they_are() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW, CITY]).await;
        let (member, _) = world.member(OLD).await;
        world.ask(&member, NEW, NOW).await.expect("asks");
        world.dissolve(NEW).await;
        world.days(0, 0).await;
        let stays = world.mine(&member, NOW).await;
        assert_eq!((state_of(&stays), stays.organisation.as_str()), ((S::Active, Some(T::Refused)), "二七区总工会"));
        let kept = stays.transfer.expect("kept");
        assert!(kept.reason.is_some_and(|reason| reason.contains("另选")) && !kept.may_object);
        world.ask(&member, CITY, NOW).await.expect("goes elsewhere");
    })
    .await;
}

#[tokio::test]
async fn an_old_organisation_that_is_no_more_keeps_nobody() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, id) = world.member(OLD).await;
        world.ask(&member, NEW, NOW).await.expect("asks");
        world.dissolve(OLD).await;
        world.days(0, 0).await;
        let new = world.officer(NEW).await;
        let transfer = world.transfer_of(&id).await;
        world.decide(&new, &transfer, "in", "agree", NOW).await.expect("agrees");
        assert_eq!(world.mine(&member, NOW).await.organisation, "金水区总工会");
    })
    .await;
}

#[tokio::test]
async fn members_of_a_dissolved_union_are_taken_over_by_the_nearest_above_and_told() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, _) = world.member(OLD).await;
        let (other, _) = world.member(NEW).await;
        world.dissolve(OLD).await;
        assert_eq!(pass(&world.people, NOW + 2).await.expect("runs"), 1);
        assert_eq!(pass(&world.people, NOW + 3).await.expect("runs"), 0, "once");
        let mine = world.mine(&member, NOW + 3).await;
        assert_eq!((mine.state, mine.organisation.as_str()), (S::Active, "郑州市总工会"));
        let line = &mine.history.last().expect("a line").1;
        assert!(line.starts_with("原工会撤销，上级接着管") && line.contains("郑州市总工会"), "{line}");
        assert_eq!(world.mine(&other, NOW + 3).await.organisation, "金水区总工会");
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_a_transfer_back_or_resigns_is_on_the_way_no_more() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, id) = world.member(OLD).await;
        world.ask(&member, NEW, NOW).await.expect("asks");
        for _ in 0..2 {
            world.members.withdraw_transfer(&member.actor, NOW).await.expect("twice is once");
            assert_eq!(state_of(&world.mine(&member, NOW).await), (S::Active, Some(T::Withdrawn)));
        }
        world.ask(&member, NEW, NOW).await.expect("asks again");
        world.members.resign(&member.actor, true, NOW).await.expect("resigns on the way");
        world.members.resign(&member.actor, true, NOW).await.expect("twice is once");
        assert_eq!(state_of(&world.mine(&member, NOW).await), (S::Resigned, Some(T::Withdrawn)));
        let new = world.officer(NEW).await;
        let transfer = world.transfer_of(&id).await;
        assert!(world.decide(&new, &transfer, "in", "agree", NOW).await.is_err());
        world.days(1, 30).await;
        assert_eq!(world.mine(&member, NOW).await.state, S::Resigned);
    })
    .await;
}

#[tokio::test]
async fn an_officer_who_decides_while_the_member_resigns_changes_nothing_afterwards() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        for _ in 0..5 {
            let (member, id) = world.member(OLD).await;
            let (old, new) = (world.officer(OLD).await, world.officer(NEW).await);
            world.ask(&member, NEW, NOW).await.expect("asks");
            let transfer = world.transfer_of(&id).await;
            world.decide(&new, &transfer, "in", "agree", NOW).await.expect("agrees");
            let (_, resigned) = tokio::join!(
                world.decide(&old, &transfer, "out", "agree", NOW),
                world.members.resign(&member.actor, true, NOW),
            );
            resigned.expect("whoever wins, the member resigns");
            assert_eq!(world.mine(&member, NOW).await.state, S::Resigned);
        }
    })
    .await;
}

#[tokio::test]
async fn where_nobody_is_there_the_next_above_takes_in_and_what_is_typed_is_checked() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, CITY]).await;
        let (member, _) = world.member(OLD).await;
        let form = world.members.transfer_form(&member.actor, "金水区", NOW).await.expect("reads").expect("can go");
        assert_eq!(form.targets.len(), 1);
        assert_eq!(form.targets[0].name, "郑州市总工会");
        assert_eq!(form.targets[0].instead_of.as_deref(), Some("金水区总工会"));
        let nowhere = world.members.transfer_form(&member.actor, "湖北", NOW).await.expect("reads").expect("can go");
        assert_eq!(nowhere.targets, [], "nobody there is 已开通");
        for (to, field) in [(FAR, "to"), (OLD, "to")] {
            let not = world.ask(&member, to, NOW).await.expect_err("not there");
            assert_eq!(not.wrong.first().map(|(field, _)| *field), Some(field));
        }
        let typed = TypedTransfer { to: form.targets[0].id.clone(), is_agreed: false };
        let not = world.members.ask_transfer(&member.actor, &typed, NOW).await.expect_err("no consent");
        assert_eq!(not.wrong.first().map(|(field, _)| *field), Some("agree"));
        let stranger = world.somebody(None).await;
        assert!(world.ask(&stranger, CITY, NOW).await.is_err());
    })
    .await;
}
