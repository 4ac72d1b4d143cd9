//! Applications: what somebody fills in, sends, and what becomes of it.

mod bound;
mod due;
mod kept_from;
mod links;
mod own_hashes;
mod prepared;
mod row;
mod sent;

pub use bound::Bound;
pub use due::Overdue;
pub use links::KeptLink;
pub use own_hashes::KnownBy;
pub use prepared::{KeptPreparation, NewPreparation};
pub use row::KeptApplication;
pub use sent::{ApplicationEvent, Hashes, Sending};

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{ApplicationId, SubjectId},
    membership::Screen,
    time::Millis,
};
use row::{COLUMNS, Row, kept};
use uuid::Uuid;

const OPEN: &str = "state IN ('draft', 'submitted', 'needs_info')";

impl Store {
    /// The application of a person that is open: a draft, or with somebody. There is at most one.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn open_application(&self, subject: SubjectId) -> Result<Option<KeptApplication>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM application WHERE subject = $1 AND {OPEN}");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).fetch_optional(pool).await
        })?;
        row.map(kept).transpose()
    }

    /// The applications that a person sent, newest first.
    ///
    /// # Errors
    /// As [`Store::open_application`].
    pub async fn sent_applications(&self, subject: SubjectId) -> Result<Vec<KeptApplication>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM application WHERE subject = $1 AND submitted_at IS NOT NULL \
             ORDER BY submitted_at DESC, id DESC LIMIT 100"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).fetch_all(pool).await
        })?;
        rows.into_iter().map(kept).collect()
    }

    /// One application, whoever's it is.
    ///
    /// # Errors
    /// As [`Store::open_application`].
    pub async fn application(&self, id: ApplicationId) -> Result<Option<KeptApplication>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM application WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        row.map(kept).transpose()
    }
}

impl Edit {
    /// The open application of a person, locked until the end of the transaction.
    ///
    /// # Errors
    /// As [`Store::open_application`].
    pub async fn open_application(&mut self, subject: SubjectId) -> Result<Option<KeptApplication>, StoreError> {
        let sql = format!("UPDATE application SET version = version WHERE subject = $1 AND {OPEN} RETURNING {COLUMNS}");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).fetch_optional(connection).await
        })?;
        row.map(kept).transpose()
    }

    /// One application, locked until the end of the transaction.
    ///
    /// # Errors
    /// As [`Store::open_application`].
    pub async fn application(&mut self, id: ApplicationId) -> Result<Option<KeptApplication>, StoreError> {
        let sql = format!("UPDATE application SET version = version WHERE id = $1 RETURNING {COLUMNS}");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(connection).await
        })?;
        row.map(kept).transpose()
    }

    /// Begins a draft, unless the person has an open application: then nothing is written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn begin_draft(
        &mut self,
        id: ApplicationId,
        subject: SubjectId,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO application (id, subject, state, created_at, changed_at) \
             VALUES ($1, $2, 'draft', $3, $3) \
             ON CONFLICT (subject) WHERE state IN ('draft', 'submitted', 'needs_info') DO NOTHING";
        let begun = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(subject.0))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(begun > 0)
    }

    /// Writes what a draft says, while it is one; says whether it was.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_draft(&mut self, draft: &KeptApplication, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET kind = $2, lane = $3, name = $4, id_type = $5, id_number = $6, \
             occupation = $7, enterprise = $8, unit = $9, chosen = $10, adcode = $11, town = $12, entry = $13, \
             screen = $14, helper = $15, route = $16, changed_at = $17, version = version + 1 \
             WHERE id = $1 AND state = 'draft'";
        let put = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(draft.id.0))
                .bind(draft.kind.map(domain::membership::ApplicationKind::code))
                .bind(draft.lane.map(domain::membership::Lane::code))
                .bind(&draft.name)
                .bind(draft.id_type.map(domain::account::IdType::code))
                .bind(&draft.id_number)
                .bind(&draft.occupation)
                .bind(draft.enterprise.map(|id| Uuid::from_bytes(id.0)))
                .bind(&draft.unit)
                .bind(draft.chosen.map(|id| Uuid::from_bytes(id.0)))
                .bind(draft.adcode.map(row::number))
                .bind(draft.town.map(|id| Uuid::from_bytes(id.0)))
                .bind(&draft.entry)
                .bind(draft.screen.map(Screen::code))
                .bind(draft.helper.map(|id| Uuid::from_bytes(id.0)))
                .bind(&draft.route)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(put > 0)
    }

    /// Deletes the draft of a person; says whether there was one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn delete_draft(&mut self, subject: SubjectId) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM application WHERE subject = $1 AND state = 'draft'";
        let gone = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(gone > 0)
    }
}
