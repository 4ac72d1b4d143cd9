//! Legal matters, as far as their words are read.

use super::people::People;
use domain::ports::Matters;

/// Legal matters, as far as their words are read.
#[derive(Clone)]
pub struct MatterService {
    #[expect(dead_code, reason = "filled in by the same issue")]
    people: People,
}

impl MatterService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Matters for MatterService {}
