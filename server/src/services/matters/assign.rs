//! A matter is given to a handler, by an officer whose role reaches it.

use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{Failed, People, Trouble as _},
    },
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
    let (Some(matter), Some(token), Some(subject)) = (matter, token, actor.subject()) else {
        return Err(Refused::NotFound.into());
    };
    // The key process decides the same by itself: nobody gives themselves a matter, and a handler's role reaches it.
    let held = people.store.grants_of(handler).await.or_unavailable("see what somebody is")?;
    let reaches = people.store.role_reaches(Role::Handler, &held, matter.organisation).await;
    if handler == subject || !reaches.or_unavailable("see how far a role reaches")? {
        return Err(Refused::NotFound.into());
    }
    let (confirmation, entry) = people.keyd.assign(token, id, handler).await?;
    let (object, reason) = (format!("matter {id}"), format!("指派给 {handler}，钥匙进程记录 {entry}"));
    let entry = Entry {
        actor: Some(subject),
        role: Role::Officer,
        action: Action::AssignMatter,
        object: &object,
        reason: &reason,
    };
    let words = NoticeWords {
        kind: "matter_assigned",
        title: "你的案件交给了工会的办案人员".to_owned(),
        text: "工会刚把你的案件交给一位办案人员。写的内容只有你和这位办案人员看得到，每看一次都记一笔。".to_owned(),
        link: None,
    };
    let written = async {
        let mut edit = people.store.edit().await?;
        edit.assign_matter(id, handler, &confirmation).await?;
        tell(people, &mut edit, matter.subject, &words, false, now).await?;
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
        edit.finish().await?;
        Ok::<(), Failed>(())
    };
    written.await.or_unavailable("assign a matter")?;
    Ok(())
}
