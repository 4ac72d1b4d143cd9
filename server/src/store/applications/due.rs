//! What the program does by itself: applications past their date, drafts that wait or are forgotten.

use super::{
    KeptApplication,
    row::{COLUMNS, Row, kept},
};
use crate::store::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{ApplicationId, OrganisationId},
    time::Millis,
};
use uuid::Uuid;

/// An application whose owner did not decide, or is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// Which.
    pub id: ApplicationId,
    /// Its owner.
    pub owner: OrganisationId,
    /// What stands above the owner, also of one that is dissolved.
    pub parent: Option<OrganisationId>,
}

impl Store {
    /// Applications to join past their date, and those whose owner was dissolved; transfers go up in their own way. By id, from the one after `after`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn overdue_applications(
        &self,
        after: ApplicationId,
        now: Millis,
        limit: i32,
    ) -> Result<Vec<Overdue>, StoreError> {
        const SQL: &str = "SELECT application.id, application.owner, organisation.parent FROM application \
             JOIN organisation ON organisation.id = application.owner WHERE application.id > $1 AND \
             application.state IN ('submitted', 'needs_info') AND application.kind = 'join' AND \
             ((application.state = 'submitted' AND application.due_at < $2) OR organisation.dissolved_at IS NOT NULL) \
             ORDER BY application.id LIMIT $3";
        let rows: Vec<(Uuid, Uuid, Option<Uuid>)> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(after.0)).bind(now).bind(limit).fetch_all(pool).await
        })?;
        let overdue = |(id, owner, parent): (Uuid, Uuid, Option<Uuid>)| Overdue {
            id: ApplicationId(id.into_bytes()),
            owner: OrganisationId(owner.into_bytes()),
            parent: parent.map(|parent| OrganisationId(parent.into_bytes())),
        };
        Ok(rows.into_iter().map(overdue).collect())
    }

    /// Applications to join that were asked back and not answered since a moment; by id, from the one after `after`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn unanswered_applications(
        &self,
        after: ApplicationId,
        before: Millis,
        limit: i32,
    ) -> Result<Vec<ApplicationId>, StoreError> {
        const SQL: &str = "SELECT id FROM application WHERE id > $1 AND state = 'needs_info' AND kind = 'join' \
             AND changed_at < $2 ORDER BY id LIMIT $3";
        let rows: Vec<Uuid> = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(after.0)).bind(before).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|id| ApplicationId(id.into_bytes())).collect())
    }

    /// Drafts that were sent and nobody took; by id, from the one after `after`.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn waiting_drafts(&self, after: ApplicationId, limit: i32) -> Result<Vec<KeptApplication>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM application WHERE state = 'draft' AND route IS NOT NULL AND id > $1 ORDER BY id LIMIT $2"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(after.0)).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(kept).collect()
    }
}

impl Edit {
    /// Gives an application to another organisation, with a new date, while it is still with `from`; says whether it
    /// was.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn escalate_application(
        &mut self,
        id: ApplicationId,
        from: OrganisationId,
        to: OrganisationId,
        due_at: Millis,
        route: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET owner = $3, due_at = $4, route = $5, escalations = escalations + 1, \
             changed_at = $6, version = version + 1 \
             WHERE id = $1 AND owner = $2 AND state IN ('submitted', 'needs_info')";
        let moved = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(from.0))
                .bind(Uuid::from_bytes(to.0))
                .bind(due_at)
                .bind(route)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(moved > 0)
    }

    /// A draft waits for nobody any more: its owner was told. Says whether it waited.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn waits_no_more(&mut self, id: ApplicationId) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET route = NULL WHERE id = $1 AND state = 'draft' AND route IS NOT NULL";
        let told = writing!(self, connection => {
            sqlx::query(SQL).bind(Uuid::from_bytes(id.0)).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(told > 0)
    }

    /// Deletes drafts that nobody touched since a moment.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_drafts(&mut self, before: Millis) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM application WHERE state = 'draft' AND changed_at < $1";
        Ok(writing!(self, connection => {
            sqlx::query(SQL).bind(before).execute(connection).await.map(|done| done.rows_affected())
        })?)
    }
}
