//! By what an officer is known as an applicant or a member, whichever account they act with.

use crate::store::{Edit, Store, StoreError, reading, writing};
use domain::account::{ApplicationId, SubjectId};
use uuid::Uuid;

/// Document and person, as applications and memberships keep them.
pub type KnownBy = (Option<Vec<u8>>, Option<Vec<u8>>);

const OWN: &str = "SELECT id_hash, person_hash FROM application WHERE subject = $1 AND state <> 'draft' \
     UNION SELECT id_hash, person_hash FROM membership WHERE subject = $1 \
     UNION SELECT NULL, person_hash FROM subject WHERE id = $1 AND person_hash IS NOT NULL";

impl Store {
    /// What an account applied with or is a member by, and what the identity service calls its person.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn own_hashes(&self, subject: SubjectId) -> Result<Vec<KnownBy>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(OWN).bind(Uuid::from_bytes(subject.0)).fetch_all(pool).await)?)
    }
}

impl Edit {
    /// As [`Store::own_hashes`], in the transaction.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn own_hashes(&mut self, subject: SubjectId) -> Result<Vec<KnownBy>, StoreError> {
        Ok(writing!(self, connection => {
            sqlx::query_as(OWN).bind(Uuid::from_bytes(subject.0)).fetch_all(connection).await
        })?)
    }

    /// Whether the account of an application holds the identity of another account.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_identity_of(&mut self, application: ApplicationId, other: SubjectId) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM application JOIN subject AS one ON one.id = application.subject \
             JOIN subject AS other ON other.id_hash = one.id_hash OR other.person_hash = one.person_hash \
             WHERE application.id = $1 AND other.id = $2";
        let count: i64 = writing!(self, connection => {
            let id = Uuid::from_bytes(application.0);
            sqlx::query_scalar(SQL).bind(id).bind(Uuid::from_bytes(other.0)).fetch_one(connection).await
        })?;
        Ok(count > 0)
    }
}
