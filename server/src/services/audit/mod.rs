//! The audit log as an auditor reads it.

use super::people::People;
use domain::ports::AuditLog;

/// The audit log as an auditor reads it.
#[derive(Clone)]
pub struct AuditService {
    #[expect(dead_code, reason = "filled in by the same issue")]
    people: People,
}

impl AuditService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl AuditLog for AuditService {}
