//! A member, and whoever is being decided about, stays who they are: no other name gets on the card or into a list.

use crate::{
    databases::on_each_engine,
    world::{DAY, JINSHUI, NOW, Somebody, World, id_number, union},
};
use domain::{
    account::Reach,
    membership::{ApplicationKind, Screen},
    policy::Role,
    ports::{
        Accounts as _, ConsentFor, Deciding as _, IdentityWrong, Joining as _, Memberships as _, NotSubmitted,
        TypedIdentity, TypedScreen,
    },
};
use std::sync::atomic::{AtomicI64, Ordering};

use server::services::{deciding::DecidingService, membership::MembershipService};

/// Each try on another day: the checks of a day are few.
static DAYS: AtomicI64 = AtomicI64::new(0);

async fn become_(world: &World, who: &Somebody, name: &str, number: u32, last4: &str) -> Result<(), IdentityWrong> {
    let now = NOW + DAYS.fetch_add(DAY, Ordering::Relaxed);
    let typed = TypedIdentity {
        name: name.into(),
        id_type: "resident".into(),
        number: id_number(number),
        consents: true,
        last4: last4.into(),
    };
    world.accounts.save_identity(&who.actor, &typed, now).await
}

#[tokio::test]
async fn name_and_number_cannot_be_changed_while_one_applies_or_is_a_member() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        let officer = world.with_role(Role::Officer, Reach::Tree(union(JINSHUI))).await;
        let desk = DecidingService::new(world.people.clone());
        let who = world.person(1).await;
        let last4 = id_number(1)[14..].to_owned();
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let sent = world.submit(&who, NOW).await.expect("sent");
        let not = become_(&world, &who, "李四", 1, &last4).await.expect_err("applies");
        assert!(not.name.is_some_and(|words| words.contains("申请在办")));
        let version = desk.application(&officer.actor, &sent.id, NOW).await.expect("a page").version;
        desk.approve(&officer.actor, &sent.id, version, NOW).await.expect("approved");

        let fixed = async |last4: &str| {
            let not = become_(&world, &who, "李四", 1, last4).await.expect_err("a member");
            assert!(not.name.is_some_and(|words| words.contains("你是会员") && words.contains("12351")));
            let not = become_(&world, &who, "张小明", 2, last4).await.expect_err("a member");
            assert!(not.number.is_some_and(|words| words.contains("你是会员")));
        };
        fixed(&last4).await;
        assert_eq!(become_(&world, &who, "张小明", 1, &last4).await, Ok(()), "the same again");
        // Nor on the way around: consent withdrawn and given for another, or sent with a transfer.
        world.accounts.set_consent(&who.actor, ConsentFor::Identity, None, NOW).await.expect("withdrawn");
        fixed("").await;
        world.opened(union(410_103), NOW).await;
        world.fill_in(&who, "李小四", &id_number(2)).await;
        let kind = TypedScreen { kind: ApplicationKind::Transfer.code().into(), ..TypedScreen::default() };
        world.save(&who, Screen::Kind, kind).await.expect("kept");
        let place = TypedScreen { adcode: "410103".into(), ..TypedScreen::default() };
        world.save(&who, Screen::Place, place).await.expect("kept");
        let not = world.submit(&who, NOW).await;
        assert!(matches!(not, Err(NotSubmitted::Again { screen: Screen::Id, .. })), "{not:?}");
        world.joining.discard(&who.actor, NOW).await.expect("forgotten");
        assert_eq!(become_(&world, &who, "张小明", 1, "").await, Ok(()));
        // Who is no member any more may be called anything.
        MembershipService::new(world.people.clone()).resign(&who.actor, true, NOW).await.expect("resigned");
        assert_eq!(become_(&world, &who, "李四", 2, &last4).await, Ok(()));
    })
    .await;
}
