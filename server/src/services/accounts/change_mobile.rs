//! Somebody takes their account to another number, from a browser that is signed in.

use super::{complete::mobile_of, enter::Stopped, send};
use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::People,
    },
    store::{AttemptRow, Edit, Entry},
    vault::Owner,
};
use domain::{
    account::Mobile,
    account::SessionId,
    policy::{Action, Role},
    ports::{Entered, NotEntered},
    time::Millis,
};

/// The code sent to the new number was right.
pub(super) async fn change(
    people: &People,
    mut edit: Edit,
    row: &AttemptRow,
    token: &str,
    now: Millis,
) -> Result<Entered, Stopped> {
    let gone = || Stopped::Told(NotEntered::Gone);
    let (subject, session) = row.subject.zip(row.opens).ok_or_else(gone)?;
    // Whoever was signed out meanwhile changes nothing any more.
    if !edit.has_session(subject, SessionId(session), now).await? {
        return Err(gone());
    }
    edit.use_attempt(row.id, now).await?;
    let mobile = send::mobile_of_attempt(row, token)?;
    let sealed = people.vault.seal(Owner::Subject(subject), mobile_of(subject), mobile.reveal(), now).await?;
    if !edit.put_mobile(subject, &row.mobile_hash, &sealed.0).await? {
        edit.finish().await?;
        return Err(Stopped::Told(NotEntered::MobileTaken));
    }
    let masked = Mobile::parse(mobile.reveal()).map(|mobile| mobile.masked()).unwrap_or_default();
    let words = NoticeWords {
        kind: "mobile_changed",
        title: "手机号换了".to_owned(),
        text: format!("你的账号换成了手机号 {masked}。不是你本人换的，就让别的设备都退出，再请工会工作人员帮忙。"),
        link: Some("/me/sessions".to_owned()),
    };
    tell(people, &mut edit, subject, &words, false, now).await?;
    let object = format!("subject {subject}");
    let entry = Entry {
        actor: Some(subject),
        role: Role::Worker,
        action: Action::ChangeAccount,
        object: &object,
        reason: "本人换了手机号",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    Ok(Entered::MobileChanged)
}
