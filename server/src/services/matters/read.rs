//! The words of a matter, for the worker whose it is and the handler it was assigned to.

use crate::{
    services::people::{People, Trouble as _},
    store::{Entry, Matter},
    vault::{Place, VaultError},
};
use domain::{
    account::{Actor, MatterId},
    policy::{Action, Refused, Relation, Role},
    ports::{MatterPage, MatterText, NotRead},
    time::Millis,
};

/// Where the words of a matter lie.
pub(super) const fn place(row: [u8; 16]) -> Place {
    Place { table: "matter_text", column: "words", row }
}

/// How an actor stands to a matter.
fn relations(actor: &Actor, matter: &Matter) -> Vec<(Role, Relation)> {
    let mut relations = Vec::new();
    if actor.subject() == Some(matter.subject) {
        relations.push((Role::Worker, Relation::Own));
    }
    if matter.handler.is_some() && actor.subject() == matter.handler {
        relations.push((Role::Handler, Relation::Assigned));
    }
    relations
}

pub(super) async fn read(
    people: &People,
    actor: &Actor,
    token: Option<&str>,
    id: MatterId,
    now: Millis,
) -> Result<MatterPage, NotRead> {
    let matter = people.store.matter(id).await.or_unavailable("find a matter")?;
    // What is not there is asked for like somebody else's: the answer is the same.
    let to = matter.as_ref().map(|matter| relations(actor, matter)).unwrap_or_default();
    people.policy.check(actor, Action::ReadMatter, &to)?;
    let (Some(matter), Some(token), Some(subject)) = (matter, token, actor.subject()) else {
        return Err(Refused::NotFound.into());
    };
    let wrapped = match people.vault.matter_key(id).await {
        // Destroyed: whoever destroys a key is about to delete what it sealed.
        Err(VaultError::NoKey) => return Err(Refused::NotFound.into()),
        other => other.or_unavailable("find the key of a matter")?,
    };
    let (key, entry) = people.keyd.read(token, id, &wrapped).await?;
    let sealed = people.store.matter_texts(id).await.or_unavailable("read a matter")?;
    let mut texts = Vec::with_capacity(sealed.len());
    for text in sealed {
        let words = key.open(place(text.id), &text.words).ok_or(VaultError::Broken);
        let words = words.or_unavailable("open a matter")?.reveal().to_owned();
        texts.push(MatterText { part: text.part, words, created_at: text.created_at });
    }
    drop(key);
    let is_own = matter.subject == subject;
    if !is_own {
        // Who reads somebody else's words is written down before they are shown.
        let (object, reason) = (format!("matter {id}"), format!("钥匙进程记录 {entry}"));
        let entry = Entry {
            actor: Some(subject),
            role: Role::Handler,
            action: Action::ReadMatter,
            object: &object,
            reason: &reason,
        };
        let noted = async {
            let mut edit = people.store.edit().await?;
            edit.audit(&people.vault.audit_key(), &entry, now).await?;
            edit.finish().await
        };
        noted.await.or_unavailable("note that a matter was read")?;
    }
    Ok(MatterPage { id, created_at: matter.created_at, is_own, texts })
}
