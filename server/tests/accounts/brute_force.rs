//! 100,000 guesses from 1,000 addresses on 10,000 accounts, with restarts: how likely does one succeed?

use crate::{
    databases::on_each_engine,
    world::{NOW, World, browser, number},
};
use domain::{
    ports::{Accounts as _, CodeFor, Entered, NotEntered},
    time::LocalTime,
};
use server::services::accounts::{AccountService, limits::GUESSES_A_DAY};

/// Guesses in all; `EXACT_GUESSES=100000` for the whole of it.
fn guesses() -> u32 {
    std::env::var("EXACT_GUESSES").ok().and_then(|text| text.parse().ok()).unwrap_or(2000)
}

const ADDRESSES: u32 = 1000;
const ACCOUNTS: u32 = 10_000;

#[tokio::test]
async fn a_day_of_guessing_wins_with_less_than_one_in_a_thousand() {
    let all = guesses();
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let mut servers = [world.people.clone(), world.people.clone()].map(AccountService::new);
        // What reached a comparison, by day in Shanghai.
        let mut compared = std::collections::BTreeMap::<i64, u32>::new();
        let (mut guess, mut opened) = (0_u32, 0_u32);
        // Spread over 23 hours from 10:00, so that it goes over midnight.
        let moment = |guess: u32| NOW + i64::from(guess) * 23 * 3_600_000 / i64::from(all);
        while guess < all {
            if guess % 500 < 5 {
                servers = [world.people.clone(), world.people.clone()].map(AccountService::new);
            }
            let (server, mobile) = (&servers[guess as usize % 2], number(guess / 5 % ACCOUNTS));
            // A fresh browser each time, from one of the addresses.
            let mut from = browser(1_000_000 + guess);
            from.sender.network = format!("address {}", guess % ADDRESSES);
            let Ok(sent) = server.send_code(&mobile, CodeFor::SignIn, &from, moment(guess)).await else {
                guess += 5;
                continue;
            };
            for try_of in 0..5 {
                let at = moment(guess + try_of);
                let code = format!("{:06}", (guess * 7 + try_of) % 1_000_000);
                match server.enter_code(&sent.attempt, &code, &from, at).await {
                    Err(NotEntered::Wrong { .. } | NotEntered::Gone) => {
                        *compared.entry(LocalTime::of(at).day).or_default() += 1;
                    }
                    Ok(Entered::SignedIn(_)) => opened += 1,
                    Err(NotEntered::Paused { .. }) => break,
                    other => panic!("{other:?}"),
                }
            }
            guess += 5;
        }
        assert!(compared.values().all(|&count| count <= GUESSES_A_DAY), "{compared:?}");
        let within_a_day: u32 = compared.values().sum();
        let chance = f64::from(within_a_day + opened) / 1_000_000.0;
        assert!(chance <= 0.001, "{chance}");
        eprintln!(
            "{all} guesses: {within_a_day} were compared, chance of success at most {chance:.6}, opened {opened}"
        );
    })
    .await;
}
