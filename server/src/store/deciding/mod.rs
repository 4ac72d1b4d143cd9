//! Applications as officers decide them: the queue, other records of the same person, decisions on a version.

mod likely;
mod queue;

pub use likely::{LikelyRow, RulingRow, likely_sql};
pub use queue::{QueueOf, Roots, WaitingAt, queue_sql, waiting_sql};

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{ApplicationId, GrantId, OrganisationId, SubjectId},
    membership::{ApplicationKind, ApplicationState, Lane},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

/// An application as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidingRow {
    /// Which.
    pub id: ApplicationId,
    /// Whose; none once the account is gone.
    pub subject: Option<SubjectId>,
    /// Its state.
    pub state: ApplicationState,
    /// What for.
    pub kind: ApplicationKind,
    /// The lane.
    pub lane: Option<Lane>,
    /// Sealed.
    pub name: Option<Vec<u8>>,
    /// The code of the document's type.
    pub id_type: Option<String>,
    /// Sealed.
    pub id_number: Option<Vec<u8>>,
    /// The identity service's person.
    pub person_hash: Option<Vec<u8>>,
    /// Type and number.
    pub id_hash: Option<Vec<u8>>,
    /// Name and mobile.
    pub name_mobile_hash: Option<Vec<u8>>,
    /// The code of the occupation.
    pub occupation: Option<String>,
    /// The occupation in words.
    pub occupation_name: Option<String>,
    /// Platform or unit, of the list.
    pub enterprise: Option<[u8; 16]>,
    /// Its name.
    pub enterprise_name: Option<String>,
    /// What was typed instead; sealed.
    pub unit: Option<Vec<u8>>,
    /// GB/T 2260 of the usual place.
    pub adcode: Option<u32>,
    /// The union of the street.
    pub town: Option<OrganisationId>,
    /// The link it began with.
    pub entry: Option<String>,
    /// 登记号.
    pub number: Option<String>,
    /// Who decides.
    pub owner: Option<OrganisationId>,
    /// By when.
    pub due_at: Option<Millis>,
    /// How it came there.
    pub route: Option<String>,
    /// When it was sent.
    pub submitted_at: Option<Millis>,
    /// When it was decided.
    pub decided_at: Option<Millis>,
    /// 批准机关.
    pub authority: Option<String>,
    /// Sealed.
    pub reason: Option<Vec<u8>>,
    /// Sealed.
    pub answer: Option<Vec<u8>>,
    /// Whether somebody filled it in for the applicant.
    pub is_helped: bool,
    /// Counts changes.
    pub version: i64,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    subject: Option<Uuid>,
    state: String,
    kind: Option<String>,
    lane: Option<String>,
    name: Option<Vec<u8>>,
    id_type: Option<String>,
    id_number: Option<Vec<u8>>,
    person_hash: Option<Vec<u8>>,
    id_hash: Option<Vec<u8>>,
    name_mobile_hash: Option<Vec<u8>>,
    occupation: Option<String>,
    occupation_name: Option<String>,
    enterprise: Option<Uuid>,
    enterprise_name: Option<String>,
    unit: Option<Vec<u8>>,
    adcode: Option<i32>,
    town: Option<Uuid>,
    entry: Option<String>,
    number: Option<String>,
    owner: Option<Uuid>,
    due_at: Option<Millis>,
    route: Option<String>,
    submitted_at: Option<Millis>,
    decided_at: Option<Millis>,
    authority: Option<String>,
    reason: Option<Vec<u8>>,
    answer: Option<Vec<u8>>,
    helper: Option<Uuid>,
    version: i32,
}

const COLUMNS: &str = "application.id, subject, state, application.kind, lane, application.name, id_type, id_number, \
     person_hash, id_hash, name_mobile_hash, application.occupation, occupation.name AS occupation_name, \
     application.enterprise, enterprise.name AS enterprise_name, unit, application.adcode, town, entry, number, owner, \
     due_at, route, submitted_at, decided_at, authority, reason, answer, helper, version";
