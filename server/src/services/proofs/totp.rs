//! Codes of an authenticator: RFC 6238 with HMAC-SHA-1, 30 seconds and six digits, which is what every
//! authenticator app understands.

use super::{passed, session};
use crate::{
    services::{
        accounts::consume,
        people::{People, Trouble as _},
    },
    store::StoreError,
    vault::{Lookup, Owner, Place},
};
use data_encoding::BASE32_NOPAD;
use domain::{
    account::{Actor, Strength, SubjectId},
    policy::Refused,
    ports::{Browser, NotProved, SignedIn},
    time::Millis,
};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Seconds of a step.
const STEP_S: u64 = 30;
/// Length of a secret in bytes: as long as the hash (RFC 4226, 4, R6).
pub(super) const SECRET: usize = 20;
/// After so many wrong codes nobody is asked for a while.
const WRONG_AT_MOST: i32 = 5;
/// How long.
const LOCKED_MS: Millis = 15 * 60 * 1000;

fn of(secret: &[u8; SECRET]) -> Totp {
    // One step before and after: clocks of phones are off by some seconds, and people need some to type.
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP_S)
        .with_secret(Secret::new_stack(*secret))
        .build_noncompliant()
}

const fn seconds(now: Millis) -> u64 {
    (now / 1000).unsigned_abs()
}

/// The code of a moment: for tests, and for nothing else.
#[must_use]
pub fn code(secret: &[u8; SECRET], now: Millis) -> String {
    of(secret).generate(seconds(now)).to_string()
}

/// The step of which a code is, when it is one of now.
#[must_use]
pub fn step(secret: &[u8; SECRET], typed: &str, now: Millis) -> Option<i64> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).filter_map(digit).collect();
    let step = of(secret).check(&digits, seconds(now))?;
    i64::try_from(step).ok()
}

/// A digit as it was typed: full-width ones of a Chinese keyboard too. What is none stays, and is refused.
fn digit(letter: char) -> Option<char> {
    match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - 0xFEE0),
        other => Some(other),
    }
}

pub(super) const fn place(subject: SubjectId) -> Place {
    Place { table: "totp", column: "secret", row: subject.0 }
}

/// The secret of somebody's authenticator; `None` when there is none.
async fn secret_of(people: &People, subject: SubjectId) -> Result<Option<[u8; SECRET]>, Refused> {
    let Some(stored) = people.store.totp_of(subject).await.or_unavailable("read an authenticator")? else {
        return Ok(None);
    };
    let opened = people.vault.open(Owner::Subject(subject), place(subject), &stored.secret).await;
    let secret = opened.or_unavailable("open an authenticator's secret")?;
    Ok(BASE32_NOPAD.decode(secret.reveal().as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()))
}

/// Checks a code of somebody's authenticator: each step counts once, and after five wrong ones nobody is asked for
/// a quarter of an hour. Somebody who is not there, or has no authenticator, is wrong in the same way.
pub(super) async fn check(
    people: &People,
    subject: Option<SubjectId>,
    typed: &str,
    (key, now): (&str, Millis),
) -> Result<SubjectId, NotProved> {
    let key = people.vault.hash(Lookup::Rate, &format!("totp {key}"));
    let secret = match subject {
        Some(subject) => secret_of(people, subject).await?,
        None => None,
    };
    // Counted before it is checked, and kept whatever comes of it: guesses at the same moment are not free.
    let counted = async {
        let mut edit = people.store.edit().await?;
        let failures = edit.count_failure(&key, WRONG_AT_MOST, LOCKED_MS, now).await?;
        edit.finish().await?;
        Ok::<_, StoreError>(failures)
    };
    let failures = counted.await.or_unavailable("count a code")?;
    if failures.count > WRONG_AT_MOST {
        return Err(NotProved::Locked { until: failures.until });
    }
    let wrong = || {
        if failures.count == WRONG_AT_MOST { NotProved::Locked { until: failures.until } } else { NotProved::Wrong }
    };
    let step = secret.and_then(|secret| step(&secret, typed, now));
    let (Some(subject), Some(step)) = (subject, step) else { return Err(wrong()) };
    let used = async {
        let mut edit = people.store.edit().await?;
        let used = edit.use_totp_step(subject, step).await?;
        if used {
            edit.forget_failures(&key).await?;
        }
        edit.finish().await?;
        Ok::<_, StoreError>(used)
    };
    if used.await.or_unavailable("use a code up")? { Ok(subject) } else { Err(wrong()) }
}

/// Signs in with a code, after the right code of an SMS.
pub(super) async fn enter(
    people: &People,
    attempt: &str,
    typed: &str,
    (actor, browser): (&Actor, &Browser),
    now: Millis,
) -> Result<SignedIn, NotProved> {
    let passed = passed::find(people, attempt, now).await?;
    // The limit follows the number, so that an unknown one is limited in the same way.
    let subject = check(people, passed.subject, typed, (&passed::limit_key(&passed), now)).await?;
    let begun = async {
        let mut edit = people.store.edit().await?;
        if !consume(&mut edit, passed, now).await? {
            return Ok(None);
        }
        let signed_in = session::start(people, &mut edit, (actor, browser), subject, Strength::Totp, now).await?;
        edit.finish().await?;
        Ok::<_, StoreError>(Some(signed_in))
    };
    begun.await.or_unavailable("sign in with an authenticator")?.ok_or(NotProved::Gone)
}

/// Shows again that it is the actor. A session that began with an SMS alone does not become one of a desk: that
/// takes a code sent now, or a passkey.
pub(super) async fn prove(people: &People, actor: &Actor, typed: &str, now: Millis) -> Result<SignedIn, NotProved> {
    let Actor::Person { subject, strength, .. } = actor else { return Err(Refused::SignIn.into()) };
    if !strength.opens_desks() {
        return Err(NotProved::Gone);
    }
    check(people, Some(*subject), typed, (&subject.to_string(), now)).await?;
    let proved = async {
        let mut edit = people.store.edit().await?;
        let proved = session::prove(people, &mut edit, actor, now).await?;
        edit.finish().await?;
        Ok::<_, StoreError>(proved)
    };
    proved.await.or_unavailable("prove with an authenticator")?.ok_or(NotProved::Refused(Refused::SignIn))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, in six digits: the last six of the eight given there for SHA-1.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = *b"12345678901234567890";
        for (time, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(&secret, time * 1000), expected);
            assert_eq!(step(&secret, expected, time * 1000), Some(time / 30));
        }
    }

    #[test]
    fn a_clock_may_be_off_by_one_step_and_no_more() {
        let secret = *b"12345678901234567890";
        let now = 1_795_399_200_000;
        for (off, counts) in [(-60_000, false), (-30_000, true), (0, true), (30_000, true), (60_000, false)] {
            assert_eq!(step(&secret, &code(&secret, now + off), now).is_some(), counts, "{off} ms");
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let secret = *b"12345678901234567890";
        for typed in ["081804", " 081 804 ", "０８１８０４", "081　804"] {
            assert!(step(&secret, typed, 1_111_111_109_000).is_some(), "{typed}");
        }
        for typed in ["", "81804", "0818040", "+81804", "08180a", "零八一八零四"] {
            assert_eq!(step(&secret, typed, 1_111_111_109_000), None, "{typed}");
        }
    }
}
