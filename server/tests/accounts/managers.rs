//! A station's manager: an officer's code and a code to the number bind one browser.

use crate::{
    databases::on_each_engine,
    world::{DAY_MS, HOUR_MS, MINUTE_MS, NOW, World, browser, number, wrong},
};
use domain::{
    account::{Actor, ManagerCode, Reach, Strength},
    policy::Role,
    ports::{Accounts as _, AttemptPurpose, CodeFor, Entered, NotEntered, NotSent},
    station::Code,
};
use server::{
    store::{OpenCode, Store},
    vault::{Lookup, random},
};

/// A station and a code for its manager.
async fn issue(world: &World, store: &Store, now: i64) -> (Code, ManagerCode) {
    let station = crate::world::station(store).await;
    let code = ManagerCode::of_random(random());
    let new = OpenCode { id: random(), station, issued_by: None, created_at: now, expires_at: now + DAY_MS };
    let mut edit = store.edit().await.expect("an edit");
    edit.put_manager_code(&new, &world.people.vault.hash(Lookup::ManagerCode, code.as_str())).await.expect("put");
    edit.finish().await.expect("kept");
    (station, code)
}

#[tokio::test]
async fn a_code_of_an_officer_binds_one_browser_once() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (station, code) = issue(&world, store, NOW).await;
        let spoken = code.spoken().to_lowercase();
        let ask = async |typed: &str, which: u32, at| {
            world.accounts.send_code(&number(which), CodeFor::Manager(typed.to_owned()), &browser(which), at).await
        };
        assert_eq!(ask("0000 0000", 1, NOW).await, Err(NotSent::ManagerCode));
        assert_eq!(ask("", 1, NOW).await, Err(NotSent::ManagerCode));
        let sent = ask(&spoken, 1, NOW + MINUTE_MS).await.expect("sent");
        let shown = world.accounts.attempt(&sent.attempt, NOW + MINUTE_MS).await.expect("an answer").expect("there");
        assert_eq!(shown.purpose, AttemptPurpose::Manager);
        let sms = world.code_of(&number(1));
        let at = NOW + MINUTE_MS;
        let entered = world.enter(&sent.attempt, &wrong(&sms), &browser(1), at).await;
        assert_eq!(entered, Err(NotEntered::Wrong { tries_left: 4 }));
        let Ok(Entered::SignedIn(signed_in)) = world.enter(&sent.attempt, &sms, &browser(1), at).await else {
            panic!("not bound")
        };
        assert_eq!(signed_in.seconds, 180 * 24 * 3600);
        let Actor::Person { strength, grants, waiting, .. } = world.actor(&signed_in.session, at).await else {
            panic!("nobody")
        };
        assert_eq!((strength, waiting, grants.len()), (Strength::Manager, false, 1));
        assert_eq!((grants[0].role, &grants[0].reach), (Role::Manager, &Reach::Station(station)));
        // Used up, for everybody.
        assert_eq!(ask(&spoken, 2, at).await, Err(NotSent::ManagerCode));
        // A code to the number alone opens no desk.
        let plain = world.sign_in(&number(1), &browser(3), NOW + HOUR_MS).await;
        let actor = world.actor(&plain.session, NOW + HOUR_MS).await;
        assert!(actor.grants().is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_two_who_have_the_code_one_is_bound() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (_, code) = issue(&world, store, NOW).await;
        let mut attempts = Vec::new();
        for which in [1, 2] {
            let to = CodeFor::Manager(code.as_str().to_owned());
            let sent = world.accounts.send_code(&number(which), to, &browser(which), NOW).await.expect("sent");
            attempts.push((sent.attempt, world.code_of(&number(which)), browser(which)));
        }
        let (one, two) = (&attempts[0], &attempts[1]);
        assert!(matches!(world.enter(&one.0, &one.1, &one.2, NOW).await, Ok(Entered::SignedIn(_))));
        assert_eq!(world.enter(&two.0, &two.1, &two.2, NOW).await, Err(NotEntered::Gone));
        // One that ran out between the two steps binds nobody.
        let (_, code) = issue(&world, store, NOW).await;
        let late = NOW + DAY_MS - MINUTE_MS;
        let to = CodeFor::Manager(code.as_str().to_owned());
        let sent = world.accounts.send_code(&number(3), to, &browser(3), late).await.expect("sent");
        let entered = world.enter(&sent.attempt, &world.code_of(&number(3)), &browser(3), late + 2 * MINUTE_MS).await;
        assert_eq!(entered, Err(NotEntered::Gone));
    })
    .await;
}

#[tokio::test]
async fn codes_of_officers_are_not_guessed() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let mut told = 0;
        for guess in 0..20 {
            let to = CodeFor::Manager(format!("{guess:08}"));
            let at = NOW + i64::from(guess) * MINUTE_MS;
            match world.accounts.send_code(&number(1), to, &browser(1), at).await {
                Err(NotSent::ManagerCode) => told += 1,
                Err(NotSent::TooMany { .. }) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(told, 10);
    })
    .await;
}
