//! The audit log as an auditor reads it.

/// The audit log.
pub trait AuditLog: Send + Sync {}
