//! How often codes are sent, with two servers on one database and over a restart.

use crate::{
    databases::on_each_engine,
    world::{DAY_MS, MINUTE_MS, NOW, World, browser, number, wrong},
};
use domain::ports::{Accounts as _, Entered, NotEntered, NotSent};
use server::services::accounts::{
    AccountService,
    limits::{GUESSES_A_DAY, GUESSES_OF_DEVICE, GUESSES_OF_NETWORK, GUESSES_OF_NUMBER},
};

#[tokio::test]
async fn a_number_gets_one_code_a_minute_and_ten_a_day() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        // Two servers of one database, and then both of them started again.
        let mut servers = [world.people.clone(), world.people.clone()].map(AccountService::new);
        let mut sent = 0;
        for minute in 0..30 {
            if minute == 15 {
                servers = [world.people.clone(), world.people.clone()].map(AccountService::new);
            }
            for (which, server) in servers.iter().enumerate() {
                let from = browser(minute * 2 + u32::try_from(which).expect("two"));
                let at = NOW + i64::from(minute) * MINUTE_MS;
                let answer =
                    domain::ports::Accounts::send_code(server, &number(1), domain::ports::CodeFor::SignIn, &from, at)
                        .await;
                match answer {
                    Ok(_) => sent += 1,
                    Err(NotSent::TooMany { wait_s }) if sent < 10 => assert_eq!(wait_s, 60),
                    Err(NotSent::TooMany { wait_s }) => assert!(wait_s > 3600, "{wait_s}"),
                    other => panic!("{other:?}"),
                }
            }
        }
        assert_eq!(sent, 10);
        // Other numbers are not meant, and tomorrow is another day.
        assert!(world.ask(&number(2), &browser(200), NOW + 31 * MINUTE_MS).await.is_ok());
        assert!(world.ask(&number(1), &browser(201), NOW + DAY_MS).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn one_browser_and_one_network_ask_for_so_many() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let mut sent = 0;
        for which in 0..30 {
            let at = NOW + i64::from(which) * MINUTE_MS;
            sent += u32::from(world.ask(&number(which), &browser(1), at).await.is_ok());
        }
        assert_eq!(sent, 20, "one browser");
        let mut sent = 0;
        for which in 0..100 {
            let mut from = browser(1000 + which);
            from.sender.network = "100.64.0.0/24".to_owned();
            sent += u32::from(world.ask(&number(1000 + which), &from, NOW + DAY_MS).await.is_ok());
        }
        assert_eq!(sent, 60, "one network at once");
    })
    .await;
}

#[tokio::test]
async fn the_days_budget_is_a_budget() {
    on_each_engine(async |store| {
        let mut world = World::on(store).await;
        world.people.sms_a_day = 5;
        world.accounts = AccountService::new(world.people.clone());
        for which in 0..5 {
            world.ask(&number(which), &browser(which), NOW).await.expect("sent");
        }
        assert_eq!(world.ask(&number(6), &browser(6), NOW).await, Err(NotSent::Budget));
        world.ask(&number(6), &browser(6), NOW + DAY_MS).await.expect("sent");
    })
    .await;
}

