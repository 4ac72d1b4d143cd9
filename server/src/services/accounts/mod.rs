//! Accounts: signing in, and what a person does with what is held about them.

mod actor;
mod session;

pub use session::{Begun, begin};

use super::people::People;
use domain::{
    account::Actor,
    policy::Refused,
    ports::{Accounts, Later},
    time::Millis,
};

/// Accounts of people.
#[derive(Clone)]
pub struct AccountService {
    people: People,
}

impl AccountService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Accounts for AccountService {
    fn actor<'a>(&'a self, token: Option<&'a str>, now: Millis) -> Later<'a, Result<Actor, Refused>> {
        Box::pin(actor::of(&self.people, token, now))
    }
}
