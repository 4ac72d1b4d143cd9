//! Requests for a union: what is asked, who joined, what happened.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{EnterpriseId, FoundingId, OrganisationId, SubjectId},
    founding::{FoundingOutcome, FoundingStage, UnionState},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A request as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundingKept {
    /// Which.
    pub id: FoundingId,
    /// Of its link.
    pub token: String,
    /// 登记号.
    pub number: String,
    /// The employer as it was written, and its key.
    pub unit: (String, String),
    /// GB/T 2260 of the county.
    pub adcode: u32,
    /// The employer in the list of enterprises.
    pub enterprise: Option<EnterpriseId>,
    /// About how many colleagues.
    pub colleagues: u32,
    /// Who started it.
    pub starter: Option<SubjectId>,
    /// How far it is.
    pub stage: FoundingStage,
    /// Who has it.
    pub owner: Option<OrganisationId>,
    /// First contact by then.
    pub due_at: Option<Millis>,
    /// What became of it.
    pub outcome: Option<FoundingOutcome>,
    /// Which organisation that is.
    pub organisation: Option<OrganisationId>,
    /// Why there is none.
    pub reason: Option<String>,
    /// Counts changes.
    pub version: i32,
    /// When it was started.
    pub created_at: Millis,
}

/// Words under the starter's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundingWords {
    /// The row's id, to which the ciphertext is bound.
    pub id: [u8; 16],
    /// Whose key.
    pub subject: SubjectId,
    /// Whether an officer wrote it.
    pub is_officer: bool,
    /// The ciphertext.
    pub words: Vec<u8>,
    /// When.
    pub at: Millis,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    token: String,
    number: String,
    unit: String,
    unit_key: String,
    adcode: i32,
    enterprise: Option<Uuid>,
    colleagues: i32,
    starter: Option<Uuid>,
    stage: String,
    owner: Option<Uuid>,
    due_at: Option<Millis>,
    outcome: Option<String>,
    organisation: Option<Uuid>,
    reason: Option<String>,
    version: i32,
    created_at: Millis,
}

const COLUMNS: &str = "id, token, number, unit, unit_key, adcode, enterprise, colleagues, starter, stage, owner, \
     due_at, outcome, organisation, reason, version, created_at";

fn kept(row: Row) -> Result<FoundingKept, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: format!("founding {}", row.id), column };
    let outcome = row.outcome.as_deref().map(|code| FoundingOutcome::parse(code).ok_or_else(|| wrong("outcome")));
    Ok(FoundingKept {
        id: FoundingId(row.id.into_bytes()),
        stage: FoundingStage::parse(&row.stage).ok_or_else(|| wrong("stage"))?,
        adcode: u32::try_from(row.adcode).map_err(|_| wrong("adcode"))?,
        outcome: outcome.transpose()?,
        token: row.token,
        number: row.number,
        unit: (row.unit, row.unit_key),
        enterprise: row.enterprise.map(|id| EnterpriseId(id.into_bytes())),
        colleagues: row.colleagues.unsigned_abs(),
        starter: row.starter.map(|id| SubjectId(id.into_bytes())),
        owner: row.owner.map(|id| OrganisationId(id.into_bytes())),
        due_at: row.due_at,
        organisation: row.organisation.map(|id| OrganisationId(id.into_bytes())),
        reason: row.reason,
        version: row.version,
        created_at: row.created_at,
    })
}

fn uuid(bytes: [u8; 16]) -> Uuid {
    Uuid::from_bytes(bytes)
}

