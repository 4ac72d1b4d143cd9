//! The rules of a code.

use crate::{
    databases::on_each_engine,
    world::{HOUR_MS, MINUTE_MS, NOW, World, browser, number, wrong},
};
use domain::{
    account::{Actor, Strength},
    policy::Refused,
    ports::{Accounts as _, CodeFor, Entered, NextStep, NotEntered, NotSent},
};
use server::{
    outside::sms::Gateways,
    services::{
        accounts::{self, AccountService},
        people::People,
    },
};

#[tokio::test]
async fn a_code_signs_in_once() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (mobile, browser) = (number(1), browser(1));
        let attempt = world.ask(" +86 139-0000 0001", &browser, NOW).await.expect("sent");
        let code = world.code_of(&mobile);
        let Ok(Entered::SignedIn(first)) = world.enter(&attempt, &code, &browser, NOW + 1000).await else {
            panic!("not signed in")
        };
        assert!(first.is_new);
        let actor = world.actor(&first.session, NOW + 1000).await;
        assert!(matches!(actor, Actor::Person { strength: Strength::Sms, .. }));
        // A replay, in the same or another browser.
        assert_eq!(world.enter(&attempt, &code, &browser, NOW + 2000).await, Err(NotEntered::Gone));
        assert_eq!(world.enter(&attempt, &code, &crate::world::browser(2), NOW + 2000).await, Err(NotEntered::Gone));
        // The account is found again, and the token of the session is another.
        let again = world.sign_in(&mobile, &browser, NOW + HOUR_MS).await;
        assert!(!again.is_new);
        assert_ne!(again.session, first.session);
        assert_eq!(world.subject(&again.session, NOW + HOUR_MS).await, actor.subject().expect("somebody"));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_wrong_five_times_and_then_gone() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (mobile, browser) = (number(1), browser(1));
        let attempt = world.ask(&mobile, &browser, NOW).await.expect("sent");
        let code = world.code_of(&mobile);
        for tries_left in [4, 3, 2, 1] {
            assert_eq!(
                world.enter(&attempt, &wrong(&code), &browser, NOW).await,
                Err(NotEntered::Wrong { tries_left })
            );
        }
        // Not six digits: no try.
        assert_eq!(world.enter(&attempt, "12345", &browser, NOW).await, Err(NotEntered::Wrong { tries_left: 1 }));
        assert_eq!(world.enter(&attempt, &wrong(&code), &browser, NOW).await, Err(NotEntered::Gone));
        assert_eq!(world.enter(&attempt, &code, &browser, NOW).await, Err(NotEntered::Gone), "the right one, too late");
        let shown = world.accounts.attempt(&attempt, NOW).await.expect("an answer").expect("still there");
        assert_eq!((shown.tries_left, shown.next, shown.mobile.as_str()), (0, NextStep::Code, "139****0001"));
    })
    .await;
}

#[tokio::test]
async fn a_code_lasts_five_minutes() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (mobile, browser) = (number(1), browser(1));
        let attempt = world.ask(&mobile, &browser, NOW).await.expect("sent");
        let code = world.code_of(&mobile);
        let late = NOW + 5 * MINUTE_MS;
        assert_eq!(world.enter(&attempt, &code, &browser, late).await, Err(NotEntered::Gone));
        // Another one may be asked for on the same page.
        world.accounts.resend_code(&attempt, &browser, late).await.expect("sent again");
        assert_eq!(world.enter(&attempt, &code, &browser, late).await, Err(NotEntered::Wrong { tries_left: 4 }));
        let code = world.code_of(&mobile);
        assert!(matches!(world.enter(&attempt, &code, &browser, late).await, Ok(Entered::SignedIn(_))));
        assert_eq!(
            world.accounts.resend_code(&attempt, &browser, late + MINUTE_MS).await,
            Err(NotSent::Refused(Refused::NotFound)),
            "it was used"
        );
    })
    .await;
}

#[tokio::test]
async fn only_the_newest_code_of_a_number_is_live() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let mobile = number(1);
        // Two tabs, or two phones.
        let first = world.ask(&mobile, &browser(1), NOW).await.expect("sent");
        let first_code = world.code_of(&mobile);
        let second = world.ask(&mobile, &browser(2), NOW + MINUTE_MS).await.expect("sent");
        let later = NOW + MINUTE_MS + 1;
        assert_eq!(world.enter(&first, &first_code, &browser(1), later).await, Err(NotEntered::Gone));
        assert_eq!(world.accounts.attempt(&first, later).await, Ok(None));
        // A code belongs to its attempt: what was sent for another number opens nothing.
        let other = world.ask(&number(2), &browser(3), later).await.expect("sent");
        let other_code = world.code_of(&number(2));
        if other_code != world.code_of(&mobile) {
            let crossed = world.enter(&second, &other_code, &browser(2), later).await;
            assert_eq!(crossed, Err(NotEntered::Wrong { tries_left: 4 }));
        }
        let code = world.code_of(&mobile);
        assert!(matches!(world.enter(&second, &code, &browser(2), later).await, Ok(Entered::SignedIn(_))));
        assert!(matches!(world.enter(&other, &other_code, &browser(3), later).await, Ok(Entered::SignedIn(_))));
    })
    .await;
}

