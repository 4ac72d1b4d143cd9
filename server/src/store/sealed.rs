//! Every column that holds ciphertexts: what rotation seals again, and what `server doctor` looks through.

use super::{Edit, Store, StoreError, reading, writing};
use crate::vault::{Owner, Place};
use domain::account::SubjectId;
use uuid::Uuid;

/// Whose key seals a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedFor {
    /// The program itself.
    Program,
    /// The person whose id stands in this column.
    Subject(&'static str),
    /// The matter whose id stands in this column: a key of the key process.
    Matter(&'static str),
}

/// A column that holds ciphertexts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The column of the row's id, to which the ciphertext is bound.
    pub id: &'static str,
    /// Whose key.
    pub by: SealedFor,
}

const fn column(table: &'static str, column: &'static str, id: &'static str, by: SealedFor) -> SealedColumn {
    SealedColumn { table, column, id, by }
}

/// All of them. A test reads the schema and fails for a column that is missing here.
///
/// `sign_in_attempt.mobile` is not one: it is sealed under the attempt's token, which only a browser has. Nothing here
/// could seal it again or open it, and an attempt is over long before any rotation is.
pub const SEALED: &[SealedColumn] = &[
    column("subject", "mobile", "id", SealedFor::Subject("id")),
    column("subject", "name", "id", SealedFor::Subject("id")),
    column("subject", "id_number", "id", SealedFor::Subject("id")),
    column("totp", "secret", "subject", SealedFor::Subject("subject")),
    column("notice", "words", "id", SealedFor::Subject("subject")),
    column("membership", "reason", "id", SealedFor::Subject("subject")),
    column("membership", "objection", "id", SealedFor::Subject("subject")),
    column("membership_transfer", "reason", "id", SealedFor::Subject("subject")),
    column("application", "name", "id", SealedFor::Subject("subject")),
    column("application", "id_number", "id", SealedFor::Subject("subject")),
    column("application", "unit", "id", SealedFor::Subject("subject")),
    column("application", "reason", "id", SealedFor::Subject("subject")),
    column("application", "answer", "id", SealedFor::Subject("subject")),
    column("prepared_application", "words", "id", SealedFor::Subject("helper")),
    column("matter_text", "words", "id", SealedFor::Matter("matter")),
    column("founding_words", "words", "id", SealedFor::Subject("subject")),
    column("obstruction_words", "words", "id", SealedFor::Subject("subject")),
];

impl SealedColumn {
    /// The place of a row's ciphertext.
    #[must_use]
    pub const fn place(&self, row: [u8; 16]) -> Place {
        Place { table: self.table, column: self.column, row }
    }
}

/// A ciphertext where it lies.
#[derive(Clone, Debug)]
pub struct SealedRow {
    /// The row's id.
    pub id: [u8; 16],
    /// The id of whose key it is; all zeros for the program.
    pub owner: [u8; 16],
    /// The ciphertext.
    pub sealed: Vec<u8>,
}

impl SealedRow {
    /// Whose key opens it; `None` where that is the key of a matter.
    #[must_use]
    pub const fn key_of(&self, column: &SealedColumn) -> Option<Owner> {
        match column.by {
            SealedFor::Program => Some(Owner::Program),
            SealedFor::Subject(_) => Some(Owner::Subject(SubjectId(self.owner))),
            SealedFor::Matter(_) => None,
        }
    }
}

impl Store {
    /// Ciphertexts of a column in the order of their ids, from the one after `after`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn sealed_after(
        &self,
        column: &SealedColumn,
        after: Option<[u8; 16]>,
        limit: i32,
    ) -> Result<Vec<SealedRow>, StoreError> {
        let SealedColumn { table, column, id, by } = *column;
        let owner = match by {
            SealedFor::Program => id,
            SealedFor::Subject(owner) | SealedFor::Matter(owner) => owner,
        };
        let more = if after.is_some() { "id_of_row > $1" } else { "$1 = $1" };
        let sql = format!(
            "SELECT id_of_row, owner, sealed FROM (SELECT {id} AS id_of_row, {owner} AS owner, {column} AS sealed \
             FROM {table}) AS rows WHERE sealed IS NOT NULL AND owner IS NOT NULL AND {more} ORDER BY id_of_row LIMIT $2"
        );
        let after = Uuid::from_bytes(after.unwrap_or_default());
        let rows: Vec<(Uuid, Uuid, Vec<u8>)> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(after).bind(limit).fetch_all(pool).await
        })?;
        let row = |(id, owner, sealed): (Uuid, Uuid, Vec<u8>)| SealedRow {
            id: id.into_bytes(),
            owner: if by == SealedFor::Program { [0; 16] } else { owner.into_bytes() },
            sealed,
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

impl Edit {
    /// Puts another ciphertext in the place of one, unless it has changed meanwhile. Says whether it did.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn reseal(&mut self, column: &SealedColumn, old: &SealedRow, new: &[u8]) -> Result<bool, StoreError> {
        let SealedColumn { table, column, id, .. } = *column;
        let sql = format!("UPDATE {table} SET {column} = $3 WHERE {id} = $1 AND {column} = $2");
        let changed = writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(old.id))
                .bind(&old.sealed)
                .bind(new)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }
}