const JOINED: &str = "application LEFT JOIN occupation ON occupation.code = application.occupation \
     LEFT JOIN enterprise ON enterprise.id = application.enterprise";

/// Whether a row of `application`, by its name in the statement, waits: as the index has it.
fn waits(name: &str) -> String {
    format!("{name}.state IN ('submitted', 'needs_info')")
}

const fn organisation(id: Uuid) -> OrganisationId {
    OrganisationId(id.into_bytes())
}

fn deciding(row: Row) -> Result<DecidingRow, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: format!("application {}", row.id), column };
    Ok(DecidingRow {
        id: ApplicationId(row.id.into_bytes()),
        subject: row.subject.map(|id| SubjectId(id.into_bytes())),
        state: ApplicationState::parse(&row.state).ok_or_else(|| wrong("state"))?,
        kind: row.kind.as_deref().and_then(ApplicationKind::parse).unwrap_or(ApplicationKind::Join),
        lane: row.lane.as_deref().and_then(Lane::parse),
        adcode: row.adcode.map(|adcode| u32::try_from(adcode).map_err(|_| wrong("adcode"))).transpose()?,
        name: row.name,
        id_type: row.id_type,
        id_number: row.id_number,
        person_hash: row.person_hash,
        id_hash: row.id_hash,
        name_mobile_hash: row.name_mobile_hash,
        occupation: row.occupation,
        occupation_name: row.occupation_name,
        enterprise: row.enterprise.map(Uuid::into_bytes),
        enterprise_name: row.enterprise_name,
        unit: row.unit,
        town: row.town.map(organisation),
        entry: row.entry,
        number: row.number,
        owner: row.owner.map(organisation),
        due_at: row.due_at,
        route: row.route,
        submitted_at: row.submitted_at,
        decided_at: row.decided_at,
        authority: row.authority,
        reason: row.reason,
        answer: row.answer,
        is_helped: row.helper.is_some(),
        version: i64::from(row.version),
    })
}

/// How a decision leaves an application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided<'a> {
    /// When it was decided; `None` while it stays open.
    pub decided_at: Option<Millis>,
    /// By whom.
    pub decided_by: Option<SubjectId>,
    /// 批准机关.
    pub authority: Option<&'a str>,
    /// What the applicant reads, sealed.
    pub reason: Option<&'a [u8]>,
}

