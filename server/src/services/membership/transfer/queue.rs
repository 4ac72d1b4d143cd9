//! What waits at a desk.

use super::super::{objections, person::name, told::name_of};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::{Queue, TransferRow},
};
use domain::{
    account::{Actor, OrganisationId},
    membership::Side,
    policy::{Action, Refused, Relation, Role},
    ports::{TransferItem, TransferQueue},
    time::Millis,
};

/// So many of each side are listed.
const SHOWN: usize = 100;

async fn item(people: &People, row: &TransferRow, side: Side, now: Millis) -> Result<TransferItem, Failed> {
    let turn = row.transfer.side(side);
    Ok(TransferItem {
        id: row.id.to_string(),
        name: name(people, row.subject, now).await?,
        from: name_of(people, row.transfer.from),
        to: name_of(people, row.transfer.to),
        owner: name_of(people, turn.owner),
        due_at: turn.due_at,
        went_up: turn.silences > 0,
    })
}

async fn side(
    people: &People,
    actor: &Actor,
    (queue, side): (Queue, Side),
    now: Millis,
) -> Result<(Vec<TransferItem>, bool), Failed> {
    let tree = people.organisations.tree();
    let reached = |id: &OrganisationId| {
        let mut officers = actor.grants().iter().filter(|grant| grant.role == Role::Officer);
        officers.any(|grant| tree.reaches(&grant.reach, *id))
    };
    let mut rows = Vec::new();
    for owner in people.store.owners_of_transfers(queue).await?.iter().filter(|id| reached(id)) {
        let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
        rows.extend(people.store.waiting_transfers(queue, *owner, limit).await?);
    }
    // Nobody decides about themselves: they do not see it here either.
    rows.retain(|row| row.subject.is_none() || row.subject != actor.subject());
    rows.sort_by_key(|row| (row.transfer.side(side).due_at, row.id));
    let has_more = rows.len() > SHOWN;
    let mut items = Vec::new();
    for row in rows.iter().take(SHOWN) {
        items.push(item(people, row, side, now).await?);
    }
    Ok((items, has_more))
}

pub(in super::super) async fn queue(people: &People, actor: &Actor, now: Millis) -> Result<TransferQueue, Refused> {
    let ground: Vec<(Role, Relation)> = actor.grants().iter().map(|grant| (grant.role, Relation::Within)).collect();
    people.policy.check(actor, Action::DecideMembership, &ground)?;
    let reach = objections::reach(people, actor)?;
    let read = async {
        let (out, more_out) = side(people, actor, (Queue::Out, Side::Out), now).await?;
        let (into, more_in) = side(people, actor, (Queue::In, Side::In), now).await?;
        let (objections, more) = objections::list(people, actor, &reach, now).await?;
        Ok::<_, Failed>(TransferQueue { out, into, objections, has_more: more_out || more_in || more })
    };
    read.await.or_unavailable("list transfers")
}
