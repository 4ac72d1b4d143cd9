//! What is told to a person: the inbox, and for what is important a text message that only says to look there.

use super::{
    accounts::limits,
    people::{Failed, People},
};
use crate::{
    outside::sms::Message,
    store::Edit,
    vault::{Owner, Place},
};
use domain::{
    account::{Mobile, NoticeId, SubjectId},
    ports::ConsentFor,
    time::Millis,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// The words of a notice. Only their owner reads them: they are sealed under the owner's key.
#[derive(Clone, Serialize, Deserialize)]
pub struct NoticeWords {
    /// What it is about, as a code: `signed_in`. It stands in the open.
    #[serde(skip)]
    pub kind: &'static str,
    /// Its title, one line.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Where to go from it: a path of this site.
    pub link: Option<String>,
}

/// Where the words of a notice are sealed.
#[must_use]
pub(super) const fn place(id: NoticeId) -> Place {
    Place { table: "notice", column: "words", row: id.0 }
}

/// Tells somebody something, in the transaction of what happened. Of what is `important` a text message goes out too
/// once the transaction is finished, where the person agreed to messages.
///
/// # Errors
/// The database or the vault does not answer: then the transaction must not be finished.
pub async fn tell(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    words: &NoticeWords,
    important: bool,
    now: Millis,
) -> Result<NoticeId, Failed> {
    let id = NoticeId(Uuid::now_v7().into_bytes());
    let json = serde_json::json!({ "title": words.title, "text": words.text, "link": words.link }).to_string();
    let sealed = people.vault.seal(Owner::Subject(subject), place(id), &json, now).await?;
    edit.put_notice(id, subject, words.kind, &sealed.0, now).await?;
    if important && edit.has_consent(subject, ConsentFor::Sms).await? {
        tokio::spawn(send(people.clone(), subject, id, now));
    }
    Ok(id)
}

/// How often, and how long apart, it is looked whether the transaction was finished.
const LOOKS: u32 = 5;
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Sends the message of a notice. It waits until the notice is there: what was undone is not told.
async fn send(people: People, subject: SubjectId, id: NoticeId, now: Millis) {
    for _ in 0..LOOKS {
        tokio::time::sleep(LOOK_EVERY).await;
        match people.store.notice(subject, id).await {
            Ok(Some(_)) => {
                if let Err(error) = deliver(&people, subject, now).await {
                    tracing::warn!(%error, "a message about a notice was not sent: {error}");
                }
                return;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "a message about a notice waits: {error}"),
        }
    }
}

async fn deliver(people: &People, subject: SubjectId, now: Millis) -> Result<(), Failed> {
    let Some(row) = people.store.subject(subject).await? else { return Ok(()) };
    // A number that went to somebody else is told nothing.
    let (Some(_), Some(sealed)) = (&row.mobile_hash, &row.mobile) else { return Ok(()) };
    let place = super::accounts::mobile_of(subject);
    let mobile = people.vault.open(Owner::Subject(subject), place, sealed).await?;
    let Ok(mobile) = Mobile::parse(mobile.reveal()) else { return Ok(()) };
    let mut edit = people.store.edit().await?;
    if edit.take(&[limits::budget(people)], now).await?.is_err() {
        return Ok(());
    }
    edit.finish().await?;
    if people.sms.send(mobile.as_str(), Message::Notice, now).await.is_err() {
        tracing::warn!("no gateway took the message about a notice");
    }
    Ok(())
}
