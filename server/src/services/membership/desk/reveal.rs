//! A member unmasked: for a reason that is written down before anything is shown.

use super::{super::person::unmasked, find::find};
use crate::{
    services::{
        people::{People, Trouble as _},
        staff::{reason::reason, scope::acting_as},
    },
    store::Entry,
};
use domain::{
    account::Actor,
    policy::Action,
    ports::{NotDone, Unmasked},
    time::Millis,
};

pub(in super::super) async fn reveal(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &str,
    now: Millis,
) -> Result<Unmasked, NotDone> {
    let (row, held) = find(people, actor, Action::RevealMember, id).await?;
    let why = reason(typed)?;
    let entry = Entry {
        actor: actor.subject(),
        role: acting_as(people, Action::RevealMember, &held),
        action: Action::RevealMember,
        object: &format!("membership {}", row.id),
        reason: &why,
    };
    let shown = async {
        let mut edit = people.store.edit().await?;
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
        edit.finish().await?;
        unmasked(people, row.subject).await
    };
    Ok(shown.await.or_unavailable("reveal a member")?)
}
