//! An installation without accounts: for tests of other things.

use super::{Accounts, AuditLog, Later, Matters, Staff};
use crate::{account::Actor, policy::Refused, time::Millis};

/// Nobody has an account, and nobody can get one.
#[derive(Clone, Copy, Debug)]
pub struct Closed;

impl Accounts for Closed {
    fn actor<'a>(&'a self, _: Option<&'a str>, _: Millis) -> Later<'a, Result<Actor, Refused>> {
        Box::pin(async { Ok(Actor::Anonymous) })
    }
}

impl Staff for Closed {}
impl Matters for Closed {}
impl AuditLog for Closed {}
