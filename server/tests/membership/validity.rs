//! How long a card counts: told in time, extended by whoever knows the member.

use crate::{
    databases::on_each_engine,
    world::{CITY, DAY, NEW, NOW, OLD, World},
};
use domain::{policy::Refused, ports::MemberDeed, time::LocalTime};

#[tokio::test]
async fn a_card_that_runs_out_is_told_of_once_and_extended_with_one_tap() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, CITY]).await;
        let (member, id) = world.member(OLD).await;
        let officer = world.officer(OLD).await;
        // It counts for 365 days.
        world.days(300, 304).await;
        assert_eq!(world.notices(&member).await, 0);
        world.days(306, 310).await;
        assert_eq!(world.notices(&member).await, 1);
        let (title, text) = world.told(&member).await;
        assert!(title.contains("到期") && text.contains("会籍还在"), "{title} {text}");
        let later = NOW + 310 * DAY;
        let seen =
            world.act(&world.officer(NEW).await, &id, MemberDeed::Extend, "", later).await.expect_err("not theirs");
        assert_eq!(seen.refused, Some(Refused::NotFound));
        world.act(&officer, &id, MemberDeed::Extend, "", later).await.expect("extends");
        let mine = world.mine(&member, later).await;
        let until = LocalTime::of(mine.valid_until).date();
        assert_eq!((until.year, until.month, until.day), (2029, 12, 31));
        assert!(mine.history.iter().any(|(_, line)| line.starts_with("延长有效期")), "{:?}", mine.history);
        assert_eq!(world.told(&member).await.0, "会员证延长了");
        assert!(world.act(&officer, &id, MemberDeed::Extend, "", later).await.is_err(), "it counts as long already");
        world.days(311, 312).await;
        assert_eq!(world.notices(&member).await, 2, "nothing more to tell");
    })
    .await;
}

#[tokio::test]
async fn who_pays_or_takes_part_keeps_a_card() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD]).await;
        let (member, id) = world.member(OLD).await;
        let before = world.mine(&member, NOW).await.valid_until;
        world.act(&world.officer(OLD).await, &id, MemberDeed::TookPart, "", NOW).await.expect("notes");
        let until = LocalTime::of(world.mine(&member, NOW).await.valid_until).date();
        assert!(world.mine(&member, NOW).await.valid_until > before);
        assert_eq!((until.year, until.month, until.day), (2028, 12, 31));
    })
    .await;
}
