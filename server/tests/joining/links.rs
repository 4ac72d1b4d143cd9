//! Links and posters: one thing is chosen already, and it is counted from five on.

use crate::{
    databases::on_each_engine,
    world::{JINSHUI, NOW, World, organisation, union},
};
use domain::{
    account::Reach,
    membership::{Lane, Screen},
    organisation::{Kind, Level},
    policy::{Action, Refused, Role},
    ports::Joining as _,
};

#[tokio::test]
async fn a_link_chooses_and_is_counted() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let unit = organisation("快运公司工会", Kind::Grassroots, Level::Unit, JINSHUI, None);
        world.put(unit.clone(), NOW).await;
        world.opened(unit.id, NOW).await;
        let officer = world.with_role(Role::Officer, Reach::Tree(union(JINSHUI))).await;
        let what = format!("organisation:{}", unit.id);
        let desk = world.joining.entry_link(&officer.actor, &what).await.expect("shown");
        assert_eq!((desk.name.as_str(), desk.link), ("快运公司工会", None), "looking makes none");
        assert!(world.audited(Action::MakeEntryLink).await.is_empty());
        let shown = async || {
            let desk = world.joining.entry_link(&officer.actor, &what).await.expect("shown");
            desk.link.expect("made")
        };
        world.joining.make_entry_link(&officer.actor, &what, NOW).await.expect("made");
        let link = shown().await;
        assert_eq!((link.name.as_str(), link.begun), ("快运公司工会", None));
        assert!(link.address.ends_with(&format!("/join?org={}", link.code)), "{}", link.address);
        world.joining.make_entry_link(&officer.actor, &what, NOW).await.expect("there");
        assert_eq!(shown().await.code, link.code, "a second press makes no second");
        assert_eq!(world.audited(Action::MakeEntryLink).await.len(), 1);

        let welcome = world.joining.welcome(&domain::account::Actor::Anonymous, Some(&link.code), None, NOW).await;
        let welcome = welcome.expect("answers");
        assert_eq!(welcome.entry.map(|entry| entry.name).as_deref(), Some("快运公司工会"));
        assert_eq!(welcome.taker.map(|taker| taker.name).as_deref(), Some("快运公司工会"));
        for which in 0..5 {
            let who = world.person(which).await;
            let draft = world.joining.draft(&who.actor, Some(&link.code), NOW).await;
            let draft = draft.unwrap_or_else(|why| panic!("{why:?}"));
            assert_eq!((draft.lane, draft.unit.as_deref()), (Some(Lane::Unit), Some("快运公司工会")));
            assert_eq!(draft.answered, [Screen::Lane, Screen::Unit]);
            let begun = shown().await.begun;
            assert_eq!(begun, (which == 4).then_some(5), "fewer than five are not told");
        }
        let who = world.person(9).await;
        let draft = world.joining.draft(&who.actor, Some("guessed"), NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(draft.entry, None);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_made_by_whoever_reaches_the_thing() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.with_role(Role::Officer, Reach::Tree(union(JINSHUI))).await;
        let worker = world.person(1).await;
        let make = async |who: &crate::world::Somebody, what: &str| {
            let made = world.joining.make_entry_link(&who.actor, what, NOW).await;
            let read = world.joining.entry_link(&who.actor, what).await;
            assert_eq!(made.as_ref().err(), read.as_ref().err(), "who may not make one does not see it");
            made.and(read).map(|desk| desk.link.expect("made").name)
        };
        let own = format!("organisation:{}", union(JINSHUI));
        assert_eq!(make(&officer, &own).await.as_deref(), Ok("金水区总工会"));
        assert_eq!(make(&worker, &own).await, Err(Refused::NotFound));
        for foreign in [format!("organisation:{}", union(410_100)), "organisation:x".into(), "x".into(), String::new()]
        {
            assert_eq!(make(&officer, &foreign).await, Err(Refused::NotFound), "{foreign}");
        }
        let platform = store.platforms(1).await.expect("reads").remove(0);
        let at = make(&officer, &format!("enterprise:{}", platform.id)).await.expect("made");
        assert_eq!(at, format!("{}（金水区总工会）", platform.name));
    })
    .await;
}
