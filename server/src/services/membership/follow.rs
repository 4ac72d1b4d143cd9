//! What time does to memberships: turns of transfers that ran out, unions that are no more, warnings, ends.

use super::{lapse, objections, orphans, transfer, validity};
use crate::services::people::{Failed, People};
use domain::time::Millis;
use std::time::Duration;

const EVERY: Duration = Duration::from_mins(10);

/// Does what is due now; says of how many something was.
///
/// # Errors
/// The database or the vault does not answer: the rest stays for the next time.
pub async fn pass(people: &People, now: Millis) -> Result<u64, Failed> {
    let moved = transfer::pass(people, now).await? + orphans::pass(people, now).await?;
    let ended = lapse::pass(people, now).await? + validity::pass(people, now).await?;
    Ok(moved + ended + objections::pass(people, now).await?)
}

/// Does it now and again and again.
pub async fn follow(people: People, clock: fn() -> Millis) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        if let Err(error) = pass(&people, clock()).await {
            tracing::warn!(%error, "memberships are looked at again later: {error}");
        }
    }
}
