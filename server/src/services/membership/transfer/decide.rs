//! An officer decides a transfer, for the old organisation or the new one.

use super::{
    super::{
        desk::{SEEN_OLD, relations_to, seen},
        told::name_of,
        words::{At, sealed, words},
    },
    case::find,
    settle::settle,
};
use crate::{
    services::{
        people::{Failed, People, Trouble as _},
        staff::scope::acting_as,
    },
    store::{Entry, TransferRow},
};
use domain::{
    account::{Actor, SubjectId},
    membership::{MembershipEvent, Side, WhyKept},
    policy::{Action, Refused, Relation, Role},
    ports::{NotDone, TypedDecision},
    time::Millis,
};

/// What was typed, read: the side, whether it is agreed, and why not.
struct Decided {
    side: Side,
    why_not: Option<String>,
}

fn read(typed: &TypedDecision) -> Result<Decided, NotDone> {
    let side = Side::parse(&typed.side).ok_or_else(|| NotDone::at("decision", "选同意或不同意。"))?;
    let why_not = match (typed.decision.as_str(), side) {
        ("agree", _) => None,
        ("refuse", Side::Out) => {
            // Words of one's own are no reason to keep a member.
            let why = WhyKept::parse(&typed.why);
            let why = why.ok_or_else(|| NotDone::at("why", "不同意转出，只能是这几条里的一条。选一条，或者同意。"))?;
            Some(why.word().to_owned())
        }
        ("refuse", Side::In) => Some(words("reason", &typed.reason, "写一句为什么不接收，本人会看到。")?),
        _ => return Err(NotDone::at("decision", "选同意或不同意。")),
    };
    Ok(Decided { side, why_not })
}

pub(in super::super) async fn decide(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &TypedDecision,
    now: Millis,
) -> Result<(), NotDone> {
    let found = find(people, actor, Action::DecideMembership, id).await?;
    let side = Side::parse(&typed.side).unwrap_or(Side::Out);
    let relations = decides(people, actor, &found, side);
    people.policy.check(actor, Action::DecideMembership, &relations)?;
    let by = actor.subject().ok_or(Refused::SignIn)?;
    if found.subject == Some(by) {
        return Err(Refused::NotFound.into());
    }
    let decided = read(typed)?;
    let version = seen(&typed.version)?;
    let written =
        write(people, &found, &decided, version, (by, acting_as(people, Action::DecideMembership, &relations)), now);
    if written.await.or_unavailable("decide a transfer")? { Ok(()) } else { Err(NotDone::at("", SEEN_OLD)) }
}

/// How the actor's roles stand to what decides a side. A side that was not named is one of both.
fn decides(people: &People, actor: &Actor, row: &TransferRow, side: Side) -> Vec<(Role, Relation)> {
    relations_to(people, actor, row.subject, row.transfer.side(side).owner)
}

async fn write(
    people: &People,
    found: &TransferRow,
    decided: &Decided,
    version: i32,
    (by, role): (SubjectId, Role),
    now: Millis,
) -> Result<bool, Failed> {
    let mut edit = people.store.edit().await?;
    let Some(mut membership) = edit.membership(found.membership).await? else { return Ok(false) };
    let Some(mut row) = edit.transfer(found.id).await? else { return Ok(false) };
    let Decided { side, why_not } = decided;
    // It is still the turn of the one whose officer decides.
    if row.version != version || row.transfer.side(*side).owner != found.transfer.side(*side).owner {
        return Ok(false);
    }
    if row.transfer.decide(*side, why_not.is_none(), now).is_err() {
        return Ok(false);
    }
    match side {
        Side::Out => row.out_by = Some(by),
        Side::In => row.in_by = Some(by),
    }
    row.reason = match why_not {
        Some(why) => {
            let said = format!("{}：{why}", name_of(people, row.transfer.side(*side).owner));
            sealed(people, row.subject, At::Refusal(row.id), &said, now).await?
        }
        None => None,
    };
    let told = why_not.as_deref().filter(|_| *side == Side::Out);
    let kind = match (why_not, side) {
        (Some(_), _) => MembershipEvent::TransferRefused,
        (None, Side::Out) => MembershipEvent::Left,
        (None, Side::In) => MembershipEvent::Accepted,
    };
    let place = row.transfer.side(*side).owner;
    edit.put_membership_event(membership.id, kind, Some(place), Some(by), now).await?;
    if !settle(people, &mut edit, &mut membership, &row, (Some(by), told), now).await? {
        return Ok(false);
    }
    let entry = Entry {
        actor: Some(by),
        role,
        action: Action::DecideMembership,
        object: &format!("transfer {}", row.id),
        reason: match (why_not, side) {
            (None, Side::Out) => "同意转出",
            (None, Side::In) => "同意接收",
            (Some(_), Side::Out) => "不同意转出，原因已告知本人",
            (Some(_), Side::In) => "不接收，原因已告知本人",
        },
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    Ok(true)
}
