//! Legal matters, as far as their words are read.

/// Legal matters.
pub trait Matters: Send + Sync {}
