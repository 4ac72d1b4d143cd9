//! Running it: log, metrics, readiness, leaving.

pub mod clock;
pub mod log;
pub mod metrics;
pub mod readiness;
pub mod shutdown;
