//! What is held about a person, table by table. Names of tables and columns come from the program's own registry.

use super::{Edit, Store, StoreError, reading, writing};
use domain::account::SubjectId;
use sqlx::Row as _;
use std::fmt::Write as _;
use uuid::Uuid;

/// A value as it leaves the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing is kept.
    None,
    /// In the open.
    Plain(String),
    /// A ciphertext.
    Sealed(Vec<u8>),
}

/// A row: its id, by which its ciphertexts are bound, and its values in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    /// The id.
    pub id: [u8; 16],
    /// The values.
    pub values: Vec<Value>,
}

impl Store {
    /// How many rows of a table are about a person.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_held(
        &self,
        table: &'static str,
        column: &'static str,
        subject: SubjectId,
    ) -> Result<u32, StoreError> {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} = $1");
        let count: i64 = reading!(self, pool => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).fetch_one(pool).await
        })?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The rows of a table that are about a person: of each column its name and whether it is sealed. `id` is the
    /// column to which ciphertexts are bound.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn held_rows(
        &self,
        table: &'static str,
        column: &'static str,
        id: &'static str,
        columns: &[(&'static str, bool)],
        subject: SubjectId,
    ) -> Result<Vec<HeldRow>, StoreError> {
        let mut sql = format!("SELECT {id}");
        for &(name, sealed) in columns {
            // Numbers, times and truth values become text the same way on both engines.
            let _ = if sealed { write!(sql, ", {name}") } else { write!(sql, ", CAST({name} AS TEXT)") };
        }
        let _ = write!(sql, " FROM {table} WHERE {column} = $1 ORDER BY {id}");
        reading!(self, pool => {
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).fetch_all(pool).await?;
            let mut held = Vec::with_capacity(rows.len());
            for row in rows {
                let id: Uuid = row.try_get(0)?;
                let mut values = Vec::with_capacity(columns.len());
                for (at, &(_, sealed)) in columns.iter().enumerate() {
                    values.push(if sealed {
                        row.try_get::<Option<Vec<u8>>, _>(at + 1)?.map_or(Value::None, Value::Sealed)
                    } else {
                        row.try_get::<Option<String>, _>(at + 1)?.map_or(Value::None, Value::Plain)
                    });
                }
                held.push(HeldRow { id: id.into_bytes(), values });
            }
            Ok(held)
        })
    }
}

impl Edit {
    /// Deletes the rows of a table that are about a person.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn delete_held(
        &mut self,
        table: &'static str,
        column: &'static str,
        subject: SubjectId,
    ) -> Result<u64, StoreError> {
        let sql = format!("DELETE FROM {table} WHERE {column} = $1");
        let gone = writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(subject.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(gone)
    }

    /// Takes a person out of the rows of a table that stay.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn empty_held(
        &mut self,
        table: &'static str,
        column: &'static str,
        subject: SubjectId,
    ) -> Result<u64, StoreError> {
        let sql = format!("UPDATE {table} SET {column} = NULL WHERE {column} = $1");
        let emptied = writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(subject.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(emptied)
    }

    /// Deletes attempts on a number: they hold it, sealed by the program's key.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn delete_attempts_on(&mut self, mobile_hash: &[u8]) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM sign_in_attempt WHERE mobile_hash = $1";
        writing!(self, connection => {
            sqlx::query(SQL).bind(mobile_hash).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(())
    }
}
