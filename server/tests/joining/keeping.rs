//! What the program does by itself.

use crate::{
    databases::on_each_engine,
    world::{DAY, JINSHUI, NOW, World, id_number, screens, union},
};
use domain::{
    membership::ApplicationState,
    ports::{Accounts as _, Joining as _, Mine, NotSubmitted},
};
use server::{services::joining::keep, store::Decided};

#[tokio::test]
async fn what_is_overdue_goes_up_with_a_new_date_and_the_applicant_is_told() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        world.opened(union(JINSHUI), NOW).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let sent = world.submit(&who, NOW).await.expect("sent");
        let mine = async |now| {
            world.joining.application(&who.actor, &sent.id, now).await.unwrap_or_else(|why| panic!("{why:?}"))
        };
        let due = mine(NOW).await.row.due_at.expect("a date");
        let later = due + 1;
        assert_eq!(keep(&world.people, due - 1).await.expect("runs"), 0, "not before its time");
        // Nobody above is open: it stays, and there is a new date, and the applicant is told.
        assert_eq!(keep(&world.people, later).await.expect("runs"), 1);
        assert_eq!(keep(&world.people, later).await.expect("runs"), 0, "once");
        let stays = mine(later).await;
        assert_eq!(stays.row.owner, "金水区总工会");
        assert_eq!(world.inbox(&who).await[0], "入会申请还没有答复");
        let due = stays.row.due_at.expect("a date");
        assert!(due > later + 4 * DAY);
        let later = due + 1;
        world.opened(union(410_000), later).await;
        assert_eq!(keep(&world.people, due - 1).await.expect("runs"), 0, "not before its time");
        assert_eq!(keep(&world.people, later).await.expect("runs"), 1);
        assert_eq!(keep(&world.people, later).await.expect("runs"), 0, "once");
        let now = mine(later).await;
        assert_eq!((now.row.owner.as_str(), now.row.state), ("河南省总工会", ApplicationState::Submitted));
        assert!(now.row.due_at.is_some_and(|at| at > later + 5 * DAY - DAY));
        assert_eq!(now.history.len(), 3);
        assert!(now.history[2].1.contains("河南省总工会"), "{:?}", now.history);
        assert_eq!(world.inbox(&who).await[0], "入会申请转给了上级工会");
    })
    .await;
}

#[tokio::test]
async fn what_is_with_a_dissolved_union_goes_up_at_once() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        world.opened(union(JINSHUI), NOW).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        world.submit(&who, NOW).await.expect("sent");
        world.dissolve(union(JINSHUI), NOW + 1).await;
        world.people.organisations.catch_up(store).await.expect("reads");
        assert_eq!(keep(&world.people, NOW + 2).await.expect("runs"), 1);
        let rows = world.joining.applications(&who.actor).await.expect("reads");
        assert_eq!(rows[0].owner, "郑州市总工会", "the nearest that is there, though asleep: never nowhere");
    })
    .await;
}

#[tokio::test]
async fn who_waited_is_told_once_when_somebody_would_take_it() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        assert!(matches!(world.submit(&who, NOW).await, Err(NotSubmitted::NotOpen(_))));
        assert_eq!(keep(&world.people, NOW).await.expect("runs"), 0);
        world.opened(union(410_100), NOW).await;
        assert_eq!(keep(&world.people, NOW).await.expect("runs"), 1);
        assert_eq!(keep(&world.people, NOW).await.expect("runs"), 0);
        assert_eq!(world.inbox(&who).await, ["你那里可以网上入会了"]);
        world.submit(&who, NOW).await.expect("sent");
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_nobody_touches_is_forgotten_after_180_days() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        let (screen, typed) = screens("张小明", &id_number(1)).remove(0);
        world.save(&who, screen, typed).await.expect("kept");
        assert_eq!(keep(&world.people, NOW + 180 * DAY).await.expect("runs"), 0);
        assert_eq!(keep(&world.people, NOW + 180 * DAY + 1).await.expect("runs"), 1);
        let standing = world.joining.welcome(&who.actor, None, None, NOW).await.expect("answers").standing;
        assert_eq!(standing, Mine::Nothing);
    })
    .await;
}

#[tokio::test]
async fn with_the_account_goes_what_could_be_known_again() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        world.opened(union(JINSHUI), NOW).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let sent = world.submit(&who, NOW).await.expect("sent");
        let held = world.accounts.held(&who.actor).await.expect("reads");
        assert!(held.iter().any(|held| held.what == "入会申请" && held.count == 1));
        let export = world.accounts.export(&who.actor, NOW).await.expect("exported");
        assert!(export.json.contains(&sent.number) && export.json.contains("张小明"));
        world.accounts.erase(&who.actor, NOW + 1).await.expect("erased");
        let id = domain::account::ApplicationId::parse(&sent.id).expect("an id");
        let left = store.application(id).await.expect("reads").expect("counts still");
        assert_eq!((left.subject, left.state), (None, ApplicationState::Withdrawn));
        assert!(left.name.is_none() && left.id_number.is_none() && left.number.is_none());
        // The same person may join anew with another account.
        let again = world.person(2).await;
        world.fill_in(&again, "张小明", &id_number(1)).await;
        world.submit(&again, NOW + 2).await.expect("sent");
    })
    .await;
}

#[tokio::test]
async fn what_was_asked_back_and_never_answered_is_taken_back_after_30_days_and_one_can_apply_again() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        world.opened(union(JINSHUI), NOW).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let sent = world.submit(&who, NOW).await.expect("sent");
        let id = domain::account::ApplicationId::parse(&sent.id).expect("an id");
        let version = store.application_to_decide(id).await.expect("reads").expect("there").version;
        let mut edit = store.edit().await.expect("begins");
        let asks = Decided { reason: None, decided_at: None, decided_by: None, authority: None };
        let state = ApplicationState::NeedsInfo;
        assert!(edit.decide_application(id, version, state, &asks, NOW).await.expect("asks"));
        edit.finish().await.expect("lasts");
        assert_eq!(keep(&world.people, NOW + 30 * DAY).await.expect("runs"), 0, "30 days are 30 days");
        assert_eq!(keep(&world.people, NOW + 30 * DAY + 1).await.expect("runs"), 1);
        assert_eq!(keep(&world.people, NOW + 30 * DAY + 1).await.expect("runs"), 0, "once");
        let mine = world.joining.application(&who.actor, &sent.id, NOW + 31 * DAY).await.expect("shown");
        assert_eq!(mine.row.state, ApplicationState::Withdrawn);
        assert_eq!(mine.history.last().expect("a line").1, "30 天没有补充材料，申请先收回了。");
        assert_eq!(world.inbox(&who).await[0], "入会申请先收回了");
        world.opened(union(JINSHUI), NOW + 31 * DAY).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        world.submit(&who, NOW + 31 * DAY).await.expect("sent again");
    })
    .await;
}
