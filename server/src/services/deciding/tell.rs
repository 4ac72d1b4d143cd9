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

/// What happened to an application.
#[derive(Clone, Copy)]
pub enum News<'a> {
    /// There is a membership: by which authority, with which number.
    Approved(&'a str, &'a str),
    /// It was refused, by which authority; the reason stands on the page.
    Refused(&'a str),
    /// Something is missing, says which authority.
    Asked(&'a str),
    /// Another organisation decides: which.
    Moved(&'a str),
    /// It was merged into another record.
    Merged,
    /// A merge was wrong, and this authority goes on.
    Reopened(&'a str),
}

impl News<'_> {
    /// Kind, title and text of the notice.
    fn words(&self) -> (&'static str, &'static str, String) {
        match self {
            Self::Approved(authority, number) => (
                "application_approved",
                "你入会了",
                format!("{authority}批准你入会了。会员编号 {number}，在“我的”里能看到会籍。"),
            ),
            Self::Refused(authority) => (
                "application_rejected",
                "入会申请没有通过",
                format!("{authority}没有通过你的入会申请。点开看原因；改好了可以再申请，不明白就打 12351。"),
            ),
            Self::Asked(authority) => (
                "application_needs_info",
                "入会申请要补充材料",
                format!("{authority}请你补充一点东西。点开看要什么，写一句回复就行。"),
            ),
            Self::Moved(to) => (
                "application_moved",
                "入会申请转给了另一个工会",
                format!("你的入会申请现在由{to}办理，不用重新填。点开看什么时候办好。"),
            ),
            Self::Merged => (
                "application_merged",
                "入会申请合并了",
                "这份申请和另一份记录是同一个人，合并了。点开看原因；弄错了就打 12351。".to_owned(),
            ),
            Self::Reopened(authority) => (
                "application_reopened",
                "入会申请接着办",
                format!("之前的合并弄错了，取消了。{authority}接着审你的入会申请，不用重新填。"),
            ),
        }
    }
}

/// Tells the applicant, with a link to the application.
///
/// # Errors
/// The database or the vault does not answer.
pub async fn hears(
    people: &People,
    edit: &mut Edit,
    (subject, application): (SubjectId, ApplicationId),
    news: News<'_>,
    now: Millis,
) -> Result<(), Failed> {
    let (kind, title, text) = news.words();
    let link = Some(format!("/me/applications/{application}"));
    let words = NoticeWords { kind, title: title.to_owned(), text, link };
    tell(people, edit, subject, &words, true, now).await?;
    Ok(())
}

/// Another organisation decides.
///
/// # Errors
/// As [`hears`].
pub async fn moved(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    id: ApplicationId,
    to: &str,
    now: Millis,
) -> Result<(), Failed> {
    hears(people, edit, (subject, id), News::Moved(to), now).await
}
