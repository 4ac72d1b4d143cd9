//! A transfer at the desk.

use super::{
    super::{
        desk::relations_to,
        person::masked,
        told::name_of,
        words::{At, opened},
    },
    view::turns,
};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::TransferRow,
};
use domain::{
    account::{Actor, OrganisationId, TransferId},
    membership::Side,
    policy::{Action, Refused, Relation, Role},
    ports::TransferCase,
    time::Millis,
};

/// The transfer of an address, when the actor may see it: officers of both organisations, and of whoever decides.
pub(super) async fn find(people: &People, actor: &Actor, action: Action, id: &str) -> Result<TransferRow, Refused> {
    let found = match TransferId::parse(id) {
        Some(id) => people.store.transfer(id).await.or_unavailable("find a transfer")?,
        None => None,
    };
    let relations = found.as_ref().map(|row| seen_by(people, actor, row)).unwrap_or_default();
    people.policy.check(actor, action, &relations)?;
    found.ok_or(Refused::NotFound)
}

fn seen_by(people: &People, actor: &Actor, row: &TransferRow) -> Vec<(Role, Relation)> {
    let transfer = &row.transfer;
    let places: [OrganisationId; 4] = [transfer.from, transfer.to, transfer.out.owner, transfer.into.owner];
    places.into_iter().flat_map(|place| relations_to(people, actor, row.subject, place)).collect()
}

pub(in super::super) async fn case(
    people: &People,
    actor: &Actor,
    id: &str,
    now: Millis,
) -> Result<TransferCase, Refused> {
    let row = find(people, actor, Action::ReadMembership, id).await?;
    let read = async {
        let membership = people.store.membership(row.membership).await?;
        let reads = membership.as_ref().is_some_and(|membership| {
            let relations = relations_to(people, actor, membership.subject, membership.organisation);
            people.policy.check(actor, Action::ReadMembership, &relations).is_ok()
        });
        let decides = |side: &Side| {
            let relations = relations_to(people, actor, row.subject, row.transfer.side(*side).owner);
            row.transfer.waits_for(*side) && people.policy.check(actor, Action::DecideMembership, &relations).is_ok()
        };
        Ok::<_, Failed>(TransferCase {
            id: row.id.to_string(),
            version: row.version,
            person: masked(people, row.subject, now).await?,
            membership: reads.then(|| row.membership.to_string()),
            number: membership.map(|membership| membership.number).unwrap_or_default(),
            state: row.transfer.state,
            from: name_of(people, row.transfer.from),
            to: name_of(people, row.transfer.to),
            asked_at: row.asked_at,
            turns: turns(people, &row.transfer),
            reason: opened(people, row.subject, At::Refusal(row.id), row.reason.as_ref()).await?,
            may: Side::ALL.iter().copied().filter(decides).collect(),
        })
    };
    read.await.or_unavailable("read a transfer")
}
