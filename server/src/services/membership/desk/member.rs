//! The page of a member.

use super::{
    super::{
        begin::valid_until,
        lapse::due_of,
        mine::{history, occupation},
        person::masked,
        told::name_of,
        words::{At, opened},
    },
    find::{above, find},
    rule::without_objection,
};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::MembershipRow,
};
use domain::{
    account::Actor,
    membership::{Deed, MembershipState, TransferState, lapse::Due},
    policy::{Action, Refused, Relation, Role},
    ports::{MemberCase, MemberDeed},
    time::Millis,
};

/// Whether something can be done to a membership as it is, whoever does it.
pub(super) fn can(row: &MembershipRow, deed: MemberDeed, now: Millis) -> bool {
    match deed {
        MemberDeed::TookPart => row.state.is_member(),
        MemberDeed::Extend => row.state.is_member() && row.valid_until < valid_until(now),
        MemberDeed::Warn => matches!(due_of(row, now), Due::Warning { .. }),
        MemberDeed::End => due_of(row, now) == Due::End,
        MemberDeed::Expel => Deed::Expel.after(row.state).is_some(),
        MemberDeed::Rule => {
            row.objection.is_some() && matches!(row.state, MembershipState::Expelled | MembershipState::Lapsed)
        }
    }
}

/// Roles and what they are to something.
type Held = [(Role, Relation)];

fn may(
    people: &People,
    actor: &Actor,
    row: &MembershipRow,
    (held, of_above): (&Held, &Held),
    now: Millis,
) -> Vec<MemberDeed> {
    let allowed = |deed: &MemberDeed| {
        let relations = if *deed == MemberDeed::Rule { of_above } else { held };
        people.policy.check(actor, Action::DecideMembership, relations).is_ok()
    };
    MemberDeed::ALL.iter().copied().filter(|deed| can(row, *deed, now)).filter(allowed).collect()
}

pub(in super::super) async fn member(
    people: &People,
    actor: &Actor,
    id: &str,
    now: Millis,
) -> Result<MemberCase, Refused> {
    let (row, held) = find(people, actor, Action::ReadMembership, id).await?;
    let of_above = above(people, actor, &row, now).await?;
    // Only those who look at it read what the member says: not the organisation that decided.
    let reads = people.policy.check(actor, Action::DecideMembership, &of_above).is_ok();
    let read = async {
        let events = people.store.membership_events(row.id).await?;
        let transfer = people.store.last_transfer(row.id).await?;
        let transfer = transfer.filter(|one| one.transfer.state == TransferState::Open);
        let objection = match row.objection.as_ref().filter(|_| reads) {
            Some(words) => opened(people, row.subject, At::Objection(row.id), Some(words)).await?,
            None => None,
        };
        let reason = opened(people, row.subject, At::Reason(row.id), row.reason.as_ref()).await?;
        Ok::<_, Failed>(MemberCase {
            id: row.id.to_string(),
            version: row.version,
            person: masked(people, row.subject, now).await?,
            organisation: name_of(people, row.organisation),
            occupation: occupation(people, &row).await?,
            reason: reason.map(|words| if reads { words } else { without_objection(&words) }),
            objection: objection.zip(row.objected_at),
            transfer: transfer.map(|one| one.id.to_string()),
            history: history(people, &events),
            may: may(people, actor, &row, (&held, &of_above), now),
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
    };
    read.await.or_unavailable("read a member")
}
