//! Resold numbers: a code proves a number, not a person.

use crate::{
    databases::on_each_engine,
    world::{DAY_MS, HOUR_MS, NOW, World, browser, number},
};
use domain::{
    account::SubjectId,
    ports::{Accounts as _, Entered, NextStep, NotEntered},
};

/// The first owner's words: none of them is ever shown to the second.
const NAME: &str = "欧阳𬭚";
const ID: &str = "11010519491231002X";

async fn first_owner(world: &World) -> (SubjectId, String) {
    let (actor, signed_in) = world.person(1, NOW).await;
    world.identify(&actor, NAME, ID, NOW).await;
    (actor.subject().expect("somebody"), signed_in.session)
}

/// The number's new owner gets as far as the second fact.
async fn asked(world: &World, at: i64) -> String {
    let attempt = world.ask(&number(1), &browser(2), at).await.expect("sent");
    let entered = world.enter(&attempt, &world.code_of(&number(1)), &browser(2), at).await;
    assert_eq!(entered, Ok(Entered::FactNeeded));
    attempt
}

#[tokio::test]
async fn a_second_fact_opens_an_account_in_a_new_browser() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (subject, _) = first_owner(&world).await;
        let at = NOW + HOUR_MS;
        let attempt = asked(&world, at).await;
        let shown = world.accounts.attempt(&attempt, at).await.expect("an answer").expect("there");
        assert_eq!(shown.next, NextStep::Fact { tries_left: 3, member_number: false });
        let fact = async |typed: &str| world.accounts.enter_fact(&attempt, typed, &browser(2), at).await;
        assert_eq!(fact("003X").await, Err(NotEntered::Wrong { tries_left: 2 }));
        assert_eq!(fact("2X").await, Err(NotEntered::Wrong { tries_left: 2 }), "mistyped, and no guess");
        let signed_in = fact("００２x").await.expect("opened");
        assert_eq!(world.subject(&signed_in.session, at).await, subject);
        assert_eq!(fact("002X").await.map(|_| ()), Err(NotEntered::Gone), "once");
        // From now on this browser is known.
        world.sign_in(&number(1), &browser(2), at + HOUR_MS).await;
    })
    .await;
}

#[tokio::test]
async fn three_wrong_facts_lock_for_seven_days_and_the_owner_is_told() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (_, session) = first_owner(&world).await;
        let at = NOW + HOUR_MS;
        // The tries count over attempts.
        let first = asked(&world, at).await;
        for tries_left in [2, 1] {
            let entered = world.accounts.enter_fact(&first, "0000", &browser(2), at).await;
            assert_eq!(entered.map(|_| ()), Err(NotEntered::Wrong { tries_left }));
        }
        let second = asked(&world, at + HOUR_MS).await;
        let until = at + HOUR_MS + 7 * DAY_MS;
        let entered = world.accounts.enter_fact(&second, "0000", &browser(2), at + HOUR_MS).await;
        assert_eq!(entered.map(|_| ()), Err(NotEntered::Locked { until }));
        // Also with the right one.
        let entered = world.accounts.enter_fact(&second, "002X", &browser(2), at + HOUR_MS + 1).await;
        assert_eq!(entered.map(|_| ()), Err(NotEntered::Locked { until }));
        let third = world.ask(&number(1), &browser(2), at + DAY_MS).await.expect("sent");
        let entered = world.enter(&third, &world.code_of(&number(1)), &browser(2), at + DAY_MS).await;
        assert_eq!(entered, Err(NotEntered::Locked { until }));
        let owner = world.actor(&session, at + DAY_MS).await;
        let inbox = world.accounts.inbox(&owner).await.expect("an inbox");
        assert!(inbox.iter().any(|notice| notice.title == "有人想登录你的账号"), "{inbox:?}");
        // The owner's own browser is not locked.
        world.sign_in(&number(1), &browser(1), at + DAY_MS + HOUR_MS).await;
        // And whoever holds the number now may still begin empty.
        let attempt = world.ask(&number(1), &browser(2), at + DAY_MS + 2 * HOUR_MS).await.expect("sent");
        let later = at + DAY_MS + 2 * HOUR_MS;
        let entered = world.enter(&attempt, &world.code_of(&number(1)), &browser(2), later).await;
        // Signing in from a known browser proved nothing to whoever guessed: the lock stays.
        assert_eq!(entered, Err(NotEntered::Locked { until }));
        assert!(world.accounts.not_mine(&attempt, &browser(2), later).await.expect("empty").is_new);
    })
    .await;
}

#[tokio::test]
async fn not_my_account_begins_empty_and_shows_nothing_of_the_first_owner() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (first, session) = first_owner(&world).await;
        let at = NOW + 100 * DAY_MS;
        let attempt = asked(&world, at).await;
        let signed_in = world.accounts.not_mine(&attempt, &browser(2), at).await.expect("empty");
        assert!(signed_in.is_new);
        let second = world.actor(&signed_in.session, at).await;
        assert_ne!(second.subject(), Some(first));
        let me = world.accounts.me(&second, at).await.expect("me");
        assert_eq!((me.name, me.id, me.unread, me.sessions), (None, None, 0, 1));
        let export = world.accounts.export(&second, at).await.expect("an export");
        let shown = format!(
            "{:?} {:?} {:?} {} {}",
            world.accounts.sessions(&second, at).await,
            world.accounts.inbox(&second).await,
            world.accounts.held(&second).await,
            export.json,
            export.html
        );
        for word in [NAME, "欧阳", ID, "002X", &first.to_string(), &browser(1).sender.device] {
            assert!(!shown.contains(word), "{word} is shown to the second owner");
        }
        // The first owner keeps what is theirs, and is told.
        let owner = world.actor(&session, NOW + DAY_MS).await;
        assert_eq!(owner.subject(), Some(first));
        let inbox = world.accounts.inbox(&owner).await.expect("an inbox");
        assert!(inbox.iter().any(|notice| notice.title == "你的手机号和账号分开了"));
        let me = world.accounts.me(&owner, NOW + DAY_MS).await.expect("me");
        assert_eq!(me.name.as_deref(), Some("欧阳*"));
        // A second tab on the same attempt changes nothing any more.
        assert_eq!(world.accounts.not_mine(&attempt, &browser(2), at).await, Err(NotEntered::Gone));
        let entered = world.accounts.enter_fact(&attempt, "002X", &browser(2), at).await;
        assert_eq!(entered.map(|_| ()), Err(NotEntered::Gone));
    })
    .await;
}

#[tokio::test]
async fn a_silent_account_without_a_fact_begins_empty() {
    on_each_engine(async |store| {
        let world = World::on(store).await;
        let (actor, _) = world.person(1, NOW).await;
        // A new browser while the account is in use: nothing is held, nothing is asked.
        let same = world.sign_in(&number(1), &browser(2), NOW + 59 * DAY_MS).await;
        assert_eq!(world.subject(&same.session, NOW + 59 * DAY_MS).await, actor.subject().expect("somebody"));
        let at = NOW + 59 * DAY_MS + 60 * DAY_MS;
        let known = world.sign_in(&number(1), &browser(2), at).await;
        assert!(!known.is_new, "its own browser, after any silence");
        let at = at + 60 * DAY_MS;
        let stranger = world.sign_in(&number(1), &browser(3), at).await;
        assert!(stranger.is_new);
        assert_ne!(world.subject(&stranger.session, at).await, actor.subject().expect("somebody"));
    })
    .await;
}
