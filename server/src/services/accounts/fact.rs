//! Resold numbers: a code proves a number, not a person. Carriers give a number to somebody else after 90 days.

use super::{
    complete::{self, Whose},
    enter::{Asking, Stopped, may, told},
};
use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{Failed, People},
    },
    store::{AttemptRow, Edit, Entry, StoreError, SubjectRow},
    vault::{Lookup, Owner, Place},
};
use domain::{
    account::{SubjectId, typed_last4},
    policy::{Action, Role},
    ports::{AttemptPurpose, Browser, NotEntered, SignedIn},
    time::{DAY_MS, Millis},
};
use subtle::ConstantTimeEq as _;

/// A second fact may be wrong so often in a row.
pub(super) const TRIES: u32 = 3;
/// After that nobody is asked for so long.
const LOCKED_MS: Millis = 7 * DAY_MS;
/// An account that was silent so long may have lost its number: well before the 90 days of the carriers.
const SILENT_MS: Millis = 60 * DAY_MS;

/// What can be asked of somebody beside the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    /// The last four of the ID number.
    pub(super) id_number: bool,
    /// The member number.
    pub(super) member_number: bool,
}

/// What can be asked about an account.
pub(super) async fn facts_of(edit: &mut Edit, subject: &SubjectRow) -> Result<Facts, StoreError> {
    let member_number = edit.number_of_member(subject.id).await?;
    Ok(Facts { id_number: subject.id_number.is_some(), member_number: member_number.is_some() })
}

/// Whether something is held that is no other person's business: who they are, a matter, an application that is with
/// somebody, a membership. What is only begun counts for nothing: it would lose its owner the account.
pub(super) async fn holds(edit: &mut Edit, subject: &SubjectRow) -> Result<bool, StoreError> {
    Ok(subject.id_number.is_some() || edit.has_matters(subject.id).await? || edit.is_joining(subject.id).await?)
}

/// What a right code is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// The account opens.
    Own,
    /// A second fact is asked first.
    Ask,
    /// The number may have gone to somebody else and there is nothing to ask: the account keeps to its old browsers,
    /// and the number begins empty.
    Detach,
}

/// Whether a number's account opens to a right code.
///
/// A matter without an ID number has nothing to ask either: it is rather out of its owner's reach on a new phone,
/// until an officer helps or they change the number from an old session, than open to whoever has the number now.
pub(super) async fn claim(edit: &mut Edit, subject: &SubjectRow, known: bool, now: Millis) -> Result<Claim, Failed> {
    if known {
        return Ok(Claim::Own);
    }
    let facts = facts_of(edit, subject).await?;
    let silent = now - subject.seen_at >= SILENT_MS;
    let holds = holds(edit, subject).await?;
    Ok(match (silent || holds, facts.id_number || facts.member_number) {
        (false, _) => Claim::Own,
        (true, true) => Claim::Ask,
        (true, false) => Claim::Detach,
    })
}

/// Takes the number off its first owner, who is told where they are still signed in.
pub(super) async fn detach(people: &People, edit: &mut Edit, subject: SubjectId, now: Millis) -> Result<(), Failed> {
    edit.detach_mobile(subject, now).await?;
    let words = NoticeWords {
        kind: "mobile_detached",
        title: "你的手机号和账号分开了".to_owned(),
        text: "有人用这个手机号收了验证码，在一部新手机上登录，说这不是他的账号，或者没有别的办法证明是你本人。\
               你的资料还在，只在已经登录的手机上看得到，请先换成你现在用的手机号。号码还是你的，就请工会工作人员帮忙。"
            .to_owned(),
        link: Some("/me/phone".to_owned()),
    };
    tell(people, edit, subject, &words, false, now).await?;
    let object = format!("subject {subject}");
    let entry = Entry {
        actor: None,
        role: Role::Anonymous,
        action: Action::SignIn,
        object: &object,
        reason: "手机号可能已经换了主人，和原来的账号分开",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    Ok(())
}

fn gone() -> Stopped {
    Stopped::Told(NotEntered::Gone)
}

/// An attempt whose code was right, with the account it may open; both locked.
async fn waiting(
    people: &People,
    edit: &mut Edit,
    token: &str,
    now: Millis,
) -> Result<(AttemptRow, SubjectRow), Stopped> {
    let row = edit.attempt(&people.vault.hash(Lookup::Token, token)).await?.ok_or_else(gone)?;
    let waits = row.passed_at.is_some()
        && row.used_at.is_none()
        && now < row.expires_at
        && matches!(row.purpose, AttemptPurpose::SignIn | AttemptPurpose::Manager);
    let id = row.subject.filter(|_| waits).ok_or_else(gone)?;
    let subject = edit.subject(id).await?.ok_or_else(gone)?;
    // The number moved on between the two steps: what was passed is no longer about this account.
    if subject.mobile_hash.as_ref() != Some(&row.mobile_hash) {
        return Err(gone());
    }
    Ok((row, subject))
}

pub(super) async fn enter_fact(
    people: &People,
    token: &str,
    typed: &str,
    browser: &Browser,
    now: Millis,
) -> Result<SignedIn, NotEntered> {
    may(people)?;
    told(enter(people, token, typed, browser, now).await, "enter a second fact")
}

async fn enter(people: &People, token: &str, typed: &str, browser: &Browser, now: Millis) -> Result<SignedIn, Stopped> {
    const WHERE: &str = "有人用你的手机号收了验证码，但核对的号码错了三次。";
    let mut edit = people.store.edit().await?;
    let (row, subject) = waiting(people, &mut edit, token, now).await?;
    // The number of the card as well: who signs in has not seen it in this account.
    let why = match tried(people, &mut edit, &subject, (typed, Number::Counts), WHERE, now).await? {
        Tried::Right => None,
        Tried::Wrong { tries_left } => Some(NotEntered::Wrong { tries_left }),
        Tried::Locked { until } => Some(NotEntered::Locked { until }),
    };
    if let Some(why) = why {
        edit.finish().await?;
        return Err(Stopped::Told(why));
    }
    let whose = Whose::Theirs { subject: subject.id, known: false };
    let signed_in = complete::complete(people, &mut edit, &row, whose, Asking { token, browser }, now).await?;
    edit.finish().await?;
    Ok(signed_in)
}

/// What a try of the last four came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tried {
    Right,
    Wrong { tries_left: u32 },
    Locked { until: Millis },
}

