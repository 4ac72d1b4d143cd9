//! People in lists of staff: masked before they leave the service.

use crate::{
    services::people::{People, Trouble as _},
    store::HeldGrant,
    vault::{Owner, Place, Secret, VaultError},
};
use domain::{
    account::{Mobile, PersonName, SubjectId},
    policy::Refused,
    ports::Holder,
};

/// One column of a person, opened; `None` where there is nothing, or nothing that can be read any more.
///
/// # Errors
/// [`Refused::Unavailable`].
pub async fn opened(
    people: &People,
    subject: SubjectId,
    column: &'static str,
    sealed: Option<&[u8]>,
) -> Result<Option<Secret>, Refused> {
    let Some(sealed) = sealed else { return Ok(None) };
    let place = Place { table: "subject", column, row: subject.0 };
    match people.vault.open(Owner::Subject(subject), place, sealed).await {
        Ok(secret) => Ok(Some(secret)),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error).or_unavailable("open a person's column"),
    }
}

/// Who holds a role, as colleagues may see it.
///
/// # Errors
/// [`Refused::Unavailable`].
pub async fn holder(people: &People, grant: &HeldGrant, actor: Option<SubjectId>) -> Result<Holder, Refused> {
    let contact = people.store.contact_of(grant.subject).await.or_unavailable("read a colleague")?;
    let name = opened(people, grant.subject, "name", contact.name.as_deref()).await?;
    let mobile = opened(people, grant.subject, "mobile", contact.mobile.as_deref()).await?;
    Ok(Holder {
        grant: grant.id.to_string(),
        role: grant.role,
        name: name.and_then(|name| PersonName::parse(name.reveal()).ok()).map(|name| name.masked()),
        mobile: mobile.and_then(|mobile| Mobile::parse(mobile.reveal()).ok()).map(|mobile| mobile.masked()),
        since: grant.granted_at,
        is_self: actor == Some(grant.subject),
    })
}

/// [`holder`] for each.
///
/// # Errors
/// [`Refused::Unavailable`].
pub async fn holders(people: &People, grants: &[HeldGrant], actor: Option<SubjectId>) -> Result<Vec<Holder>, Refused> {
    let mut holders = Vec::with_capacity(grants.len());
    for grant in grants {
        holders.push(holder(people, grant, actor).await?);
    }
    Ok(holders)
}
