//! 我们想建工会.

use crate::{
    databases::on_each_engine,
    world::{CITY, COUNTY, DAY, NOW, Somebody, World, union},
};
use domain::{
    account::Reach,
    founding::{FoundingOutcome, FoundingStage},
    policy::{Action, Refused, Role},
    ports::{NotDone, TypedFounding, TypedOutcome},
};
use server::{services::founding::settle, store::Store};

pub fn typed(unit: &str) -> TypedFounding {
    TypedFounding {
        unit: unit.into(),
        adcode: Some(COUNTY),
        colleagues: "25".into(),
        words: "站长不让提".into(),
        contact: false,
    }
}

async fn start(world: &World, by: &Somebody, unit: &str) -> String {
    let started = world.ports.founding.start(&by.actor, &typed(unit), NOW).await.expect("starts");
    assert!(!started.was_there);
    started.token
}

async fn id_of(world: &World, officer: &Somebody) -> String {
    let rows = world.ports.founding.desk(&officer.actor).await.expect("opens");
    rows[0].path.trim_start_matches("/desk/founding/").to_owned()
}

#[tokio::test]
async fn the_same_unit_at_the_same_place_is_one_request_however_it_is_written_and_tapped() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let (one, other) = (world.worker("王大锤").await, world.worker("李小花").await);
        let token = start(&world, &one, "飞毛腿配送有限公司").await;
        for by in [&one, &other] {
            let again = world.ports.founding.start(&by.actor, &typed("飞毛腿 配送"), NOW).await.expect("answers");
            assert!(again.was_there && again.token == token);
        }
        let page = world.ports.founding.page(&other.actor, &token, NOW).await.expect("opens");
        assert!(!page.is_member, "offered, not joined");
        // Two at the same moment: one request, no error.
        let (a, b) = (typed("快马物流"), typed("快马物流"));
        let (first, second) = tokio::join!(
            world.ports.founding.start(&one.actor, &a, NOW),
            world.ports.founding.start(&other.actor, &b, NOW)
        );
        assert_eq!(first.expect("answers").token, second.expect("answers").token);
    })
    .await;
}

#[tokio::test]
async fn counts_come_in_fives_and_whoever_leaves_is_gone() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let starter = world.worker("王大锤").await;
        let token = start(&world, &starter, "飞毛腿配送").await;
        let mut others = Vec::new();
        for count in 2..=7_u32 {
            let other = world.worker("李小花").await;
            world.ports.founding.join(&other.actor, &token, false, NOW).await.expect("joins");
            world.ports.founding.join(&other.actor, &token, false, NOW).await.expect("twice is once");
            others.push(other);
            let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
            assert_eq!(page.row.count, (count >= 5).then_some(5), "{count}");
        }
        for other in &others[..3] {
            world.ports.founding.leave(&other.actor, &token, NOW).await.expect("leaves");
            world.ports.founding.leave(&other.actor, &token, NOW).await.expect("twice is once");
        }
        let page = world.ports.founding.page(&others[0].actor, &token, NOW).await.expect("opens");
        assert!(page.row.count.is_none() && !page.is_member && page.number.is_none() && page.history.is_empty());
        // The starter's words go with the starter; the request stays for the others.
        world.ports.founding.leave(&starter.actor, &token, NOW).await.expect("leaves");
        let officer = world.officer(COUNTY).await;
        let id = id_of(&world, &officer).await;
        let desk = world.ports.founding.desk_one(&officer.actor, &id, NOW).await.expect("opens");
        assert!(desk.written.is_empty() && !desk.has_starter && desk.agreed.is_empty());
        for other in &others[3..] {
            world.ports.founding.leave(&other.actor, &token, NOW).await.expect("leaves");
        }
        let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
        assert_eq!(page.row.stage, FoundingStage::Left);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_open_then_it_waits_and_goes_on_and_up_when_nobody_is_in_touch() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let starter = world.worker("王大锤").await;
        let token = start(&world, &starter, "飞毛腿配送").await;
        let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
        assert!(page.not_open.is_some() && page.owner.is_none() && page.row.due_at.is_none());
        assert_eq!(settle(&world.people, NOW).await.expect("runs"), 0);

        world.open(COUNTY, NOW).await;
        assert_eq!(settle(&world.people, NOW).await.expect("runs"), 1);
        let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
        let due = page.row.due_at.expect("a date");
        assert!(due > NOW + 6 * DAY && due < NOW + 8 * DAY, "five working days from a Monday: {due}");
        assert_eq!((page.row.stage, world.notices(&starter).await), (FoundingStage::Sent, 1));

        let late = due + DAY;
        world.open(CITY, late).await;
        assert_eq!(settle(&world.people, late).await.expect("runs"), 1);
        let page = world.ports.founding.page(&starter.actor, &token, late).await.expect("opens");
        let city = world.people.organisations.tree().get(union(CITY)).expect("there").name.clone();
        assert_eq!(page.owner.expect("an owner").0, city);
        assert!(page.row.due_at.is_some_and(|due| due > late));
        assert_eq!(settle(&world.people, late).await.expect("runs"), 0, "moved once");
    })
    .await;
}

