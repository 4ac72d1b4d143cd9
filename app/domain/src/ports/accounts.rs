//! Accounts as the screens use them.

use super::Later;
use crate::{account::Actor, policy::Refused, time::Millis};

/// Accounts: signing in, and what a person does with what is held about them.
pub trait Accounts: Send + Sync {
    /// Who a session's token stands for: [`Actor::Anonymous`] where it is unknown, ended or run out.
    fn actor<'a>(&'a self, token: Option<&'a str>, now: Millis) -> Later<'a, Result<Actor, Refused>>;
}
