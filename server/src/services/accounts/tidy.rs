//! What is kept for a while only, and then goes.

use crate::{services::people::People, store::StoreError};
use domain::time::{DAY_MS, Millis};
use std::time::Duration;

/// How often it is looked.
const EVERY: Duration = Duration::from_hours(1);

/// Deletes attempts a day after they ran out, limits that say nothing any more, sessions that have ended, devices
/// that were away so long that they are no longer known, and revoked cards that no list names any more. Each in a transaction of its own, so that nobody waits long.
///
/// # Errors
/// The database does not answer: the rest stays for the next time.
pub async fn tidy(people: &People, now: Millis) -> Result<u64, StoreError> {
    let mut gone = 0;
    let mut edit = people.store.edit().await?;
    gone += edit.forget_attempts(now - DAY_MS).await?;
    edit.finish().await?;
    let mut edit = people.store.edit().await?;
    gone += edit.forget_limits(now).await?;
    edit.finish().await?;
    let mut edit = people.store.edit().await?;
    gone += edit.forget_sessions(now).await?;
    gone += edit.forget_old_devices(now - super::session::KNOWN_MS).await?;
    edit.finish().await?;
    let mut edit = people.store.edit().await?;
    edit.revoke_stale_cards(now).await?;
    gone += edit.forget_cards(now).await?;
    edit.finish().await?;
    Ok(gone)
}

/// Tidies up now and every hour.
pub async fn keep_tidy(people: People, clock: fn() -> Millis) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = tidy(&people, clock()).await {
            tracing::warn!(%error, "what should be gone of accounts stays for now: {error}");
        }
    }
}
