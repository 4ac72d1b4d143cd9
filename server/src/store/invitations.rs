//! Links and codes with which somebody takes up a role: each is used once, and only its hash is kept.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{OrganisationId, SubjectId},
    policy::Role,
    station::Code,
    time::Millis,
};
use uuid::Uuid;

/// An invitation that was not taken up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Which.
    pub id: [u8; 16],
    /// To what.
    pub role: Role,
    /// Of which organisation; `None` is the whole country.
    pub organisation: Option<OrganisationId>,
    /// Who is invited again after losing a device; `None` for somebody new.
    pub subject: Option<SubjectId>,
    /// By whom; `None` on the console.
    pub invited_by: Option<SubjectId>,
    /// When.
    pub created_at: Millis,
    /// Until when it can be taken up.
    pub expires_at: Millis,
}

/// A manager's code that was not used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCode {
    /// Which.
    pub id: [u8; 16],
    /// For which station.
    pub station: Code,
    /// By whom it was issued.
    pub issued_by: Option<SubjectId>,
    /// When.
    pub created_at: Millis,
    /// Until when it can be used.
    pub expires_at: Millis,
}

type Row = (Uuid, String, Option<Uuid>, Option<Uuid>, Option<Uuid>, Millis, Millis);

const COLUMNS: &str = "id, role, organisation, subject, invited_by, created_at, expires_at";

fn invitation(row: Row) -> Result<Invitation, StoreError> {
    let (id, role, organisation, subject, invited_by, created_at, expires_at) = row;
    let person = |id: Option<Uuid>| id.map(|id| SubjectId(id.into_bytes()));
    Ok(Invitation {
        id: id.into_bytes(),
        role: Role::parse(&role)
            .ok_or_else(|| StoreError::Corrupt { code: format!("invitation {id}"), column: "role" })?,
        organisation: organisation.map(|id| OrganisationId(id.into_bytes())),
        subject: person(subject),
        invited_by: person(invited_by),
        created_at,
        expires_at,
    })
}

type CodeRow = (Uuid, String, Option<Uuid>, Millis, Millis);

const CODE_COLUMNS: &str = "id, station, issued_by, created_at, expires_at";

fn open_code((id, station, issued_by, created_at, expires_at): CodeRow) -> Result<OpenCode, StoreError> {
    Ok(OpenCode {
        id: id.into_bytes(),
        station: Code::parse(&station)
            .ok_or_else(|| StoreError::Corrupt { code: format!("manager_code {id}"), column: "station" })?,
        issued_by: issued_by.map(|id| SubjectId(id.into_bytes())),
        created_at,
        expires_at,
    })
}

impl Store {
    /// The invitation of a token's hash, unless it was used or ran out.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn invitation(&self, token_hash: &[u8; 32], now: Millis) -> Result<Option<Invitation>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM invitation WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(&token_hash[..]).bind(now).fetch_optional(pool).await
        })?;
        row.map(invitation).transpose()
    }

    /// The invitations to an organisation, or to the whole country, that may still be taken up; oldest first.
    ///
    /// # Errors
    /// As [`Store::invitation`].
    pub async fn invitations_to(
        &self,
        organisation: Option<OrganisationId>,
        now: Millis,
    ) -> Result<Vec<Invitation>, StoreError> {
        let select = |which: &str| {
            format!(
                "SELECT {COLUMNS} FROM invitation WHERE used_at IS NULL AND expires_at > $1 AND {which} \
                 ORDER BY created_at, id"
            )
        };
        let rows: Vec<Row> = if let Some(id) = organisation {
            let sql = select("organisation = $2");
            reading!(self, pool => {
                sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(now).bind(Uuid::from_bytes(id.0)).fetch_all(pool).await
            })?
        } else {
            let sql = select("organisation IS NULL");
            reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(now).fetch_all(pool).await)?
        };
        rows.into_iter().map(invitation).collect()
    }

    /// One invitation by its id, unless it was used or ran out.
    ///
    /// # Errors
    /// As [`Store::invitation`].
    pub async fn invitation_by_id(&self, id: [u8; 16], now: Millis) -> Result<Option<Invitation>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM invitation WHERE id = $1 AND used_at IS NULL AND expires_at > $2");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id)).bind(now).fetch_optional(pool).await
        })?;
        row.map(invitation).transpose()
    }

    /// The code of a hash, unless it was used or ran out.
    ///
    /// # Errors
    /// As [`Store::invitation`].
    pub async fn manager_code(&self, code_hash: &[u8; 32], now: Millis) -> Result<Option<OpenCode>, StoreError> {
        let sql = format!(
            "SELECT {CODE_COLUMNS} FROM manager_code WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2"
        );
        let row: Option<CodeRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(&code_hash[..]).bind(now).fetch_optional(pool).await
        })?;
        row.map(open_code).transpose()
    }

    /// The codes of a station that may still be used, oldest first.
    ///
    /// # Errors
    /// As [`Store::invitation`].
    pub async fn manager_codes_of(&self, station: Code, now: Millis) -> Result<Vec<OpenCode>, StoreError> {
        let sql = format!(
            "SELECT {CODE_COLUMNS} FROM manager_code WHERE station = $1 AND used_at IS NULL AND expires_at > $2 \
             ORDER BY created_at, id"
        );
        let rows: Vec<CodeRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(station.as_str()).bind(now).fetch_all(pool).await
        })?;
        rows.into_iter().map(open_code).collect()
    }
}