#[tokio::test]
async fn officers_see_who_agreed_and_nobody_else_and_everybody_hears_what_became_of_it() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let (starter, shy, agreed) =
            (world.worker("王大锤").await, world.worker("李小花").await, world.worker("赵铁柱").await);
        let token = start(&world, &starter, "飞毛腿配送").await;
        world.ports.founding.join(&shy.actor, &token, false, NOW).await.expect("joins");
        world.ports.founding.join(&agreed.actor, &token, true, NOW).await.expect("joins");
        let officer = world.officer(COUNTY).await;
        let id = id_of(&world, &officer).await;
        let desk = world.ports.founding.desk_one(&officer.actor, &id, NOW).await.expect("opens");
        let names: Vec<_> = desk.agreed.iter().filter_map(|one| one.name.clone()).collect();
        assert_eq!(names, ["赵*柱"]);
        assert_eq!(desk.written[0].words, "站长不让提");
        let shown = world.ports.founding.reveal(&officer.actor, &id, "约时间见面", NOW).await.expect("shown");
        assert_eq!(shown.agreed[0].name.as_deref(), Some("赵铁柱"));
        assert_eq!(world.audited(Action::RevealMember).await.len(), 1);

        world.ports.founding.message(&officer.actor, &id, "周三下午来站里", NOW).await.expect("sent");
        let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
        assert_eq!((page.row.stage, page.row.due_at), (FoundingStage::Contacted, None));
        assert!(page.written.iter().any(|one| one.is_officer));
        let page = world.ports.founding.page(&agreed.actor, &token, NOW).await.expect("opens");
        assert!(page.written.is_empty(), "letters are the starter's");

        let none = TypedOutcome { outcome: "none".into(), ..TypedOutcome::default() };
        let not = world.ports.founding.conclude(&officer.actor, &id, &none, NOW).await.expect_err("no reason");
        assert_eq!(not.wrong[0].0, "reason");
        let done = TypedOutcome { outcome: "joint".into(), ..TypedOutcome::default() };
        world.ports.founding.conclude(&officer.actor, &id, &done, NOW).await.expect("ends");
        assert!(world.ports.founding.conclude(&officer.actor, &id, &done, NOW).await.is_err(), "once");
        for one in [&starter, &shy, &agreed] {
            let page = world.ports.founding.page(&one.actor, &token, NOW).await.expect("opens");
            assert_eq!(page.concluded.map(|one| one.outcome), Some(FoundingOutcome::Joint));
            assert_eq!(world.notices(one).await, 2, "in touch, and ended");
        }
        let again = world.ports.founding.start(&shy.actor, &typed("飞毛腿配送"), NOW).await.expect("starts");
        assert!(!again.was_there, "what ended is no obstacle");
    })
    .await;
}

#[tokio::test]
async fn nobody_handles_their_own_request_nor_one_of_the_employer_they_belong_to() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let own = world.own_union("飞毛腿配送有限公司工会委员会").await;
        let starter = world.worker("王大锤").await;
        let token = start(&world, &starter, "飞毛腿配送").await;
        let officer = world.officer(COUNTY).await;
        let id = id_of(&world, &officer).await;
        let both = [(Role::Officer, Reach::Tree(union(COUNTY))), (Role::Officer, Reach::Tree(own))];
        for kept_out in [
            world.officer(420_100).await,
            world.with_roles(&both).await,
            world.with_roles(&both[1..]).await,
            world.with_roles(&[(Role::Administrator, Reach::Everywhere)]).await,
        ] {
            let refused = world.ports.founding.desk_one(&kept_out.actor, &id, NOW).await.map(drop);
            assert_eq!(refused, Err(Refused::NotFound));
            let listed = world.ports.founding.desk(&kept_out.actor).await;
            assert!(listed.is_err() || listed.is_ok_and(|rows| rows.is_empty()));
        }
        world.ports.founding.join(&officer.actor, &token, false, NOW).await.expect("joins");
        let refused = world.ports.founding.message(&officer.actor, &id, "你好", NOW).await;
        assert_eq!(refused, Err(NotDone::from(Refused::NotFound)));
    })
    .await;
}
