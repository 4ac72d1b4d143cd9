//! Invitations that are taken up with a passkey.

use crate::{
    authenticator::{Answer, Device},
    world::{MINUTE, NOW, browser, on_each},
};
use domain::{
    account::Actor,
    policy::{Refused, Role},
    ports::{NotProved, PasskeyFor, Proofs as _},
    time::DAY_MS,
};

#[tokio::test]
async fn a_link_opens_its_role_once() {
    on_each(async |world| {
        let token = world.invite(Role::Administrator, None, NOW).await;
        let invited = world.proofs.invitation(&token, NOW).await.expect("there");
        assert_eq!((invited.role, invited.organisation, invited.again), (Role::Administrator, None, false));
        let session = world.enrol(&token, &mut Device::new(1), NOW).await.expect("enrols");
        let actor = world.actor(&session, NOW).await;
        assert!(actor.holds(Role::Administrator) && actor.grants().len() == 1);
        assert_eq!(world.proofs.invitation(&token, NOW).await, Err(Refused::NotFound));
        assert_eq!(world.enrol(&token, &mut Device::new(2), NOW).await, Err(NotProved::Gone));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_and_an_old_link_are_the_same() {
    on_each(async |world| {
        let token = world.invite(Role::Officer, None, NOW).await;
        for (token, now) in [(token.as_str(), NOW + 3 * DAY_MS), (&"0".repeat(64), NOW), ("", NOW)] {
            assert_eq!(world.proofs.invitation(token, now).await, Err(Refused::NotFound));
            let begun = world
                .proofs
                .begin_passkey(&Actor::Anonymous, PasskeyFor::Invitation(token), &browser().sender, now)
                .await;
            assert!(matches!(begun, Err(NotProved::Gone)));
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_who_take_a_link_up_at_once_one_does() {
    on_each(async |world| {
        let token = world.invite(Role::Officer, None, NOW).await;
        let (nobody, to) = (Actor::Anonymous, PasskeyFor::Invitation(&token));
        let mut devices = [Device::new(1), Device::new(2)];
        let mut answers = Vec::new();
        for device in &mut devices {
            let ceremony = world.proofs.begin_passkey(&nobody, to, &browser().sender, NOW).await.expect("begins");
            answers.push((ceremony.token, device.create(&ceremony.options, &Answer::default())));
        }
        let mut winners = 0;
        for (ceremony, answer) in &answers {
            let shown = world.proofs.finish_passkey(&nobody, to, ceremony, answer, &browser(), NOW).await;
            winners += usize::from(shown.is_ok());
        }
        assert_eq!(winners, 1);
        let mut signed_in = 0;
        for device in &mut devices {
            signed_in += usize::from(world.sign_in(device, &Answer::default(), NOW).await.is_ok());
        }
        assert_eq!(signed_in, 1, "and the other has left nothing behind");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_signed_in_gets_the_role_and_keeps_what_they_had() {
    on_each(async |world| {
        let (mut first, mut second) = (Device::new(1), Device::new(2));
        let (subject, session) = world.staff(Role::Officer, &mut first, NOW).await;
        let actor = world.actor(&session, NOW).await;
        let token = world.invite(Role::Handler, None, NOW).await;
        let to = PasskeyFor::Invitation(&token);
        let ceremony = world.proofs.begin_passkey(&actor, to, &browser().sender, NOW).await.expect("begins");
        let answer = second.create(&ceremony.options, &Answer::default());
        // Signing out in between: nobody is taken for somebody else.
        let out = world.proofs.finish_passkey(&Actor::Anonymous, to, &ceremony.token, &answer, &browser(), NOW).await;
        assert_eq!(out, Err(NotProved::Gone));
        let ceremony = world.proofs.begin_passkey(&actor, to, &browser().sender, NOW).await.expect("begins");
        let answer = second.create(&ceremony.options, &Answer::default());
        world.proofs.finish_passkey(&actor, to, &ceremony.token, &answer, &browser(), NOW).await.expect("taken up");
        for device in [&mut first, &mut second] {
            let session = world.sign_in(device, &Answer::default(), NOW).await.expect("signs in");
            let actor = world.actor(&session, NOW).await;
            assert_eq!(actor.subject(), Some(subject));
            assert!(actor.holds(Role::Officer) && actor.holds(Role::Handler));
        }
    })
    .await;
}

#[tokio::test]
async fn who_enrols_again_has_nothing_left_of_the_lost_phone() {
    on_each(async |world| {
        let (mut lost, mut new) = (Device::new(1), Device::new(2));
        let (subject, old_session) = world.staff(Role::Officer, &mut lost, NOW).await;
        let token = world.invite(Role::Officer, Some(subject), NOW).await;
        assert!(world.proofs.invitation(&token, NOW).await.expect("there").again);
        let session = world.enrol(&token, &mut new, NOW + MINUTE).await.expect("enrols again");
        let actor = world.actor(&session, NOW + MINUTE).await;
        assert_eq!(actor.subject(), Some(subject));
        assert!(actor.holds(Role::Officer));
        assert_eq!(world.actor(&old_session, NOW + MINUTE).await, Actor::Anonymous);
        assert_eq!(world.sign_in(&mut lost, &Answer::default(), NOW + MINUTE).await, Err(NotProved::Wrong));
        world.sign_in(&mut new, &Answer::default(), NOW + MINUTE).await.expect("the new phone");
    })
    .await;
}
