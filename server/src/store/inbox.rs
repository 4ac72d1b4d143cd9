//! Notices and consents.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{NoticeId, SubjectId},
    ports::ConsentFor,
    time::Millis,
};
use uuid::Uuid;

/// A notice as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNotice {
    /// Which.
    pub id: NoticeId,
    /// Title, text and link as JSON, sealed.
    pub words: Vec<u8>,
    /// When.
    pub created_at: Millis,
    /// When it was read.
    pub read_at: Option<Millis>,
}

type NoticeRow = (Uuid, Vec<u8>, Millis, Option<Millis>);

fn notice((id, words, created_at, read_at): NoticeRow) -> KeptNotice {
    KeptNotice { id: NoticeId(id.into_bytes()), words, created_at, read_at }
}

/// A consent that was given and not withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptConsent {
    /// For what.
    pub purpose: ConsentFor,
    /// To which version of the text.
    pub version: i32,
    /// When.
    pub given_at: Millis,
}

impl Store {
    /// A person's notices, the newest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn notices_of(&self, subject: SubjectId, limit: i64) -> Result<Vec<KeptNotice>, StoreError> {
        const SQL: &str = "SELECT id, words, created_at, read_at FROM notice WHERE subject = $1 \
             ORDER BY created_at DESC, id DESC LIMIT $2";
        let rows: Vec<NoticeRow> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(subject.0)).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(notice).collect())
    }

    /// One notice of a person.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn notice(&self, subject: SubjectId, id: NoticeId) -> Result<Option<KeptNotice>, StoreError> {
        const SQL: &str = "SELECT id, words, created_at, read_at FROM notice WHERE id = $1 AND subject = $2";
        let row: Option<NoticeRow> = reading!(self, pool => {
            sqlx::query_as(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(subject.0))
                .fetch_optional(pool)
                .await
        })?;
        Ok(row.map(notice))
    }

    /// How many notices a person has not read.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn unread_of(&self, subject: SubjectId) -> Result<u32, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM notice WHERE subject = $1 AND read_at IS NULL";
        let count: i64 = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(subject.0)).fetch_one(pool).await
        })?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The consents that a person has given and not withdrawn. What this program no longer asks for is left out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn consents_of(&self, subject: SubjectId) -> Result<Vec<KeptConsent>, StoreError> {
        const SQL: &str = "SELECT purpose, version, given_at FROM consent WHERE subject = $1 AND withdrawn_at IS NULL \
             ORDER BY given_at";
        let rows: Vec<(String, i32, Millis)> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(subject.0)).fetch_all(pool).await
        })?;
        Ok(rows
            .into_iter()
            .filter_map(|(purpose, version, given_at)| {
                ConsentFor::parse(&purpose).map(|purpose| KeptConsent { purpose, version, given_at })
            })
            .collect())
    }
}

impl Edit {
    /// Puts a notice into an inbox.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_notice(
        &mut self,
        id: NoticeId,
        subject: SubjectId,
        kind: &str,
        words: &[u8],
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO notice (id, subject, kind, words, created_at) VALUES ($1, $2, $3, $4, $5)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(subject.0))
                .bind(kind)
                .bind(words)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Says that a notice was read.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn read_notice(&mut self, subject: SubjectId, id: NoticeId, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE notice SET read_at = $3 WHERE id = $1 AND subject = $2 AND read_at IS NULL";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(subject.0))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Whether a person agrees to something.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_consent(&mut self, subject: SubjectId, purpose: ConsentFor) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM consent WHERE subject = $1 AND purpose = $2 AND withdrawn_at IS NULL";
        let count: i64 = writing!(self, connection => {
            sqlx::query_scalar(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(purpose.code())
                .fetch_one(connection)
                .await
        })?;
        Ok(count > 0)
    }

    /// Withdraws what was agreed to for a purpose; gives a new one where a version is named.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_consent(
        &mut self,
        subject: SubjectId,
        purpose: ConsentFor,
        version: Option<i32>,
        now: Millis,
    ) -> Result<(), StoreError> {
        const WITHDRAW: &str = "UPDATE consent SET withdrawn_at = $3 \
             WHERE subject = $1 AND purpose = $2 AND withdrawn_at IS NULL";
        const GIVE: &str = "INSERT INTO consent (id, subject, purpose, version, given_at) VALUES ($1, $2, $3, $4, $5)";
        writing!(self, connection => {
            let of = Uuid::from_bytes(subject.0);
            sqlx::query(WITHDRAW).bind(of).bind(purpose.code()).bind(now).execute(&mut *connection).await?;
            if let Some(version) = version {
                sqlx::query(GIVE)
                    .bind(Uuid::now_v7())
                    .bind(of)
                    .bind(purpose.code())
                    .bind(version)
                    .bind(now)
                    .execute(connection)
                    .await?;
            }
        });
        Ok(())
    }
}
