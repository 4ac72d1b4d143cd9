//! A worker's own reports.

use super::words::opened;
use crate::{
    services::{
        founding::climb::not_open,
        owned::history,
        people::{People, Trouble as _},
    },
    store::ObstructionKept,
};
use domain::{
    account::{Actor, ObstructionId},
    policy::{Action, Refused, Relation, Role},
    ports::{MyObstruction, ObstructionRow},
};

pub(super) fn row(people: &People, one: &ObstructionKept) -> ObstructionRow {
    ObstructionRow {
        id: one.id.to_string(),
        number: one.number.clone(),
        place: people.regions.path(one.adcode),
        stage: one.stage,
        created_at: one.created_at,
        due_at: one.due_at,
    }
}

/// A step of the way, in a sentence.
pub(super) fn step(kind: &str, union: &str) -> Option<String> {
    Some(match kind {
        "registered" => "已登记".to_owned(),
        "sent" => format!("送到{union}"),
        "escalated" => format!("到期没办完，转给{union}"),
        "working" => "办理中".to_owned(),
        "done" => "已办结".to_owned(),
        _ => return None,
    })
}

pub(super) async fn mine(people: &People, actor: &Actor) -> Result<Vec<ObstructionRow>, Refused> {
    people.policy.check(actor, Action::ReportObstruction, &[(Role::Worker, Relation::Own)])?;
    let Some(subject) = actor.subject() else { return Err(Refused::SignIn) };
    let own = people.store.obstructions_of(subject).await.or_unavailable("read own reports")?;
    Ok(own.iter().map(|one| row(people, one)).collect())
}

pub(super) async fn own(people: &People, actor: &Actor, id: &str) -> Result<MyObstruction, Refused> {
    let one = match ObstructionId::parse(id) {
        Some(id) => people.store.obstruction(id).await.or_unavailable("find a report")?,
        None => None,
    };
    let is_own = one.as_ref().is_some_and(|one| actor.subject() == Some(one.subject));
    let held = if is_own { vec![(Role::Worker, Relation::Own)] } else { Vec::new() };
    people.policy.check(actor, Action::ReportObstruction, &held)?;
    let one = one.ok_or(Refused::NotFound)?;
    let said = opened(people, &one).await.or_unavailable("open a report")?;
    let events = people.store.events_of(one.id).await.or_unavailable("read the way of a report")?;
    let tree = people.organisations.tree();
    Ok(MyObstruction {
        row: row(people, &one),
        unit: said.unit,
        what: said.what,
        contact: one.contact,
        owner: one.owner.and_then(|id| tree.get(id)).map(|union| (union.name.clone(), union.phone.clone())),
        not_open: one.owner.is_none().then(|| not_open(&tree, one.adcode)),
        done: said.done,
        history: history(&tree, events, step),
    })
}