/// Asks somebody who is signed in for the last four of the ID that is held, with the tries and the lock that a
/// sign-in has. `None` where none is held.
pub(super) async fn confirm(
    people: &People,
    subject: SubjectId,
    typed: &str,
    now: Millis,
) -> Result<Option<Tried>, Failed> {
    const WHERE: &str = "有人在登录着的手机上换手机号或者改实名信息，但身份证后四位错了三次。";
    let mut edit = people.store.edit().await?;
    let Some(row) = edit.subject(subject).await?.filter(|row| row.id_number.is_some()) else { return Ok(None) };
    // Whoever is signed in reads the member number on the next page: it proves nothing here.
    let tried = tried(people, &mut edit, &row, (typed, Number::IsNothing), WHERE, now).await?;
    if tried == Tried::Right {
        edit.put_fact_tries(subject, 0, None).await?;
    }
    edit.finish().await?;
    Ok(Some(tried))
}

/// Whether a member number is a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Counts,
    IsNothing,
}

/// No number of a member is shorter: less than that is mistyped, and no guess.
const NUMBER_AT_LEAST: usize = 8;

/// Letters and digits of a number as it is typed, with or without gaps.
fn plain(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// Compares, and counts what is wrong; `place` says in a sentence where it was tried.
async fn tried(
    people: &People,
    edit: &mut Edit,
    subject: &SubjectRow,
    (typed, number): (&str, Number),
    place: &str,
    now: Millis,
) -> Result<Tried, Failed> {
    if let Some(until) = subject.fact_locked_until.filter(|&until| until > now) {
        return Ok(Tried::Locked { until });
    }
    let member_number = match number {
        Number::Counts => edit.number_of_member(subject.id).await?.map(|number| plain(&number)),
        Number::IsNothing => None,
    };
    let is_right = match (typed_last4(typed), member_number) {
        (Some(last4), _) => is_right(people, subject, &last4).await?,
        (None, Some(member_number)) if plain(typed).len() >= NUMBER_AT_LEAST => {
            plain(typed).as_bytes().ct_eq(member_number.as_bytes()).into()
        }
        // Neither four characters nor a number: mistyped, and no guess.
        _ => return Ok(Tried::Wrong { tries_left: TRIES - subject.fact_tries.min(TRIES - 1) }),
    };
    if is_right {
        return Ok(Tried::Right);
    }
    let tries = subject.fact_tries + 1;
    if tries < TRIES {
        edit.put_fact_tries(subject.id, tries, None).await?;
        return Ok(Tried::Wrong { tries_left: TRIES - tries });
    }
    let until = now + LOCKED_MS;
    edit.put_fact_tries(subject.id, 0, Some(until)).await?;
    let words = NoticeWords {
        kind: "fact_locked",
        title: "有人想登录你的账号".to_owned(),
        text: format!(
            "{place}7 天内不能在新手机上登录你的账号，已经登录的不受影响。\
               是你本人输错的，7 天后再试，或者请工会工作人员帮忙。"
        ),
        link: Some("/me/sessions".to_owned()),
    };
    tell(people, edit, subject.id, &words, false, now).await?;
    Ok(Tried::Locked { until })
}

async fn is_right(people: &People, subject: &SubjectRow, typed: &str) -> Result<bool, Failed> {
    let Some(sealed) = &subject.id_number else { return Ok(false) };
    let place = Place { table: "subject", column: "id_number", row: subject.id.0 };
    let number = people.vault.open(Owner::Subject(subject.id), place, sealed).await?;
    let number = number.reveal();
    let last4 = &number[number.len().saturating_sub(4)..];
    Ok(last4.as_bytes().ct_eq(typed.as_bytes()).into())
}

pub(super) async fn not_mine(
    people: &People,
    token: &str,
    browser: &Browser,
    now: Millis,
) -> Result<SignedIn, NotEntered> {
    may(people)?;
    told(begin_empty(people, token, browser, now).await, "detach a number")
}

async fn begin_empty(people: &People, token: &str, browser: &Browser, now: Millis) -> Result<SignedIn, Stopped> {
    let mut edit = people.store.edit().await?;
    let (row, subject) = waiting(people, &mut edit, token, now).await?;
    detach(people, &mut edit, subject.id, now).await?;
    let signed_in = complete::complete(people, &mut edit, &row, Whose::New, Asking { token, browser }, now).await?;
    edit.finish().await?;
    Ok(signed_in)
}
