//! Sign-ins of staff that have come half the way, and people who begin with an invitation.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{account::SubjectId, time::Millis};
use uuid::Uuid;

/// A sign-in of staff whose SMS code was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedAttempt {
    /// Which.
    pub id: [u8; 16],
    /// The keyed hash of the number.
    pub mobile_hash: Vec<u8>,
    /// The number, sealed for nobody yet.
    pub mobile: Vec<u8>,
}

impl Store {
    /// The sign-in of staff of a token's hash, when its SMS code was right and it waits for the authenticator.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn passed_attempt(
        &self,
        token_hash: &[u8; 32],
        now: Millis,
    ) -> Result<Option<PassedAttempt>, StoreError> {
        const SQL: &str = "SELECT id, mobile_hash, mobile FROM sign_in_attempt WHERE token_hash = $1 \
             AND purpose = 'staff' AND passed_at IS NOT NULL AND used_at IS NULL AND expires_at > $2";
        let row: Option<(Uuid, Vec<u8>, Vec<u8>)> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(&token_hash[..]).bind(now).fetch_optional(pool).await
        })?;
        Ok(row.map(|(id, mobile_hash, mobile)| PassedAttempt { id: id.into_bytes(), mobile_hash, mobile }))
    }

    /// Whose number it is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn subject_of_mobile(&self, mobile_hash: &[u8]) -> Result<Option<SubjectId>, StoreError> {
        const SQL: &str = "SELECT id FROM subject WHERE mobile_hash = $1";
        let found: Option<Uuid> =
            reading!(self, pool => sqlx::query_scalar(SQL).bind(mobile_hash).fetch_optional(pool).await)?;
        Ok(found.map(|id| SubjectId(id.into_bytes())))
    }
}

impl Edit {
    /// Uses a half sign-in of staff up; says whether it was still to be had.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn use_passed_attempt(&mut self, token_hash: &[u8; 32], now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE sign_in_attempt SET used_at = $2 WHERE token_hash = $1 AND purpose = 'staff' \
             AND passed_at IS NOT NULL AND used_at IS NULL AND expires_at > $2";
        let used = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(&token_hash[..])
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(used > 0)
    }

    /// A new person, without anything known about them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_new_subject(&mut self, subject: SubjectId, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO subject (id, created_at, seen_at) VALUES ($1, $2, $2)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Gives somebody without a number this one; says whether they have it now.
    ///
    /// # Errors
    /// The database does not answer, or the number has just become another's.
    pub async fn give_mobile(
        &mut self,
        subject: SubjectId,
        mobile_hash: &[u8],
        mobile: &[u8],
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE subject SET mobile_hash = $2, mobile = CASE WHEN mobile_hash IS NULL THEN $3 \
             ELSE mobile END WHERE id = $1 AND (mobile_hash IS NULL OR mobile_hash = $2)";
        let given = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(mobile_hash)
                .bind(mobile)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(given > 0)
    }
}
