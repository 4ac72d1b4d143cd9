//! Sending: once, to somebody, by a day; or to nobody, and nothing is lost.

use crate::{
    databases::on_each_engine,
    world::{DAY, JINSHUI, NOW, World, id_number, organisation, union},
};
use domain::{
    account::{OrganisationId, Reach},
    membership::{ApplicationKind, ApplicationState, Lane, Screen},
    organisation::{Kind, Level},
    policy::{Action, Refused, Role},
    ports::{
        Accounts as _, ConsentFor, Deciding as _, Decision, Joining as _, Mine, NotDecided, NotSaved, NotSubmitted,
        Preview, TypedScreen,
    },
    time::LocalTime,
};
use server::services::deciding::DecidingService;

#[tokio::test]
async fn from_the_first_minute_it_has_a_number_an_owner_and_a_date() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        world.opened(union(JINSHUI), NOW).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let preview = world.joining.preview(&who.actor, NOW).await;
        let Ok(Preview::To { owner, due_at, is_of_unit: false, instead: None, .. }) = preview else {
            panic!("{preview:?}")
        };
        assert_eq!(owner, "金水区总工会");
        assert_eq!(LocalTime::of(due_at).date().to_string(), "2026-11-30");
        assert_eq!(world.joining.submit(&who.actor, false, false, NOW).await, Err(NotSubmitted::Consent));
        let sent = world.submit(&who, NOW).await.expect("sent");
        assert_eq!(world.submit(&who, NOW + 5).await.as_ref(), Ok(&sent), "twice is once");

        let mine = world.joining.application(&who.actor, &sent.id, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((mine.row.number.as_str(), mine.row.state), (sent.number.as_str(), ApplicationState::Submitted));
        assert_eq!((mine.row.owner.as_str(), mine.row.due_at), ("金水区总工会", Some(due_at)));
        assert!(mine.facts.contains(&("姓名", "张*明".to_owned())), "{:?}", mine.facts);
        assert!(!mine.facts.iter().any(|(_, value)| value.contains(&id_number(1))));
        assert_eq!(mine.history.len(), 1);
        assert_eq!(world.inbox(&who).await, ["入会申请已登记"]);
        let audited = world.audited(Action::Apply).await;
        assert_eq!(audited.len(), 1);
        assert!(audited[0].0.contains(&sent.id) && !audited[0].0.contains(&sent.number));

        let consents = world.accounts.consents(&who.actor).await.expect("reads");
        let given = |purpose| consents.iter().any(|one| one.purpose == purpose && one.given_at == Some(NOW));
        assert!(given(ConsentFor::Joining) && given(ConsentFor::Identity));
        let me = world.accounts.me(&who.actor, NOW).await.expect("reads");
        assert_eq!(me.name.as_deref(), Some("张*明"), "kept in the account: never asked again");
        let running = world.joining.draft(&who.actor, None, NOW).await;
        assert!(matches!(running, Err(NotSaved::Running(id)) if id == sent.id));
    })
    .await;
}

#[tokio::test]
async fn three_at_the_same_moment_are_one_application() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        for which in 0..10 {
            let who = world.person(which).await;
            world.fill_in(&who, "张小明", &id_number(which)).await;
            let submit = || world.joining.submit(&who.actor, true, false, NOW);
            let (one, two, three) = tokio::join!(submit(), submit(), submit());
            let first = one.expect("an answer");
            assert_eq!([two.as_ref(), three.as_ref()], [Ok(&first), Ok(&first)]);
            assert_eq!(world.joining.applications(&who.actor).await.expect("reads").len(), 1);
            assert_eq!(world.inbox(&who).await.len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn where_nobody_takes_it_nothing_is_sent_and_nothing_lost() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let sent = world.submit(&who, NOW).await;
        let Err(NotSubmitted::NotOpen(not)) = sent else { panic!("{sent:?}") };
        assert_eq!(not.union.as_deref(), Some("金水区总工会"));
        assert!(matches!(world.joining.preview(&who.actor, NOW).await, Ok(Preview::NotOpen(_))));
        assert_eq!(world.joining.applications(&who.actor).await.expect("reads"), []);
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(draft.next, Some(Screen::Check));
        // An officer of the province comes: it can be sent as it is.
        world.opened(union(410_000), NOW + DAY).await;
        world.submit(&who, NOW + DAY).await.expect("sent");
    })
    .await;
}

