//! The members of an organisation: masked in lists, opened one by one.

use crate::{
    services::{
        people::{People, Trouble as _},
        staff::scope::scope,
    },
    store::ListedMember,
    vault::{Owner, Place, Secret, VaultError},
};
use domain::{
    account::{Actor, MembershipId, Mobile, PersonName, SubjectId},
    membership::MembershipState,
    policy::{Action, Refused},
    ports::{MEMBER_ROWS, MemberRow, MembersPage},
};
use std::collections::HashMap;

/// A column of an account or of the application that was approved, opened; `None` where there is nothing to read.
async fn opened(
    people: &People,
    subject: Option<uuid::Uuid>,
    place: Place,
    sealed: Option<&[u8]>,
) -> Result<Option<Secret>, Refused> {
    let (Some(subject), Some(sealed)) = (subject, sealed) else { return Ok(None) };
    let owner = Owner::Subject(SubjectId(subject.into_bytes()));
    match people.vault.open(owner, place, sealed).await {
        Ok(secret) => Ok(Some(secret)),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error).or_unavailable("open a member's column"),
    }
}

/// The first that is there: of the account, else of the application.
async fn either(
    people: &People,
    row: &ListedMember,
    column: &'static str,
    own: Option<&[u8]>,
    applied: Option<&[u8]>,
) -> Result<Option<Secret>, Refused> {
    let place = |table, row: uuid::Uuid| Place { table, column, row: row.into_bytes() };
    if let Some(subject) = row.subject
        && let Some(found) = opened(people, row.subject, place("subject", subject), own).await?
    {
        return Ok(Some(found));
    }
    match row.application {
        Some(application) => opened(people, row.subject, place("application", application), applied).await,
        None => Ok(None),
    }
}

/// The name of a member.
pub(super) async fn name(people: &People, row: &ListedMember) -> Result<Option<Secret>, Refused> {
    either(people, row, "name", row.name.as_deref(), row.applied_name.as_deref()).await
}

/// The number of a member's document, with the code of its type.
pub(super) async fn document(people: &People, row: &ListedMember) -> Result<Option<(String, Secret)>, Refused> {
    let number = either(people, row, "id_number", row.id_number.as_deref(), row.applied_id_number.as_deref()).await?;
    let id_type = if row.id_number.is_some() { &row.id_type } else { &row.applied_id_type };
    Ok(id_type.clone().zip(number))
}

/// The number of a member's phone.
pub(super) async fn mobile(people: &People, row: &ListedMember) -> Result<Option<Secret>, Refused> {
    let Some(subject) = row.subject else { return Ok(None) };
    let place = Place { table: "subject", column: "mobile", row: subject.into_bytes() };
    opened(people, row.subject, place, row.mobile.as_deref()).await
}

pub(super) async fn page(
    people: &People,
    actor: &Actor,
    id: &str,
    state: Option<&str>,
    after: Option<&str>,
) -> Result<MembersPage, Refused> {
    let at = scope(people, actor, Action::ExportMembers, id)?;
    let tree = people.organisations.tree();
    let one = at.organisation().and_then(|id| tree.get(id)).ok_or(Refused::NotFound)?;
    let state = state.and_then(MembershipState::parse).unwrap_or(MembershipState::Active);
    let after = after.and_then(MembershipId::parse);
    let limit = i64::try_from(MEMBER_ROWS).unwrap_or(i64::MAX) + 1;
    let mut rows = people.store.members_after(one.id, state, after, limit).await.or_unavailable("list members")?;
    let has_more = rows.len() > MEMBER_ROWS;
    rows.truncate(MEMBER_ROWS);
    let next = rows.last().filter(|_| has_more).map(|row| MembershipId(row.id.into_bytes()).to_string());
    let occupations = people.store.occupation_names().await.or_unavailable("read occupations")?;
    let words: HashMap<String, String> = occupations.into_iter().collect();
    let mut members = Vec::with_capacity(rows.len());
    for row in &rows {
        let name = name(people, row).await?;
        let mobile = mobile(people, row).await?;
        members.push(MemberRow {
            id: MembershipId(row.id.into_bytes()).to_string(),
            number: row.number.clone(),
            name: name.and_then(|name| PersonName::parse(name.reveal()).ok()).map(|name| name.masked()),
            mobile: mobile.and_then(|mobile| Mobile::parse(mobile.reveal()).ok()).map(|mobile| mobile.masked()),
            occupation: row.occupation.as_ref().and_then(|code| words.get(code)).cloned(),
            joined_at: row.joined_at,
        });
    }
    Ok(MembersPage { id: one.id.to_string(), name: one.name.clone(), state, rows: members, next })
}
