//! Attempts to sign in: a code that was sent, and what it is to open.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{account::SubjectId, ports::AttemptPurpose, station::Code, time::Millis};
use uuid::Uuid;

/// An attempt as it is kept. It holds no code and no number, only their hashes and a ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// Which.
    pub id: [u8; 16],
    /// What it is to open.
    pub purpose: AttemptPurpose,
    /// The keyed hash of the number.
    pub mobile_hash: Vec<u8>,
    /// The number, sealed under the attempt's own token.
    pub mobile: Vec<u8>,
    /// The keyed hash of attempt and code; `None` once it was used up.
    pub code_hash: Option<Vec<u8>>,
    /// Wrong codes since the code was sent.
    pub tries: u32,
    /// Of them, those that stand in the counts of wrong codes.
    pub counted: u32,
    /// When the code was sent.
    pub sent_at: Millis,
    /// When the code, or after it the second step, runs out.
    pub expires_at: Millis,
    /// Whose account it is, once that is known.
    pub subject: Option<SubjectId>,
    /// A manager's code, or the session from which a number is changed.
    pub opens: Option<[u8; 16]>,
    /// When the code was right; a second step is asked.
    pub passed_at: Option<Millis>,
    /// When it was over.
    pub used_at: Option<Millis>,
}

type Row = (
    Uuid,
    String,
    Vec<u8>,
    Vec<u8>,
    Option<Vec<u8>>,
    i32,
    i32,
    Millis,
    Millis,
    Option<Uuid>,
    Option<Uuid>,
    Option<Millis>,
    Option<Millis>,
);

const COLUMNS: &str = "id, purpose, mobile_hash, mobile, code_hash, tries, counted, sent_at, expires_at, subject, opens, \
     passed_at, used_at";

fn attempt(row: Row) -> Result<AttemptRow, StoreError> {
    let (
        id,
        purpose,
        mobile_hash,
        mobile,
        code_hash,
        tries,
        counted,
        sent_at,
        expires_at,
        subject,
        opens,
        passed_at,
        used_at,
    ) = row;
    Ok(AttemptRow {
        id: id.into_bytes(),
        purpose: AttemptPurpose::parse(&purpose)
            .ok_or_else(|| StoreError::Corrupt { code: format!("sign_in_attempt {id}"), column: "purpose" })?,
        mobile_hash,
        mobile,
        code_hash,
        tries: tries.unsigned_abs(),
        counted: counted.unsigned_abs(),
        sent_at,
        expires_at,
        subject: subject.map(|id| SubjectId(id.into_bytes())),
        opens: opens.map(Uuid::into_bytes),
        passed_at,
        used_at,
    })
}

fn number(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

impl Store {
    /// The attempt of a token's hash, over or not.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn attempt(&self, token_hash: &[u8; 32]) -> Result<Option<AttemptRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM sign_in_attempt WHERE token_hash = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(&token_hash[..]).fetch_optional(pool).await
        })?;
        row.map(attempt).transpose()
    }
}