#[tokio::test]
async fn at_once_means_once() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (one, two) = (AccountService::new(world.people.clone()), AccountService::new(world.people.clone()));
        let ask = async |server: &AccountService, which| {
            domain::ports::Accounts::send_code(server, &number(1), domain::ports::CodeFor::SignIn, &browser(which), NOW)
                .await
                .is_ok()
        };
        let sent = tokio::join!(ask(&one, 1), ask(&two, 2), ask(&one, 3), ask(&two, 4));
        assert_eq!(u32::from(sent.0) + u32::from(sent.1) + u32::from(sent.2) + u32::from(sent.3), 1);
        // The same code in two tabs at once.
        let attempt = world.ask(&number(2), &browser(5), NOW).await.expect("sent");
        let code = world.code_of(&number(2));
        let from = browser(5);
        let entered = tokio::join!(world.enter(&attempt, &code, &from, NOW), world.enter(&attempt, &code, &from, NOW));
        let opened = [&entered.0, &entered.1].into_iter().filter(|one| matches!(one, Ok(Entered::SignedIn(_)))).count();
        assert_eq!(opened, 1, "{entered:?}");
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_on_one_number_pause_it_for_strangers_only() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (_, signed_in) = world.person(1, NOW).await;
        let mut at = NOW + MINUTE_MS;
        let mut guesses = 0;
        let paused = loop {
            let from = browser(500 + guesses);
            let Ok(attempt) = world.ask(&number(1), &from, at).await else { break true };
            let code = wrong(&world.code_of(&number(1)));
            for _ in 0..5 {
                match world.enter(&attempt, &code, &from, at).await {
                    Err(NotEntered::Wrong { .. } | NotEntered::Gone) => guesses += 1,
                    Err(NotEntered::Paused { until }) => {
                        assert!(until > at && until <= at + DAY_MS);
                        break;
                    }
                    other => panic!("{other:?}"),
                }
            }
            at += MINUTE_MS;
        };
        assert!(paused);
        assert_eq!(guesses, GUESSES_OF_NUMBER);
        // The owner is still signed in, and their own browser still opens.
        assert!(world.actor(&signed_in.session, at).await.subject().is_some());
        let again = world.sign_in(&number(1), &browser(1), at + MINUTE_MS).await;
        assert!(!again.is_new);
        // Other numbers are not meant.
        world.sign_in(&number(2), &browser(2), at + 2 * MINUTE_MS).await;
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_of_those_who_then_sign_in_are_given_back() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        // Far more mistyped codes than the day allows, each followed by the right one.
        for which in 0..GUESSES_A_DAY / 4 + 20 {
            let (mobile, from) = (number(which), browser(which));
            let at = NOW + i64::from(which) * 1000;
            let attempt = world.ask(&mobile, &from, at).await.expect("sent");
            let code = world.code_of(&mobile);
            for _ in 0..4 {
                let entered = world.enter(&attempt, &wrong(&code), &from, at).await;
                assert!(matches!(entered, Err(NotEntered::Wrong { .. })), "{entered:?}");
            }
            assert!(matches!(world.enter(&attempt, &code, &from, at).await, Ok(Entered::SignedIn(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn what_says_nothing_any_more_is_deleted_and_nothing_else() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let attempt = world.ask(&number(1), &browser(1), NOW).await.expect("sent");
        let (_, signed_in) = world.person(2, NOW).await;
        let tidy = async |at| server::services::accounts::tidy(&world.people, at).await.expect("tidied");
        assert_eq!(tidy(NOW + MINUTE_MS).await, 0);
        assert!(world.accounts.attempt(&attempt, NOW + MINUTE_MS).await.expect("an answer").is_some());
        assert_eq!(tidy(NOW + DAY_MS + 6 * MINUTE_MS).await, 2, "two attempts");
        assert!(tidy(NOW + 4 * DAY_MS).await > 4, "limits");
        assert!(world.actor(&signed_in.session, NOW + 4 * DAY_MS).await.subject().is_some());
        assert_eq!(tidy(NOW + 200 * DAY_MS).await, 2, "a session and a device");
    })
    .await;
}

#[tokio::test]
async fn one_machine_cannot_close_signing_in_for_everybody() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let mut guesses = 0;
        for which in 0..60 {
            let mut from = browser(700 + which);
            from.sender.network = "198.51.100.0/24".to_owned();
            let at = NOW + i64::from(which) * MINUTE_MS;
            let Ok(attempt) = world.ask(&number(700 + which), &from, at).await else { break };
            let code = wrong(&world.code_of(&number(700 + which)));
            for _ in 0..5 {
                match world.enter(&attempt, &code, &from, at).await {
                    Err(NotEntered::Wrong { .. } | NotEntered::Gone) => guesses += 1,
                    other => assert!(matches!(other, Err(NotEntered::Paused { .. })), "{other:?}"),
                }
            }
        }
        assert_eq!(guesses, GUESSES_OF_NETWORK);
        // One browser, however it changes its network.
        let mut guesses = 0;
        for which in 0..4 {
            let mut from = browser(900);
            from.sender.network = format!("203.0.{which}.0/24");
            let at = NOW + (100 + i64::from(which)) * MINUTE_MS;
            let Ok(attempt) = world.ask(&number(900 + which), &from, at).await else { break };
            let code = wrong(&world.code_of(&number(900 + which)));
            for _ in 0..5 {
                let entered = world.enter(&attempt, &code, &from, at).await;
                guesses += u32::from(matches!(entered, Err(NotEntered::Wrong { .. } | NotEntered::Gone)));
            }
        }
        assert_eq!(guesses, GUESSES_OF_DEVICE);
        world.sign_in(&number(1), &browser(1), NOW + 200 * MINUTE_MS).await;
    })
    .await;
}
