//! Objections at the organisation above: who looks at one by when, the list, and what happens when nobody does.

use super::{
    mine::reviewer,
    person::name,
    told::{day, name_of, tell},
};
use crate::{
    services::{
        notices::{NoticeWords, tell as tell_somebody},
        people::{Failed, People},
        staff::scope::roots,
    },
    store::{At, Edit, Entry, OpenObjection, Roots},
};
use domain::{
    account::{Actor, OrganisationId, SubjectId},
    membership::{DECIDED_WITHIN_DAYS, MembershipEvent, due_after, routing::above},
    policy::{Action, Refused, Role},
    ports::{ObjectionItem, Stations as _},
    time::Millis,
};

/// So many are listed.
const SHOWN: usize = 100;
/// So many officers of one organisation hear of one.
const TOLD: usize = 20;

/// Where an objection goes, and who hears of it: read before anything is written.
pub(super) struct Desk {
    /// The organisation.
    pub owner: OrganisationId,
    /// By when it has to look.
    pub due_at: Millis,
    officers: Vec<SubjectId>,
}

impl Desk {
    async fn of(people: &People, owner: OrganisationId, now: Millis) -> Result<Self, Failed> {
        let grants = people.store.grants_at(At::Organisation(owner)).await?;
        let mut officers: Vec<_> =
            grants.into_iter().filter(|grant| grant.role == Role::Officer).map(|grant| grant.subject).collect();
        officers.dedup();
        officers.truncate(TOLD);
        let due_at = due_after(&people.finder.calendar(), now, DECIDED_WITHIN_DAYS);
        Ok(Self { owner, due_at, officers })
    }

    /// The desk that looks first at an objection to what an organisation decided; `None`: nothing stands above it.
    pub(super) async fn first(people: &People, of: OrganisationId, now: Millis) -> Result<Option<Self>, Failed> {
        let mut owner = reviewer(people, of, now);
        if owner.is_none() {
            // An organisation that is no more is in no tree.
            let tree = people.organisations.tree();
            let way = people.store.way_up(of).await?;
            owner = way.into_iter().map(|(id, _)| id).find(|id| *id != of && tree.get(*id).is_some());
        }
        match owner {
            Some(owner) => Ok(Some(Self::of(people, owner, now).await?)),
            None => Ok(None),
        }
    }

    /// Tells its officers that something waits; of whom stands on the page alone.
    pub(super) async fn hears(
        &self,
        people: &People,
        edit: &mut Edit,
        (member, of): (Option<SubjectId>, OrganisationId),
        now: Millis,
    ) -> Result<(), Failed> {
        let words = NoticeWords {
            kind: "membership",
            title: "有一份会籍异议等复核".to_owned(),
            text: format!("有人不同意{}的决定，{}以前要复核。", name_of(people, of), day(self.due_at)),
            link: Some("/desk/transfers".to_owned()),
        };
        for officer in self.officers.iter().filter(|officer| Some(**officer) != member) {
            tell_somebody(people, edit, *officer, &words, false, now).await?;
        }
        Ok(())
    }
}

/// Where an actor's list begins.
pub(super) fn reach(people: &People, actor: &Actor) -> Result<Roots, Refused> {
    roots(people, actor, Action::DecideMembership)
}

/// What waits for an actor's organisations and those below, and whether there is more.
pub(super) async fn list(
    people: &People,
    actor: &Actor,
    reach: &Roots,
    now: Millis,
) -> Result<(Vec<ObjectionItem>, bool), Failed> {
    let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let mut found = people.store.objections_within(reach, limit).await?;
    let has_more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let mut items = Vec::new();
    // Nobody decides about themselves: they do not see it here either.
    for one in found.into_iter().filter(|one| one.subject.is_none() || one.subject != actor.subject()) {
        items.push(ObjectionItem {
            membership: one.membership.to_string(),
            name: name(people, one.subject, now).await?,
            organisation: name_of(people, one.organisation),
            owner: one.owner.map(|owner| name_of(people, owner)).unwrap_or_default(),
            due_at: one.due_at.unwrap_or(now),
        });
    }
    Ok((items, has_more))
}

/// One that is overdue, or that nobody has: to the next above, else once more to the same. Says whether it went.
async fn go_up(people: &People, one: &OpenObjection, now: Millis) -> Result<bool, Failed> {
    let tree = people.organisations.tree();
    let held = one.owner.and_then(|owner| tree.get(owner));
    let next = match held {
        Some(held) => Some(Desk::of(people, above(&tree, held.parent, now).owner().unwrap_or(held.id), now).await?),
        None => Desk::first(people, one.organisation, now).await?,
    };
    let Some(next) = next else { return Ok(false) };
    let mut edit = people.store.edit().await?;
    if edit.membership(one.membership).await?.is_none_or(|row| row.objection.is_none())
        || !edit.give_objection(one.membership, one.owner, (next.owner, next.due_at)).await?
    {
        return Ok(false);
    }
    if one.owner.is_some() {
        let event = MembershipEvent::ObjectionWentUp;
        edit.put_membership_event(one.membership, event, Some(next.owner), None, now).await?;
        let text = format!("到期没有复核。现在由{}复核，{}以前给结果。", name_of(people, next.owner), day(next.due_at));
        tell(people, &mut edit, one.subject, "异议还在办", text, now).await?;
    }
    next.hears(people, &mut edit, (one.subject, one.organisation), now).await?;
    let entry = Entry {
        actor: None,
        role: Role::Anonymous,
        action: Action::DecideMembership,
        object: &format!("membership {}", one.membership),
        reason: "异议到期没有复核，交给上级",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    Ok(true)
}

/// Moves what is overdue.
pub(super) async fn pass(people: &People, now: Millis) -> Result<u64, Failed> {
    let mut moved = 0;
    for one in people.store.objections_due(now).await? {
        match go_up(people, &one, now).await {
            Ok(went) => moved += u64::from(went),
            // One that cannot be moved keeps no other from it.
            Err(error) => tracing::warn!(%error, "an objection is looked at again later: {error}"),
        }
    }
    Ok(moved)
}
