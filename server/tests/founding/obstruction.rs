//! 阻挠入会: between the worker and the organisation above, and nobody else.

use crate::{
    databases::on_each_engine,
    world::{CITY, COUNTY, DAY, NOW, World, union},
};
use domain::{
    account::Reach,
    founding::ObstructionStage,
    policy::{Action, Refused, Role},
    ports::{Accounts as _, TypedEnterprise, TypedObstruction},
};
use server::{
    services::{accounts::AccountService, founding::settle},
    store::Store,
};

pub fn typed(unit: &str) -> TypedObstruction {
    TypedObstruction {
        unit: unit.into(), adcode: Some(COUNTY), what: "站长说谁入会就停谁的单".into(), contact: false
    }
}

#[tokio::test]
async fn the_units_own_officers_find_a_report_by_no_way_whatever_else_they_are() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let own = world.own_union("飞毛腿配送有限公司工会委员会").await;
        let worker = world.worker("王大锤").await;
        let id = world.ports.obstructions.report(&worker.actor, &typed("飞毛腿配送"), NOW).await.expect("kept");
        let (county, city) = (world.officer(COUNTY).await, world.officer(CITY).await);
        for above in [&county, &city] {
            assert_eq!(world.ports.obstructions.desk(&above.actor, None).await.expect("opens").rows.len(), 1);
            let desk = world.ports.obstructions.desk_one(&above.actor, &id, NOW).await.expect("opens");
            assert!(desk.worker.is_none(), "who does not want to be contacted is not named");
        }
        let of_county = (Role::Officer, Reach::Tree(union(COUNTY)));
        for kept_out in [
            world.with_roles(&[(Role::Officer, Reach::Tree(own))]).await,
            world.with_roles(&[of_county.clone(), (Role::Officer, Reach::Tree(own))]).await,
            world.with_roles(&[of_county.clone(), (Role::Handler, Reach::Tree(own))]).await,
            world.with_roles(&[(Role::Administrator, Reach::Everywhere)]).await,
            world.officer(420_100).await,
        ] {
            let ports = &world.ports.obstructions;
            assert!(ports.desk(&kept_out.actor, None).await.map_or(true, |page| page.rows.is_empty()));
            assert_eq!(ports.desk_one(&kept_out.actor, &id, NOW).await.map(drop), Err(Refused::NotFound));
            let reveal = ports.reveal(&kept_out.actor, &id, "核实情况", NOW).await.map(drop);
            assert_eq!(reveal, Err(Refused::NotFound.into()));
            assert_eq!(ports.act(&kept_out.actor, &id, "约谈", true, NOW).await, Err(Refused::NotFound.into()));
            assert_eq!(ports.own(&kept_out.actor, &id).await.map(drop), Err(Refused::NotFound));
        }
        // A union of the unit that is made afterwards is kept from it as well.
        let later = world.own_union("飞毛腿配送郑州联合工会").await;
        let new = world.with_roles(&[of_county, (Role::Officer, Reach::Tree(later))]).await;
        assert_eq!(world.ports.obstructions.desk_one(&new.actor, &id, NOW).await.map(drop), Err(Refused::NotFound));
        // Each look was noted, without a word of it.
        let looks = world.audited(Action::HandleObstruction).await;
        assert_eq!(looks.len(), 2);
        assert!(looks.iter().all(|(object, reason)| object.starts_with("obstruction ") && reason == "看了内容"));
    })
    .await;
}

