//! What an application says, opened for the officers of its owner.

use super::{find::name_of, targets::KeptFrom};
use crate::{
    services::{
        people::{People, Trouble as _},
        staff::masked,
    },
    store::DecidingRow,
    vault::{Owner, Place, Secret, VaultError},
};
use domain::{
    account::{IdNumber, IdType, Mobile, PersonName, SubjectId},
    policy::Refused,
    time::{LocalTime, Millis},
};

/// Where a column of an application is sealed.
#[must_use]
pub const fn place(row: &DecidingRow, column: &'static str) -> Place {
    Place { table: "application", column, row: row.id.0 }
}

/// One column, opened; `None` where there is nothing, or nothing that can be read any more.
///
/// # Errors
/// [`Refused::Unavailable`].
pub async fn column(
    people: &People,
    row: &DecidingRow,
    column: &'static str,
    sealed: Option<&[u8]>,
) -> Result<Option<Secret>, Refused> {
    let (Some(sealed), Some(subject)) = (sealed, row.subject) else { return Ok(None) };
    match people.vault.open(Owner::Subject(subject), place(row, column), sealed).await {
        Ok(secret) => Ok(Some(secret)),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error).or_unavailable("open an application"),
    }
}

/// The name.
///
/// # Errors
/// As [`column`].
pub async fn name(people: &People, row: &DecidingRow) -> Result<Option<Secret>, Refused> {
    column(people, row, "name", row.name.as_deref()).await
}

/// The name for a list.
///
/// # Errors
/// As [`column`].
pub async fn masked_name(people: &People, row: &DecidingRow) -> Result<String, Refused> {
    let name = name(people, row).await?;
    let name = name.and_then(|name| PersonName::parse(name.reveal()).ok());
    Ok(name.map_or_else(|| "***".to_owned(), |name| name.masked()))
}

/// The document: its type, and its number whole or masked.
///
/// # Errors
/// As [`column`].
pub async fn document(
    people: &People,
    row: &DecidingRow,
    whole: bool,
    now: Millis,
) -> Result<Option<(&'static str, String)>, Refused> {
    let Some(id_type) = row.id_type.as_deref().and_then(IdType::parse) else { return Ok(None) };
    let Some(number) = column(people, row, "id_number", row.id_number.as_deref()).await? else { return Ok(None) };
    let shown = if whole {
        number.reveal().to_owned()
    } else {
        let parsed = IdNumber::parse(id_type, number.reveal(), LocalTime::of(now).date());
        parsed.map_or_else(|_| "***".to_owned(), |number| number.masked())
    };
    Ok(Some((id_type.word(), shown)))
}

/// The mobile of the account, whole or masked.
///
/// # Errors
/// As [`column`].
pub async fn mobile(people: &People, subject: SubjectId, whole: bool) -> Result<Option<String>, Refused> {
    let contact = people.store.contact_of(subject).await.or_unavailable("read an applicant")?;
    let mobile = masked::opened(people, subject, "mobile", contact.mobile.as_deref()).await?;
    let mobile = mobile.and_then(|mobile| Mobile::parse(mobile.reveal()).ok());
    Ok(mobile.map(|mobile| if whole { mobile.as_str().to_owned() } else { mobile.masked() }))
}

/// Label and value of what was sent, masked; the mobile, which is the account's of today,
/// only while that is the desk's business.
///
/// # Errors
/// As [`column`].
pub async fn facts(
    people: &People,
    row: &DecidingRow,
    with_mobile: bool,
    now: Millis,
) -> Result<Vec<(&'static str, String)>, Refused> {
    let mut facts = Vec::new();
    facts.extend(document(people, row, false, now).await?);
    if let Some(subject) = row.subject.filter(|_| with_mobile) {
        facts.extend(mobile(people, subject, false).await?.map(|mobile| ("手机号", mobile)));
    }
    facts.extend(row.occupation_name.clone().map(|word| ("职业", word)));
    let unit = column(people, row, "unit", row.unit.as_deref()).await?;
    let unit = row.enterprise_name.clone().or_else(|| unit.map(|unit| unit.reveal().to_owned()));
    facts.extend(unit.map(|unit| ("平台或单位", unit)));
    facts.extend(row.adcode.map(|adcode| ("常在地", people.regions.path(adcode))));
    facts.extend(row.town.map(|town| ("街道（乡镇）工会", name_of(people, town))));
    if KeptFrom::of(people, row.id).await?.is_any() {
        facts.push(("单位", "他选了不让单位知道，别跟单位说起".to_owned()));
    }
    if row.is_helped {
        facts.push(("谁填的", "别人代填，本人手机确认过".to_owned()));
    }
    if row.entry.is_some() {
        facts.push(("从哪里来", "扫了入会二维码或链接".to_owned()));
    }
    Ok(facts)
}
