//! Old months go; what they ended with stays, so that the rest can still be checked.

use super::month::Month;
use crate::{
    services::people::People,
    store::{AuditSeal, StoreError},
};
use domain::time::{DAY_MS, Millis};
use std::time::Duration;

/// How long a row stays at least.
pub const KEPT_MS: Millis = 200 * DAY_MS;

/// Seals every month that ended longer than [`KEPT_MS`] ago; gives how many rows went.
///
/// # Errors
/// The database does not answer: months that were sealed before stay so.
pub async fn seal_old(people: &People, now: Millis) -> Result<u64, StoreError> {
    let Some(begins) = people.store.audit_begins().await? else { return Ok(0) };
    let key = people.vault.audit_key();
    let mut gone = 0;
    let mut month = Month::of(begins);
    while month.next().begins() <= now - KEPT_MS {
        // Only by a chain that is whole: a seal would hide a break before it.
        if let Some((seq, hash)) = people.store.audit_last_before(month.next().begins()).await? {
            let seal = AuditSeal::new(&key, month.to_string(), seq, hash, now);
            let mut edit = people.store.edit().await?;
            gone += edit.seal_audit(&seal).await?;
            edit.finish().await?;
        }
        month = month.next();
    }
    Ok(gone)
}

/// Does once a day what keeps the log and the key store small and clean.
pub async fn keep(people: People, clock: fn() -> Millis) {
    let mut every = tokio::time::interval(Duration::from_hours(24));
    loop {
        every.tick().await;
        match super::verify(&people.store, people.vault.audit_key()).await {
            Ok(verified) if verified.rows.is_ok() => match seal_old(&people, clock()).await {
                Ok(0) => {}
                Ok(rows) => tracing::info!(rows, "sealed {rows} old rows of the audit log"),
                Err(error) => tracing::warn!(%error, "old months of the audit log stay for now: {error}"),
            },
            Ok(_) => tracing::error!("the audit log has been changed: see `server doctor`"),
            Err(error) => tracing::warn!(%error, "the audit log could not be checked: {error}"),
        }
        if let Err(error) = people.vault.key_store().scrub().await {
            tracing::warn!(%error, "what was destroyed stays in the key store's file for now: {error}");
        }
    }
}
