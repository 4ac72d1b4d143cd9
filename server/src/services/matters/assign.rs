//! A matter is given to a handler, by an officer whose role reaches it.

use crate::{
    services::people::{People, Trouble as _},
    store::Entry,
};
use domain::{
    account::{Actor, MatterId, SubjectId},
    policy::{Action, Refused, Relation, Role},
    ports::NotRead,
    time::Millis,
};

pub(super) async fn assign(
    people: &People,
    actor: &Actor,
    token: Option<&str>,
    id: MatterId,
    handler: SubjectId,
    now: Millis,
) -> Result<(), NotRead> {
    let matter = people.store.matter(id).await.or_unavailable("find a matter")?;
    let mut relations = Vec::new();
    if let Some(matter) = &matter {
        let reaches = people.store.officer_reaches(actor, matter.organisation).await;
        if reaches.or_unavailable("see how far a role reaches")? {
            relations.push((Role::Officer, Relation::Within));
        }
    }
    people.policy.check(actor, Action::AssignMatter, &relations)?;
    let (Some(_), Some(token), Some(subject)) = (matter, token, actor.subject()) else {
        return Err(Refused::NotFound.into());
    };
    let (confirmation, entry) = people.keyd.assign(token, id, handler).await?;
    let (object, reason) = (format!("matter {id}"), format!("指派给 {handler}，钥匙进程记录 {entry}"));
    let entry = Entry {
        actor: Some(subject),
        role: Role::Officer,
        action: Action::AssignMatter,
        object: &object,
        reason: &reason,
    };
    let written = async {
        let mut edit = people.store.edit().await?;
        edit.assign_matter(id, handler, &confirmation).await?;
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
        edit.finish().await
    };
    written.await.or_unavailable("assign a matter")?;
    Ok(())
}
