//! The inbox.

use super::own::own;
use crate::{
    services::{
        notices::place,
        people::{Failed, People, Trouble as _},
    },
    store::KeptNotice,
    vault::Owner,
};
use domain::{
    account::{Actor, NoticeId, SubjectId},
    policy::{Action, Refused},
    ports::{Notice, NoticeRow},
    time::Millis,
};
use serde::Deserialize;

/// How many notices a list shows.
const SHOWN: i64 = 100;

#[derive(Deserialize)]
struct Words {
    title: String,
    text: String,
    link: Option<String>,
}

async fn open(people: &People, subject: SubjectId, kept: &KeptNotice) -> Result<Words, Failed> {
    let json = people.vault.open(Owner::Subject(subject), place(kept.id), &kept.words).await?;
    serde_json::from_str(json.reveal()).map_err(|_| Failed::Vault(crate::vault::VaultError::Broken))
}

pub(super) async fn inbox(people: &People, actor: &Actor) -> Result<Vec<NoticeRow>, Refused> {
    let (subject, _) = own(people, actor, Action::ReadNotice)?;
    let rows = async {
        let mut rows = Vec::new();
        for kept in people.store.notices_of(subject, SHOWN).await? {
            let words = open(people, subject, &kept).await?;
            rows.push(NoticeRow {
                id: kept.id,
                title: words.title,
                created_at: kept.created_at,
                is_read: kept.read_at.is_some(),
            });
        }
        Ok::<_, Failed>(rows)
    };
    rows.await.or_unavailable("read an inbox")
}

pub(super) async fn notice(people: &People, actor: &Actor, id: NoticeId, now: Millis) -> Result<Notice, Refused> {
    let (subject, _) = own(people, actor, Action::ReadNotice)?;
    let found = async {
        let Some(kept) = people.store.notice(subject, id).await? else { return Ok(None) };
        let words = open(people, subject, &kept).await?;
        if kept.read_at.is_none() {
            let mut edit = people.store.edit().await?;
            edit.read_notice(subject, id, now).await?;
            edit.finish().await?;
        }
        let Words { title, text, link } = words;
        Ok::<_, Failed>(Some(Notice { title, text, link, created_at: kept.created_at }))
    };
    found.await.or_unavailable("read a notice")?.ok_or(Refused::NotFound)
}
