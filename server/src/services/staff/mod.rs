//! Organisations, roles and desks.

pub mod invitation;

use super::people::People;
use domain::ports::Staff;

/// Organisations, roles and desks.
#[derive(Clone)]
pub struct StaffService {
    #[expect(dead_code, reason = "filled in by the same issue")]
    people: People,
}

impl StaffService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Staff for StaffService {}