impl Edit {
    /// Writes an invitation under the hash of its token.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_invitation(&mut self, new: &Invitation, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        let sql = format!("INSERT INTO invitation ({COLUMNS}, token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        let person = |id: Option<SubjectId>| id.map(|id| Uuid::from_bytes(id.0));
        writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(new.id))
                .bind(new.role.code())
                .bind(new.organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(person(new.subject))
                .bind(person(new.invited_by))
                .bind(new.created_at)
                .bind(new.expires_at)
                .bind(&token_hash[..])
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Uses an invitation up; `false` when somebody was faster, or it ran out. Without a person it is withdrawn.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn use_invitation(
        &mut self,
        id: [u8; 16],
        by: Option<SubjectId>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE invitation SET used_at = $2, used_by = $3 \
             WHERE id = $1 AND used_at IS NULL AND expires_at > $2";
        let used = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id))
                .bind(now)
                .bind(by.map(|by| Uuid::from_bytes(by.0)))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(used > 0)
    }

    /// Writes a manager's code by its hash. Those of the station that were not used yet end.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_manager_code(&mut self, new: &OpenCode, code_hash: &[u8; 32]) -> Result<(), StoreError> {
        const END: &str = "UPDATE manager_code SET used_at = $2 WHERE station = $1 AND used_at IS NULL";
        let sql = format!("INSERT INTO manager_code ({CODE_COLUMNS}, code_hash) VALUES ($1, $2, $3, $4, $5, $6)");
        writing!(self, connection => {
            sqlx::query(END).bind(new.station.as_str()).bind(new.created_at).execute(&mut *connection).await?;
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(new.id))
                .bind(new.station.as_str())
                .bind(new.issued_by.map(|by| Uuid::from_bytes(by.0)))
                .bind(new.created_at)
                .bind(new.expires_at)
                .bind(&code_hash[..])
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Ends what somebody has issued and nobody has taken up, and what would give them a role again: whoever loses
    /// one opens no doors any more.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn withdraw_issued_by(&mut self, subject: SubjectId, now: Millis) -> Result<(), StoreError> {
        const INVITATIONS: &str = "UPDATE invitation SET used_at = $2 \
             WHERE (invited_by = $1 OR subject = $1) AND used_at IS NULL";
        const CODES: &str = "UPDATE manager_code SET used_at = $2 WHERE issued_by = $1 AND used_at IS NULL";
        writing!(self, connection => {
            let subject = Uuid::from_bytes(subject.0);
            sqlx::query(INVITATIONS).bind(subject).bind(now).execute(&mut *connection).await?;
            sqlx::query(CODES).bind(subject).bind(now).execute(connection).await?;
        });
        Ok(())
    }
}