fn number(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl Store {
    /// The request of a link.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn founding_by_token(&self, token: &str) -> Result<Option<FoundingKept>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM founding WHERE token = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(token).fetch_optional(pool).await
        })?;
        row.map(kept).transpose()
    }

    /// One request.
    ///
    /// # Errors
    /// As [`Store::founding_by_token`].
    pub async fn founding(&self, id: FoundingId) -> Result<Option<FoundingKept>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM founding WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(uuid(id.0)).fetch_optional(pool).await
        })?;
        row.map(kept).transpose()
    }

    /// The open requests of a unit at a place, oldest first, at most 50.
    ///
    /// # Errors
    /// As [`Store::founding_by_token`].
    pub async fn foundings_of_unit(&self, adcode: u32, key: &str) -> Result<Vec<FoundingKept>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM founding WHERE adcode = $1 AND unit_key = $2 \
             AND stage IN ('waiting', 'sent', 'contacted') ORDER BY created_at, id LIMIT 50"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(number(adcode)).bind(key).fetch_all(pool).await
        })?;
        rows.into_iter().map(kept).collect()
    }

    /// What somebody joined, newest first, at most 50.
    ///
    /// # Errors
    /// As [`Store::founding_by_token`].
    pub async fn foundings_of(&self, subject: SubjectId) -> Result<Vec<FoundingKept>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM founding WHERE id IN (SELECT founding FROM founding_member WHERE subject = $1) \
             ORDER BY created_at DESC, id LIMIT 50"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(uuid(subject.0)).fetch_all(pool).await
        })?;
        rows.into_iter().map(kept).collect()
    }

    /// Those that wait for a union, and those that are overdue.
    ///
    /// # Errors
    /// As [`Store::founding_by_token`].
    pub async fn foundings_to_move(&self, now: Millis) -> Result<Vec<FoundingKept>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM founding WHERE stage = 'waiting' OR (due_at IS NOT NULL AND due_at < $1) \
             ORDER BY created_at, id LIMIT 1000"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(now).fetch_all(pool).await
        })?;
        rows.into_iter().map(kept).collect()
    }

    /// Who joined, and whether each agreed to be contacted; in no order that says who came first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn founding_members(&self, id: FoundingId) -> Result<Vec<(SubjectId, bool)>, StoreError> {
        const SQL: &str = "SELECT subject, contact FROM founding_member WHERE founding = $1 ORDER BY subject";
        let rows: Vec<(Uuid, bool)> =
            reading!(self, pool => sqlx::query_as(SQL).bind(uuid(id.0)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|(subject, contact)| (SubjectId(subject.into_bytes()), contact)).collect())
    }

    /// How many joined each of these, in their order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn founding_counts(&self, ids: &[FoundingId]) -> Result<Vec<u32>, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM founding_member WHERE founding = $1";
        let mut counts = Vec::with_capacity(ids.len());
        for id in ids {
            let count: i64 = reading!(self, pool => {
                sqlx::query_scalar(SQL).bind(uuid(id.0)).fetch_one(pool).await
            })?;
            counts.push(u32::try_from(count).unwrap_or(u32::MAX));
        }
        Ok(counts)
    }

    /// What starter and officers wrote, oldest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn founding_words(&self, id: FoundingId) -> Result<Vec<FoundingWords>, StoreError> {
        const SQL: &str =
            "SELECT id, subject, writer, words, at FROM founding_words WHERE founding = $1 ORDER BY at, id LIMIT 200";
        let rows: Vec<(Uuid, Uuid, String, Vec<u8>, Millis)> =
            reading!(self, pool => sqlx::query_as(SQL).bind(uuid(id.0)).fetch_all(pool).await)?;
        let words = |(id, subject, writer, words, at): (Uuid, Uuid, String, Vec<u8>, Millis)| FoundingWords {
            id: id.into_bytes(),
            subject: SubjectId(subject.into_bytes()),
            is_officer: writer == "officer",
            words,
            at,
        };
        Ok(rows.into_iter().map(words).collect())
    }
}

