//! What somebody writes about a membership, for another to read.

use crate::{
    services::people::{Failed, People},
    vault::{Owner, Place, VaultError},
};
use domain::{
    account::{MembershipId, SubjectId, TransferId},
    ports::NotDone,
    time::Millis,
};

/// Characters.
const AT_MOST: usize = 500;

/// A text of some sentences: what nobody can see is left out.
///
/// # Errors
/// A sentence at the field.
pub(super) fn words(field: &'static str, typed: &str, missing: &str) -> Result<String, NotDone> {
    let seen: String = typed.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    let text = seen.trim().to_owned();
    match text.chars().count() {
        0..2 => Err(NotDone::at(field, missing)),
        length if length > AT_MOST => {
            Err(NotDone::at(field, format!("最多 {AT_MOST} 个字，现在有 {length} 个，请删短一些。")))
        }
        _ => Ok(text),
    }
}

/// Where words lie.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    /// Why a membership ended or is retained.
    Reason(MembershipId),
    /// What its member says against it.
    Objection(MembershipId),
    /// Why a transfer was refused.
    Refusal(TransferId),
}

impl At {
    const fn place(self) -> Place {
        match self {
            Self::Reason(id) => Place { table: "membership", column: "reason", row: id.0 },
            Self::Objection(id) => Place { table: "membership", column: "objection", row: id.0 },
            Self::Refusal(id) => Place { table: "membership_transfer", column: "reason", row: id.0 },
        }
    }
}

/// Sealed under the member's key. Without a member there is nobody to read it, and nothing is kept.
pub(super) async fn sealed(
    people: &People,
    subject: Option<SubjectId>,
    at: At,
    text: &str,
    now: Millis,
) -> Result<Option<Vec<u8>>, VaultError> {
    let Some(subject) = subject else { return Ok(None) };
    Ok(Some(people.vault.seal(Owner::Subject(subject), at.place(), text, now).await?.0))
}

/// Opened again; `None` where there is nothing, or nothing that can be read any more.
pub(super) async fn opened(
    people: &People,
    subject: Option<SubjectId>,
    at: At,
    sealed: Option<&Vec<u8>>,
) -> Result<Option<String>, Failed> {
    let (Some(subject), Some(sealed)) = (subject, sealed) else { return Ok(None) };
    match people.vault.open(Owner::Subject(subject), at.place(), sealed).await {
        Ok(secret) => Ok(Some(secret.reveal().to_owned())),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
