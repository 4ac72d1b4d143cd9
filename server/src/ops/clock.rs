//! The machine's clock: the one place that reads it for requests and commands.

use domain::time::Millis;
use std::time::{SystemTime, UNIX_EPOCH};

/// The present moment; the epoch where the clock is set before it.
#[must_use]
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}
