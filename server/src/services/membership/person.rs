//! A member as the desk sees them: masked, unless somebody said why.

use crate::{
    services::people::{Failed, People},
    vault::{Owner, Place, Secret, VaultError},
};
use domain::{
    account::{IdNumber, IdType, Mobile, PersonName, SubjectId},
    ports::{Masked, Unmasked},
    time::{LocalTime, Millis},
};

async fn open(
    people: &People,
    subject: SubjectId,
    column: &'static str,
    sealed: Option<&Vec<u8>>,
) -> Result<Option<Secret>, Failed> {
    let Some(sealed) = sealed else { return Ok(None) };
    match people.vault.open(Owner::Subject(subject), Place { table: "subject", column, row: subject.0 }, sealed).await {
        Ok(secret) => Ok(Some(secret)),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whole.
pub(super) async fn unmasked(people: &People, subject: Option<SubjectId>) -> Result<Unmasked, Failed> {
    let Some(subject) = subject else { return Ok(Unmasked::default()) };
    let Some(row) = people.store.subject(subject).await? else { return Ok(Unmasked::default()) };
    let text = |secret: Option<Secret>| secret.map(|secret| secret.reveal().to_owned());
    let number = text(open(people, subject, "id_number", row.id_number.as_ref()).await?);
    Ok(Unmasked {
        name: text(open(people, subject, "name", row.name.as_ref()).await?),
        mobile: text(open(people, subject, "mobile", row.mobile.as_ref()).await?),
        id: row.id_type.zip(number),
    })
}

/// Masked.
pub(super) async fn masked(people: &People, subject: Option<SubjectId>, now: Millis) -> Result<Masked, Failed> {
    let Unmasked { name, mobile, id } = unmasked(people, subject).await?;
    Ok(Masked {
        name: name.map(|name| PersonName::parse(&name).map_or_else(|_| "***".to_owned(), |name| name.masked())),
        mobile: mobile.and_then(|mobile| Mobile::parse(&mobile).ok()).map(|mobile| mobile.masked()),
        id: id.map(|(id_type, number)| format!("{} {}", id_type.word(), number_of(id_type, &number, now))),
    })
}

fn number_of(id_type: IdType, number: &str, now: Millis) -> String {
    let today = LocalTime::of(now).date();
    IdNumber::parse(id_type, number, today).map_or_else(|_| "***".to_owned(), |number| number.masked())
}

/// The masked name, or what stands for it.
pub(super) async fn name(people: &People, subject: Option<SubjectId>, now: Millis) -> Result<String, Failed> {
    Ok(masked(people, subject, now).await?.name.unwrap_or_else(|| "没有登记姓名".to_owned()))
}
