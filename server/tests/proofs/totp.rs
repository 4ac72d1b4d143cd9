//! Authenticators: each step once, wrong codes counted, clocks a little off.

use crate::{
    authenticator::Device,
    world::{MINUTE, NOW, World, browser, on_each},
};
use data_encoding::BASE32_NOPAD;
use domain::{
    account::{Actor, Strength},
    policy::{Refused, Role},
    ports::{Accounts as _, AuthenticatorFor, CodeFor, Entered, Key, NotProved, Proofs as _},
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

/// A sign-in of staff whose SMS code was right: its token.
async fn passed(world: &World, mobile: &str, now: Millis) -> String {
    let sent = world.accounts.send_code(mobile, CodeFor::Staff, &browser(), now).await.expect("sent");
    let code = world.heard(mobile);
    let entered = world.accounts.enter_code(&sent.attempt, &code, &browser(), now).await;
    assert_eq!(entered, Ok(Entered::TotpNeeded));
    sent.attempt
}

/// Takes an invitation up with a number and an authenticator: the session's token, and the secret.
async fn enrol(world: &World, token: &str, mobile: &str, now: Millis) -> Result<(String, [u8; 20]), NotProved> {
    let attempt = passed(world, mobile, now).await;
    let (nobody, to) = (Actor::Anonymous, AuthenticatorFor::Invitation { token, attempt: &attempt });
    let shown = world.proofs.authenticator(&nobody, to, now).await?;
    let secret = copied(&shown.secret);
    let code = totp_code(&secret, now);
    let set = world.proofs.set_up_authenticator(&nobody, to, &code, &browser(), now).await?;
    Ok((set.session, secret))
}

const MOBILE: &str = "13800138000";

#[tokio::test]
async fn an_invitation_is_taken_up_with_a_number_and_an_authenticator_which_then_sign_in() {
    on_each(async |world| {
        let token = world.invite(Role::Officer, None, NOW).await;
        let (session, secret) = enrol(&world, &token, MOBILE, NOW).await.expect("enrols");
        let first = world.actor(&session, NOW).await;
        assert!(first.holds(Role::Officer));
        assert!(matches!(first, Actor::Person { strength: Strength::Totp, .. }));
        assert_eq!(world.accounts.me(&first, NOW).await.expect("reads").mobile, "138****8000");

        let later = NOW + 10 * MINUTE;
        let attempt = passed(&world, MOBILE, later).await;
        let code = totp_code(&secret, later);
        let signed_in = world.proofs.enter_totp(&first, &attempt, &code, &browser(), later).await.expect("signs in");
        let again = world.actor(&signed_in.session, later).await;
        assert_eq!(again.subject(), first.subject());
        assert!(again.holds(Role::Officer));
        assert_eq!(world.actor(&session, later).await, Actor::Anonymous, "the browser's old session is over");
        let twice = world.proofs.enter_totp(&again, &attempt, &code, &browser(), later).await;
        assert_eq!(twice, Err(NotProved::Gone), "the SMS counts once as well");
    })
    .await;
}

#[tokio::test]
async fn an_sms_alone_opens_no_desk() {
    on_each(async |world| {
        let token = world.invite(Role::Officer, None, NOW).await;
        enrol(&world, &token, MOBILE, NOW).await.expect("enrols");
        let later = NOW + 10 * MINUTE;
        let sent = world.accounts.send_code(MOBILE, CodeFor::SignIn, &browser(), later).await.expect("sent");
        let code = world.heard(MOBILE);
        let entered = world.accounts.enter_code(&sent.attempt, &code, &browser(), later).await;
        let Ok(Entered::SignedIn(signed_in)) = entered else { panic!("a worker's session: {entered:?}") };
        let actor = world.actor(&signed_in.session, later).await;
        assert!(
            matches!(actor, Actor::Person { waiting: true, strength: Strength::Sms, .. }) && actor.grants().is_empty()
        );
        let proved = world.proofs.prove_totp(&actor, "000000", later).await;
        assert_eq!(proved, Err(NotProved::Gone), "nor with a guess of the second half only");
    })
    .await;
}

#[tokio::test]
async fn a_half_sign_in_is_nothing_without_the_right_code_of_the_right_authenticator() {
    on_each(async |world| {
        let token = world.invite(Role::Officer, None, NOW).await;
        enrol(&world, &token, MOBILE, NOW).await.expect("enrols");
        let other = world.invite(Role::Officer, None, NOW).await;
        let (_, others) = enrol(&world, &other, "13900139000", NOW).await.expect("enrols");
        let later = NOW + 10 * MINUTE;
        let attempt = passed(&world, MOBILE, later).await;
        let nobody = Actor::Anonymous;
        let enter = async |code: &str| world.proofs.enter_totp(&nobody, &attempt, code, &browser(), later).await;
        assert_eq!(enter(&totp_code(&others, later)).await, Err(NotProved::Wrong), "somebody else's");
        for _ in 0..3 {
            assert_eq!(enter("000000").await, Err(NotProved::Wrong));
        }
        assert!(matches!(enter("000000").await, Err(NotProved::Locked { .. })));

        // A number that is nobody's is asked and refused in the same way.
        let attempt = passed(&world, "13700137000", later).await;
        let unknown = async || world.proofs.enter_totp(&nobody, &attempt, "000000", &browser(), later).await;
        for _ in 0..4 {
            assert_eq!(unknown().await, Err(NotProved::Wrong));
        }
        assert!(matches!(unknown().await, Err(NotProved::Locked { .. })));
        let nothing = world.proofs.enter_totp(&nobody, "", "000000", &browser(), later).await;
        assert_eq!(nothing, Err(NotProved::Gone));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_again_goes_with_the_number_of_the_account() {
    on_each(async |world| {
        let token = world.invite(Role::Officer, None, NOW).await;
        let (session, old) = enrol(&world, &token, MOBILE, NOW).await.expect("enrols");
        let subject = world.actor(&session, NOW).await.subject().expect("signed in");
        let other = world.invite(Role::Officer, None, NOW).await;
        enrol(&world, &other, "13900139000", NOW).await.expect("enrols");
        let later = NOW + 10 * MINUTE;
        let again = world.invite(Role::Officer, Some(subject), later).await;
        let wrong = enrol(&world, &again, "13900139000", later).await;
        assert_eq!(wrong.map(|_| ()), Err(NotProved::OtherNumber), "somebody else's number");
        let (session, new) = enrol(&world, &again, MOBILE, later).await.expect("enrols again");
        assert_eq!(world.actor(&session, later).await.subject(), Some(subject));
        assert_ne!(old, new);
        let evening = later + 60 * MINUTE;
        let attempt = passed(&world, MOBILE, evening).await;
        let nobody = Actor::Anonymous;
        let lost = world.proofs.enter_totp(&nobody, &attempt, &totp_code(&old, evening), &browser(), evening).await;
        assert_eq!(lost, Err(NotProved::Wrong), "the lost phone's");
        let right = world.proofs.enter_totp(&nobody, &attempt, &totp_code(&new, evening), &browser(), evening).await;
        assert!(right.is_ok());
    })
    .await;
}
