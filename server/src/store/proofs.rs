//! Passkeys, authenticators, and the ceremonies between their two halves.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{PasskeyId, SessionId, SubjectId},
    time::{DAY_MS, Millis},
};
use uuid::Uuid;

/// What a ceremony ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CeremonyKind {
    /// A new passkey.
    Register,
    /// A passkey that is shown.
    SignIn,
}

impl CeremonyKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignIn => "sign_in",
        }
    }
}

/// A passkey as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub subject: SubjectId,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// Public key and its fixed properties.
    pub fixed_state: Vec<u8>,
    /// Counter and what changes.
    pub counter_state: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it was last shown.
    pub used_at: Option<Millis>,
}

/// A passkey that is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewPasskey<'a> {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub subject: SubjectId,
    /// What the authenticator calls it.
    pub credential_id: &'a [u8],
    /// Public key and its fixed properties.
    pub fixed_state: &'a [u8],
    /// Counter and what changes.
    pub counter_state: &'a [u8],
    /// What its owner calls it.
    pub name: &'a str,
}

/// An authenticator as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTotp {
    /// The secret, sealed.
    pub secret: Vec<u8>,
    /// The last step of which a code was accepted.
    pub last_step: i64,
    /// When it was set up.
    pub created_at: Millis,
}

/// Wrong codes, this one with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many in a row.
    pub count: i32,
    /// When they are forgotten.
    pub until: Millis,
}

type PasskeyRow = (Uuid, Uuid, Vec<u8>, Vec<u8>, Vec<u8>, String, Millis, Option<Millis>);

const COLUMNS: &str = "id, subject, credential_id, fixed_state, counter_state, name, created_at, used_at";

fn passkey(row: PasskeyRow) -> Passkey {
    let (id, subject, credential_id, fixed_state, counter_state, name, created_at, used_at) = row;
    Passkey {
        id: PasskeyId(id.into_bytes()),
        subject: SubjectId(subject.into_bytes()),
        credential_id,
        fixed_state,
        counter_state,
        name,
        created_at,
        used_at,
    }
}

impl Store {
    /// The passkeys of a person, the oldest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn passkeys_of(&self, subject: SubjectId) -> Result<Vec<Passkey>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM passkey WHERE subject = $1 ORDER BY created_at, id");
        let rows: Vec<PasskeyRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(subject.0)).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(passkey).collect())
    }

    /// The passkey that an authenticator calls so.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn passkey_called(&self, credential_id: &[u8]) -> Result<Option<Passkey>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM passkey WHERE credential_id = $1");
        let row: Option<PasskeyRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(credential_id).fetch_optional(pool).await
        })?;
        Ok(row.map(passkey))
    }

    /// The authenticator of a person.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn totp_of(&self, subject: SubjectId) -> Result<Option<StoredTotp>, StoreError> {
        const SQL: &str =
            "SELECT secret, last_step, created_at FROM totp WHERE subject = $1 AND confirmed_at IS NOT NULL";
        let row: Option<(Vec<u8>, i64, Millis)> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(subject.0)).fetch_optional(pool).await
        })?;
        Ok(row.map(|(secret, last_step, created_at)| StoredTotp { secret, last_step, created_at }))
    }
}

