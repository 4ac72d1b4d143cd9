//! The audit log: read by the auditor, verified, and sealed month by month.

mod list;
mod month;
mod seal;
mod verify;

pub use seal::{KEPT_MS, keep, seal_old};
pub use verify::{Verified, verify};

use super::people::People;
use domain::{
    account::Actor,
    policy::Refused,
    ports::{AuditLog, AuditPage, Later},
    time::Millis,
};

/// The audit log.
#[derive(Clone)]
pub struct AuditService {
    people: People,
}

impl AuditService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl AuditLog for AuditService {
    fn list<'a>(
        &'a self,
        actor: &'a Actor,
        month: Option<&'a str>,
        before: Option<i64>,
        now: Millis,
    ) -> Later<'a, Result<AuditPage, Refused>> {
        Box::pin(list::list(&self.people, actor, month, before, now))
    }
}
