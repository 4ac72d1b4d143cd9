//! An attempt ends well: a session begins.

use super::{
    enter::{Asking, Stopped},
    send,
    session::{self, begin},
};
use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{Failed, People},
    },
    store::{AttemptRow, Edit, Entry},
    vault::{Owner, Place},
};
use domain::{
    account::{Strength, SubjectId},
    policy::{Action, Role},
    ports::{AttemptPurpose, NotEntered, SignedIn},
    time::Millis,
};
use uuid::Uuid;

/// Whose account opens.
#[derive(Clone, Copy)]
pub(super) enum Whose {
    /// One that begins now.
    New,
    /// Somebody's who was here before.
    Theirs {
        /// Who.
        subject: SubjectId,
        /// Whether this browser was.
        known: bool,
    },
}

/// Where somebody's number is sealed.
pub(in crate::services) const fn mobile_of(subject: SubjectId) -> Place {
    Place { table: "subject", column: "mobile", row: subject.0 }
}

/// Begins an account with the number of an attempt.
async fn begin_account(
    people: &People,
    edit: &mut Edit,
    row: &AttemptRow,
    token: &str,
    now: Millis,
) -> Result<SubjectId, Failed> {
    let subject = SubjectId(Uuid::now_v7().into_bytes());
    let mobile = send::mobile_of_attempt(row, token)?;
    let sealed = people.vault.seal(Owner::Subject(subject), mobile_of(subject), mobile.reveal(), now).await?;
    if edit.put_subject(subject, &row.mobile_hash, &sealed.0, now).await? {
        return Ok(subject);
    }
    // Another server began one a moment ago, for the same number and so for the same person.
    let found = edit.subject_of_mobile(&row.mobile_hash).await?;
    Ok(found.map_or(subject, |found| found.id))
}

/// Begins the session that the attempt is for and uses the attempt up.
pub(super) async fn complete(
    people: &People,
    edit: &mut Edit,
    row: &AttemptRow,
    whose: Whose,
    Asking { token, browser }: Asking<'_>,
    now: Millis,
) -> Result<SignedIn, Stopped> {
    if !edit.use_attempt(row.id, now).await? {
        return Err(Stopped::Told(NotEntered::Gone));
    }
    let (subject, is_new, known) = match whose {
        Whose::New => (begin_account(people, edit, row, token, now).await?, true, true),
        Whose::Theirs { subject, known } => (subject, false, known),
    };
    let strength = match row.purpose {
        AttemptPurpose::Manager => {
            take_up(people, edit, row, subject, now).await?;
            Strength::Manager
        }
        _ => Strength::Sms,
    };
    if !known {
        // Whoever is known was asked nothing: only a right fact takes wrong ones back, or ends a lock.
        edit.put_fact_tries(subject, 0, None).await?;
        let words = NoticeWords {
            kind: "signed_in",
            title: "账号在新的设备上登录了".to_owned(),
            text: format!("刚才在“{}”上登录了你的账号。不是你本人，就让它退出。", browser.phone),
            link: Some("/me/sessions".to_owned()),
        };
        tell(people, edit, subject, &words, false, now).await?;
    }
    edit.touch_subject(subject, now).await?;
    // A browser has one session: whoever copied the token of the old one has nothing.
    if let Some((subject, session)) = browser.session {
        edit.end_session(subject, session).await?;
    }
    let device = session::device_of(browser);
    let begun = begin(people, edit, subject, strength, &browser.phone, device, now).await?;
    metrics::counter!("signed_in").increment(1);
    Ok(SignedIn { session: begun.token, seconds: begun.seconds, is_new })
}

/// Takes up an officer's code: this person manages the station from now on.
async fn take_up(
    people: &People,
    edit: &mut Edit,
    row: &AttemptRow,
    subject: SubjectId,
    now: Millis,
) -> Result<(), Stopped> {
    let gone = || Stopped::Told(NotEntered::Gone);
    let id = row.opens.ok_or_else(gone)?;
    let (station, issued_by) = edit.take_up_manager_code(id, subject, now).await?.ok_or_else(gone)?;
    edit.put_manager(subject, station, issued_by, now).await?;
    let object = format!("station {station}");
    let entry = Entry {
        actor: Some(subject),
        role: Role::Manager,
        action: Action::AppointManager,
        object: &object,
        reason: "用工会给的代码绑定了这个站点",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    Ok(())
}
