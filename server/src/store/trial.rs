//! Made-up people of a 试用安装, and the links that sign in as them.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{OrganisationId, SubjectId},
    policy::Role,
    station::Code,
    time::Millis,
};
use uuid::Uuid;

impl Store {
    /// Whose a link is, unless it was used or ran out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn trial_link(&self, token_hash: &[u8; 32], now: Millis) -> Result<Option<SubjectId>, StoreError> {
        const SQL: &str =
            "SELECT subject FROM trial_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
        let found: Option<Uuid> = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(&token_hash[..]).bind(now).fetch_optional(pool).await
        })?;
        Ok(found.map(|id| SubjectId(id.into_bytes())))
    }

    /// The made-up people.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn trial_subjects(&self) -> Result<Vec<SubjectId>, StoreError> {
        // Written as a comparison with a parameter: the engines differ in how a truth value is written.
        const SQL: &str = "SELECT id FROM subject WHERE trial = $1";
        let found: Vec<Uuid> = reading!(self, pool => sqlx::query_scalar(SQL).bind(true).fetch_all(pool).await)?;
        Ok(found.into_iter().map(|id| SubjectId(id.into_bytes())).collect())
    }
}

impl Edit {
    /// Makes somebody up.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_trial_subject(&mut self, subject: SubjectId, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO subject (id, trial, created_at, seen_at) VALUES ($1, $2, $3, $3)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(true)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Gives somebody made up a name, sealed.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_trial_name(&mut self, subject: SubjectId, name: &[u8]) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE subject SET name = $3 WHERE trial = $1 AND id = $2";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(true)
                .bind(Uuid::from_bytes(subject.0))
                .bind(name)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Gives somebody made up a role.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_trial_grant(
        &mut self,
        subject: SubjectId,
        role: Role,
        organisation: Option<OrganisationId>,
        station: Option<Code>,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO role_grant (id, subject, role, organisation, station, granted_at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::now_v7())
                .bind(Uuid::from_bytes(subject.0))
                .bind(role.code())
                .bind(organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(station.as_ref().map(Code::as_str))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Writes a link.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_trial_link(
        &mut self,
        subject: SubjectId,
        token_hash: &[u8; 32],
        expires_at: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO trial_link (token_hash, subject, expires_at) VALUES ($1, $2, $3)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(&token_hash[..])
                .bind(Uuid::from_bytes(subject.0))
                .bind(expires_at)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Uses a link up; `None` when somebody was first, or there is none.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn use_trial_link(
        &mut self,
        token_hash: &[u8; 32],
        now: Millis,
    ) -> Result<Option<SubjectId>, StoreError> {
        const SQL: &str = "UPDATE trial_link SET used_at = $2 \
             WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING subject";
        let used: Option<Uuid> = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(&token_hash[..]).bind(now).fetch_optional(connection).await
        })?;
        Ok(used.map(|id| SubjectId(id.into_bytes())))
    }

    /// Takes somebody out who was made up.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn remove_trial_subject(&mut self, subject: SubjectId) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query("DELETE FROM subject WHERE trial = $1 AND id = $2")
                .bind(true)
                .bind(Uuid::from_bytes(subject.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Takes everybody out who was made up, with sessions, roles and links.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn remove_trial_subjects(&mut self) -> Result<u64, StoreError> {
        // A membership outlives an account; one that was made up must not be counted.
        const MEMBERSHIPS: &str = "DELETE FROM membership WHERE subject IN (SELECT id FROM subject WHERE trial = $1)";
        let removed = writing!(self, connection => {
            sqlx::query(MEMBERSHIPS).bind(true).execute(&mut *connection).await?;
            sqlx::query("DELETE FROM subject WHERE trial = $1")
                .bind(true)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(removed)
    }
}