impl Edit {
    /// The attempt of a token's hash, locked until the end of the transaction: of two answers at once the second
    /// waits for the first.
    ///
    /// # Errors
    /// As [`Store::attempt`].
    pub async fn attempt(&mut self, token_hash: &[u8; 32]) -> Result<Option<AttemptRow>, StoreError> {
        // An update that changes nothing locks the row on both engines.
        let sql = format!("UPDATE sign_in_attempt SET tries = tries WHERE token_hash = $1 RETURNING {COLUMNS}");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(&token_hash[..]).fetch_optional(connection).await
        })?;
        row.map(attempt).transpose()
    }

    /// Begins an attempt. Only the newest code of a number is live: older attempts that still wait for one are over.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_attempt(&mut self, row: &AttemptRow, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        const END: &str = "UPDATE sign_in_attempt SET used_at = $2, code_hash = NULL \
             WHERE mobile_hash = $1 AND passed_at IS NULL AND used_at IS NULL";
        const PUT: &str = "INSERT INTO sign_in_attempt (id, token_hash, purpose, mobile_hash, mobile, code_hash, sent_at, \
             expires_at, subject, opens) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        writing!(self, connection => {
            sqlx::query(END).bind(&row.mobile_hash).bind(row.sent_at).execute(&mut *connection).await?;
            sqlx::query(PUT)
                .bind(Uuid::from_bytes(row.id))
                .bind(&token_hash[..])
                .bind(row.purpose.code())
                .bind(&row.mobile_hash)
                .bind(&row.mobile)
                .bind(&row.code_hash)
                .bind(row.sent_at)
                .bind(row.expires_at)
                .bind(row.subject.map(|id| Uuid::from_bytes(id.0)))
                .bind(row.opens.map(Uuid::from_bytes))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Puts another code in the place of the one before, and ends other attempts of the number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn renew_attempt(
        &mut self,
        row: &AttemptRow,
        code_hash: &[u8; 32],
        now: Millis,
        expires_at: Millis,
    ) -> Result<(), StoreError> {
        const END: &str = "UPDATE sign_in_attempt SET used_at = $3, code_hash = NULL \
             WHERE mobile_hash = $1 AND id <> $2 AND passed_at IS NULL AND used_at IS NULL";
        const SQL: &str = "UPDATE sign_in_attempt SET code_hash = $2, tries = 0, counted = 0, sent_at = $3, expires_at = $4 \
             WHERE id = $1";
        writing!(self, connection => {
            let id = Uuid::from_bytes(row.id);
            sqlx::query(END).bind(&row.mobile_hash).bind(id).bind(now).execute(&mut *connection).await?;
            sqlx::query(SQL).bind(id).bind(&code_hash[..]).bind(now).bind(expires_at).execute(connection).await?;
        });
        Ok(())
    }

    /// Counts a wrong code.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_try(&mut self, id: [u8; 16], tries: u32, counted: u32) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE sign_in_attempt SET tries = $2, counted = $3 WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id))
                .bind(number(tries))
                .bind(number(counted))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Says that the code was right and a second step is asked, of that account, until then. The code is used up.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn pass_attempt(
        &mut self,
        id: [u8; 16],
        subject: Option<SubjectId>,
        now: Millis,
        expires_at: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE sign_in_attempt SET passed_at = $2, code_hash = NULL, expires_at = $3, subject = $4 \
             WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id))
                .bind(now)
                .bind(expires_at)
                .bind(subject.map(|id| Uuid::from_bytes(id.0)))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Uses an attempt up; says whether this was the first to do so.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn use_attempt(&mut self, id: [u8; 16], now: Millis) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE sign_in_attempt SET used_at = $2, code_hash = NULL WHERE id = $1 AND used_at IS NULL";
        let used = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(used > 0)
    }

    /// Deletes attempts that ran out before a moment.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_attempts(&mut self, before: Millis) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM sign_in_attempt WHERE expires_at < $1";
        let gone = writing!(self, connection => {
            sqlx::query(SQL).bind(before).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(gone)
    }

    /// Uses an officer's code up: the station, and who issued it; `None` when somebody was first or it ran out.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn take_up_manager_code(
        &mut self,
        id: [u8; 16],
        subject: SubjectId,
        now: Millis,
    ) -> Result<Option<(Code, Option<SubjectId>)>, StoreError> {
        const SQL: &str = "UPDATE manager_code SET used_at = $2, used_by = $3 \
             WHERE id = $1 AND used_at IS NULL AND expires_at > $2 RETURNING station, issued_by";
        let row: Option<(String, Option<Uuid>)> = writing!(self, connection => {
            sqlx::query_as(SQL)
                .bind(Uuid::from_bytes(id))
                .bind(now)
                .bind(Uuid::from_bytes(subject.0))
                .fetch_optional(connection)
                .await
        })?;
        let Some((station, issued_by)) = row else { return Ok(None) };
        let station = Code::parse(&station)
            .ok_or_else(|| StoreError::Corrupt { code: "manager_code".to_owned(), column: "station" })?;
        Ok(Some((station, issued_by.map(|id| SubjectId(id.into_bytes())))))
    }
}
