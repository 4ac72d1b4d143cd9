//! What is not decided, and that nothing is written then.

use crate::{
    applicants::{Applicant, ZHANG, deciding},
    databases::on_each_engine,
    world::{NOW, World, tree, union},
};
use domain::{
    account::{Actor, ApplicationId, Reach},
    membership::{ApplicationKind, ApplicationState},
    policy::{Refused, Role},
    ports::{Approved, Deciding as _, Decision, NotDecided},
};

fn every_decision() -> Vec<Decision> {
    vec![
        Decision::Refuse("不是我们这里的，请重新选地方。".into()),
        Decision::AskBack("请写清楚在哪个站点。".into()),
        Decision::HandOn { to: union(410_103).to_string(), reason: "他在那里".into() },
        Decision::Different("0".repeat(32)),
        Decision::Same("0".repeat(32)),
        Decision::Unmerge,
    ]
}

async fn untouched(world: &World, id: &str) {
    let row = world.people.store.application_to_decide(ApplicationId::parse(id).expect("an id")).await;
    let row = row.expect("reads").expect("there");
    assert_eq!((row.state, row.version), (ApplicationState::Submitted, 1));
    assert!(world.history(id).await.is_empty());
}

async fn refuses_everything(world: &World, actor: &Actor, id: &str, why: Refused) {
    let service = deciding(world);
    assert_eq!(service.application(actor, id, NOW).await.err(), Some(why));
    assert_eq!(service.approve(actor, id, 1, NOW).await, Err(NotDecided::Refused(why)));
    for decision in every_decision() {
        assert_eq!(service.decide(actor, id, 1, &decision, NOW).await, Err(NotDecided::Refused(why)), "{decision:?}");
    }
    assert_eq!(service.targets(actor, id, "", NOW).await.err(), Some(why));
    assert_eq!(service.reveal(actor, id, "核对", NOW).await.err().and_then(|not| not.refused), Some(why));
    untouched(world, id).await;
}

#[tokio::test]
async fn nobody_decides_their_own_application_nor_one_out_of_reach() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let own = world.applies_as(officer.subject, &ZHANG, 410_105).await;
        refuses_everything(&world, &officer.actor, &own, Refused::NotFound).await;
        let (foreign, subject) = world.applies(&ZHANG, 440_305).await;
        refuses_everything(&world, &officer.actor, &foreign, Refused::NotFound).await;
        refuses_everything(&world, &Actor::Anonymous, &foreign, Refused::SignIn).await;
        let applicant = world.sign_in(subject, domain::account::Strength::Sms, NOW).await;
        refuses_everything(&world, &applicant.actor, &foreign, Refused::NotFound).await;
        for role in [Role::Handler, Role::Administrator, Role::Auditor, Role::CoverAdministrator] {
            let somebody = world.with_role(role, Reach::Everywhere).await;
            refuses_everything(&world, &somebody.actor, &foreign, Refused::NotFound).await;
        }
        for nonsense in ["", "x", &"0".repeat(32)] {
            let page = deciding(&world).application(&officer.actor, nonsense, NOW).await;
            assert_eq!(page.err(), Some(Refused::NotFound));
        }
        let _ = store;
    })
    .await;
}

#[tokio::test]
async fn who_lost_the_role_meanwhile_decides_nothing() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let (id, _) = world.applies(&ZHANG, 410_105).await;
        // The page is open, with the roles as they were.
        let grants = store.grants_of(officer.subject).await.expect("reads");
        let mut edit = store.edit().await.expect("begins");
        assert!(edit.revoke_grant(grants[0].id, None, NOW).await.expect("writes"));
        edit.finish().await.expect("lasts");
        let service = deciding(&world);
        let lost = Err(NotDecided::Refused(Refused::NotFound));
        assert_eq!(service.approve(&officer.actor, &id, 1, NOW).await, lost);
        for decision in every_decision().into_iter().take(3) {
            world.opens(410_103).await;
            assert_eq!(
                service.decide(&officer.actor, &id, 1, &decision, NOW).await,
                Err(NotDecided::Refused(Refused::NotFound))
            );
        }
        untouched(&world, &id).await;
        // Another role that reaches it still counts.
        world.give(officer.subject, Role::Officer, &tree(410_000)).await;
        let again = world.actor(&officer.token, NOW).await;
        assert!(service.approve(&again, &id, 1, NOW).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_a_dissolved_organisation_left_goes_up_and_waits_there() {
    on_each_engine(async |store| {
        let _ = store;
        let world = World::new(store).await;
        let (county, city) = (world.officer(410_105).await, world.officer(410_100).await);
        let service = deciding(&world);
        let (id, subject) = world.applies(&ZHANG, 410_105).await;
        // Dissolved after the tree was read: the transaction sees it.
        world.dissolves(410_105, false).await;
        let not = service.approve(&county.actor, &id, 1, NOW).await;
        assert!(matches!(not, Err(NotDecided::Outdated(sentence)) if sentence.contains("撤销")));
        untouched(&world, &id).await;
        world.people.organisations.catch_up(&world.people.store).await.expect("reads");
        assert_eq!(service.application(&county.actor, &id, NOW).await.err(), Some(Refused::NotFound));
        let queue = service.queue(&city.actor, &domain::ports::QueueFilter::default(), NOW).await.expect("a queue");
        assert_eq!(queue.rows.len(), 1, "it leads to what it left behind");
        let page = service.application(&city.actor, &id, NOW).await.expect("a page");
        assert_eq!((page.owner.as_str(), page.version), ("郑州市总工会", 2));
        assert_eq!((world.history(&id).await, world.heard(subject).await), (vec!["escalated".to_owned()], 1));
        assert!(matches!(service.approve(&city.actor, &id, 2, NOW).await, Ok(Approved::Joined(_))));
    })
    .await;
}

#[tokio::test]
async fn words_that_say_nothing_are_not_sent() {
    on_each_engine(async |store| {
        let _ = store;
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let service = deciding(&world);
        let (id, _) = world.applies(&ZHANG, 410_105).await;
        for words in [String::new(), "  ".into(), "不行".into(), "长".repeat(301), "\u{0}\u{0}\u{0}\u{0}".into()] {
            for decision in [Decision::Refuse(words.clone()), Decision::AskBack(words.clone())] {
                let not = service.decide(&officer.actor, &id, 1, &decision, NOW).await;
                assert!(matches!(not, Err(NotDecided::Wrong("words", _))), "{words}");
            }
        }
        for (to, field) in [("", "to"), ("x", "to"), (&union(410_105).to_string() as &str, "to")] {
            let decision = Decision::HandOn { to: to.into(), reason: "他在那里".into() };
            let not = service.decide(&officer.actor, &id, 1, &decision, NOW).await;
            assert!(matches!(not, Err(NotDecided::Wrong(at, _)) if at == field), "{to}");
        }
        untouched(&world, &id).await;
        let (moving, _) =
            world.applies(&Applicant { kind: ApplicationKind::Transfer, id_number: "7", ..ZHANG }, 410_105).await;
        let not = service.approve(&officer.actor, &moving, 1, NOW).await;
        assert!(matches!(not, Err(NotDecided::Wrong("", sentence)) if sentence.contains("会籍接转")));
    })
    .await;
}
