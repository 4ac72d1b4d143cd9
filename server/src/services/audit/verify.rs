//! The chain from its first row to its end.

use crate::store::{Break, Chain, Store, StoreError};

/// Rows read at a time.
const PAGE: i32 = 1000;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many rows were checked, or where the chain breaks.
    pub rows: Result<u64, Break>,
    /// How many months are gone.
    pub sealed_months: usize,
    /// The highest number of an entry of the key process's log that a row speaks of.
    pub keyd_entry: u64,
}

/// Checks every row. Rows that are written meanwhile are no break.
///
/// # Errors
/// The database does not answer.
pub async fn verify(store: &Store, key: [u8; 32]) -> Result<Verified, StoreError> {
    // The end first: what is appended while the rows are read is not looked at.
    let head = store.audit_head().await?;
    let seals = store.audit_seals().await?;
    let end = head.as_ref().map_or(0, |head| head.seq);
    let mut verified = Verified { rows: Ok(0), sealed_months: seals.len(), keyd_entry: 0 };
    let mut chain = match Chain::begin(key, &seals) {
        Ok(chain) => chain,
        Err(wrong) => return Ok(Verified { rows: Err(wrong), ..verified }),
    };
    let mut last = i64::MIN;
    loop {
        let rows = store.audit_after(last, PAGE).await?;
        for row in &rows {
            // A row behind the end, when the end was moved: found below, or by the next run when it is one of those
            // that were written meanwhile.
            if row.seq > end && store.audit_head().await?.is_some_and(|now| now.seq > end) {
                verified.rows = chain.end(head.as_ref());
                return Ok(verified);
            }
            if let Err(wrong) = chain.follow(row) {
                verified.rows = Err(wrong);
                return Ok(verified);
            }
            verified.keyd_entry = verified.keyd_entry.max(entry_of(&row.reason));
            last = row.seq;
        }
        if rows.len() < usize::try_from(PAGE).unwrap_or_default() {
            break;
        }
    }
    verified.rows = chain.end(head.as_ref());
    Ok(verified)
}

/// `…钥匙进程记录 17` → 17; 0 where there is none.
fn entry_of(reason: &str) -> u64 {
    reason.rsplit_once("钥匙进程记录 ").and_then(|(_, number)| number.parse().ok()).unwrap_or_default()
}
