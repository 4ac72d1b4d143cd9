//! What a member hears of their membership.

use crate::{
    services::{
        notices::{NoticeWords, tell as tell_somebody},
        people::{Failed, People},
    },
    store::Edit,
};
use domain::{
    account::{OrganisationId, SubjectId},
    time::{LocalTime, Millis},
};

/// Tells it, with the way to where the member sees and does the rest.
pub(super) async fn tell(
    people: &People,
    edit: &mut Edit,
    subject: Option<SubjectId>,
    title: impl Into<String>,
    text: impl Into<String>,
    now: Millis,
) -> Result<(), Failed> {
    let Some(subject) = subject else { return Ok(()) };
    let words = NoticeWords {
        kind: "membership",
        title: title.into(),
        text: text.into(),
        link: Some("/me/membership".to_owned()),
    };
    tell_somebody(people, edit, subject, &words, true, now).await?;
    Ok(())
}

/// The name of an organisation. One that was dissolved is in no tree, and its name is not needed to go on.
pub(super) fn name_of(people: &People, id: OrganisationId) -> String {
    people.organisations.tree().get(id).map_or_else(|| "已撤销的工会".to_owned(), |one| one.name.clone())
}

/// Its phone.
pub(super) fn phone_of(people: &People, id: OrganisationId) -> Option<String> {
    people.organisations.tree().get(id).and_then(|one| one.phone.clone())
}

/// `2026 年 12 月 1 日`.
pub(super) fn day(at: Millis) -> String {
    let date = LocalTime::of(at).date();
    format!("{} 年 {} 月 {} 日", date.year, date.month, date.day)
}
