//! How a session ends, and what its end takes along.

use crate::{
    databases::on_each_engine,
    world::{DAY_MS, HOUR_MS, MINUTE_MS, NOW, World, browser, number},
};
use domain::{
    account::{Actor, Strength},
    ports::{Accounts as _, Entered},
    time::Millis,
};
use server::services::accounts::begin;

/// How long each kind lasts without use, and with it.
const KINDS: [(Strength, Millis, Millis); 4] = [
    (Strength::Sms, 90 * DAY_MS, 180 * DAY_MS),
    (Strength::Manager, 180 * DAY_MS, 180 * DAY_MS),
    (Strength::Totp, 12 * HOUR_MS, 7 * DAY_MS),
    (Strength::Passkey, 12 * HOUR_MS, 7 * DAY_MS),
];

async fn begun(world: &World, which: u32, strength: Strength) -> String {
    let (actor, _) = world.person(which, NOW).await;
    let subject = actor.subject().expect("somebody");
    let mut edit = world.people.store.edit().await.expect("begins");
    let begun = begin(&world.people, &mut edit, subject, strength, "测试", None, NOW).await.expect("begins");
    edit.finish().await.expect("ends");
    begun.token
}

#[tokio::test]
async fn a_session_without_use_ends() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        for (which, (strength, idle, _)) in (1..).zip(KINDS) {
            // Looked at once only, since looking is use.
            let (late, in_time) = (begun(&world, which, strength).await, begun(&world, 10 + which, strength).await);
            assert_eq!(world.actor(&late, NOW + idle).await, Actor::Anonymous, "{strength:?}");
            assert_ne!(world.actor(&in_time, NOW + idle - 1).await, Actor::Anonymous, "{strength:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_however_it_is_used() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        for (which, (strength, idle, lasts)) in (1..).zip(KINDS) {
            let token = begun(&world, which, strength).await;
            let mut at = NOW;
            while at + idle / 2 < NOW + lasts {
                at += idle / 2;
                assert_ne!(world.actor(&token, at).await, Actor::Anonymous, "{strength:?} at {at}");
            }
            assert_ne!(world.actor(&token, NOW + lasts - 1).await, Actor::Anonymous, "{strength:?}");
            assert_eq!(world.actor(&token, NOW + lasts).await, Actor::Anonymous, "{strength:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_signs_in_again_leaves_no_session_behind() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, first) = world.person(1, NOW).await;
        let mut from = browser(1);
        from.session = actor.subject().zip(actor.session());
        let at = NOW + 2 * MINUTE_MS;
        let second = world.sign_in(&number(1), &from, at).await;
        assert_eq!(world.actor(&first.session, at).await, Actor::Anonymous);
        assert_ne!(world.actor(&second.session, at).await, Actor::Anonymous);
    })
    .await;
}

#[tokio::test]
async fn a_phone_that_was_signed_out_is_asked_as_if_for_the_first_time() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        world.identify(&actor, "欧阳𬭚", "11010519491231002X", NOW).await;
        let enter = async |at| {
            let attempt = world.ask(&number(1), &browser(1), at).await.expect("sent");
            let entered = world.enter(&attempt, &world.code_of(&number(1)), &browser(1), at).await;
            (attempt, entered.expect("a right code"))
        };
        let Entered::SignedIn(again) = enter(NOW + HOUR_MS).await.1 else { panic!("a known phone") };
        let lost = world.actor(&again.session, NOW + HOUR_MS).await.session().expect("a session");
        // From another session.
        world.accounts.end_session(&actor, lost, NOW + HOUR_MS).await.expect("ended");
        let (attempt, entered) = enter(NOW + 2 * HOUR_MS).await;
        assert_eq!(entered, Entered::FactNeeded);
        // By itself.
        let at = NOW + 2 * HOUR_MS;
        let signed_in = world.accounts.enter_fact(&attempt, "002X", &browser(1), at).await.expect("opened");
        world.accounts.sign_out(&world.actor(&signed_in.session, at).await, at).await.expect("signed out");
        assert_eq!(enter(NOW + 3 * HOUR_MS).await.1, Entered::FactNeeded);
    })
    .await;
}
