//! The list of revoked cards: short, and right with the next look.

use crate::{
    databases::on_each_engine,
    world::{DAY, NOW, World, read},
};
use domain::{
    membership::{MembershipState, card::OFFLINE_LASTS_MS},
    ports::Cards as _,
};
use server::services::accounts::tidy;

#[tokio::test]
async fn a_revoked_card_is_listed_at_once_and_no_longer_than_its_codes_last() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (online, offline) = (world.member().await, world.member().await);
        let a = read(&world.shown(&online, NOW).await.code).card.id;
        let b = read(&world.kept(&offline, NOW).await).card.id;
        assert_eq!(world.cards.revoked(NOW).await, Ok(vec![]));
        let later = NOW + DAY;
        for member in [&online, &offline] {
            world.change(member.membership, later, |row| row.state = MembershipState::Expelled).await;
        }
        let mut both = vec![a, b];
        both.sort_unstable();
        assert_eq!(world.cards.revoked(later).await, Ok(both));
        assert_eq!(world.cards.revoked(later + 300_000).await, Ok(vec![b]), "online codes are over in minutes");
        assert_eq!(world.cards.revoked(NOW + OFFLINE_LASTS_MS).await, Ok(vec![b]));
        assert_eq!(world.cards.revoked(NOW + OFFLINE_LASTS_MS + 300_000).await, Ok(vec![]));
    })
    .await;
}

#[tokio::test]
async fn what_was_missed_when_a_membership_ended_is_made_good_when_it_is_tidied_up() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let id = read(&world.kept(&member, NOW).await).card.id;
        let mut edit = store.edit().await.expect("begins");
        let mut row = edit.membership(member.membership).await.expect("reads").expect("a membership");
        row.state = MembershipState::Lapsed;
        assert!(edit.save_membership(&row, NOW).await.expect("writes"));
        edit.finish().await.expect("lasts");
        assert_eq!(world.cards.revoked(NOW).await, Ok(vec![]));
        tidy(&world.people, NOW).await.expect("tidies");
        assert_eq!(world.cards.revoked(NOW).await, Ok(vec![id]));
        tidy(&world.people, NOW + OFFLINE_LASTS_MS + DAY).await.expect("tidies");
        assert_eq!(world.cards.revoked(NOW).await, Ok(vec![]), "forgotten");
    })
    .await;
}
