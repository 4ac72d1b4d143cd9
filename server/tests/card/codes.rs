//! Codes: what is in them, how long they are good, what ends them.

use crate::{
    databases::on_each_engine,
    world::{DAY, ID_NUMBER, MOBILE, NOW, World, YEAR, read},
};
use domain::{
    account::Actor,
    membership::{
        MembershipState,
        card::{OFFLINE_LASTS_MS, Verdict},
    },
    policy::Refused,
    ports::{Accounts as _, CardCode, Cards as _, NoCard, NotCompared, NotRenewed, Sender},
    time::Millis,
};
use server::{organisations::id_of_region, services::accounts::AccountService};

async fn verdict(world: &World, code: &CardCode, now: Millis) -> Verdict {
    world.cards.check(&Actor::Anonymous, &code.address, now).await.expect("answers").verdict
}

async fn says(world: &World, code: &CardCode, said: &str, network: &str, now: Millis) -> Result<Verdict, NotCompared> {
    let sender = Sender { device: String::new(), network: network.into() };
    let compared = world.cards.compare(&Actor::Anonymous, &code.address, said, &sender, now).await;
    compared.map(|checked| checked.verdict)
}

#[tokio::test]
async fn an_online_code_is_good_for_two_minutes_and_another_one_a_minute_later() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let code = world.shown(&member, NOW).await.code;
        assert_eq!(verdict(&world, &code, NOW + 119_000).await, Verdict::Valid);
        assert_eq!(verdict(&world, &code, NOW + 121_000).await, Verdict::Screenshot);
        let next = world.shown(&member, NOW + 60_000).await.code;
        assert_ne!(next.address, code.address);
        assert_eq!(read(&next).card.id, read(&code).card.id);
    })
    .await;
}

#[tokio::test]
async fn a_code_holds_no_personal_data_but_the_mask() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let (card, kept) = (world.shown(&member, NOW).await, world.kept(&member, NOW).await);
        assert_eq!((card.name.as_str(), card.organisation.as_str()), ("张大明", "金水区总工会"));
        for code in [&card.code, &kept] {
            let token = read(code);
            assert_eq!(token.card.name, "张*明");
            let bytes = [token.signed, code.address.clone().into_bytes()].concat();
            let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
            for secret in ["张大明", ID_NUMBER, MOBILE, &card.number, &card.number[card.number.len() - 4..]] {
                assert!(!holds(secret), "{secret}");
            }
            assert!(!holds(&ID_NUMBER[14..]) && !holds(&MOBILE[7..]));
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_for_no_network_is_the_same_all_day_and_asks_the_holder() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let code = world.kept(&member, NOW).await;
        assert!(world.kept(&member, NOW + DAY - 1).await == code);
        let next = world.kept(&member, NOW + DAY).await;
        assert!(next != code);
        assert_eq!(verdict(&world, &code, NOW + OFFLINE_LASTS_MS).await, Verdict::AskHolder, "good until it expires");
        assert_eq!(verdict(&world, &code, NOW + OFFLINE_LASTS_MS + 1000).await, Verdict::Expired);
        assert_eq!(says(&world, &code, " 73a5", "", NOW).await, Ok(Verdict::Valid));
        assert_eq!(says(&world, &code, "73A6", "", NOW).await, Ok(Verdict::WrongAnswer));
        assert!(matches!(says(&world, &code, "73A", "", NOW).await, Err(NotCompared::NotFour(_))));
    })
    .await;
}

#[tokio::test]
async fn a_code_never_outlasts_the_membership() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let late = NOW + YEAR - DAY;
        let code = world.kept(&member, late).await;
        assert_eq!(code.until, NOW + YEAR);
        assert_eq!(verdict(&world, &code, NOW + YEAR + 1000).await, Verdict::Expired);
    })
    .await;
}

#[tokio::test]
async fn guessing_what_the_holder_would_say_ends_after_ten_and_being_right_costs_nothing() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let code = world.kept(&member, NOW).await;
        for _ in 0..20 {
            assert_eq!(says(&world, &code, "73A5", "203.0.113.0/24", NOW).await, Ok(Verdict::Valid));
        }
        for guess in 0..10 {
            assert_eq!(says(&world, &code, &format!("000{guess}"), "", NOW).await, Ok(Verdict::WrongAnswer));
        }
        assert!(matches!(says(&world, &code, "73A5", "", NOW).await, Err(NotCompared::TooMany(_))));
        assert_eq!(says(&world, &code, "73A5", "", NOW + DAY).await, Ok(Verdict::Valid));
    })
    .await;
}

