//! Sessions, and the roles that come with them.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{Grant, GrantId, OrganisationId, Reach, SessionId, Strength, SubjectId},
    policy::Role,
    station::Code,
    time::Millis,
};
use uuid::Uuid;

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub subject: SubjectId,
    /// How strongly that is known.
    pub strength: Strength,
    /// What it runs on, in two words.
    pub phone: String,
    /// The keyed hash of the device's own token.
    pub device_hash: Option<Vec<u8>>,
    /// When it began.
    pub created_at: Millis,
    /// When it was last used, to within some minutes.
    pub seen_at: Millis,
    /// When a passkey or an authenticator was last shown.
    pub proved_at: Option<Millis>,
    /// Ends then unless it is used.
    pub idle_until: Millis,
    /// Ends then.
    pub expires_at: Millis,
}

type SessionRow = (Uuid, Uuid, String, String, Option<Vec<u8>>, Millis, Millis, Option<Millis>, Millis, Millis);

const COLUMNS: &str =
    "id, subject, strength, phone, device_hash, created_at, seen_at, proved_at, idle_until, expires_at";

fn session(row: SessionRow) -> Result<Session, StoreError> {
    let (id, subject, strength, phone, device_hash, created_at, seen_at, proved_at, idle_until, expires_at) = row;
    Ok(Session {
        id: SessionId(id.into_bytes()),
        subject: SubjectId(subject.into_bytes()),
        strength: Strength::parse(&strength)
            .ok_or_else(|| StoreError::Corrupt { code: format!("session {id}"), column: "strength" })?,
        phone,
        device_hash,
        created_at,
        seen_at,
        proved_at,
        idle_until,
        expires_at,
    })
}

type GrantRow = (Uuid, String, Option<Uuid>, Option<String>);

fn grant((id, role, organisation, station): GrantRow) -> Result<Grant, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: format!("role_grant {id}"), column };
    let reach = match (organisation, station) {
        (_, Some(code)) => Reach::Station(Code::parse(&code).ok_or_else(|| wrong("station"))?),
        (Some(organisation), None) => Reach::Tree(OrganisationId(organisation.into_bytes())),
        (None, None) => Reach::Everywhere,
    };
    Ok(Grant { id: GrantId(id.into_bytes()), role: Role::parse(&role).ok_or_else(|| wrong("role"))?, reach })
}

impl Store {
    /// The session of a token's hash, unless it has ended.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn session(&self, token_hash: &[u8; 32], now: Millis) -> Result<Option<Session>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM session WHERE token_hash = $1 AND idle_until > $2 AND expires_at > $2");
        let row: Option<SessionRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(&token_hash[..]).bind(now).fetch_optional(pool).await
        })?;
        row.map(session).transpose()
    }

    /// The sessions of a person, the last used first.
    ///
    /// # Errors
    /// As [`Store::session`].
    pub async fn sessions_of(&self, subject: SubjectId, now: Millis) -> Result<Vec<Session>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM session WHERE subject = $1 AND idle_until > $2 AND expires_at > $2 \
             ORDER BY seen_at DESC"
        );
        let rows: Vec<SessionRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).bind(now).fetch_all(pool).await
        })?;
        rows.into_iter().map(session).collect()
    }

    /// The roles that a person holds now.
    ///
    /// # Errors
    /// As [`Store::session`].
    pub async fn grants_of(&self, subject: SubjectId) -> Result<Vec<Grant>, StoreError> {
        const SQL: &str = "SELECT id, role, organisation, station FROM role_grant \
             WHERE subject = $1 AND revoked_at IS NULL ORDER BY granted_at";
        let rows: Vec<GrantRow> =
            reading!(self, pool => sqlx::query_as(SQL).bind(Uuid::from_bytes(subject.0)).fetch_all(pool).await)?;
        rows.into_iter().map(grant).collect()
    }
}

impl Edit {
    /// Begins a session under the hash of its token.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_session(&mut self, session: &Session, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO session ({COLUMNS}, token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        );
        writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(session.id.0))
                .bind(Uuid::from_bytes(session.subject.0))
                .bind(session.strength.code())
                .bind(&session.phone)
                .bind(session.device_hash.as_deref())
                .bind(session.created_at)
                .bind(session.seen_at)
                .bind(session.proved_at)
                .bind(session.idle_until)
                .bind(session.expires_at)
                .bind(&token_hash[..])
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Whether a session of a person is still open.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_session(&mut self, subject: SubjectId, id: SessionId, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str =
            "SELECT COUNT(*) FROM session WHERE id = $1 AND subject = $2 AND idle_until > $3 AND expires_at > $3";
        let count: i64 = writing!(self, connection => {
            sqlx::query_scalar(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(subject.0))
                .bind(now)
                .fetch_one(connection)
                .await
        })?;
        Ok(count > 0)
    }

    /// Deletes sessions that have ended by themselves.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_sessions(&mut self, now: Millis) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM session WHERE expires_at <= $1 OR idle_until <= $1";
        let gone = writing!(self, connection => {
            sqlx::query(SQL).bind(now).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(gone)
    }

    /// Says that a session was used.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn touch_session(&mut self, id: SessionId, now: Millis, idle_until: Millis) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE session SET seen_at = $2, idle_until = $3 WHERE id = $1";
        const SUBJECT: &str = "UPDATE subject SET seen_at = $2 WHERE id = (SELECT subject FROM session WHERE id = $1)";
        writing!(self, connection => {
            let id = Uuid::from_bytes(id.0);
            sqlx::query(SQL).bind(id).bind(now).bind(idle_until).execute(&mut *connection).await?;
            sqlx::query(SUBJECT).bind(id).bind(now).execute(connection).await?;
        });
        Ok(())
    }

    /// Ends one session of a person; says whether there was one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn end_session(&mut self, subject: SubjectId, id: SessionId) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM session WHERE id = $1 AND subject = $2";
        let ended = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(subject.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(ended > 0)
    }

    /// Ends all sessions of a person but one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn end_sessions(&mut self, subject: SubjectId, but: Option<SessionId>) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM session WHERE subject = $1 AND id <> $2";
        let but = but.map_or(Uuid::nil(), |id| Uuid::from_bytes(id.0));
        let ended = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(but)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(ended)
    }
}
