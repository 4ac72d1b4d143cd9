//! What is asked next in an attempt.

use super::{fact, limits, send};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::{AttemptRow, Edit, StoreError},
    vault::{Lookup, Secret},
};
use domain::{
    account::{Actor, Mobile, SubjectId},
    policy::{Action, Refused},
    ports::{Attempt, AttemptPurpose, NextStep},
    time::Millis,
};

/// From its last code on an attempt lasts so long: another code may be asked for after the first ran out.
pub(super) const RESENT_FOR_MS: Millis = 30 * 60_000;

/// After the right code there is so much time for a second step.
pub(super) const SECOND_STEP_MS: Millis = 10 * 60_000;

/// Whether another code may still be asked for.
pub(super) fn may_resend(row: &AttemptRow, now: Millis) -> bool {
    row.used_at.is_none() && row.passed_at.is_none() && now < row.sent_at + RESENT_FOR_MS
}

pub(super) async fn attempt(people: &People, token: &str, now: Millis) -> Result<Option<Attempt>, Refused> {
    people.policy.check(&Actor::Anonymous, Action::SignIn, &[])?;
    shown(people, token, now).await.or_unavailable("look at an attempt")
}

async fn shown(people: &People, token: &str, now: Millis) -> Result<Option<Attempt>, Failed> {
    let Some(row) = people.store.attempt(&people.vault.hash(Lookup::Token, token)).await? else { return Ok(None) };
    let waits = row.passed_at.is_some() && row.used_at.is_none() && now < row.expires_at;
    if !waits && !may_resend(&row, now) {
        return Ok(None);
    }
    let next = match (row.passed_at, row.purpose) {
        (None, _) => NextStep::Code,
        (Some(_), AttemptPurpose::Staff) => NextStep::Totp,
        (Some(_), _) => {
            let subject = match row.subject {
                Some(id) => people.store.subject(id).await?,
                None => None,
            };
            let Some(subject) = subject else { return Ok(None) };
            let locked = subject.fact_locked_until.is_some_and(|until| until > now);
            NextStep::Fact {
                tries_left: if locked { 0 } else { fact::TRIES.saturating_sub(subject.fact_tries) },
                member_number: people.store.number_of_member(subject.id).await?.is_some(),
            }
        }
    };
    let opened = send::mobile_of_attempt(&row, token)?;
    Ok(Some(Attempt {
        purpose: row.purpose,
        mobile: Mobile::parse(opened.reveal()).map(|mobile| mobile.masked()).unwrap_or_default(),
        next,
        resend_at: row.sent_at + limits::CODES_OF_NUMBER.interval_ms,
        expires_at: row.expires_at,
        tries_left: limits::TRIES.saturating_sub(row.tries),
    }))
}

/// A staff member's attempt whose code was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Which attempt.
    pub id: [u8; 16],
    /// The account of the number; `None` where it has none: that looks the same from outside.
    pub subject: Option<SubjectId>,
}

/// The attempt of a token, when it is a staff member's, its code was right, and its second step is still due.
///
/// # Errors
/// The database does not answer.
pub async fn passed_attempt(people: &People, token: &str, now: Millis) -> Result<Option<Passed>, StoreError> {
    let row = people.store.attempt(&people.vault.hash(Lookup::Token, token)).await?;
    Ok(row
        .filter(|row| row.purpose == AttemptPurpose::Staff && row.used_at.is_none() && now < row.expires_at)
        .filter(|row| row.passed_at.is_some())
        .map(|row| Passed { id: row.id, subject: row.subject }))
}

/// Uses such an attempt up, in the transaction that begins the session; says whether this was the first to do so.
///
/// # Errors
/// The database does not answer.
pub async fn consume(edit: &mut Edit, passed: Passed, now: Millis) -> Result<bool, StoreError> {
    edit.use_attempt(passed.id, now).await
}

/// The number of such an attempt with its keyed hash, for the account that it becomes the number of.
///
/// # Errors
/// The database or the key store does not answer.
pub async fn mobile_of_passed(people: &People, token: &str) -> Result<Option<(Secret, Vec<u8>)>, Failed> {
    let Some(row) = people.store.attempt(&people.vault.hash(Lookup::Token, token)).await? else { return Ok(None) };
    let opened = send::mobile_of_attempt(&row, token)?;
    Ok(Some((opened, row.mobile_hash)))
}
