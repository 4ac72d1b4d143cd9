//! One person twice: shown before approval, merged, and un-merged.

use crate::{
    applicants::{Applicant, WANG, ZHANG, deciding},
    databases::on_each_engine,
    world::{NOW, World},
};
use domain::{
    account::ApplicationId,
    membership::{ApplicationState, MembershipState},
    ports::{Approved, Deciding as _, Decision, Likeness, NotDecided, OtherKind},
};

/// Somebody of the same name and mobile with another ID number.
const NAMESAKE: Applicant<'static> = Applicant { id_number: "440524188001010014", ..ZHANG };

#[tokio::test]
async fn of_another_record_no_more_is_told_out_of_reach_than_that_it_is_there() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let service = deciding(&world);
        let (mine, _) = world.applies(&ZHANG, 410_105).await;
        let (other, subject) = world.applies(&ZHANG, 440_305).await;
        let (county, whole) = (
            world.officer(410_105).await,
            world.with_role(domain::policy::Role::Officer, domain::account::Reach::Everywhere).await,
        );
        let page = service.application(&county.actor, &mine, NOW).await.expect("a page");
        let likely = &page.likely[0];
        assert_eq!((page.likely.len(), likely.kind, likely.by), (1, OtherKind::Application, Likeness::IdNumber));
        assert_eq!((likely.state, &likely.organisation, &likely.link), ("申请在办", &None, &None));
        assert_eq!(likely.since, None);
        // What stands for it says nothing either, and is another on another page.
        let told = |id: &str| id.contains(&other) || id.starts_with(&other[..8]);
        assert!(likely.id.len() == 32 && !told(&likely.id), "{}", likely.id);
        let (third, _) = world.applies(&ZHANG, 410_105).await;
        let there = service.application(&county.actor, &third, NOW).await.expect("a page");
        assert!(there.likely.iter().all(|one| one.id != likely.id));
        let outdated = service.decide(&county.actor, &mine, 1, &Decision::Different(other.clone()), NOW).await;
        assert!(matches!(outdated, Err(NotDecided::Outdated(_))), "the record's own id is no handle");
        let different = Decision::Different(likely.id.clone());
        service.decide(&county.actor, &mine, 1, &different, NOW).await.expect("rules");
        // A membership: that they are a member, and once it ended that there was a record, never how.
        let far = world.officer(440_305).await;
        service.approve(&far.actor, &other, 1, NOW).await.expect("approved");
        let state = async || {
            let page = service.application(&county.actor, &mine, NOW).await.expect("a page");
            let of = page.likely.iter().find(|one| one.kind == OtherKind::Membership).expect("there");
            (of.state, of.since, of.organisation.clone())
        };
        assert_eq!(state().await, ("会员", None, None));
        let mut edit = store.edit().await.expect("begins");
        let mut kept = edit.living_membership_of(subject).await.expect("reads").expect("there");
        kept.state = MembershipState::Expelled;
        edit.save_membership(&kept, NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
        assert_eq!(state().await, ("以前的记录", None, None));
        let page = service.application(&county.actor, &mine, NOW).await.expect("a page");
        let ended = page.likely.iter().find(|one| one.kind == OtherKind::Membership).expect("there");
        let not = service.decide(&county.actor, &mine, 1, &Decision::Same(ended.id.clone()), NOW).await;
        assert!(matches!(not, Err(NotDecided::Outdated(_))), "nothing is merged with what ended");
        let page = service.application(&whole.actor, &mine, NOW).await.expect("a page");
        let of = page.likely.iter().find(|one| one.kind == OtherKind::Application).expect("there");
        assert!(of.organisation.is_some() && of.since.is_some());
        assert_eq!((of.state, of.link.clone()), ("待审核", Some(format!("/desk/applications/{third}"))));
    })
    .await;
}

#[tokio::test]
async fn the_strongest_likeness_is_told_and_comes_first() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let service = deciding(&world);
        let officer = world.officer(410_105).await;
        let (mine, _) = world.applies(&ZHANG, 410_105).await;
        world.applies(&NAMESAKE, 410_103).await;
        let (first, member) = world.applies(&ZHANG, 410_103).await;
        let there = world.officer(410_103).await;
        assert!(service.approve(&there.actor, &first, 1, NOW).await.is_ok());
        assert!(store.membership_of(member).await.expect("reads").is_some());
        let page = service.application(&officer.actor, &mine, NOW).await.expect("a page");
        let by: Vec<_> = page.likely.iter().map(|one| (one.kind, one.by)).collect();
        assert_eq!(by[0], (OtherKind::Membership, Likeness::IdNumber));
        assert!(by[1..].iter().all(|(_, by)| *by == Likeness::NameAndMobile));
    })
    .await;
}

