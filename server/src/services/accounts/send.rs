//! A code goes to a number.

use super::{
    attempt::{RESENT_FOR_MS, may_resend},
    fact::{self, Tried},
    limits, session,
};
use crate::{
    outside::sms::Message,
    services::people::{Failed, People, Trouble as _},
    store::{AttemptRow, Edit},
    vault::{Lookup, Place, Secret, Vault, VaultError, random},
};
use data_encoding::HEXLOWER;
use domain::{
    account::{
        Actor, ManagerCode, Mobile,
        limit::{TooMany, day_ends},
    },
    policy::{Action, Refused, Relation, Role},
    ports::{AttemptPurpose, Browser, CodeFor, CodeSent, NotSent},
    time::Millis,
};
use uuid::Uuid;

/// A code lasts so long.
pub(super) const CODE_LASTS_MS: Millis = 5 * 60_000;

/// Six digits, drawn evenly: 2^128 is no multiple of 1,000,000, which shifts a chance by less than 2^-100.
fn six_digits() -> String {
    format!("{:06}", u128::from_be_bytes(random::<16>()) % 1_000_000)
}

/// What is kept of a code: nothing without the key, and nothing that fits another attempt.
pub(super) fn code_hash(people: &People, attempt: [u8; 16], code: &str) -> [u8; 32] {
    people.vault.hash(Lookup::SmsCode, &format!("{}:{code}", HEXLOWER.encode(&attempt)))
}

const fn place(attempt: [u8; 16]) -> Place {
    Place { table: "sign_in_attempt", column: "mobile", row: attempt }
}

/// The number of an attempt: its token opens it, and nothing else does.
pub(super) fn mobile_of_attempt(row: &AttemptRow, token: &str) -> Result<Secret, VaultError> {
    Vault::open_with_token(token, place(row.id), &row.mobile)
}

/// Either why no code is on its way, or what broke.
enum Stopped {
    Told(NotSent),
    Failed(Failed),
}

impl<E: Into<Failed>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

fn told<T>(result: Result<T, Stopped>) -> Result<T, NotSent> {
    result.map_err(|stopped| match stopped {
        Stopped::Told(why) => why,
        Stopped::Failed(error) => {
            let refused = Err::<(), _>(error).or_unavailable("send a code");
            refused.map_or_else(NotSent::Refused, |()| NotSent::Gateway)
        }
    })
}

pub(super) async fn send_code(
    people: &People,
    typed: &str,
    to: CodeFor,
    browser: &Browser,
    now: Millis,
) -> Result<CodeSent, NotSent> {
    let allowed = match &to {
        CodeFor::ChangeMobile { actor, .. } => {
            people.policy.check(actor, Action::ChangeAccount, &[(Role::Worker, Relation::Own)])
        }
        CodeFor::SignIn | CodeFor::Manager(_) | CodeFor::Staff => {
            people.policy.check(&Actor::Anonymous, Action::SignIn, &[])
        }
    };
    allowed.map_err(NotSent::Refused)?;
    let mobile = Mobile::parse(typed).map_err(|_| NotSent::Mobile)?;
    if let CodeFor::ChangeMobile { actor, last4 } = &to {
        confirmed(people, actor, last4, now).await?;
    }
    told(begin(people, &mobile, to, browser, now).await)
}

/// Whoever takes an account to another number shows first that it is theirs: a phone may lie about unlocked.
async fn confirmed(people: &People, actor: &Actor, last4: &str, now: Millis) -> Result<(), NotSent> {
    let Some(subject) = actor.subject() else { return Err(NotSent::Refused(Refused::SignIn)) };
    let tried = fact::confirm(people, subject, last4, now).await.or_unavailable("confirm a person");
    match tried.map_err(NotSent::Refused)? {
        None | Some(Tried::Right) => Ok(()),
        Some(Tried::Wrong { tries_left }) => Err(NotSent::Last4 { tries_left }),
        Some(Tried::Locked { until }) => Err(NotSent::Locked { until }),
    }
}

async fn begin(
    people: &People,
    mobile: &Mobile,
    to: CodeFor,
    browser: &Browser,
    now: Millis,
) -> Result<CodeSent, Stopped> {
    let id = Uuid::now_v7().into_bytes();
    let (token, code) = (HEXLOWER.encode(&random::<32>()), six_digits());
    let sealed = Vault::seal_with_token(&token, place(id), mobile.as_str());
    let opens_typed = match &to {
        CodeFor::Manager(typed) => Some(typed.as_str()),
        _ => None,
    };
    let manager_code = match opens_typed {
        Some(typed) => Some(manager_code(people, typed, browser, now).await?),
        None => None,
    };
    let (purpose, subject, opens) = match &to {
        CodeFor::SignIn => (AttemptPurpose::SignIn, None, None),
        CodeFor::ChangeMobile { actor, .. } => {
            (AttemptPurpose::ChangeMobile, actor.subject(), actor.session().map(|session| session.0))
        }
        CodeFor::Manager(_) => (AttemptPurpose::Manager, None, manager_code),
        CodeFor::Staff => (AttemptPurpose::Staff, None, None),
    };
    let row = AttemptRow {
        id,
        purpose,
        mobile_hash: people.vault.hash(Lookup::Mobile, mobile.as_str()).to_vec(),
        mobile: sealed.0,
        code_hash: Some(code_hash(people, id, &code).to_vec()),
        tries: 0,
        counted: 0,
        sent_at: now,
        expires_at: now + CODE_LASTS_MS,
        subject,
        opens,
        passed_at: None,
        used_at: None,
    };
    not_paused(people, &row.mobile_hash, browser, now).await?;
    let mut edit = people.store.edit().await?;
    take(people, &mut edit, mobile, browser, now).await?;
    edit.put_attempt(&row, &people.vault.hash(Lookup::Token, &token)).await?;
    edit.finish().await?;
    deliver(people, mobile, id, &code, browser, now).await?;
    Ok(CodeSent { attempt: token, seconds: RESENT_FOR_MS / 1000 })
}

