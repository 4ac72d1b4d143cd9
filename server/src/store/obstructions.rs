//! Reports of employers who obstruct joining: everything that says which employer lies sealed.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{ObstructionId, OrganisationId, SubjectId},
    founding::ObstructionStage,
    time::Millis,
};
use uuid::Uuid;

/// A report as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObstructionKept {
    /// Which.
    pub id: ObstructionId,
    /// Whose.
    pub subject: SubjectId,
    /// 登记号.
    pub number: String,
    /// GB/T 2260 of the county.
    pub adcode: u32,
    /// 愿意被联系.
    pub contact: bool,
    /// How far it is.
    pub stage: ObstructionStage,
    /// Who has it; none while nobody takes it.
    pub owner: Option<OrganisationId>,
    /// Done by then.
    pub due_at: Option<Millis>,
    /// When it was sent.
    pub created_at: Millis,
    /// Counts changes.
    pub version: i32,
}

/// Words under the worker's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObstructionWords {
    /// The row's id, to which the ciphertext is bound.
    pub id: [u8; 16],
    /// `unit`, `what` or `done`.
    pub part: String,
    /// The ciphertext.
    pub words: Vec<u8>,
    /// When.
    pub at: Millis,
}

type Row = (Uuid, Uuid, String, i32, bool, String, Option<Uuid>, Option<Millis>, Millis, i32);

const COLUMNS: &str = "id, subject, number, adcode, contact, stage, owner, due_at, created_at, version";

fn kept(row: Row) -> Result<ObstructionKept, StoreError> {
    let (id, subject, number, adcode, contact, stage, owner, due_at, created_at, version) = row;
    let wrong = |column| StoreError::Corrupt { code: format!("obstruction {id}"), column };
    Ok(ObstructionKept {
        id: ObstructionId(id.into_bytes()),
        subject: SubjectId(subject.into_bytes()),
        number,
        adcode: u32::try_from(adcode).map_err(|_| wrong("adcode"))?,
        contact,
        stage: ObstructionStage::parse(&stage).ok_or_else(|| wrong("stage"))?,
        owner: owner.map(|id| OrganisationId(id.into_bytes())),
        due_at,
        created_at,
        version,
    })
}

fn uuid(bytes: [u8; 16]) -> Uuid {
    Uuid::from_bytes(bytes)
}

impl Store {
    /// One report.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn obstruction(&self, id: ObstructionId) -> Result<Option<ObstructionKept>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM obstruction WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(uuid(id.0)).fetch_optional(pool).await
        })?;
        row.map(kept).transpose()
    }

    /// Somebody's own, newest first, at most 50.
    ///
    /// # Errors
    /// As [`Store::obstruction`].
    pub async fn obstructions_of(&self, subject: SubjectId) -> Result<Vec<ObstructionKept>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM obstruction WHERE subject = $1 ORDER BY created_at DESC, id DESC LIMIT 50");
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(uuid(subject.0)).fetch_all(pool).await
        })?;
        rows.into_iter().map(kept).collect()
    }

    /// Those that nobody takes yet, and those that are overdue.
    ///
    /// # Errors
    /// As [`Store::obstruction`].
    pub async fn obstructions_to_move(&self, now: Millis) -> Result<Vec<ObstructionKept>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM obstruction WHERE stage <> 'done' AND (owner IS NULL OR due_at < $1) \
             ORDER BY created_at, id LIMIT 1000"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(now).fetch_all(pool).await
        })?;
        rows.into_iter().map(kept).collect()
    }

    /// The employer's own unions, as they were known when it was sent.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn obstruction_kept_from(&self, id: ObstructionId) -> Result<Vec<OrganisationId>, StoreError> {
        const SQL: &str = "SELECT organisation FROM obstruction_kept_from WHERE obstruction = $1";
        let rows: Vec<Uuid> = reading!(self, pool => sqlx::query_scalar(SQL).bind(uuid(id.0)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|id| OrganisationId(id.into_bytes())).collect())
    }

    /// Its words, oldest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn obstruction_words(&self, id: ObstructionId) -> Result<Vec<ObstructionWords>, StoreError> {
        const SQL: &str =
            "SELECT id, part, words, at FROM obstruction_words WHERE obstruction = $1 ORDER BY at, id LIMIT 100";
        let rows: Vec<(Uuid, String, Vec<u8>, Millis)> =
            reading!(self, pool => sqlx::query_as(SQL).bind(uuid(id.0)).fetch_all(pool).await)?;
        let words = |(id, part, words, at): (Uuid, String, Vec<u8>, Millis)| ObstructionWords {
            id: id.into_bytes(),
            part,
            words,
            at,
        };
        Ok(rows.into_iter().map(words).collect())
    }
}

impl Edit {
    /// Keeps a report, and whom it is kept from, unless it is there. Says whether it was not.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_obstruction(
        &mut self,
        one: &ObstructionKept,
        kept_from: &[OrganisationId],
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO obstruction (id, subject, number, adcode, contact, stage, owner, due_at, \
             created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT (id) DO NOTHING";
        const FROM: &str = "INSERT INTO obstruction_kept_from (obstruction, organisation) VALUES ($1, $2)";
        writing!(self, connection => {
            let made = sqlx::query(SQL)
                .bind(uuid(one.id.0))
                .bind(uuid(one.subject.0))
                .bind(&one.number)
                .bind(i32::try_from(one.adcode).unwrap_or(i32::MAX))
                .bind(one.contact)
                .bind(one.stage.code())
                .bind(one.owner.map(|id| uuid(id.0)))
                .bind(one.due_at)
                .bind(one.created_at)
                .execute(&mut *connection)
                .await?;
            if made.rows_affected() == 0 {
                return Ok(false);
            }
            for organisation in kept_from {
                sqlx::query(FROM)
                    .bind(uuid(one.id.0))
                    .bind(uuid(organisation.0))
                    .execute(&mut *connection)
                    .await?;
            }
        });
        Ok(true)
    }

    /// Keeps words under the worker's key. `actor`: the officer who wrote them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_obstruction_words(
        &mut self,
        obstruction: ObstructionId,
        subject: SubjectId,
        words: &ObstructionWords,
        actor: Option<SubjectId>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO obstruction_words (id, obstruction, subject, part, actor, words, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(uuid(words.id))
                .bind(uuid(obstruction.0))
                .bind(uuid(subject.0))
                .bind(&words.part)
                .bind(actor.map(|actor| uuid(actor.0)))
                .bind(&words.words)
                .bind(words.at)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Says how far a report is. Says whether it was open.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn stage_obstruction(
        &mut self,
        id: ObstructionId,
        stage: ObstructionStage,
        by: SubjectId,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE obstruction SET stage = $2, decided_by = $3, changed_at = $4, \
             due_at = CASE WHEN $2 = 'done' THEN NULL ELSE due_at END, version = version + 1 \
             WHERE id = $1 AND stage <> 'done'";
        let changed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(uuid(id.0))
                .bind(stage.code())
                .bind(uuid(by.0))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(changed > 0)
    }
}