impl Store {
    /// How the engine would answer a statement, in its own words; what is bound stands in for nothing. For tests. With
    /// `as_if_large` `PostgreSQL` looks through no table that an index answers for: what it would do with the few rows
    /// of a test says nothing of many.
    ///
    /// # Errors
    /// The database does not answer, or does not know the statement.
    pub async fn generic_plan(&self, sql: &str, as_if_large: bool) -> Result<String, StoreError> {
        let lines: Vec<String> = match &self.engine {
            super::Engine::Sqlite { reader, .. } => {
                let sql = format!("EXPLAIN QUERY PLAN {sql}");
                let rows: Vec<(i64, i64, i64, String)> =
                    sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(reader).await?;
                rows.into_iter().map(|(_, _, _, line)| line).collect()
            }
            super::Engine::Postgres(pool) => {
                // Before version 16 only a prepared statement has a plan without values.
                let places = (1..=99).take_while(|place| sql.contains(&format!("${place}"))).count();
                let values = vec!["NULL"; places].join(", ");
                let execute = if places == 0 { "looked_at".to_owned() } else { format!("looked_at ({values})") };
                let mut transaction = pool.begin().await?;
                for step in [
                    "SET LOCAL plan_cache_mode = force_generic_plan",
                    if as_if_large { "SET LOCAL enable_seqscan = off" } else { "SELECT 1" },
                    &format!("PREPARE looked_at AS {sql}"),
                ] {
                    sqlx::raw_sql(sqlx::AssertSqlSafe(step.to_owned())).execute(&mut *transaction).await?;
                }
                let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("EXPLAIN EXECUTE {execute}")))
                    .fetch_all(&mut *transaction)
                    .await?;
                sqlx::raw_sql("DEALLOCATE looked_at").execute(&mut *transaction).await?;
                transaction.rollback().await?;
                rows.into_iter().map(|row| sqlx::Row::get(&row, 0)).collect()
            }
        };
        Ok(lines.join("\n"))
    }

    /// One application that was sent.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn application_to_decide(&self, id: ApplicationId) -> Result<Option<DecidingRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {JOINED} WHERE application.id = $1 AND state <> 'draft'");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        row.map(deciding).transpose()
    }

    /// What happened to an application: kind, organisation, when.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn application_history(
        &self,
        id: ApplicationId,
    ) -> Result<Vec<(String, Option<OrganisationId>, Millis)>, StoreError> {
        const SQL: &str = "SELECT kind, organisation, at FROM application_event WHERE application = $1 ORDER BY at, id";
        let rows: Vec<(String, Option<Uuid>, Millis)> =
            reading!(self, pool => sqlx::query_as(SQL).bind(Uuid::from_bytes(id.0)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|(kind, at, when)| (kind, at.map(organisation), when)).collect())
    }

    /// The 会员编号 that came of an application.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn member_number_of(&self, id: ApplicationId) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT number FROM membership WHERE application = $1";
        Ok(reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?)
    }

    /// Occupations that are offered: code and word.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn occupation_words(&self) -> Result<Vec<(String, String)>, StoreError> {
        const SQL: &str = "SELECT code, name FROM occupation WHERE retired_at IS NULL ORDER BY position, code";
        Ok(reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
    }

    /// An organisation and those above it, dissolved ones too, the nearest first: id and whether it is there.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn way_up(&self, id: OrganisationId) -> Result<Vec<(OrganisationId, bool)>, StoreError> {
        const SQL: &str = "WITH RECURSIVE up (id, parent, gone, depth) AS (\
             SELECT id, parent, dissolved_at, 0 FROM organisation WHERE id = $1 \
             UNION ALL SELECT above.id, above.parent, above.dissolved_at, up.depth + 1 FROM organisation AS above \
             JOIN up ON above.id = up.parent WHERE up.depth < 16) SELECT id, gone FROM up ORDER BY depth";
        let rows: Vec<(Uuid, Option<Millis>)> =
            reading!(self, pool => sqlx::query_as(SQL).bind(Uuid::from_bytes(id.0)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|(id, gone)| (organisation(id), gone.is_none())).collect())
    }
}