impl Edit {
    /// Starts a request, unless its starter has an open one of that unit at that place. Says whether it did.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_founding(&mut self, one: &FoundingKept) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO founding (id, token, number, unit, unit_key, adcode, enterprise, colleagues, \
             starter, stage, owner, due_at, created_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) ON CONFLICT DO NOTHING";
        let made = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(uuid(one.id.0))
                .bind(&one.token)
                .bind(&one.number)
                .bind(&one.unit.0)
                .bind(&one.unit.1)
                .bind(number(one.adcode))
                .bind(one.enterprise.map(|id| uuid(id.0)))
                .bind(number(one.colleagues))
                .bind(one.starter.map(|id| uuid(id.0)))
                .bind(one.stage.code())
                .bind(one.owner.map(|id| uuid(id.0)))
                .bind(one.due_at)
                .bind(one.created_at)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(made > 0)
    }

    /// Adds somebody, or says again whether they may be contacted.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn join_founding(
        &mut self,
        id: FoundingId,
        subject: SubjectId,
        contact: bool,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO founding_member (id, founding, subject, contact, joined_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (founding, subject) DO UPDATE SET contact = excluded.contact";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::now_v7())
                .bind(uuid(id.0))
                .bind(uuid(subject.0))
                .bind(contact)
                .bind(now)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Takes somebody out, with what they wrote and what was written to them. Nobody left: the request ends.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn leave_founding(&mut self, id: FoundingId, subject: SubjectId, now: Millis) -> Result<(), StoreError> {
        // Of every row, so that two who leave at once come one after the other: the last of them ends it.
        const STARTER: &str =
            "UPDATE founding SET starter = CASE WHEN starter = $2 THEN NULL ELSE starter END WHERE id = $1";
        const LEAVE: &str = "DELETE FROM founding_member WHERE founding = $1 AND subject = $2";
        const WORDS: &str = "DELETE FROM founding_words WHERE founding = $1 AND subject = $2";
        const END: &str = "UPDATE founding SET stage = 'left', due_at = NULL, changed_at = $2, version = version + 1 \
             WHERE id = $1 AND stage IN ('waiting', 'sent', 'contacted') \
             AND NOT EXISTS (SELECT 1 FROM founding_member WHERE founding = $1)";
        let ended = writing!(self, connection => {
            for sql in [STARTER, LEAVE, WORDS] {
                sqlx::query(sql).bind(uuid(id.0)).bind(uuid(subject.0)).execute(&mut *connection).await?;
            }
            sqlx::query(END).bind(uuid(id.0)).bind(now).execute(connection).await?.rows_affected()
        });
        if ended > 0 {
            self.put_event_of(id, "left", None, None, now).await?;
            self.set_union_by_founding(id, UnionState::None, now).await?;
        }
        Ok(())
    }

    /// Takes somebody out of all that they joined, as [`Edit::leave_founding`] does: the account goes.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn leave_all_foundings(&mut self, subject: SubjectId, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "SELECT founding FROM founding_member WHERE subject = $1 ORDER BY founding";
        let joined: Vec<Uuid> = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(uuid(subject.0)).fetch_all(connection).await
        })?;
        for founding in joined {
            self.leave_founding(FoundingId(founding.into_bytes()), subject, now).await?;
        }
        Ok(())
    }

    /// Says in the list of enterprises how far the employer of a request is. One that works everywhere is left alone:
    /// a request is of one county. So is what has a union; and without one ends only what was being prepared, where
    /// no other request still is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn set_union_by_founding(
        &mut self,
        id: FoundingId,
        union: UnionState,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE enterprise SET union_state = $2, changed_at = $3 \
             WHERE id = (SELECT enterprise FROM founding WHERE id = $1) AND adcode IS NOT NULL \
             AND union_state <> 'has_union' AND union_state <> $2 \
             AND ($2 <> 'none' OR union_state = 'preparing' AND NOT EXISTS (SELECT 1 FROM founding AS other \
             WHERE other.enterprise = enterprise.id AND other.id <> $1 AND other.stage = 'contacted'))";
        writing!(self, connection => {
            sqlx::query(SQL).bind(uuid(id.0)).bind(union.code()).bind(now).execute(connection).await.map(drop)
        })?;
        Ok(())
    }

    /// Says that the union has been in touch, and by when it has to be again. Says whether that was the first time.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn contact_founding(&mut self, id: FoundingId, due_at: Millis, now: Millis) -> Result<bool, StoreError> {
        const FIRST: &str = "UPDATE founding SET stage = 'contacted', due_at = $2, changed_at = $3, \
             version = version + 1 WHERE id = $1 AND stage = 'sent'";
        const AGAIN: &str = "UPDATE founding SET due_at = $2, changed_at = $3, version = version + 1 \
             WHERE id = $1 AND stage = 'contacted'";
        let first = writing!(self, connection => {
            let first =
                sqlx::query(FIRST).bind(uuid(id.0)).bind(due_at).bind(now).execute(&mut *connection).await?.rows_affected();
            if first == 0 {
                sqlx::query(AGAIN).bind(uuid(id.0)).bind(due_at).bind(now).execute(connection).await?;
            }
            first
        });
        Ok(first > 0)
    }

    /// Ends a request. Says whether it was open.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn conclude_founding(
        &mut self,
        id: FoundingId,
        (outcome, organisation, reason): (FoundingOutcome, Option<OrganisationId>, Option<&str>),
        by: SubjectId,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE founding SET stage = 'done', due_at = NULL, outcome = $2, organisation = $3, \
             reason = $4, decided_by = $5, changed_at = $6, version = version + 1 \
             WHERE id = $1 AND stage IN ('sent', 'contacted')";
        let ended = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(uuid(id.0))
                .bind(outcome.code())
                .bind(organisation.map(|id| uuid(id.0)))
                .bind(reason)
                .bind(uuid(by.0))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(ended > 0)
    }

    /// Keeps words under the starter's key. `actor`: the officer who wrote them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_founding_words(
        &mut self,
        founding: FoundingId,
        words: &FoundingWords,
        actor: Option<SubjectId>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO founding_words (id, founding, subject, writer, actor, words, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(uuid(words.id))
                .bind(uuid(founding.0))
                .bind(uuid(words.subject.0))
                .bind(if words.is_officer { "officer" } else { "starter" })
                .bind(actor.map(|actor| uuid(actor.0)))
                .bind(&words.words)
                .bind(words.at)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }
}
