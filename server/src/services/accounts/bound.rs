//! Who is a member, or is being decided about, stays who they are: a signed card and the province's list carry the name.

use super::{
    complete::mobile_of,
    me::{open_name, open_number},
};
use crate::{
    services::{
        joining::hashes,
        people::{Failed, People},
    },
    store::{Bound, Edit, SubjectRow},
    vault::{Owner, Place, Secret, VaultError},
};
use domain::account::{IdNumber, Mobile, PersonName};

/// What somebody may not change by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::services) enum Fixed {
    /// The name differs.
    Name(&'static str),
    /// The document differs.
    Number(&'static str),
}

const MEMBER: &str = "你是会员，改名字或证件号请找你的工会（“我的 · 会籍”里有名字），或者打 12351。";
const APPLIES: &str = "你的入会申请在办，改名字或证件号先撤回申请，或者找受理的工会，或者打 12351。";

async fn open(people: &People, row: &SubjectRow, place: Place, sealed: &[u8]) -> Result<Option<Secret>, Failed> {
    match people.vault.open(Owner::Subject(row.id), place, sealed).await {
        Ok(secret) => Ok(Some(secret)),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether the name is not the one a membership or an application stands on: the account's, else the one applied with,
/// else, of an imported member, the one that belongs to the mobile.
async fn is_another_name(people: &People, row: &SubjectRow, of: &Bound, name: &PersonName) -> Result<bool, Failed> {
    let held = match open_name(people, row).await? {
        Some(held) => Some(held),
        None => match &of.name {
            Some((id, sealed)) => {
                open(people, row, Place { table: "application", column: "name", row: id.0 }, sealed).await?
            }
            None => None,
        },
    };
    if let Some(held) = held {
        return Ok(held.reveal() != name.as_str());
    }
    let Some(known) = &of.name_mobile_hash else { return Ok(false) };
    let mobile = match &row.mobile {
        Some(sealed) => open(people, row, mobile_of(row.id), sealed).await?,
        None => None,
    };
    let mobile = mobile.and_then(|mobile| Mobile::parse(mobile.reveal()).ok());
    Ok(mobile.is_none_or(|mobile| hashes::of_name_and_mobile(&people.vault, name, &mobile)[..] != known[..]))
}

/// Whether an account may not become this person by itself; the account is locked in the transaction.
///
/// # Errors
/// The database or the vault does not answer.
pub(in crate::services) async fn fixed(
    people: &People,
    edit: &mut Edit,
    row: &SubjectRow,
    (name, number): (&PersonName, &IdNumber),
) -> Result<Option<Fixed>, Failed> {
    let bound = edit.bound_identities(row.id).await?;
    let document = hashes::of_document(&people.vault, number);
    for of in &bound {
        let words = if of.is_membership { MEMBER } else { APPLIES };
        let held = open_number(people, row).await?;
        let is_another =
            held.is_some_and(|(id_type, held)| (id_type, held.reveal()) != (number.id_type(), number.as_str()));
        if is_another || of.id_hash.as_ref().is_some_and(|known| known[..] != document[..]) {
            return Ok(Some(Fixed::Number(words)));
        }
        if is_another_name(people, row, of, name).await? {
            return Ok(Some(Fixed::Name(words)));
        }
    }
    Ok(None)
}
