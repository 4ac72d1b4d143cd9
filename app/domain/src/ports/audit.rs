//! The audit log as an auditor reads it.

use super::Later;
use crate::{account::Actor, policy::Refused, time::Millis};

/// How many rows a page of the log has.
pub const AUDIT_ROWS: usize = 50;

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number in the chain.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who, as the first eight digits of the id; `None` is the program itself, or a command on the console.
    pub actor: Option<String>,
    /// As what, in words.
    pub role: String,
    /// What, in words.
    pub action: String,
    /// To what: a kind and an id cut to eight digits.
    pub object: String,
    /// Why.
    pub reason: String,
}

/// A page of the log, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditPage {
    /// At most [`AUDIT_ROWS`].
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins: before this number; `None` on the last.
    pub next: Option<i64>,
    /// The months there are entries of, newest first: `2026-11`.
    pub months: Vec<String>,
}

/// The audit log.
pub trait AuditLog: Send + Sync {
    /// Entries before a number, of one month (`2026-11`) or of all.
    fn list<'a>(
        &'a self,
        actor: &'a Actor,
        month: Option<&'a str>,
        before: Option<i64>,
        now: Millis,
    ) -> Later<'a, Result<AuditPage, Refused>>;
}