/// While signing in by code is paused, a message would be money for nothing, unless this browser is known.
async fn not_paused(people: &People, mobile_hash: &[u8], browser: &Browser, now: Millis) -> Result<(), Stopped> {
    let open = people.store.could_take(&limits::guessing(people, mobile_hash, &browser.sender), now).await?;
    let known = session::knows(people, mobile_hash, browser, now).await?;
    if open || known { Ok(()) } else { Err(Stopped::Told(NotSent::Paused { until: day_ends(now) })) }
}

/// Takes one of every limit of sending, or says which wait is the longest.
async fn take(
    people: &People,
    edit: &mut Edit,
    mobile: &Mobile,
    browser: &Browser,
    now: Millis,
) -> Result<(), Stopped> {
    match edit.take(&limits::sending(people, mobile.as_str(), &browser.sender), now).await? {
        Ok(()) => Ok(()),
        Err((_, limits::BUDGET)) => {
            metrics::counter!("sms_budget_reached").increment(1);
            tracing::error!("the day's budget of messages is spent");
            Err(Stopped::Told(NotSent::Budget))
        }
        Err((TooMany { wait_ms, .. }, _)) => {
            let wait_s = u32::try_from((wait_ms + 999) / 1000).unwrap_or(u32::MAX);
            Err(Stopped::Told(NotSent::TooMany { wait_s }))
        }
    }
}

/// Sends; where nobody takes the message, nothing was counted against the number.
async fn deliver(
    people: &People,
    mobile: &Mobile,
    attempt: [u8; 16],
    code: &str,
    browser: &Browser,
    now: Millis,
) -> Result<(), Stopped> {
    if people.sms.send(mobile.as_str(), Message::Code(code), now).await.is_ok() {
        metrics::counter!("sms_codes").increment(1);
        return Ok(());
    }
    tracing::error!("no gateway took a code");
    let mut edit = people.store.edit().await?;
    edit.give_back(&limits::sending(people, mobile.as_str(), &browser.sender), 1, now).await?;
    edit.use_attempt(attempt, now).await?;
    edit.finish().await?;
    Err(Stopped::Told(NotSent::Gateway))
}

/// Which officer's code was typed. A wrong one is counted whatever becomes of the rest.
async fn manager_code(people: &People, typed: &str, browser: &Browser, now: Millis) -> Result<[u8; 16], Stopped> {
    let mut edit = people.store.edit().await?;
    let counts = limits::manager_codes(people, &browser.sender);
    if let Err((TooMany { wait_ms, .. }, _)) = edit.take(&counts, now).await? {
        let wait_s = u32::try_from((wait_ms + 999) / 1000).unwrap_or(u32::MAX);
        return Err(Stopped::Told(NotSent::TooMany { wait_s }));
    }
    let found = match ManagerCode::parse(typed) {
        Some(code) => people.store.manager_code(&people.vault.hash(Lookup::ManagerCode, code.as_str()), now).await?,
        None => None,
    };
    if found.is_some() {
        edit.give_back(&counts, 1, now).await?;
    }
    edit.finish().await?;
    found.map(|code| code.id).ok_or(Stopped::Told(NotSent::ManagerCode))
}

pub(super) async fn resend_code(
    people: &People,
    token: &str,
    browser: &Browser,
    now: Millis,
) -> Result<CodeSent, NotSent> {
    people.policy.check(&Actor::Anonymous, Action::SignIn, &[]).map_err(NotSent::Refused)?;
    told(again(people, token, browser, now).await)
}

async fn again(people: &People, token: &str, browser: &Browser, now: Millis) -> Result<CodeSent, Stopped> {
    let gone = || Stopped::Told(NotSent::Refused(Refused::NotFound));
    let token_hash = people.vault.hash(Lookup::Token, token);
    let found = people.store.attempt(&token_hash).await?;
    let row = found.filter(|row| may_resend(row, now)).ok_or_else(gone)?;
    let opened = mobile_of_attempt(&row, token)?;
    let mobile = Mobile::parse(opened.reveal()).map_err(|_| gone())?;
    not_paused(people, &row.mobile_hash, browser, now).await?;
    let mut edit = people.store.edit().await?;
    // Limits first, then the attempt: in the order in which sending locks them, so that nobody waits in a circle.
    take(people, &mut edit, &mobile, browser, now).await?;
    let row = edit.attempt(&token_hash).await?.filter(|row| may_resend(row, now)).ok_or_else(gone)?;
    let code = six_digits();
    edit.renew_attempt(&row, &code_hash(people, row.id, &code), now, now + CODE_LASTS_MS).await?;
    edit.finish().await?;
    deliver(people, &mobile, row.id, &code, browser, now).await?;
    Ok(CodeSent { attempt: token.to_owned(), seconds: RESENT_FOR_MS / 1000 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_and_every_digit_occurs_everywhere() {
        let mut seen = [[false; 10]; 6];
        for _ in 0..2000 {
            let code = six_digits();
            assert_eq!(code.len(), 6);
            for (place, digit) in code.bytes().enumerate() {
                seen[place][usize::from(digit - b'0')] = true;
            }
        }
        assert_eq!(seen, [[true; 10]; 6]);
    }
}