#[tokio::test]
async fn a_report_is_kept_from_the_units_own_officers_however_short_its_name_is_written() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let own = world.own_union("飞毛腿配送有限公司工会委员会").await;
        // This union's name says nothing of whose it is: the list of enterprises does.
        let listed = world.own_union("二七区第三联合工会").await;
        let administrator = world.with_roles(&[(Role::Administrator, Reach::Everywhere)]).await;
        let one = TypedEnterprise {
            name: "顺丰速运有限公司".into(),
            kind: "unit".into(),
            union: "has_union".into(),
            adcode: Some(COUNTY),
            organisation: "二七区第三联合工会".into(),
            ..TypedEnterprise::default()
        };
        world.ports.enterprises.add(&administrator.actor, &one, NOW).await.expect("added");
        let county = world.officer(COUNTY).await;
        let of_county = (Role::Officer, Reach::Tree(union(COUNTY)));
        for (name, union) in
            [("飞毛腿", own), ("毛腿", own), ("飞毛腿金水路站", own), ("顺丰", listed), ("顺丰速运", listed)]
        {
            let worker = world.worker("王大锤").await;
            let id = world.ports.obstructions.report(&worker.actor, &typed(name), NOW).await.expect("kept");
            let both = world.with_roles(&[of_county.clone(), (Role::Officer, Reach::Tree(union))]).await;
            let kept_out = world.ports.obstructions.desk_one(&both.actor, &id, NOW).await.map(drop);
            assert_eq!(kept_out, Err(Refused::NotFound), "{name}");
            world.ports.obstructions.desk_one(&county.actor, &id, NOW).await.map(drop).expect("the county reads it");
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_is_registered_once_goes_up_and_its_worker_reads_what_was_done() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let worker = world.worker("王大锤").await;
        let ports = &world.ports.obstructions;
        let id = ports.report(&worker.actor, &typed("飞毛腿配送"), NOW).await.expect("kept");
        let (a, b) = (typed("飞毛腿配送"), typed("飞毛腿配送"));
        let (again, at_once) =
            tokio::join!(ports.report(&worker.actor, &a, NOW + 1000), ports.report(&worker.actor, &b, NOW + 1000));
        assert_eq!([again.expect("answers"), at_once.expect("answers")], [id.clone(), id.clone()], "a second tap");
        let mine = ports.own(&worker.actor, &id).await.expect("opens");
        assert!(mine.not_open.is_some() && mine.row.number.starts_with('Z') && mine.owner.is_none());

        world.open(COUNTY, NOW).await;
        assert_eq!(settle(&world.people, NOW).await.expect("runs"), 1);
        let due = ports.own(&worker.actor, &id).await.expect("opens").row.due_at.expect("a date");
        world.open(CITY, due + DAY).await;
        assert_eq!(settle(&world.people, due + DAY).await.expect("runs"), 1);
        let mine = ports.own(&worker.actor, &id).await.expect("opens");
        let city = world.people.organisations.tree().get(union(CITY)).expect("there").name.clone();
        assert_eq!(mine.owner.expect("an owner").0, city);

        let officer = world.officer(CITY).await;
        ports.act(&officer.actor, &id, "约谈了负责人", false, NOW).await.expect("noted");
        assert_eq!(ports.own(&worker.actor, &id).await.expect("opens").row.stage, ObstructionStage::Working);
        ports.act(&officer.actor, &id, "答应不再阻拦", true, NOW).await.expect("ended");
        assert!(ports.act(&officer.actor, &id, "再来一次", true, NOW).await.is_err(), "once");
        let mine = ports.own(&worker.actor, &id).await.expect("opens");
        assert_eq!((mine.row.stage, mine.done.len(), mine.row.due_at), (ObstructionStage::Done, 2, None));
        assert_eq!(world.notices(&worker).await, 4);
    })
    .await;
}

#[tokio::test]
async fn with_the_account_the_words_are_gone() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let worker = world.worker("王大锤").await;
        let id = world.ports.obstructions.report(&worker.actor, &typed("飞毛腿配送"), NOW).await.expect("kept");
        let founding = crate::union::typed("飞毛腿配送");
        let token = world.ports.founding.start(&worker.actor, &founding, NOW).await.expect("starts").token;
        AccountService::new(world.people.clone()).erase(&worker.actor, NOW).await.expect("erased");
        let officer = world.officer(COUNTY).await;
        assert_eq!(world.ports.obstructions.desk_one(&officer.actor, &id, NOW).await.map(drop), Err(Refused::NotFound));
        let page = world.ports.founding.page(&officer.actor, &token, NOW).await.expect("the others' request stays");
        assert!(page.row.count.is_none());
        let id = domain::account::ObstructionId::parse(&id).expect("an id");
        assert!(store.obstruction_words(id).await.expect("reads").is_empty());
    })
    .await;
}