#[tokio::test]
async fn a_namesake_who_is_a_member_is_ruled_on_before_the_approval() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let service = deciding(&world);
        let officer = world.officer(410_105).await;
        let (first, _) = world.applies(&ZHANG, 410_105).await;
        assert!(service.approve(&officer.actor, &first, 1, NOW).await.is_ok());
        let (second, subject) = world.applies(&NAMESAKE, 410_105).await;
        let not = service.approve(&officer.actor, &second, 1, NOW).await.expect_err("look first");
        assert!(matches!(not, NotDecided::Wrong("", sentence) if sentence.contains("同一个人")));
        let page = service.application(&officer.actor, &second, NOW).await.expect("a page");
        let different = Decision::Different(page.likely[0].id.clone());
        service.decide(&officer.actor, &second, 1, &different, NOW).await.expect("rules");
        let page = service.application(&officer.actor, &second, NOW).await.expect("a page");
        assert!(page.likely[0].is_dismissed);
        assert!(matches!(service.approve(&officer.actor, &second, 1, NOW).await, Ok(Approved::Joined(_))));
        assert!(store.membership_of(subject).await.expect("reads").is_some());
        let nothing = Decision::Same("0".repeat(32));
        let (third, _) = world.applies(&WANG, 410_105).await;
        let not = service.decide(&officer.actor, &third, 1, &nothing, NOW).await;
        assert!(matches!(not, Err(NotDecided::Outdated(_))), "an id that was not shown is no record");
    })
    .await;
}

#[tokio::test]
async fn a_merge_ends_the_application_and_an_unmerge_restores_it() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let service = deciding(&world);
        let officer = world.officer(410_105).await;
        let (first, member) = world.applies(&ZHANG, 410_105).await;
        assert!(service.approve(&officer.actor, &first, 1, NOW).await.is_ok());
        let (second, subject) = world.applies(&NAMESAKE, 410_105).await;
        let page = service.application(&officer.actor, &second, NOW).await.expect("a page");
        let same = Decision::Same(page.likely[0].id.clone());
        service.decide(&officer.actor, &second, 1, &same, NOW).await.expect("merges");
        let page = service.application(&officer.actor, &second, NOW).await.expect("a page");
        assert_eq!((page.state, page.is_merged, page.is_open()), (ApplicationState::Rejected, true, false));
        assert!(page.reason.is_some_and(|reason| reason.contains("会籍")));
        assert_eq!(store.membership_of(subject).await.expect("reads"), None);

        service.decide(&officer.actor, &second, page.version, &Decision::Unmerge, NOW).await.expect("restores");
        let page = service.application(&officer.actor, &second, NOW).await.expect("a page");
        assert_eq!((page.state, page.is_merged, page.is_open()), (ApplicationState::Submitted, false, true));
        assert_eq!((page.reason.clone(), page.decided.clone()), (None, None));
        assert_eq!(world.history(&second).await, ["merged", "unmerged"]);
        assert_eq!(world.heard(subject).await, 2);
        let different = Decision::Different(page.likely[0].id.clone());
        service.decide(&officer.actor, &second, page.version, &different, NOW).await.expect("rules");
        assert!(service.approve(&officer.actor, &second, page.version, NOW).await.is_ok());
        assert!(store.membership_of(member).await.expect("reads").is_some(), "the first is as it was");
        // Nothing is merged any more: there is nothing to take back.
        let again = service.decide(&officer.actor, &second, page.version + 1, &Decision::Unmerge, NOW).await;
        assert!(matches!(again, Err(NotDecided::Outdated(_))));
    })
    .await;
}

#[tokio::test]
async fn what_was_merged_is_not_restored_beside_a_new_application() {
    on_each_engine(async |store| {
        let _ = store;
        let world = World::new(store).await;
        let service = deciding(&world);
        let officer = world.officer(410_105).await;
        world.applies(&ZHANG, 410_103).await;
        let (id, subject) = world.applies(&ZHANG, 410_105).await;
        let page = service.application(&officer.actor, &id, NOW).await.expect("a page");
        let same = Decision::Same(page.likely[0].id.clone());
        service.decide(&officer.actor, &id, 1, &same, NOW).await.expect("merges");
        world.applies_as(subject, &ZHANG, 410_105).await;
        let not = service.decide(&officer.actor, &id, 2, &Decision::Unmerge, NOW).await;
        assert!(matches!(not, Err(NotDecided::Wrong("", sentence)) if sentence.contains("新的申请")));
    })
    .await;
}

#[tokio::test]
async fn of_two_applications_each_merged_into_the_other_one_stays_open() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let service = deciding(&world);
        let (one, two) = (world.officer(410_105).await, world.officer(410_103).await);
        for _ in 0..5 {
            let (here, _) = world.applies(&ZHANG, 410_105).await;
            let (there, _) = world.applies(&ZHANG, 410_103).await;
            let merge = async |officer: &crate::world::Somebody, id: &str| {
                let page = service.application(&officer.actor, id, NOW).await.expect("a page");
                page.likely.into_iter().find(|one| one.kind == OtherKind::Application).expect("the other").id
            };
            let (first, second) = (merge(&one, &here).await, merge(&two, &there).await);
            let (one_way, other_way) = (Decision::Same(first), Decision::Same(second));
            let (first, second) = tokio::join!(
                service.decide(&one.actor, &here, 1, &one_way, NOW),
                service.decide(&two.actor, &there, 1, &other_way, NOW),
            );
            assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
            let refused = if first.is_ok() { second } else { first };
            assert!(matches!(refused, Err(NotDecided::Outdated(_))), "{refused:?}");
            let mut open = 0;
            for id in [&here, &there] {
                let id = ApplicationId::parse(id).expect("an id");
                let row = store.application_to_decide(id).await.expect("reads").expect("there");
                open += usize::from(row.state == ApplicationState::Submitted);
                if row.state == ApplicationState::Submitted {
                    // Cleared away for the next round.
                    let mut edit = store.edit().await.expect("begins");
                    edit.withdraw_application(id, NOW).await.expect("writes");
                    edit.finish().await.expect("lasts");
                }
            }
            assert_eq!(open, 1);
        }
    })
    .await;
}
