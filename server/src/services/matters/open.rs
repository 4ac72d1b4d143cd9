//! A new matter, in its worker's own words.

use super::read::place;
use crate::{
    services::people::{People, Trouble as _},
    store::Matter,
};
use domain::{
    account::{Actor, MatterId},
    policy::{Action, Refused, Relation, Role},
    ports::{NewMatter, NotRead},
    time::Millis,
};
use uuid::Uuid;

pub(super) async fn open(
    people: &People,
    actor: &Actor,
    token: Option<&str>,
    new: &NewMatter,
    now: Millis,
) -> Result<MatterId, NotRead> {
    people.policy.check(actor, Action::OpenMatter, &[(Role::Worker, Relation::Own)])?;
    let (Some(subject), Some(token)) = (actor.subject(), token) else { return Err(Refused::SignIn.into()) };
    let id = MatterId(Uuid::now_v7().into_bytes());
    let (key, wrapped) = people.keyd.make(token, id).await?;
    // First the key: one without a matter harms nobody, a matter without its key is lost.
    people.vault.put_matter_key(id, subject, &wrapped, now).await.or_unavailable("keep the key of a matter")?;
    let matter =
        Matter { id, subject, organisation: new.organisation, handler: None, assignment: None, created_at: now };
    let written = async {
        let mut edit = people.store.edit().await?;
        edit.put_matter(&matter).await?;
        for (part, words) in &new.texts {
            let row = Uuid::now_v7().into_bytes();
            edit.put_matter_text(id, row, part, &key.seal(place(row), words), now).await?;
        }
        edit.finish().await
    };
    written.await.or_unavailable("open a matter")?;
    Ok(id)
}