#[tokio::test]
async fn a_union_that_ends_between_looking_and_sending_takes_nothing() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        world.opened(union(JINSHUI), NOW).await;
        world.opened(union(410_100), NOW).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let preview = world.joining.preview(&who.actor, NOW).await;
        assert!(matches!(&preview, Ok(Preview::To { owner, .. }) if owner == "金水区总工会"), "{preview:?}");
        world.dissolve(union(JINSHUI), NOW + 1).await;
        let sent = world.submit(&who, NOW + 2).await.expect("sent");
        let mine = world.joining.application(&who.actor, &sent.id, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(mine.row.owner, "郑州市总工会");
    })
    .await;
}

#[tokio::test]
async fn the_unit_sees_it_only_where_the_applicant_wants_that() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        let unit = organisation("快运公司工会", Kind::Grassroots, Level::Unit, JINSHUI, None);
        world.put(unit.clone(), NOW).await;
        world.opened(unit.id, NOW).await;
        let (one, other) = (world.person(1).await, world.person(2).await);
        for who in [&one, &other] {
            world.fill_in(who, "张小明", &id_number(if who.mobile == one.mobile { 1 } else { 2 })).await;
            let lane = TypedScreen { lane: Lane::Unit.code().into(), ..TypedScreen::default() };
            world.save(who, Screen::Lane, lane).await.expect("kept");
            let pick = TypedScreen { pick: format!("organisation:{}", unit.id), ..TypedScreen::default() };
            world.save(who, Screen::Unit, pick).await.expect("kept");
            let preview = world.joining.preview(&who.actor, NOW).await;
            let Ok(Preview::To { owner, is_of_unit: true, instead, dues, .. }) = preview else { panic!("{preview:?}") };
            assert_eq!((owner.as_str(), instead.as_deref()), ("快运公司工会", Some("金水区总工会")));
            assert_eq!(dues.as_deref(), Some("每月 5 元"));
        }
        world.joining.submit(&one.actor, true, false, NOW).await.expect("sent");
        world.joining.submit(&other.actor, true, true, NOW).await.expect("sent");
        let owner = async |who: &crate::world::Somebody| {
            world.joining.applications(&who.actor).await.expect("reads").remove(0).owner
        };
        assert_eq!((owner(&one).await.as_str(), owner(&other).await.as_str()), ("快运公司工会", "金水区总工会"));
    })
    .await;
}

#[tokio::test]
async fn an_application_is_its_applicants_alone_and_is_taken_back_once() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        let (who, other) = (world.person(1).await, world.person(2).await);
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let sent = world.submit(&who, NOW).await.expect("sent");
        assert_eq!(world.joining.application(&other.actor, &sent.id, NOW).await.err(), Some(Refused::NotFound));
        assert_eq!(world.joining.withdraw(&other.actor, &sent.id, NOW).await, Err(Refused::NotFound));
        assert!(world.joining.answer(&who.actor, &sent.id, "补充", NOW).await.is_err(), "nothing was asked");
        world.joining.withdraw(&who.actor, &sent.id, NOW).await.expect("taken back");
        world.joining.withdraw(&who.actor, &sent.id, NOW).await.expect("twice is once");
        let mine = world.joining.application(&who.actor, &sent.id, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((mine.row.state, mine.row.due_at, mine.history.len()), (ApplicationState::Withdrawn, None, 2));
        // And begins anew, with name and number known.
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(draft.answered, [Screen::Name, Screen::Id]);
    })
    .await;
}

#[tokio::test]
async fn another_persons_document_is_not_sent_from_this_account() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        let who = world.person(1).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let sent = world.submit(&who, NOW).await.expect("sent");
        world.joining.withdraw(&who.actor, &sent.id, NOW).await.expect("taken back");
        world.fill_in(&who, "李四", &id_number(2)).await;
        let again = world.submit(&who, NOW).await;
        assert!(matches!(again, Err(NotSubmitted::Again { screen: Screen::Id, .. })), "{again:?}");
        world.fill_in(&who, "李四", &id_number(1)).await;
        let again = world.submit(&who, NOW).await;
        assert!(matches!(again, Err(NotSubmitted::Again { screen: Screen::Name, .. })), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn to_transfer_there_has_to_be_a_membership() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        let who = world.person(1).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let kind = TypedScreen { kind: ApplicationKind::Transfer.code().into(), ..TypedScreen::default() };
        world.save(&who, Screen::Kind, kind).await.expect("kept");
        assert_eq!(world.submit(&who, NOW).await, Err(NotSubmitted::NoMembership));
        let standing = world.joining.welcome(&who.actor, None, None, NOW).await.expect("answers").standing;
        assert_eq!(standing, Mine::Draft(Screen::Check));
    })
    .await;
}

