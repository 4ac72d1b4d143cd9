//! Who looks after an account: where its membership is, and nobody once that ended.

use crate::{
    databases::on_each_engine,
    world::{CITY, NEW, NOW, OLD, Somebody, World, union},
};
use domain::{
    account::OrganisationId,
    ports::{MemberDeed, Memberships as _},
};

impl World {
    async fn home(&self, who: &Somebody) -> Option<OrganisationId> {
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.home_of(who.subject).await.expect("reads")
    }

    async fn member_at_home(&self, adcode: u32) -> (Somebody, String) {
        let (who, id) = self.member(adcode).await;
        let mut edit = self.people.store.edit().await.expect("begins");
        edit.put_home(who.subject, union(adcode)).await.expect("writes");
        edit.finish().await.expect("lasts");
        (who, id)
    }
}

#[tokio::test]
async fn the_home_of_an_account_arrives_with_a_transfer_and_not_before() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, id) = world.member_at_home(OLD).await;
        let (old, new) = (world.officer(OLD).await, world.officer(NEW).await);
        world.ask(&member, NEW, NOW).await.expect("asks");
        let transfer = world.transfer_of(&id).await;
        world.decide(&new, &transfer, "in", "agree", NOW).await.expect("agrees");
        assert_eq!(world.home(&member).await, Some(union(OLD)));
        world.decide(&old, &transfer, "out", "agree", NOW).await.expect("agrees");
        assert_eq!(world.home(&member).await, Some(union(NEW)));
        world.members.resign(&member.actor, true, NOW).await.expect("resigns");
        assert_eq!(world.home(&member).await, None);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_no_member_any_more_has_no_home_until_they_are_restored() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, CITY]).await;
        let (member, id) = world.member_at_home(OLD).await;
        let (officer, above) = (world.officer(OLD).await, world.officer(CITY).await);
        world.act(&officer, &id, MemberDeed::Expel, "", NOW).await.expect("expels");
        assert_eq!(world.home(&member).await, None);
        world.members.object(&member.actor, "我没有做过这件事", NOW).await.expect("objects");
        world.act(&above, &id, MemberDeed::Rule, "restore", NOW).await.expect("restores");
        assert_eq!(world.home(&member).await, Some(union(OLD)));
    })
    .await;
}
