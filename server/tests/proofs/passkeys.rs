//! Passkeys: what signs in, and everything that does not.

use crate::{
    authenticator::{Answer, Device},
    world::{MINUTE, NOW, browser, on_each, session_of},
};
use domain::{
    account::{Actor, Strength},
    policy::{Refused, Role},
    ports::{Key, NotProved, NotRemoved, PasskeyFor, Proofs as _, Shown},
};
use server::services::proofs::ProofService;

#[tokio::test]
async fn a_passkey_signs_in_without_a_name_and_opens_the_desk() {
    on_each(async |world| {
        let mut device = Device::new(1);
        let (subject, _) = world.staff(Role::Officer, &mut device, NOW).await;
        let session = world.sign_in(&mut device, &Answer::default(), NOW + MINUTE).await.expect("signs in");
        let actor = world.actor(&session, NOW + MINUTE).await;
        assert_eq!(actor.subject(), Some(subject));
        assert!(actor.holds(Role::Officer));
        assert!(matches!(actor, Actor::Person { strength: Strength::Passkey, waiting: false, .. }));
        assert!(actor.has_proved_lately(NOW + 11 * MINUTE) && !actor.has_proved_lately(NOW + 12 * MINUTE));
        let keys = world.proofs.keys(&actor).await.expect("reads");
        assert_eq!((keys.passkeys.len(), keys.is_needed), (1, true));
        assert_eq!(keys.passkeys[0].used_at, Some(NOW + MINUTE));
        assert_eq!(keys.passkeys[0].name, "安卓手机 · 微信");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_wrong_in_one_thing_signs_nobody_in() {
    on_each(async |world| {
        let mut device = Device::new(1);
        world.staff(Role::Officer, &mut device, NOW).await;
        let mut other = Device::new(2);
        let (other_subject, _) = world.staff(Role::Officer, &mut other, NOW).await;
        let right = Answer::default;
        let wrong = [
            ("origin", Answer { origin: "http://localhost:3001".into(), ..right() }),
            ("scheme", Answer { origin: "https://localhost:3000".into(), ..right() }),
            ("other site", Answer { origin: "http://evil.localhost:3000".into(), ..right() }),
            ("RP id", Answer { rp_id: "example.org".into(), ..right() }),
            ("challenge", Answer { challenge: Some("AAAAAAAAAAAAAAAAAAAAAA".into()), ..right() }),
            ("no verification", Answer { user_verified: false, ..right() }),
            ("other user", Answer { user_handle: Some(other_subject.0.to_vec()), ..right() }),
            ("no such user", Answer { user_handle: Some(vec![0; 16]), ..right() }),
            ("longer user", Answer { user_handle: Some(vec![0; 64]), ..right() }),
            ("signature", Answer { signed_by: Some(2), ..right() }),
            ("type", Answer { kind: Some("webauthn.create"), ..right() }),
        ];
        for (what, answer) in wrong {
            let refused = world.sign_in(&mut device, &answer, NOW).await;
            assert_eq!(refused, Err(NotProved::Wrong), "{what}");
        }
        world.sign_in(&mut device, &right(), NOW).await.expect("the right one still does");
        let mut stranger = Device::new(3);
        assert_eq!(world.sign_in(&mut stranger, &right(), NOW).await, Err(NotProved::Wrong), "unknown");
    })
    .await;
}

#[tokio::test]
async fn a_ceremony_ends_once_and_within_five_minutes() {
    on_each(async |world| {
        let mut device = Device::new(1);
        world.staff(Role::Officer, &mut device, NOW).await;
        let nobody = Actor::Anonymous;
        let begin = async || {
            world.proofs.begin_passkey(&nobody, PasskeyFor::SignIn, &browser().sender, NOW).await.expect("begins")
        };
        let finish = async |token: String, answer: String, now| {
            world.proofs.finish_passkey(&nobody, PasskeyFor::SignIn, &token, &answer, &browser(), now).await
        };

        let first = begin().await;
        let answer = device.get(&first.options, &Answer::default());
        assert!(finish(first.token.clone(), answer.clone(), NOW).await.is_ok());
        assert_eq!(finish(first.token, answer, NOW).await, Err(NotProved::Gone), "replayed");

        let second = begin().await;
        assert_eq!(finish(second.token.clone(), "{}".into(), NOW).await, Err(NotProved::Wrong));
        let answer = device.get(&second.options, &Answer::default());
        assert_eq!(finish(second.token, answer, NOW).await, Err(NotProved::Gone), "a failure ends it as well");

        let third = begin().await;
        let answer = device.get(&third.options, &Answer::default());
        assert_eq!(finish(third.token, answer, NOW + 5 * MINUTE).await, Err(NotProved::Gone), "too late");

        let (fourth, fifth) = (begin().await, begin().await);
        let answer = device.get(&fourth.options, &Answer::default());
        assert_eq!(finish(fifth.token, answer, NOW).await, Err(NotProved::Wrong), "of another ceremony");
    })
    .await;
}

#[tokio::test]
async fn what_one_server_began_another_ends() {
    on_each(async |world| {
        let mut device = Device::new(1);
        world.staff(Role::Officer, &mut device, NOW).await;
        let other = ProofService::new(world.people.clone());
        let nobody = Actor::Anonymous;
        let ceremony =
            world.proofs.begin_passkey(&nobody, PasskeyFor::SignIn, &browser().sender, NOW).await.expect("begins");
        let answer = device.get(&ceremony.options, &Answer::default());
        let shown = other.finish_passkey(&nobody, PasskeyFor::SignIn, &ceremony.token, &answer, &browser(), NOW).await;
        assert!(shown.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_counter_that_goes_back_is_a_copied_key_and_one_that_never_counts_is_not() {
    on_each(async |world| {
        let mut device = Device::new(1);
        world.staff(Role::Officer, &mut device, NOW).await;
        world.sign_in(&mut device, &Answer::default(), NOW).await.expect("1");
        world.sign_in(&mut device, &Answer::default(), NOW).await.expect("2");
        device.counter = 1;
        let again = world.sign_in(&mut device, &Answer::default(), NOW).await;
        assert_eq!(again, Err(NotProved::Wrong), "2 was there already");
        world.sign_in(&mut device, &Answer::default(), NOW).await.expect("3");

        let mut synchronised = Device::new(2);
        (synchronised.counts, synchronised.backup) = (false, (true, false));
        world.staff(Role::Officer, &mut synchronised, NOW).await;
        for backed_up in [false, true, true] {
            synchronised.backup = (true, backed_up);
            world.sign_in(&mut synchronised, &Answer::default(), NOW).await.expect("always 0");
        }
        synchronised.backup = (false, false);
        let changed = world.sign_in(&mut synchronised, &Answer::default(), NOW).await;
        assert_eq!(changed, Err(NotProved::Wrong), "what may be copied cannot become what may not");
    })
    .await;
}

#[tokio::test]
async fn proving_again_changes_the_token_and_stays_with_its_own_person() {
    on_each(async |world| {
        let (mut device, mut other) = (Device::new(1), Device::new(2));
        let (subject, session) = world.staff(Role::Officer, &mut device, NOW).await;
        world.staff(Role::Officer, &mut other, NOW).await;
        let later = NOW + 60 * MINUTE;
        let actor = world.actor(&session, later).await;
        assert!(!actor.has_proved_lately(later));

        let prove = async |device: &mut Device| {
            let ceremony =
                world.proofs.begin_passkey(&actor, PasskeyFor::Prove, &browser().sender, later).await.expect("begins");
            let answer = device.get(&ceremony.options, &Answer::default());
            world.proofs.finish_passkey(&actor, PasskeyFor::Prove, &ceremony.token, &answer, &browser(), later).await
        };
        assert_eq!(prove(&mut other).await, Err(NotProved::Wrong), "somebody else's passkey");
        let fresh = session_of(prove(&mut device).await.expect("proves"));
        assert_eq!(world.actor(&session, later).await, Actor::Anonymous, "the old token is nothing now");
        let proved = world.actor(&fresh, later).await;
        assert_eq!((proved.subject(), proved.session()), (Some(subject), actor.session()), "the same session");
        assert!(proved.has_proved_lately(later));

        let nobody = world.proofs.begin_passkey(&Actor::Anonymous, PasskeyFor::Prove, &browser().sender, later).await;
        assert!(matches!(nobody, Err(NotProved::Refused(Refused::SignIn))));
    })
    .await;
}

#[tokio::test]
async fn a_second_passkey_needs_a_fresh_proof_and_the_last_one_of_staff_stays() {
    on_each(async |world| {
        let (mut device, mut second) = (Device::new(1), Device::new(2));
        let (_, session) = world.staff(Role::Officer, &mut device, NOW).await;
        let stale = world.actor(&session, NOW + 11 * MINUTE).await;
        let refused = world.proofs.begin_passkey(&stale, PasskeyFor::Add, &browser().sender, NOW + 11 * MINUTE).await;
        assert!(matches!(refused, Err(NotProved::Refused(Refused::ProveAgain))));

        let actor = world.actor(&session, NOW).await;
        let first = world.proofs.keys(&actor).await.expect("reads").passkeys[0].id;
        let last = world.proofs.remove_key(&actor, Key::Passkey(first), NOW).await;
        assert_eq!(last, Err(NotRemoved::Last));
        let add = async |device: &mut Device| {
            let ceremony =
                world.proofs.begin_passkey(&actor, PasskeyFor::Add, &browser().sender, NOW).await.expect("begins");
            let answer = device.create(&ceremony.options, &Answer::default());
            world.proofs.finish_passkey(&actor, PasskeyFor::Add, &ceremony.token, &answer, &browser(), NOW).await
        };
        assert_eq!(add(&mut second).await, Ok(Shown::Added));
        assert_eq!(add(&mut second).await, Err(NotProved::Already), "the same device once more");
        world.sign_in(&mut second, &Answer::default(), NOW).await.expect("either signs in");

        world.proofs.rename_passkey(&actor, first, "办公室的电脑").await.expect("renamed");
        let stale_removal = world.proofs.remove_key(&stale, Key::Passkey(first), NOW + 11 * MINUTE).await;
        assert_eq!(stale_removal, Err(NotRemoved::Refused(Refused::ProveAgain)));
        assert_eq!(world.proofs.remove_key(&actor, Key::Passkey(first), NOW).await, Ok(()));
        let gone = world.sign_in(&mut device, &Answer::default(), NOW).await;
        assert_eq!(gone, Err(NotProved::Wrong));
        let keys = world.proofs.keys(&actor).await.expect("reads");
        assert_eq!(keys.passkeys.len(), 1);
        let none = world.proofs.remove_key(&actor, Key::Authenticator, NOW).await;
        assert_eq!(none, Err(NotRemoved::Refused(Refused::NotFound)), "there is none");
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_passkey_is_not_there() {
    on_each(async |world| {
        let (mut device, mut other) = (Device::new(1), Device::new(2));
        let (_, session) = world.staff(Role::Officer, &mut device, NOW).await;
        let (_, other_session) = world.staff(Role::Officer, &mut other, NOW).await;
        let (actor, stranger) = (world.actor(&session, NOW).await, world.actor(&other_session, NOW).await);
        let theirs = world.proofs.keys(&stranger).await.expect("reads").passkeys[0].id;
        assert_eq!(world.proofs.rename_passkey(&actor, theirs, "我的").await, Err(Refused::NotFound));
        // With two of their own it is not for want of a second one.
        let ceremony =
            world.proofs.begin_passkey(&actor, PasskeyFor::Add, &browser().sender, NOW).await.expect("begins");
        let answer = Device::new(3).create(&ceremony.options, &Answer::default());
        let added =
            world.proofs.finish_passkey(&actor, PasskeyFor::Add, &ceremony.token, &answer, &browser(), NOW).await;
        assert_eq!(added, Ok(Shown::Added));
        let removed = world.proofs.remove_key(&actor, Key::Passkey(theirs), NOW).await;
        assert_eq!(removed, Err(NotRemoved::Refused(Refused::NotFound)));
        assert_eq!(world.proofs.keys(&stranger).await.expect("reads").passkeys.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_ip_address_has_no_passkeys() {
    on_each(async |world| {
        let mut people = world.people.clone();
        people.address = "https://10.0.0.7".into();
        let proofs = ProofService::new(people);
        assert!(!proofs.has_passkeys() && world.proofs.has_passkeys());
        let begun = proofs.begin_passkey(&Actor::Anonymous, PasskeyFor::SignIn, &browser().sender, NOW).await;
        assert!(matches!(begun, Err(NotProved::NoPasskeys)));
    })
    .await;
}

#[tokio::test]
async fn more_ceremonies_than_people_begin_are_refused_and_come_back() {
    on_each(async |world| {
        let nobody = Actor::Anonymous;
        let begin = async |now| {
            world.proofs.begin_passkey(&nobody, PasskeyFor::SignIn, &browser().sender, now).await.map(|_| ())
        };
        for _ in 0..30 {
            assert_eq!(begin(NOW).await, Ok(()));
        }
        assert_eq!(begin(NOW).await, Err(NotProved::TooMany));
        assert_eq!(begin(NOW + MINUTE).await, Ok(()));
    })
    .await;
}
