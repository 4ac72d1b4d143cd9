//! The member of a trial: there is a card to look at, and nothing of it stays.

use crate::{
    databases::on_each_engine,
    world::{DAY, NOW, World},
};
use domain::policy::Role;
use server::{
    organisations::id_of_region,
    services::trial::{self, Workplace},
};

#[tokio::test]
async fn a_trial_has_a_member_and_a_new_start_takes_the_membership_away() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let workplace = Workplace { station: None, organisation: Some(id_of_region(410_105)) };
        let links = trial::make(&world.people, workplace, NOW).await.expect("links");
        let member = links.iter().find(|link| link.word == "示范会员").expect("a member");
        assert_eq!(member.role, Role::Worker);
        let first = store.card_member(member.subject).await.expect("reads").expect("a membership");
        assert!(first.number.len() > 4 && first.valid_until > NOW + DAY);
        trial::make(&world.people, workplace, NOW).await.expect("links");
        assert_eq!(store.membership(first.id).await.expect("reads"), None, "a made-up membership is counted nowhere");
    })
    .await;
}