#[tokio::test]
async fn known_and_unknown_numbers_are_answered_alike() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        let later = NOW + HOUR_MS;
        let mut seen = Vec::new();
        for which in [1, 2] {
            for to in
                [CodeFor::SignIn, CodeFor::Staff, CodeFor::ChangeMobile { actor: actor.clone(), last4: String::new() }]
            {
                let from = browser(100 + which * 10);
                let at = later + i64::try_from(seen.len()).expect("few") * HOUR_MS;
                let sent = world.accounts.send_code(&number(which), to, &from, at).await.expect("sent");
                let shown = world.accounts.attempt(&sent.attempt, at).await.expect("an answer").expect("there");
                let code = wrong(&world.code_of(&number(which)));
                let entered = world.enter(&sent.attempt, &code, &from, at).await;
                seen.push((sent.attempt.len(), sent.seconds, shown.next, shown.tries_left, entered));
            }
        }
        assert_eq!(seen[..3], seen[3..]);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_number_is_told_at_once() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        for typed in ["", "123", "+1 202 555 0100", "一三九零零零零零零零一", &"1".repeat(10_000)] {
            assert_eq!(world.ask(typed, &browser(1), NOW).await, Err(NotSent::Mobile), "{typed:.20}");
        }
        assert_eq!(world.accounts.attempt("no such token", NOW).await, Ok(None));
        assert_eq!(world.enter("no such token", "123456", &browser(1), NOW).await, Err(NotEntered::Gone));
    })
    .await;
}

#[tokio::test]
async fn a_code_that_no_gateway_took_is_not_counted() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        // No gateway at all: nobody takes it.
        let people = People { sms: Gateways::new(Vec::new()), ..world.people.clone() };
        let without = AccountService::new(people);
        for _ in 0..20 {
            let sent = without.send_code(&number(1), CodeFor::SignIn, &browser(1), NOW).await;
            assert_eq!(sent, Err(NotSent::Gateway));
        }
        world.sign_in(&number(1), &browser(1), NOW).await;
    })
    .await;
}

#[tokio::test]
async fn a_new_number_is_taken_with_a_code_and_told_to_the_account() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, signed_in) = world.person(1, NOW).await;
        world.person(2, NOW).await;
        let later = NOW + HOUR_MS;
        let change = async |to: u32, at| {
            let sent = world
                .accounts
                .send_code(
                    &number(to),
                    CodeFor::ChangeMobile { actor: actor.clone(), last4: String::new() },
                    &browser(1),
                    at,
                )
                .await
                .expect("sent");
            world.enter(&sent.attempt, &world.code_of(&number(to)), &browser(1), at).await
        };
        assert_eq!(change(2, later).await, Err(NotEntered::MobileTaken));
        assert_eq!(change(3, later).await, Ok(Entered::MobileChanged));
        // The old number begins empty, the new one is the account's.
        let old = world.sign_in(&number(1), &browser(4), later + HOUR_MS).await;
        let new = world.sign_in(&number(3), &browser(5), later + HOUR_MS).await;
        assert!(old.is_new);
        assert_eq!(world.subject(&new.session, later + HOUR_MS).await, actor.subject().expect("somebody"));
        let inbox = world.accounts.inbox(&actor).await.expect("an inbox");
        assert!(inbox.iter().any(|notice| notice.title == "手机号换了"), "{inbox:?}");
        // Whoever was signed out meanwhile changes nothing.
        let last = later + 2 * HOUR_MS;
        let sent = world
            .accounts
            .send_code(
                &number(6),
                CodeFor::ChangeMobile { actor: actor.clone(), last4: String::new() },
                &browser(1),
                last,
            )
            .await
            .expect("sent");
        let actor = world.actor(&signed_in.session, last).await;
        world.accounts.sign_out(&actor, last).await.expect("out");
        let code = world.code_of(&number(6));
        assert_eq!(world.enter(&sent.attempt, &code, &browser(1), last).await, Err(NotEntered::Gone));
    })
    .await;
}

#[tokio::test]
async fn a_staff_code_opens_nothing_by_itself() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        let later = NOW + HOUR_MS;
        let sent = world.accounts.send_code(&number(1), CodeFor::Staff, &browser(1), later).await.expect("sent");
        let passed = async || accounts::passed_attempt(&world.people, &sent.attempt, later).await.expect("an answer");
        assert!(passed().await.is_none(), "the code comes first");
        let code = world.code_of(&number(1));
        assert_eq!(world.enter(&sent.attempt, &code, &browser(1), later).await, Ok(Entered::TotpNeeded));
        let found = passed().await.expect("passed");
        assert_eq!(found.subject, actor.subject());
        let shown = world.accounts.attempt(&sent.attempt, later).await.expect("an answer").expect("there");
        assert_eq!(shown.next, NextStep::Totp);
        let again = world.enter(&sent.attempt, &code, &browser(1), later).await;
        assert_eq!(again, Err(NotEntered::Gone), "the code is used up");
        for (other, which) in [("fact", 1), ("not mine", 2)] {
            let entered = match which {
                1 => world.accounts.enter_fact(&sent.attempt, "002X", &browser(1), later).await,
                _ => world.accounts.not_mine(&sent.attempt, &browser(1), later).await,
            };
            assert_eq!(entered, Err(NotEntered::Gone), "{other}: no way around the authenticator");
        }
        let mut edit = store.edit().await.expect("an edit");
        assert!(accounts::consume(&mut edit, found, later).await.expect("used"));
        assert!(!accounts::consume(&mut edit, found, later).await.expect("used"));
        edit.finish().await.expect("kept");
        assert!(passed().await.is_none());
    })
    .await;
}
