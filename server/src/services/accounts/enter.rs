//! A code is entered.

use super::{
    attempt::SECOND_STEP_MS,
    complete::{self, Whose},
    fact::{self, Claim},
    limits, send, session,
};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::{AttemptRow, Edit, StoreError, SubjectRow},
    vault::Lookup,
};
use domain::{
    account::{Actor, limit::day_ends},
    policy::Action,
    ports::{AttemptPurpose, Browser, Entered, NotEntered},
    time::{LocalTime, Millis},
};
use subtle::ConstantTimeEq as _;

/// Who enters something: the bearer of an attempt's token, in a browser.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) token: &'a str,
    pub(super) browser: &'a Browser,
}

/// Either why it does not open, or what broke.
pub(super) enum Stopped {
    Told(NotEntered),
    Failed(Failed),
}

impl<E: Into<Failed>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

pub(super) fn told<T>(result: Result<T, Stopped>, doing: &'static str) -> Result<T, NotEntered> {
    result.map_err(|stopped| match stopped {
        Stopped::Told(why) => why,
        Stopped::Failed(error) => {
            let _logged = Err::<(), _>(error).or_unavailable(doing);
            NotEntered::Unavailable
        }
    })
}

pub(super) fn may(people: &People) -> Result<(), NotEntered> {
    people.policy.check(&Actor::Anonymous, Action::SignIn, &[]).map_err(|_| NotEntered::Unavailable)
}

/// The six digits as they were typed: full-width, with spaces, `验证码 123456`.
fn typed_code(typed: &str) -> Option<String> {
    let digit = |letter: char| match letter {
        '０'..='９' => char::from_digit(u32::from(letter) - u32::from('０'), 10),
        other => other.is_ascii_digit().then_some(other),
    };
    let code: String = typed.chars().take(64).filter_map(digit).take(7).collect();
    (code.len() == 6).then_some(code)
}

pub(super) async fn enter_code(
    people: &People,
    token: &str,
    typed: &str,
    browser: &Browser,
    now: Millis,
) -> Result<Entered, NotEntered> {
    may(people)?;
    told(enter(people, Asking { token, browser }, typed, now).await, "enter a code")
}

fn gone() -> Stopped {
    Stopped::Told(NotEntered::Gone)
}

async fn enter(people: &People, asking: Asking<'_>, typed: &str, now: Millis) -> Result<Entered, Stopped> {
    let Asking { token, browser } = asking;
    let mut edit = people.store.edit().await?;
    let row = edit.attempt(&people.vault.hash(Lookup::Token, token)).await?.ok_or_else(gone)?;
    let live = row.used_at.is_none() && row.passed_at.is_none() && now < row.expires_at && row.tries < limits::TRIES;
    let kept = row.code_hash.clone().filter(|_| live).ok_or_else(gone)?;
    let Some(code) = typed_code(typed) else {
        // Not six digits: mistyped, and no guess.
        return Err(Stopped::Told(NotEntered::Wrong { tries_left: limits::TRIES - row.tries }));
    };
    let owner = edit.subject_of_mobile(&row.mobile_hash).await?;
    // Somebody who changes their number holds the new one for the first time: nothing vouches for them yet.
    let known =
        row.purpose != AttemptPurpose::ChangeMobile && session::knows(people, &row.mobile_hash, browser, now).await?;
    let guesses = limits::guessing(people, &row.mobile_hash, &browser.sender);
    if !known && edit.take(&guesses, now).await?.is_err() {
        metrics::counter!("codes_paused").increment(1);
        return Err(Stopped::Told(NotEntered::Paused { until: day_ends(now) }));
    }
    if !bool::from(send::code_hash(people, row.id, &code).ct_eq(&kept)) {
        let tries = row.tries + 1;
        edit.count_try(row.id, tries, row.counted + u32::from(!known)).await?;
        edit.finish().await?;
        metrics::counter!("codes_wrong").increment(1);
        warn_of_guessing(people, now).await?;
        let tries_left = limits::TRIES - tries;
        return Err(Stopped::Told(match tries_left {
            0 => NotEntered::Gone,
            tries_left => NotEntered::Wrong { tries_left },
        }));
    }
    if !known {
        // Of an attempt that went over midnight the guesses of yesterday stay in yesterday's count.
        let of_today = LocalTime::of(row.sent_at).day == LocalTime::of(now).day;
        let back = 1 + if of_today { row.counted } else { 0 };
        edit.give_back(&guesses, back, now).await?;
    }
    match row.purpose {
        AttemptPurpose::ChangeMobile => super::change_mobile::change(people, edit, &row, token, now).await,
        AttemptPurpose::Staff => {
            edit.pass_attempt(row.id, owner.map(|owner| owner.id), now, now + SECOND_STEP_MS).await?;
            edit.finish().await?;
            Ok(Entered::TotpNeeded)
        }
        AttemptPurpose::SignIn | AttemptPurpose::Manager => passed(people, edit, &row, owner, known, asking, now).await,
    }
}

/// Says it aloud when half of the day's wrong codes are gone: then somebody guesses, or wants nobody to sign in.
async fn warn_of_guessing(people: &People, now: Millis) -> Result<(), StoreError> {
    let (half, more) = limits::half_of_guessing(people);
    // Once, at the one that makes it half, not at each that follows.
    if !people.store.could_take(&[half], now).await? && people.store.could_take(&[more], now).await? {
        metrics::counter!("codes_half_guessed").increment(1);
        tracing::error!("half of the wrong codes that a day allows are spent");
    }
    Ok(())
}

/// The code was right: whose account opens?
async fn passed(
    people: &People,
    mut edit: Edit,
    row: &AttemptRow,
    owner: Option<SubjectRow>,
    known: bool,
    asking: Asking<'_>,
    now: Millis,
) -> Result<Entered, Stopped> {
    let whose = match owner {
        None => Whose::New,
        Some(owner) => match fact::claim(&mut edit, &owner, known, now).await? {
            Claim::Own => Whose::Theirs { subject: owner.id, known },
            Claim::Ask => {
                edit.pass_attempt(row.id, Some(owner.id), now, now + SECOND_STEP_MS).await?;
                edit.finish().await?;
                return match owner.fact_locked_until.filter(|&until| until > now) {
                    // 这不是我的账号 stays open to whoever holds the number now.
                    Some(until) => Err(Stopped::Told(NotEntered::Locked { until })),
                    None => Ok(Entered::FactNeeded),
                };
            }
            Claim::Detach => {
                fact::detach(people, &mut edit, owner.id, now).await?;
                Whose::New
            }
        },
    };
    let signed_in = complete::complete(people, &mut edit, row, whose, asking, now).await?;
    edit.finish().await?;
    Ok(Entered::SignedIn(signed_in))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_typed() {
        for typed in ["123456", " 123 456 ", "１２３４５６", "验证码：123456", "123-456"] {
            assert_eq!(typed_code(typed).as_deref(), Some("123456"), "{typed}");
        }
        for wrong in ["", "12345", "1234567", "一二三四五六", "abcdef"] {
            assert_eq!(typed_code(wrong), None, "{wrong}");
        }
    }
}
