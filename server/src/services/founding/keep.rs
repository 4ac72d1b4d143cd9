//! What moves by itself: requests and reports that waited for a union that is open now, and those that nobody took up
//! in time.

use super::{
    climb::{due, name_of},
    told,
};
use crate::services::{
    obstructions,
    people::{Failed, People},
};
use domain::{founding::FoundingStage, membership::routing::owner_of_place, time::Millis};
use std::time::Duration;

const EVERY: Duration = Duration::from_mins(10);

/// Moves what is to move; says how many.
///
/// # Errors
/// The database or the vault does not answer: the rest moves next time.
pub async fn settle(people: &People, now: Millis) -> Result<u32, Failed> {
    let mut moved = 0;
    let tree = people.organisations.tree();
    for one in people.store.foundings_to_move(now).await? {
        let was_sent = one.stage != FoundingStage::Waiting;
        let Some(next) = owner_of_place(&tree, one.adcode, one.owner, now) else { continue };
        let due_at = due(people, now);
        let mut edit = people.store.edit().await?;
        if !edit.move_on((one.id, one.version), next, due_at, now).await? {
            continue;
        }
        edit.put_event_of(one.id, if was_sent { "escalated" } else { "sent" }, Some(next), None, now).await?;
        let (unit, union) = (&one.unit.0, name_of(&tree, next));
        let text = if was_sent && one.owner == Some(next) {
            format!("“{unit}”的建会到期没有进展，已经再催{union}；急的话打 12351。")
        } else if was_sent {
            format!("“{unit}”的建会到期没有进展，已经转给{union}，五个工作日里联系你们。")
        } else {
            format!("当地开通了，“{unit}”的建会已经送到{union}，五个工作日里联系你们。")
        };
        let members = people.store.founding_members(one.id).await?;
        told::everybody(people, &mut edit, &one, &members, ("建会有进展", text), now).await?;
        edit.finish().await?;
        moved += 1;
    }
    moved += obstructions::settle(people, now).await?;
    Ok(moved)
}

/// Does so now and every ten minutes.
pub async fn keep_moving(people: People, clock: fn() -> Millis) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = settle(&people, clock()).await {
            tracing::warn!(%error, "requests for a union and reports stay where they are for now: {error}");
        }
    }
}
