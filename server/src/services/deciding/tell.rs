//! What an applicant hears.

use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{Failed, People},
    },
    store::Edit,
};
use domain::{
    account::{ApplicationId, SubjectId},
    time::Millis,
};

async fn say(
    people: &People,
    edit: &mut Edit,
    to: (SubjectId, ApplicationId),
    (kind, title, text): (&'static str, &str, String),
    now: Millis,
) -> Result<(), Failed> {
    let (subject, application) = to;
    let link = Some(format!("/me/applications/{application}"));
    let words = NoticeWords { kind, title: title.to_owned(), text, link };
    tell(people, edit, subject, &words, true, now).await?;
    Ok(())
}

/// There is a membership.
///
/// # Errors
/// As [`tell`].
pub async fn approved(
    people: &People,
    edit: &mut Edit,
    (subject, id): (SubjectId, ApplicationId),
    (authority, number): (&str, &str),
    now: Millis,
) -> Result<(), Failed> {
    let text = format!("{authority}批准你入会了。会员编号 {number}，在“我的”里能看到会籍。");
    say(people, edit, (subject, id), ("application_approved", "你入会了", text), now).await
}

/// It was refused; the reason stands on the page.
///
/// # Errors
/// As [`tell`].
pub async fn refused(
    people: &People,
    edit: &mut Edit,
    (subject, id): (SubjectId, ApplicationId),
    authority: &str,
    now: Millis,
) -> Result<(), Failed> {
    let text = format!("{authority}没有通过你的入会申请。点开看原因；改好了可以再申请，不明白就打 12351。");
    say(people, edit, (subject, id), ("application_rejected", "入会申请没有通过", text), now).await
}

/// Something is missing.
///
/// # Errors
/// As [`tell`].
pub async fn asked(
    people: &People,
    edit: &mut Edit,
    (subject, id): (SubjectId, ApplicationId),
    authority: &str,
    now: Millis,
) -> Result<(), Failed> {
    let text = format!("{authority}请你补充一点东西。点开看要什么，写一句回复就行。");
    say(people, edit, (subject, id), ("application_needs_info", "入会申请要补充材料", text), now).await
}

/// Another organisation decides.
///
/// # Errors
/// As [`tell`].
pub async fn moved(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    id: ApplicationId,
    to: &str,
    now: Millis,
) -> Result<(), Failed> {
    let text = format!("你的入会申请现在由{to}办理，不用重新填。点开看什么时候办好。");
    say(people, edit, (subject, id), ("application_moved", "入会申请转给了另一个工会", text), now).await
}

/// It was merged into another record.
///
/// # Errors
/// As [`tell`].
pub async fn merged(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    id: ApplicationId,
    now: Millis,
) -> Result<(), Failed> {
    let text = "这份申请和另一份记录是同一个人，合并了。点开看原因；弄错了就打 12351。".to_owned();
    say(people, edit, (subject, id), ("application_merged", "入会申请合并了", text), now).await
}

/// A merge was wrong.
///
/// # Errors
/// As [`tell`].
pub async fn reopened(
    people: &People,
    edit: &mut Edit,
    (subject, id): (SubjectId, ApplicationId),
    authority: &str,
    now: Millis,
) -> Result<(), Failed> {
    let text = format!("之前的合并弄错了，取消了。{authority}接着审你的入会申请，不用重新填。");
    say(people, edit, (subject, id), ("application_reopened", "入会申请接着办", text), now).await
}
