//! Authenticators: each step once, wrong codes counted, clocks a little off.

use crate::{
    authenticator::Device,
    world::{MINUTE, NOW, World, browser, on_each},
};
use data_encoding::BASE32_NOPAD;
use domain::{
    account::Actor,
    policy::{Refused, Role},
    ports::{AuthenticatorFor, Key, NotProved, Proofs as _},
    time::Millis,
};
use server::services::proofs::totp_code;

const STEP: Millis = 30_000;

/// The secret as somebody copies it into their app.
pub fn copied(secret: &str) -> [u8; 20] {
    let letters: String = secret.split(' ').collect();
    BASE32_NOPAD.decode(letters.as_bytes()).expect("base32").try_into().expect("20 bytes")
}

/// An officer with a passkey and an authenticator: who acts, and the secret.
async fn officer(world: &World) -> (Actor, [u8; 20]) {
    let (_, session) = world.staff(Role::Officer, &mut Device::new(1), NOW).await;
    let actor = world.actor(&session, NOW).await;
    let shown = world.proofs.authenticator(&actor, AuthenticatorFor::Actor, NOW).await.expect("shown");
    let secret = copied(&shown.secret);
    let code = totp_code(&secret, NOW);
    let set = world.proofs.set_up_authenticator(&actor, AuthenticatorFor::Actor, &code, &browser(), NOW).await;
    (world.actor(&set.expect("set up").session, NOW).await, secret)
}

#[tokio::test]
async fn an_authenticator_counts_once_a_code_of_it_was_entered() {
    on_each(async |world| {
        let (_, session) = world.staff(Role::Officer, &mut Device::new(1), NOW).await;
        let actor = world.actor(&session, NOW).await;
        let to = AuthenticatorFor::Actor;
        let (shown, again) = (
            world.proofs.authenticator(&actor, to, NOW).await.expect("shown"),
            world.proofs.authenticator(&actor, to, NOW).await.expect("shown"),
        );
        assert_eq!(shown.secret, again.secret, "a page opened again shows the same");
        assert_eq!(shown.secret.split(' ').map(str::len).collect::<Vec<_>>(), [4; 8]);
        assert!(shown.squares.len() > 20 && shown.squares.iter().all(|row| row.len() == shown.squares.len()));
        let wrong = world.proofs.set_up_authenticator(&actor, to, "000000", &browser(), NOW).await;
        assert_eq!(wrong, Err(NotProved::Wrong));
        assert_eq!(world.proofs.keys(&actor).await.expect("reads").authenticator, None);

        let code = totp_code(&copied(&shown.secret), NOW);
        let set = world.proofs.set_up_authenticator(&actor, to, &code, &browser(), NOW).await.expect("set up");
        let actor = world.actor(&set.session, NOW).await;
        assert_eq!(world.proofs.keys(&actor).await.expect("reads").authenticator, Some(NOW));
        let next = world.proofs.authenticator(&actor, to, NOW).await.expect("shown");
        assert_ne!(next.secret, shown.secret, "the next one is another");
        assert_eq!(world.proofs.remove_key(&actor, Key::Authenticator, NOW).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn a_step_counts_once_and_an_older_one_no_more() {
    on_each(async |world| {
        let (mut actor, secret) = officer(&world).await;
        let replayed = world.proofs.prove_totp(&actor, &totp_code(&secret, NOW), NOW).await;
        assert_eq!(replayed, Err(NotProved::Wrong), "used to set it up");
        for (step, counts) in [(1, true), (1, false), (0, false), (2, true), (1, false)] {
            let code = totp_code(&secret, NOW + step * STEP);
            let proved = world.proofs.prove_totp(&actor, &code, NOW + STEP).await;
            assert_eq!(proved.is_ok(), counts, "step {step}");
            if let Ok(signed_in) = proved {
                actor = world.actor(&signed_in.session, NOW + STEP).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn after_five_wrong_codes_nobody_is_asked_for_a_quarter_of_an_hour() {
    on_each(async |world| {
        let (actor, secret) = officer(&world).await;
        let now = NOW + 10 * MINUTE;
        for _ in 0..4 {
            assert_eq!(world.proofs.prove_totp(&actor, "000000", now).await, Err(NotProved::Wrong));
        }
        let until = now + 15 * MINUTE;
        assert_eq!(world.proofs.prove_totp(&actor, "000000", now).await, Err(NotProved::Locked { until }));
        let right = world.proofs.prove_totp(&actor, &totp_code(&secret, now + MINUTE), now + MINUTE).await;
        assert_eq!(right, Err(NotProved::Locked { until }), "the right one neither");
        let later = world.proofs.prove_totp(&actor, &totp_code(&secret, until), until).await.expect("asked again");
        let actor = world.actor(&later.session, until).await;
        for _ in 0..4 {
            assert_eq!(world.proofs.prove_totp(&actor, "000000", until).await, Err(NotProved::Wrong), "a new count");
        }
    })
    .await;
}

#[tokio::test]
async fn an_authenticator_is_changed_only_by_who_has_just_proved_themselves() {
    on_each(async |world| {
        let (actor, _) = officer(&world).await;
        let later = NOW + 11 * MINUTE;
        let shown = world.proofs.authenticator(&actor, AuthenticatorFor::Actor, later).await;
        assert!(matches!(shown, Err(NotProved::Refused(Refused::ProveAgain))));
        let nobody = world.proofs.authenticator(&Actor::Anonymous, AuthenticatorFor::Actor, NOW).await;
        assert!(matches!(nobody, Err(NotProved::Refused(Refused::SignIn))));
    })
    .await;
}
