//! The audit log: a chain of rows, each with a keyed hash of itself and of the row before.

use super::{Edit, StoreError, writing};
use crate::vault::hash_under;
use domain::{
    account::SubjectId,
    policy::{Action, Role},
    time::Millis,
};
use uuid::Uuid;

/// What was done. Never the content of a case, never a name, a number or a text of a person.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Who; `None` is the program itself, or a command on the console.
    pub actor: Option<SubjectId>,
    /// As what.
    pub role: Role,
    /// What.
    pub action: Action,
    /// To what: `subject 0f…`, `organisation 3a…`, `station 7K…`.
    pub object: &'a str,
    /// Why, in the actor's words or the program's.
    pub reason: &'a str,
}

/// The hash of a row: HMAC-SHA-256 over the one before and every column, each with its length.
#[must_use]
pub fn row_hash(key: &[u8; 32], before: &[u8], seq: i64, at: Millis, entry: &Entry<'_>) -> [u8; 32] {
    let actor = entry.actor.map(|actor| actor.0.to_vec()).unwrap_or_default();
    let (role, action) = (entry.role.code().as_bytes(), entry.action.code().as_bytes());
    chained(key, before, seq, at, [&actor, role, action, entry.object.as_bytes(), entry.reason.as_bytes()])
}

/// The same from the columns: actor, role, action, object, reason.
pub(super) fn chained(key: &[u8; 32], before: &[u8], seq: i64, at: Millis, columns: [&[u8]; 5]) -> [u8; 32] {
    let (seq, at) = (seq.to_be_bytes(), at.to_be_bytes());
    let [actor, role, action, object, reason] = columns;
    under(key, &[before, &seq, &at, actor, role, action, object, reason])
}

/// What says that the chain ends here and nowhere else.
pub(super) fn head_mac(key: &[u8; 32], seq: i64, hash: &[u8]) -> [u8; 32] {
    under(key, &[b"head", &seq.to_be_bytes(), hash])
}

/// HMAC-SHA-256 over parts, each with its length before it.
pub(super) fn under(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let whole: Vec<u8> = parts
        .iter()
        .flat_map(|part| (part.len() as u64).to_be_bytes().into_iter().chain(part.iter().copied()))
        .collect();
    hash_under(key, &whole)
}

impl Edit {
    /// Appends a row in this transaction: what it says and what it is about happen together or not at all.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit(&mut self, key: &[u8; 32], entry: &Entry<'_>, now: Millis) -> Result<(), StoreError> {
        // The one row of the head is locked until the end, so that the chain never forks.
        const BEGIN: &str =
            "INSERT INTO audit_head (one, seq, hash, mac) VALUES (1, 0, $1, $2) ON CONFLICT (one) DO NOTHING";
        const LOCK: &str = "UPDATE audit_head SET seq = seq + 1 WHERE one = 1 RETURNING seq, hash, mac";
        const PUT: &str = "INSERT INTO audit (seq, at, actor, role, action, object, reason, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        const HEAD: &str = "UPDATE audit_head SET hash = $1, mac = $2 WHERE one = 1";
        writing!(self, connection => {
            let first = head_mac(key, 0, &[]);
            sqlx::query(BEGIN).bind(&[][..] as &[u8]).bind(&first[..]).execute(&mut *connection).await?;
            let (seq, before, mac): (i64, Vec<u8>, Vec<u8>) =
                sqlx::query_as(LOCK).fetch_one(&mut *connection).await?;
            let hash = row_hash(key, &before, seq, now, entry);
            sqlx::query(PUT)
                .bind(seq)
                .bind(now)
                .bind(entry.actor.map(|actor| Uuid::from_bytes(actor.0)))
                .bind(entry.role.code())
                .bind(entry.action.code())
                .bind(entry.object)
                .bind(entry.reason)
                .bind(&hash[..])
                .execute(&mut *connection)
                .await?;
            // An end that somebody has moved is never made good by what comes after it.
            let is_whole = mac == head_mac(key, seq - 1, &before);
            let mac = if is_whole { head_mac(key, seq, &hash).to_vec() } else { Vec::new() };
            sqlx::query(HEAD).bind(&hash[..]).bind(&mac[..]).execute(connection).await?;
        });
        Ok(())
    }
}