#[tokio::test]
async fn what_was_kept_from_the_unit_is_never_handed_to_its_union() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let unit = organisation("快运公司工会", Kind::Grassroots, Level::Unit, JINSHUI, None);
        let trade = organisation("快运行业工会", Kind::IndustryFederation, Level::County, JINSHUI, Some("快递"));
        for one in [&unit, &trade] {
            world.put(one.clone(), NOW).await;
            world.opened(one.id, NOW).await;
        }
        world.opened(union(JINSHUI), NOW).await;
        let officer = world.with_role(Role::Officer, Reach::Tree(union(JINSHUI))).await;
        let desk = DecidingService::new(world.people.clone());
        let hand_on = async |id: &str, to: OrganisationId| {
            let decision = Decision::HandOn { to: to.to_string(), reason: "归他们管".into() };
            desk.decide(
                &officer.actor,
                id,
                desk.application(&officer.actor, id, NOW).await.expect("a page").version,
                &decision,
                NOW,
            )
            .await
        };
        for (which, instead) in [(1, true), (2, false)] {
            let who = world.person(which).await;
            world.fill_in(&who, "张小明", &id_number(which)).await;
            // Sent without a unit's union on the way, and kept from any.
            let sent = world.joining.submit(&who.actor, true, instead, NOW).await.expect("sent");
            let page = desk.application(&officer.actor, &sent.id, NOW).await.expect("a page");
            assert_eq!(page.facts.iter().any(|(_, fact)| fact.contains("不让单位知道")), instead);
            let names = async |text: &str| -> Vec<String> {
                let rows = desk.targets(&officer.actor, &sent.id, text, NOW).await.expect("targets");
                rows.into_iter().map(|one| one.name).collect()
            };
            for text in ["", "快运"] {
                let offered = names(text).await;
                assert!(offered.contains(&"快运行业工会".to_owned()), "{offered:?}");
                assert_eq!(offered.contains(&"快运公司工会".to_owned()), !instead, "{offered:?}");
            }
            let handed = hand_on(&sent.id, unit.id).await;
            if instead {
                assert!(matches!(handed, Err(NotDecided::Wrong("to", _))), "{handed:?}");
                assert_eq!(hand_on(&sent.id, trade.id).await, Ok(()));
            } else {
                assert_eq!(handed, Ok(()));
            }
        }
        // A union that the applicant had chosen is one of these, whatever kind it is of.
        let who = world.person(3).await;
        world.fill_in(&who, "张小明", &id_number(3)).await;
        let lane = TypedScreen { lane: Lane::Unit.code().into(), ..TypedScreen::default() };
        world.save(&who, Screen::Lane, lane).await.expect("kept");
        let pick = TypedScreen { pick: format!("organisation:{}", trade.id), ..TypedScreen::default() };
        world.save(&who, Screen::Unit, pick).await.expect("kept");
        let sent = world.joining.submit(&who.actor, true, true, NOW).await.expect("sent");
        let handed = hand_on(&sent.id, trade.id).await;
        assert!(matches!(handed, Err(NotDecided::Wrong("to", _))), "{handed:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_thrown_away_in_another_tab_is_not_told_to_be_registered() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        let who = world.person(1).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let first = world.submit(&who, NOW).await.expect("sent");
        world.joining.withdraw(&who.actor, &first.id, NOW + 1).await.expect("taken back");
        // Another draft, deleted in a second tab; the first tab sends.
        world.fill_in(&who, "张小明", &id_number(1)).await;
        world.joining.discard(&who.actor, NOW + 2).await.expect("deleted");
        let not = world.submit(&who, NOW + 3).await;
        assert!(matches!(not, Err(NotSubmitted::Again { screen: Screen::Kind, .. })), "{not:?}");

        // Refused in the same minute: a second tap still hears of the first; a day later it is another story.
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let second = world.submit(&who, NOW + 4).await.expect("sent");
        let officer = world.with_role(Role::Officer, Reach::Tree(union(JINSHUI))).await;
        let desk = DecidingService::new(world.people.clone());
        let version = desk.application(&officer.actor, &second.id, NOW + 5).await.expect("a page").version;
        let no = Decision::Refuse("不是我们这里的，请重新选地方。".into());
        desk.decide(&officer.actor, &second.id, version, &no, NOW + 5).await.expect("refused");
        assert_eq!(world.submit(&who, NOW + 6).await, Ok(second));
        let not = world.submit(&who, NOW + DAY).await;
        assert!(matches!(not, Err(NotSubmitted::Again { screen: Screen::Kind, .. })), "{not:?}");
    })
    .await;
}
