//! A membership, as its member sees it.

use super::{
    own::own,
    told::{name_of, phone_of},
    transfer::turns,
    words::{At, opened},
};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::{MembershipEventRow, MembershipRow, TransferRow},
};
use domain::{
    account::{Actor, OrganisationId},
    membership::{MembershipState, transfer},
    policy::{Action, Refused},
    ports::{MyMembership, MyTransfer},
    time::Millis,
};

/// Until when somebody may object; `None`: there is nothing to object to.
pub(super) fn object_until(row: &MembershipRow) -> Option<Millis> {
    let ended = matches!(row.state, MembershipState::Expelled | MembershipState::Lapsed);
    row.ended_at.filter(|_| ended).map(|at| at + transfer::OBJECT_MS)
}

/// Who looks at an objection: the first above that is 已开通, else whatever is above.
pub(super) fn reviewer(people: &People, of: OrganisationId, now: Millis) -> Option<OrganisationId> {
    let tree = people.organisations.tree();
    transfer::open_above(&tree, of, now).or_else(|| tree.get(of).and_then(|one| one.parent))
}

/// The history in sentences.
pub(super) fn history(people: &People, events: &[MembershipEventRow]) -> Vec<(Millis, String)> {
    let line = |event: &MembershipEventRow| {
        let place = event.organisation.map(|id| format!("（{}）", name_of(people, id))).unwrap_or_default();
        (event.at, format!("{}{place}", event.kind.word()))
    };
    events.iter().map(line).collect()
}

/// The word of an occupation.
pub(super) async fn occupation(people: &People, row: &MembershipRow) -> Result<Option<String>, Failed> {
    let Some(code) = &row.occupation else { return Ok(None) };
    Ok(Some(people.store.occupation_name(code).await?.unwrap_or_else(|| code.clone())))
}

pub(super) async fn mine(people: &People, actor: &Actor, now: Millis) -> Result<Option<MyMembership>, Refused> {
    let subject = own(people, actor, Action::ReadMembership)?;
    let shown = async {
        let Some(row) = people.store.membership_of(subject).await? else { return Ok(None) };
        Ok::<_, Failed>(Some(shown(people, row, now).await?))
    };
    shown.await.or_unavailable("read a membership")
}

async fn shown(people: &People, row: MembershipRow, now: Millis) -> Result<MyMembership, Failed> {
    let events = people.store.membership_events(row.id).await?;
    let transfer = match people.store.last_transfer(row.id).await? {
        Some(transfer) => Some(of_transfer(people, &row, transfer, now).await?),
        None => None,
    };
    let objection = opened(people, row.subject, At::Objection(row.id), row.objection.as_ref()).await?;
    let object_until = object_until(&row).filter(|until| row.objected_at.is_none() && *until >= now);
    let is_contested = object_until.is_some() || row.objected_at.is_some();
    Ok(MyMembership {
        organisation: name_of(people, row.organisation),
        phone: phone_of(people, row.organisation),
        is_dissolved: people.organisations.tree().get(row.organisation).is_none(),
        occupation: occupation(people, &row).await?,
        reason: opened(people, row.subject, At::Reason(row.id), row.reason.as_ref()).await?,
        objection: objection.zip(row.objected_at),
        object_until,
        reviewer: reviewer(people, row.organisation, now).filter(|_| is_contested).map(|id| name_of(people, id)),
        transfer,
        history: history(people, &events),
        number: row.number,
        external_number: row.external_number,
        state: row.state,
        since: row.joined_at,
        valid_until: row.valid_until,
        authority: row.authority,
        took_part_at: row.took_part_at,
        ends_at: row.ends_at,
        ended_at: row.ended_at,
    })
}

async fn of_transfer(
    people: &People,
    membership: &MembershipRow,
    row: TransferRow,
    now: Millis,
) -> Result<MyTransfer, Failed> {
    let mut again = row.transfer;
    let may_object = membership.state == MembershipState::Active
        && membership.organisation == row.transfer.from
        && again.object(&people.organisations.tree(), now).is_ok();
    Ok(MyTransfer {
        state: row.transfer.state,
        from: name_of(people, row.transfer.from),
        to: name_of(people, row.transfer.to),
        asked_at: row.asked_at,
        turns: turns(people, &row.transfer),
        reason: opened(people, row.subject, At::Refusal(row.id), row.reason.as_ref()).await?,
        may_object,
    })
}
