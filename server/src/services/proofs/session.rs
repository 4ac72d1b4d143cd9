//! The session that a proof begins, or strengthens.

use crate::{
    services::{
        accounts::{Begun, begin},
        people::People,
    },
    store::{Edit, StoreError},
    vault::{Lookup, random},
};
use data_encoding::HEXLOWER;
use domain::{
    account::{Actor, Strength, SubjectId},
    ports::{Browser, SignedIn},
    time::{DAY_MS, Millis},
};

/// Begins a session of a person in this browser; the one it had ends.
pub(super) async fn start(
    people: &People,
    edit: &mut Edit,
    (actor, browser): (&Actor, &Browser),
    subject: SubjectId,
    strength: Strength,
    now: Millis,
) -> Result<SignedIn, StoreError> {
    if let Actor::Person { subject, session, .. } = actor {
        edit.end_session(*subject, *session).await?;
    }
    let device = Some(browser.sender.device.as_str());
    let Begun { token, seconds, .. } = begin(people, edit, subject, strength, &browser.phone, device, now).await?;
    Ok(SignedIn { session: token, seconds, is_new: false })
}

/// Notes in the actor's own session that they have shown who they are, and gives it another token: whoever copied
/// the old one has nothing. `None` when the session is over.
pub(super) async fn prove(
    people: &People,
    edit: &mut Edit,
    actor: &Actor,
    now: Millis,
) -> Result<Option<SignedIn>, StoreError> {
    let Actor::Person { session, .. } = actor else { return Ok(None) };
    let token = HEXLOWER.encode(&random::<32>());
    let proved = edit.prove_session(*session, &people.vault.hash(Lookup::Token, &token), now).await?;
    // The cookie may outlive the session, which ends when it ends.
    let seconds = 7 * DAY_MS / 1000;
    Ok(proved.then_some(SignedIn { session: token, seconds, is_new: false }))
}