#[tokio::test]
async fn a_membership_that_ends_or_moves_takes_its_codes_along() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (ends, moves) = (world.member().await, world.member().await);
        let codes = [world.shown(&ends, NOW).await.code, world.kept(&ends, NOW).await, world.kept(&moves, NOW).await];
        world.change(ends.membership, NOW, |row| row.state = MembershipState::Resigned).await;
        world.change(moves.membership, NOW, |row| row.organisation = id_of_region(410_103)).await;
        for code in &codes {
            assert_eq!(verdict(&world, code, NOW + 1000).await, Verdict::Revoked);
        }
        assert!(matches!(world.cards.show(&ends.actor, NOW).await, Err(NoCard::Former)));
        let again = world.shown(&moves, NOW + 2000).await;
        assert_eq!(again.organisation, "二七区总工会");
        assert_eq!(verdict(&world, &again.code, NOW + 3000).await, Verdict::Valid);
    })
    .await;
}

#[tokio::test]
async fn a_lost_phone_shows_nothing_that_is_good_and_the_member_is_told() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let lost = world.kept(&member, NOW).await;
        assert_eq!(world.cards.renew(&member.actor, NOW).await, Ok(()));
        assert_eq!(verdict(&world, &lost, NOW).await, Verdict::Revoked);
        let new = world.kept(&member, NOW).await;
        assert_eq!(verdict(&world, &new, NOW).await, Verdict::AskHolder);
        assert_eq!(store.notices_of(member.subject, 10).await.expect("reads").len(), 1);
        for _ in 0..4 {
            assert_eq!(world.cards.renew(&member.actor, NOW).await, Ok(()));
        }
        assert_eq!(world.cards.renew(&member.actor, NOW).await, Err(NotRenewed::TooMany));
    })
    .await;
}

#[tokio::test]
async fn who_is_no_member_has_no_card() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (_, actor) = world.somebody().await;
        assert!(matches!(world.cards.show(&actor, NOW).await, Err(NoCard::Never)));
        assert!(matches!(world.cards.keep(&actor, NOW).await, Err(NoCard::Never)));
        let nobody = world.cards.show(&Actor::Anonymous, NOW).await;
        assert!(matches!(nobody, Err(NoCard::Refused(Refused::SignIn))));
    })
    .await;
}

#[tokio::test]
async fn what_was_not_signed_here_shows_nothing() {
    on_each_engine(async |store| {
        let (world, elsewhere) = (World::new(store).await, World::new(store).await);
        let member = world.member().await;
        let code = world.shown(&member, NOW).await.code;
        let foreign = elsewhere.cards.check(&Actor::Anonymous, &code.address, NOW).await.expect("answers");
        assert_eq!((foreign.verdict, foreign.card), (Verdict::UnknownKey, None));
        // Another letter of the signature.
        let at = code.address.len() - 20;
        let other = if &code.address[at..=at] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &code.address[..at], &code.address[at + 1..]);
        let tampered = world.cards.check(&Actor::Anonymous, &changed, NOW).await.expect("answers");
        assert_eq!((tampered.verdict, tampered.card), (Verdict::Tampered, None));
        let nonsense = world.cards.check(&Actor::Anonymous, "https://a.example/x", NOW).await.expect("answers");
        assert_eq!(nonsense.verdict, Verdict::NotACard);
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_erased_leaves_no_code_that_is_good() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let code = world.kept(&member, NOW).await;
        let accounts = AccountService::new(world.people.clone());
        accounts.erase(&member.actor, NOW).await.expect("erased");
        assert_eq!(verdict(&world, &code, NOW).await, Verdict::Revoked);
        assert_eq!(world.cards.revoked(NOW).await.expect("answers"), [read(&code).card.id]);
    })
    .await;
}

#[tokio::test]
async fn what_was_signed_before_a_rotation_of_keys_is_good_after_it() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let code = world.kept(&member, NOW).await;
        let keys = world.cards.keys();
        server::services::rotate::rotate(store, &world.people.vault, NOW, |_, _| {}).await.expect("rotates");
        server::services::rotate::retire(store, &world.people.vault, NOW + DAY, |_, _| {}).await.expect("retires");
        assert_eq!(world.cards.keys(), keys);
        assert_eq!(verdict(&world, &code, NOW + DAY).await, Verdict::AskHolder);
    })
    .await;
}

#[tokio::test]
async fn opened_on_several_phones_at_once_it_is_one_card() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let member = world.member().await;
        let (a, b, c) = tokio::join!(
            world.cards.show(&member.actor, NOW),
            world.cards.keep(&member.actor, NOW),
            world.cards.show(&member.actor, NOW)
        );
        let (Ok(a), Ok(b), Ok(c)) = (a, b, c) else { panic!("somebody has no card") };
        let id = |code: &CardCode| read(code).card.id;
        assert_eq!((id(&a.code), id(&b.code)), (id(&c.code), id(&c.code)));
    })
    .await;
}
