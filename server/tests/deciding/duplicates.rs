//! One person twice: shown before approval, merged, and un-merged.

use crate::{
    applicants::{Applicant, WANG, ZHANG, deciding},
    databases::on_each_engine,
    world::{NOW, World},
};
use domain::{
    membership::ApplicationState,
    ports::{Approved, Deciding as _, Decision, Likeness, NotDecided, OtherKind},
};

/// Somebody of the same name and mobile with another ID number.
const NAMESAKE: Applicant<'static> = Applicant { id_number: "440524188001010014", ..ZHANG };

#[tokio::test]
async fn another_record_is_told_as_kind_state_and_time_and_its_organisation_only_within_reach() {
    on_each_engine(async |store| {
        let _ = store;
        let world = World::new(store).await;
        let service = deciding(&world);
        let (mine, _) = world.applies(&ZHANG, 410_105).await;
        let (other, _) = world.applies(&ZHANG, 440_305).await;
        let (county, whole) = (
            world.officer(410_105).await,
            world.with_role(domain::policy::Role::Officer, domain::account::Reach::Everywhere).await,
        );
        let page = service.application(&county.actor, &mine, NOW).await.expect("a page");
        let likely = &page.likely[0];
        assert_eq!((page.likely.len(), likely.kind, likely.by), (1, OtherKind::Application, Likeness::IdNumber));
        assert_eq!((likely.state, &likely.organisation, &likely.link), ("待审核", &None, &None));
        let page = service.application(&whole.actor, &mine, NOW).await.expect("a page");
        assert!(page.likely[0].organisation.is_some());
        assert_eq!(page.likely[0].link, Some(format!("/desk/applications/{other}")));
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
        assert_eq!((page.state, page.is_merged, page.is_open), (ApplicationState::Rejected, true, false));
        assert!(page.reason.is_some_and(|reason| reason.contains("会籍")));
        assert_eq!(store.membership_of(subject).await.expect("reads"), None);

        service.decide(&officer.actor, &second, page.version, &Decision::Unmerge, NOW).await.expect("restores");
        let page = service.application(&officer.actor, &second, NOW).await.expect("a page");
        assert_eq!((page.state, page.is_merged, page.is_open), (ApplicationState::Submitted, false, true));
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
