//! The list, as a tree.

use crate::{
    services::people::{People, Trouble as _},
    store::EnterpriseKept,
};
use domain::{
    account::{Actor, EnterpriseId, Reach},
    founding::{EnterpriseKind, UnionState, shown},
    organisation::OrganisationTree,
    policy::{Action, Refused, Relation, Role},
    ports::{EnterpriseFilter, EnterpriseList, EnterpriseRow},
};
use std::collections::{HashMap, HashSet};

/// So many are listed.
const LISTED: usize = 200;

/// How an actor's roles stand to an enterprise of a region; to one of the whole country only who reaches all of it.
pub(super) fn relations(tree: &OrganisationTree, actor: &Actor, adcode: Option<u32>) -> Vec<(Role, Relation)> {
    let answering = adcode.and_then(|adcode| tree.answering_for(adcode));
    let within = |reach: &Reach| match (answering, reach) {
        (_, Reach::Everywhere) => true,
        (Some(one), reach) => tree.reaches(reach, one.id),
        (None, _) => false,
    };
    let relation = |reach| if within(reach) { Relation::Within } else { Relation::Other };
    actor.grants().iter().map(|grant| (grant.role, relation(&grant.reach))).collect()
}

/// Whether an actor works through any enterprises at all.
pub(super) fn may_at_all(people: &People, actor: &Actor) -> Result<(), Refused> {
    let ground: Vec<_> = actor.grants().iter().map(|grant| (grant.role, Relation::Within)).collect();
    people.policy.check(actor, Action::EditEnterprises, &ground)
}

/// Everything that rows of a list are made of, read once.
pub(super) struct Rows<'a> {
    pub people: &'a People,
    pub actor: &'a Actor,
    pub tree: std::sync::Arc<OrganisationTree>,
    asked: HashMap<EnterpriseId, u32>,
    applied: HashMap<EnterpriseId, u32>,
}

impl<'a> Rows<'a> {
    pub(super) async fn of(people: &'a People, actor: &'a Actor) -> Result<Self, Refused> {
        Ok(Self {
            people,
            actor,
            tree: people.organisations.tree(),
            asked: people.store.asked_by_enterprise().await.or_unavailable("count who asked")?,
            applied: people.store.applied_by_enterprise().await.or_unavailable("count who applied")?,
        })
    }

    pub(super) fn may_edit(&self, one: &EnterpriseKept) -> bool {
        let held = relations(&self.tree, self.actor, one.adcode);
        self.people.policy.check(self.actor, Action::EditEnterprises, &held).is_ok()
    }

    pub(super) fn row(&self, one: &EnterpriseKept, depth: u8) -> EnterpriseRow {
        let may_edit = self.may_edit(one);
        // What is counted of the whole country is told to who answers for it.
        let count =
            |counts: &HashMap<EnterpriseId, u32>| counts.get(&one.id).copied().filter(|_| may_edit).and_then(shown);
        EnterpriseRow {
            id: one.id.to_string(),
            name: one.name.clone(),
            kind: one.kind,
            place: one.adcode.map_or_else(|| "全国".to_owned(), |adcode| self.people.regions.path(adcode)),
            union: one.union,
            asked: count(&self.asked),
            applied: count(&self.applied),
            depth,
            may_edit,
            is_retired: one.retired_at.is_some(),
        }
    }
}

pub(super) async fn list(people: &People, actor: &Actor, filter: &EnterpriseFilter) -> Result<EnterpriseList, Refused> {
    may_at_all(people, actor)?;
    let rows = Rows::of(people, actor).await?;
    let all = people.store.enterprise_list().await.or_unavailable("read enterprises")?;
    let (union, kind) = (UnionState::parse(&filter.union), EnterpriseKind::parse(&filter.kind));
    let fits = |one: &EnterpriseKept| {
        (rows.may_edit(one) || one.adcode.is_none() && one.retired_at.is_none())
            && one.name.contains(filter.text.trim())
            && union.is_none_or(|union| one.union == union)
            && kind.is_none_or(|kind| one.kind == kind)
    };
    let by_id: HashMap<EnterpriseId, &EnterpriseKept> = all.iter().map(|one| (one.id, one)).collect();
    // What fits, and what it stands under.
    let mut wanted = HashSet::new();
    for one in all.iter().filter(|one| fits(one)) {
        let mut at = Some(one);
        while let Some(now) = at.filter(|now| wanted.insert(now.id)) {
            at = now.parent.and_then(|parent| by_id.get(&parent)).copied();
        }
    }
    let mut below: HashMap<Option<EnterpriseId>, Vec<&EnterpriseKept>> = HashMap::new();
    for one in all.iter().filter(|one| wanted.contains(&one.id)) {
        below.entry(one.parent.filter(|parent| wanted.contains(parent))).or_default().push(one);
    }
    let mut stack: Vec<(&EnterpriseKept, u8)> =
        below.remove(&None).unwrap_or_default().into_iter().rev().map(|one| (one, 0)).collect();
    let mut list = EnterpriseList::default();
    while let Some((one, depth)) = stack.pop() {
        if list.rows.len() == LISTED {
            list.more += 1;
        } else {
            list.rows.push(rows.row(one, depth));
        }
        let next = below.remove(&Some(one.id)).unwrap_or_default();
        stack.extend(next.into_iter().rev().map(|one| (one, depth.saturating_add(1))));
    }
    Ok(list)
}
