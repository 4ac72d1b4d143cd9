//! The membership of somebody who stands on a list that an organisation came with, and then signs in.
//!
//! A list begins an account that no number opens where it has none, or where the number has an account already. The
//! membership goes to the person who tells the same document, when one of these speaks for them: the name with the
//! mobile that the list has, which they signed in with; the identity service, where the list has no mobile; an officer
//! who reaches the organisation and approves the person's application.

use super::told::{name_of, tell};
use crate::{
    services::{
        joining::hashes,
        people::{Failed, People},
    },
    store::{Claimed, Edit, Entry, Hashes, Sure},
    vault::VaultError,
};
use domain::{
    account::{IdNumber, Mobile, PersonName, SubjectId},
    membership::MembershipEvent,
    policy::{Action, Role},
    time::Millis,
};

/// Who says that it is this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// Name and mobile; `true`: the identity service too.
    Told(bool),
    /// An officer, by approving.
    Officer(SubjectId),
}

/// Gives it to the account, if there is one to give; tells the person. The transaction is the caller's, and what
/// [`forget_shell`] does comes after it.
///
/// # Errors
/// The database or the vault does not answer: then the transaction must not be finished.
pub async fn claim(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    hashes: &Hashes,
    speaks: Speaks,
    now: Millis,
) -> Result<Option<Claimed>, Failed> {
    let (known, by) = match speaks {
        Speaks::Told(false) => (Sure::Mobile, None),
        Speaks::Told(true) => (Sure::Checked, None),
        Speaks::Officer(by) => (Sure::Said, Some(by)),
    };
    let Some(claimed) = edit.claim_membership(subject, hashes, known, now).await? else { return Ok(None) };
    let at = claimed.organisation;
    edit.put_membership_event(claimed.id, MembershipEvent::Claimed, Some(at), by, now).await?;
    edit.put_home(subject, at).await?;
    let entry = Entry {
        actor: by.or(Some(subject)),
        role: if by.is_some() { Role::Officer } else { Role::Worker },
        action: if by.is_some() { Action::DecideApplication } else { Action::ChangeMembership },
        object: &format!("membership {}", claimed.id),
        reason: "名单上的会籍归到本人账号",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    let text = "你在它的会员名单里，会籍现在归到你的账号：会员证可以出示，转会、退会也在会籍页里办。";
    tell(people, edit, Some(subject), format!("你是{}的会员", name_of(people, at)), text, now).await?;
    Ok(Some(claimed))
}

/// The same for somebody who told who they are a moment ago, with the mobile of their account.
///
/// # Errors
/// As [`claim`].
pub async fn claim_told(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    (name, number, mobile): (&PersonName, &IdNumber, Option<&Mobile>),
    is_checked: bool,
    now: Millis,
) -> Result<Option<Claimed>, Failed> {
    let hashes = hashes::of(&people.vault, None, number, name, mobile);
    claim(people, edit, subject, &hashes, Speaks::Told(is_checked), now).await
}

/// Destroys the key of the account that nobody ever had, once its row is gone for good. Where that fails, what it sealed
/// is nowhere but in backups.
///
/// # Errors
/// The key store does not answer.
pub async fn forget_shell(people: &People, claimed: Option<&Claimed>) -> Result<(), VaultError> {
    match claimed.and_then(|claimed| claimed.shell) {
        Some(shell) => people.vault.destroy(shell).await,
        None => Ok(()),
    }
}
