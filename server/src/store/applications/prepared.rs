//! What a helper filled in for somebody else, until that person's own phone confirms it.

use crate::store::{Edit, Store, StoreError, reading, writing};
use domain::{account::SubjectId, time::Millis};
use uuid::Uuid;

/// As it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPreparation {
    /// Which.
    pub id: [u8; 16],
    /// Who filled it in.
    pub helper: SubjectId,
    /// The keyed hash of the number whose account may open it.
    pub mobile_hash: Vec<u8>,
    /// What was filled in, sealed under the helper's key.
    pub words: Vec<u8>,
    /// Until when it waits.
    pub expires_at: Millis,
    /// When it was taken over.
    pub confirmed_at: Option<Millis>,
}

/// As it is written.
#[derive(Clone, Debug)]
pub struct NewPreparation<'a> {
    /// Which.
    pub id: [u8; 16],
    /// The keyed hash of the token.
    pub token_hash: &'a [u8; 32],
    /// Who filled it in.
    pub helper: SubjectId,
    /// The keyed hash of the worker's number.
    pub mobile_hash: &'a [u8; 32],
    /// `138****5678`.
    pub mobile_masked: &'a str,
    /// What was filled in, sealed under the helper's key.
    pub words: &'a [u8],
    /// Until when it waits.
    pub expires_at: Millis,
}

type Row = (Uuid, Uuid, Vec<u8>, Vec<u8>, Millis, Option<Millis>);

impl Store {
    /// One that waits, or was taken over.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn preparation(&self, token_hash: &[u8; 32], now: Millis) -> Result<Option<KeptPreparation>, StoreError> {
        const SQL: &str = "SELECT id, helper, mobile_hash, words, expires_at, confirmed_at FROM prepared_application \
             WHERE token_hash = $1 AND expires_at > $2";
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(&token_hash[..]).bind(now).fetch_optional(pool).await
        })?;
        Ok(row.map(|(id, helper, mobile_hash, words, expires_at, confirmed_at)| KeptPreparation {
            id: id.into_bytes(),
            helper: SubjectId(helper.into_bytes()),
            mobile_hash,
            words,
            expires_at,
            confirmed_at,
        }))
    }
}

impl Edit {
    /// Keeps what a helper filled in.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_preparation(&mut self, new: &NewPreparation<'_>, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO prepared_application \
             (id, token_hash, helper, mobile_hash, words, mobile_masked, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(new.id))
                .bind(&new.token_hash[..])
                .bind(Uuid::from_bytes(new.helper.0))
                .bind(&new.mobile_hash[..])
                .bind(new.words)
                .bind(new.mobile_masked)
                .bind(now)
                .bind(new.expires_at)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Takes it over, once; says whether it waited.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn confirm_preparation(&mut self, id: [u8; 16], now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE prepared_application SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL";
        let confirmed = writing!(self, connection => {
            sqlx::query(SQL).bind(Uuid::from_bytes(id)).bind(now).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(confirmed > 0)
    }

    /// Deletes what ran out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_preparations(&mut self, now: Millis) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM prepared_application WHERE expires_at <= $1";
        Ok(writing!(self, connection => {
            sqlx::query(SQL).bind(now).execute(connection).await.map(|done| done.rows_affected())
        })?)
    }
}
