//! Organisations, roles and desks as the screens use them.

/// Organisations, roles and desks.
pub trait Staff: Send + Sync {}