impl Edit {
    /// Puts an application as it was sent, without the screens before it: for tests and measuring.
    ///
    /// # Errors
    /// The database does not answer, or the person has an open one.
    pub async fn put_sent_application(&mut self, row: &DecidingRow) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO application (id, subject, state, kind, lane, name, id_type, id_number, \
             person_hash, id_hash, name_mobile_hash, occupation, unit, adcode, number, owner, due_at, route, \
             submitted_at, created_at, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
             $13, $14, $15, $16, $17, $18, $19, $19, $19, 1)";
        let uuid = |id: [u8; 16]| Uuid::from_bytes(id);
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(uuid(row.id.0))
                .bind(row.subject.map(|id| uuid(id.0)))
                .bind(row.state.code())
                .bind(row.kind.code())
                .bind(row.lane.map(Lane::code))
                .bind(row.name.as_deref())
                .bind(row.id_type.as_deref())
                .bind(row.id_number.as_deref())
                .bind(row.person_hash.as_deref())
                .bind(row.id_hash.as_deref())
                .bind(row.name_mobile_hash.as_deref())
                .bind(row.occupation.as_deref())
                .bind(row.unit.as_deref())
                .bind(row.adcode.and_then(|adcode| i32::try_from(adcode).ok()))
                .bind(row.number.as_deref())
                .bind(row.owner.map(|id| uuid(id.0)))
                .bind(row.due_at)
                .bind(row.route.as_deref())
                .bind(row.submitted_at.unwrap_or_default())
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Which roles of a person still count, inside this transaction: one that was taken back meanwhile decides nothing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn live_grants(&mut self, subject: SubjectId) -> Result<Vec<GrantId>, StoreError> {
        const SQL: &str = "SELECT id FROM role_grant WHERE subject = $1 AND revoked_at IS NULL";
        let ids: Vec<Uuid> = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(subject.0)).fetch_all(connection).await
        })?;
        Ok(ids.into_iter().map(|id| GrantId(id.into_bytes())).collect())
    }

    /// Whether an organisation is there, inside this transaction.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn organisation_is_there(&mut self, id: OrganisationId) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM organisation WHERE id = $1 AND dissolved_at IS NULL";
        let count: i64 = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(id.0)).fetch_one(connection).await
        })?;
        Ok(count > 0)
    }

    /// Moves an application that waits to a state, if it is still the version that was shown. Says whether it was.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn decide_application(
        &mut self,
        id: ApplicationId,
        version: i64,
        to: ApplicationState,
        decided: &Decided<'_>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET state = $3, decided_at = $4, decided_by = $5, authority = $6, \
             reason = COALESCE($7, reason), changed_at = $8, version = version + 1 \
             WHERE id = $1 AND version = $2 AND state IN ('submitted', 'needs_info')";
        let changed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(version)
                .bind(to.code())
                .bind(decided.decided_at)
                .bind(decided.decided_by.map(|by| Uuid::from_bytes(by.0)))
                .bind(decided.authority)
                .bind(decided.reason)
                .bind(now)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(changed == 1)
    }

    /// Gives an application that waits to another organisation, if it is still that version.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn hand_on(
        &mut self,
        id: ApplicationId,
        version: i64,
        to: OrganisationId,
        due_at: Millis,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET owner = $3, due_at = $4, changed_at = $5, version = version + 1 \
             WHERE id = $1 AND version = $2 AND state IN ('submitted', 'needs_info')";
        let changed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(version)
                .bind(Uuid::from_bytes(to.0))
                .bind(due_at)
                .bind(now)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(changed == 1)
    }

    /// Opens an application again that a merge had closed, unless the person has another open one. Says whether it did.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn reopen_application(
        &mut self,
        id: ApplicationId,
        version: i64,
        due_at: Millis,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE application SET state = 'submitted', decided_at = NULL, decided_by = NULL, \
             authority = NULL, reason = NULL, due_at = $3, changed_at = $4, version = version + 1 \
             WHERE id = $1 AND version = $2 AND state = 'rejected' AND NOT EXISTS (SELECT 1 FROM application AS other \
             WHERE other.subject = application.subject AND other.id <> application.id \
             AND other.state IN ('draft', 'submitted', 'needs_info'))";
        let changed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(version)
                .bind(due_at)
                .bind(now)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(changed == 1)
    }

    /// Keeps what an officer said about another record; a merge may name the membership that stays.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_ruling(
        &mut self,
        id: ApplicationId,
        other: [u8; 16],
        merged_into: Option<Option<[u8; 16]>>,
        by: Option<SubjectId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO duplicate_ruling (id, application, other, ruling, kept, ruled_by, ruled_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::now_v7())
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(other))
                .bind(if merged_into.is_some() { "merged" } else { "different" })
                .bind(merged_into.flatten().map(Uuid::from_bytes))
                .bind(by.map(|by| Uuid::from_bytes(by.0)))
                .bind(now)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Takes the merges of an application back.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn undo_merges(
        &mut self,
        id: ApplicationId,
        by: Option<SubjectId>,
        now: Millis,
    ) -> Result<u64, StoreError> {
        const SQL: &str = "UPDATE duplicate_ruling SET undone_by = $2, undone_at = $3 \
             WHERE application = $1 AND ruling = 'merged' AND undone_at IS NULL";
        Ok(writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(by.map(|by| Uuid::from_bytes(by.0)))
                .bind(now)
                .execute(connection)
                .await?
                .rows_affected()
        }))
    }
}
