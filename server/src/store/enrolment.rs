//! People who begin with an invitation: without a number, or with one that they give later.

use super::{Edit, StoreError, writing};
use domain::{account::SubjectId, time::Millis};
use uuid::Uuid;

impl Edit {
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