impl Edit {
    /// Keeps what is needed to end a ceremony, and drops those that ran out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_ceremony(
        &mut self,
        kind: CeremonyKind,
        token_hash: &[u8; 32],
        state: &[u8],
        subject: Option<SubjectId>,
        now: Millis,
        expires_at: Millis,
    ) -> Result<(), StoreError> {
        const SWEEP: &str = "DELETE FROM passkey_ceremony WHERE expires_at <= $1";
        const PUT: &str = "INSERT INTO passkey_ceremony (id, token_hash, kind, state, subject, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        writing!(self, connection => {
            sqlx::query(SWEEP).bind(now).execute(&mut *connection).await?;
            sqlx::query(PUT)
                .bind(Uuid::now_v7())
                .bind(&token_hash[..])
                .bind(kind.code())
                .bind(state)
                .bind(subject.map(|subject| Uuid::from_bytes(subject.0)))
                .bind(expires_at)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Takes a ceremony out: state, and who it is about. It ends once, well or not.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn take_ceremony(
        &mut self,
        kind: CeremonyKind,
        token_hash: &[u8; 32],
        now: Millis,
    ) -> Result<Option<(Vec<u8>, Option<SubjectId>)>, StoreError> {
        const SQL: &str = "DELETE FROM passkey_ceremony WHERE token_hash = $1 AND kind = $2 \
             RETURNING state, subject, expires_at";
        let row: Option<(Vec<u8>, Option<Uuid>, Millis)> = writing!(self, connection => {
            sqlx::query_as(SQL).bind(&token_hash[..]).bind(kind.code()).fetch_optional(connection).await
        })?;
        Ok(row
            .filter(|(_, _, expires_at)| *expires_at > now)
            .map(|(state, subject, _)| (state, subject.map(|id| SubjectId(id.into_bytes())))))
    }

    /// Keeps a passkey; says whether nobody had one that is called the same.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_passkey(&mut self, new: &NewPasskey<'_>, now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO passkey \
             (id, subject, credential_id, fixed_state, counter_state, name, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential_id) DO NOTHING";
        let put = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(new.id.0))
                .bind(Uuid::from_bytes(new.subject.0))
                .bind(new.credential_id)
                .bind(new.fixed_state)
                .bind(new.counter_state)
                .bind(new.name)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(put > 0)
    }

    /// Notes that a passkey was shown; says whether its counter still was `before`: of two uses at once with the
    /// same counter one is not genuine.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn use_passkey(
        &mut self,
        id: PasskeyId,
        before: &[u8],
        after: &[u8],
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE passkey SET counter_state = $3, used_at = $4 WHERE id = $1 AND counter_state = $2";
        let used = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(before)
                .bind(after)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(used > 0)
    }

    /// Names a passkey of a person; says whether there was one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn rename_passkey(&mut self, subject: SubjectId, id: PasskeyId, name: &str) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE passkey SET name = $3 WHERE id = $1 AND subject = $2";
        let renamed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(subject.0))
                .bind(name)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(renamed > 0)
    }

    /// Takes a passkey of a person away; says whether there was one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn remove_passkey(&mut self, subject: SubjectId, id: PasskeyId) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM passkey WHERE id = $1 AND subject = $2";
        let removed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(subject.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(removed > 0)
    }

    /// How many passkeys and authenticators a person has. Until this transaction ends nobody else changes them
    /// on the strength of the same count.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_keys(&mut self, subject: SubjectId) -> Result<i64, StoreError> {
        // The row of the person is what two transactions about their keys take turns at.
        const LOCK: &str = "UPDATE subject SET seen_at = seen_at WHERE id = $1";
        const COUNT: &str = "SELECT (SELECT COUNT(*) FROM passkey WHERE subject = $1) \
             + (SELECT COUNT(*) FROM totp WHERE subject = $1 AND confirmed_at IS NOT NULL)";
        let count = writing!(self, connection => {
            let id = Uuid::from_bytes(subject.0);
            sqlx::query(LOCK).bind(id).execute(&mut *connection).await?;
            sqlx::query_scalar(COUNT).bind(id).fetch_one(connection).await
        })?;
        Ok(count)
    }

    /// Sets an authenticator up, in place of an older one; the step of its first code counts as used.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_totp(
        &mut self,
        subject: SubjectId,
        secret: &[u8],
        step: i64,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO totp (subject, secret, last_step, created_at, confirmed_at) \
             VALUES ($1, $2, $3, $4, $4) ON CONFLICT (subject) DO UPDATE \
             SET secret = $2, last_step = $3, created_at = $4, confirmed_at = $4";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(secret)
                .bind(step)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Uses a step of the authenticator up; says whether it was still to be had (RFC 6238, 5.2).
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn use_totp_step(&mut self, subject: SubjectId, step: i64) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE totp SET last_step = $2 WHERE subject = $1 AND last_step < $2";
        let used = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(step)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(used > 0)
    }

    /// Takes the authenticator of a person away; says whether there was one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn remove_totp(&mut self, subject: SubjectId) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM totp WHERE subject = $1";
        let removed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(removed > 0)
    }

    /// Counts a failure before anybody knows whether it is one: guesses at the same moment are counted one by one.
    /// The count is forgotten `lasts` after the first failure, and `lasts` after number `most`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_failure(
        &mut self,
        key_hash: &[u8; 32],
        most: i32,
        lasts: Millis,
        now: Millis,
    ) -> Result<Failures, StoreError> {
        const SQL: &str = "INSERT INTO rate_limit (key_hash, tat, day, count) VALUES ($1, $3, $4, 1) \
             ON CONFLICT (key_hash) DO UPDATE SET \
             count = CASE WHEN rate_limit.tat <= $2 THEN 1 ELSE rate_limit.count + 1 END, \
             tat = CASE WHEN rate_limit.tat <= $2 OR rate_limit.count + 1 = $5 THEN $3 ELSE rate_limit.tat END, \
             day = $4 RETURNING count, tat";
        // Shanghai is eight hours ahead, without summer time.
        let day = i32::try_from((now + DAY_MS / 3).div_euclid(DAY_MS)).unwrap_or(i32::MAX);
        let (count, until) = writing!(self, connection => {
            sqlx::query_as(SQL)
                .bind(&key_hash[..])
                .bind(now)
                .bind(now + lasts)
                .bind(day)
                .bind(most)
                .fetch_one(connection)
                .await
        })?;
        Ok(Failures { count, until })
    }

    /// Forgets failures.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_failures(&mut self, key_hash: &[u8; 32]) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM rate_limit WHERE key_hash = $1";
        writing!(self, connection => {
            sqlx::query(SQL).bind(&key_hash[..]).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Gives a session another token, and notes that a passkey or an authenticator was shown; says whether there
    /// still was one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn prove_session(
        &mut self,
        id: SessionId,
        token_hash: &[u8; 32],
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str =
            "UPDATE session SET token_hash = $2, proved_at = $3, seen_at = $3 WHERE id = $1 AND expires_at > $3";
        let proved = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(&token_hash[..])
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(proved > 0)
    }
}
