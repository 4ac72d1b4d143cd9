//! What stays of a membership when the account goes: that there was one.

use crate::{
    databases::on_each_engine,
    world::{DAY, NEW, NOW, OLD, World},
};
use domain::{
    account::MembershipId,
    membership::{MembershipState, Standing, TransferState},
    policy::Refused,
    ports::{Accounts as _, Memberships as _},
};
use server::services::accounts::AccountService;

#[tokio::test]
async fn an_account_that_goes_leaves_a_membership_without_a_person_and_nothing_open() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD, NEW]).await;
        let (member, id) = world.member(OLD).await;
        world.members.retain(&member.actor, "ill", NOW).await.expect("retains: a sealed reason");
        world.ask(&member, NEW, NOW).await.expect("asks");
        let accounts = AccountService::new(world.people.clone());
        let me = accounts.me(&member.actor, NOW).await.expect("reads");
        assert_eq!((me.standing, me.union.as_deref()), (Standing::Member, Some("二七区总工会")));
        let (officer, transfer) = (world.officer(OLD).await, world.transfer_of(&id).await);
        accounts.erase(&member.actor, NOW + DAY).await.expect("erases");
        let row = store.membership(MembershipId::parse(&id).expect("an id")).await.expect("reads").expect("stays");
        assert_eq!((row.subject, row.reason, row.objection), (None, None, None));
        assert_eq!((row.state, row.ended_at), (MembershipState::Resigned, Some(NOW + DAY)));
        assert!(!store.membership_events(row.id).await.expect("reads").is_empty());
        let open = store.open_transfers().await.expect("reads");
        assert_eq!(open, []);
        let case = world.members.transfer(&officer.actor, &transfer, NOW + DAY).await.expect("reads");
        assert_eq!((case.state, case.person.name), (TransferState::Withdrawn, None));
        world.days(2, 40).await;
    })
    .await;
}

#[tokio::test]
async fn somebody_without_a_membership_is_told_so_and_harms_nothing() {
    on_each_engine(async |store| {
        let world = World::new(store, &[OLD]).await;
        let stranger = world.somebody(None).await;
        assert_eq!(world.members.mine(&stranger.actor, NOW).await, Ok(None));
        assert_eq!(world.members.transfer_form(&stranger.actor, "二七", NOW).await, Ok(None));
        assert_eq!(world.members.withdraw_transfer(&stranger.actor, NOW).await, Ok(()));
        assert_eq!(world.members.keep(&stranger.actor, NOW).await, Ok(()));
        assert!(world.members.resign(&stranger.actor, true, NOW).await.is_ok());
        assert!(world.members.resign(&stranger.actor, false, NOW).await.is_err(), "the tick comes first");
        assert!(world.members.object(&stranger.actor, "不同意", NOW).await.is_err());
        let nobody = domain::account::Actor::Anonymous;
        assert_eq!(world.members.mine(&nobody, NOW).await, Err(Refused::SignIn));
        assert_eq!(world.members.resign(&nobody, true, NOW).await.expect_err("nobody").refused, Some(Refused::SignIn));
    })
    .await;
}
