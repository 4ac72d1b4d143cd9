//! People with accounts.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{IdType, SessionId, SubjectId},
    station::Code,
    time::Millis,
};
use uuid::Uuid;

/// A person as they are kept: ciphertexts and keyed hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectRow {
    /// Who.
    pub id: SubjectId,
    /// The keyed hash of the number; `None` once the number went to somebody else.
    pub mobile_hash: Option<Vec<u8>>,
    /// The number, sealed.
    pub mobile: Option<Vec<u8>>,
    /// The name, sealed.
    pub name: Option<Vec<u8>>,
    /// The document.
    pub id_type: Option<IdType>,
    /// Its number, sealed.
    pub id_number: Option<Vec<u8>>,
    /// `form` or `service`: who checked it.
    pub id_check: Option<String>,
    /// Wrong second facts in a row.
    pub fact_tries: u32,
    /// Nobody is asked for one until then.
    pub fact_locked_until: Option<Millis>,
    /// When the account was made.
    pub created_at: Millis,
    /// When it was last used, to within some minutes.
    pub seen_at: Millis,
    /// When its number went to somebody else.
    pub detached_at: Option<Millis>,
}

type Row = (
    Uuid,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
    Option<String>,
    Option<Vec<u8>>,
    Option<String>,
    i32,
    Option<Millis>,
    Millis,
    Millis,
    Option<Millis>,
);

const COLUMNS: &str = "id, mobile_hash, mobile, name, id_type, id_number, id_check, fact_tries, fact_locked_until, created_at, \
     seen_at, detached_at";

fn subject(row: Row) -> Result<SubjectRow, StoreError> {
    let (
        id,
        mobile_hash,
        mobile,
        name,
        id_type,
        id_number,
        id_check,
        fact_tries,
        fact_locked_until,
        created_at,
        seen_at,
        detached_at,
    ) = row;
    let wrong = || StoreError::Corrupt { code: format!("subject {id}"), column: "id_type" };
    Ok(SubjectRow {
        id: SubjectId(id.into_bytes()),
        mobile_hash,
        mobile,
        name,
        id_type: id_type.map(|code| IdType::parse(&code).ok_or_else(wrong)).transpose()?,
        id_number,
        id_check,
        fact_tries: fact_tries.unsigned_abs(),
        fact_locked_until,
        created_at,
        seen_at,
        detached_at,
    })
}

/// An identity as it is written: sealed, with what finds it again.
#[derive(Clone, Debug)]
pub struct SealedIdentity<'a> {
    /// The name, sealed.
    pub name: &'a [u8],
    /// The document.
    pub id_type: IdType,
    /// Its number, sealed.
    pub id_number: &'a [u8],
    /// The keyed hash of type and number.
    pub id_hash: &'a [u8; 32],
    /// `form` or `service`.
    pub id_check: &'static str,
    /// The keyed hash of what the service calls the person.
    pub person_hash: Option<&'a [u8; 32]>,
}

impl Store {
    /// A person.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn subject(&self, id: SubjectId) -> Result<Option<SubjectRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM subject WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        row.map(subject).transpose()
    }
}

impl Store {
    /// Whether a device has signed in to the account of a number before. The same work for a number without one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn knows_device(
        &self,
        mobile_hash: &[u8],
        device_hash: &[u8],
        since: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM known_device JOIN subject ON subject.id = known_device.subject \
             WHERE subject.mobile_hash = $1 AND known_device.device_hash = $2 AND known_device.seen_at >= $3";
        let count: i64 = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(mobile_hash).bind(device_hash).bind(since).fetch_one(pool).await
        })?;
        Ok(count > 0)
    }
}

impl Edit {
    /// A person, locked until the end of the transaction.
    ///
    /// # Errors
    /// As [`Store::subject`].
    pub async fn subject(&mut self, id: SubjectId) -> Result<Option<SubjectRow>, StoreError> {
        let sql = format!("UPDATE subject SET fact_tries = fact_tries WHERE id = $1 RETURNING {COLUMNS}");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(connection).await
        })?;
        row.map(subject).transpose()
    }

    /// The person of a number's hash, locked until the end of the transaction.
    ///
    /// # Errors
    /// As [`Store::subject`].
    pub async fn subject_of_mobile(&mut self, mobile_hash: &[u8]) -> Result<Option<SubjectRow>, StoreError> {
        let sql = format!("UPDATE subject SET fact_tries = fact_tries WHERE mobile_hash = $1 RETURNING {COLUMNS}");
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(mobile_hash).fetch_optional(connection).await
        })?;
        row.map(subject).transpose()
    }

    /// Begins an account with a number. `false` when the number has one already: then nothing was written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_subject(
        &mut self,
        id: SubjectId,
        mobile_hash: &[u8],
        mobile: &[u8],
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO subject (id, mobile_hash, mobile, created_at, seen_at) VALUES ($1, $2, $3, $4, $4) \
             ON CONFLICT (mobile_hash) DO NOTHING";
        let put = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(mobile_hash)
                .bind(mobile)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(put > 0)
    }

    /// Gives an account another number. `false` when that number has an account of its own: then nothing was written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_mobile(&mut self, id: SubjectId, mobile_hash: &[u8], mobile: &[u8]) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE subject SET mobile_hash = $2, mobile = $3, detached_at = NULL WHERE id = $1 \
             AND NOT EXISTS (SELECT 1 FROM subject AS other WHERE other.mobile_hash = $2 AND other.id <> $1)";
        let put = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(mobile_hash)
                .bind(mobile)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(put > 0)
    }

    /// Takes the number off an account: it went to somebody else.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn detach_mobile(&mut self, id: SubjectId, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE subject SET mobile_hash = NULL, detached_at = $2, fact_tries = 0, \
             fact_locked_until = NULL WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Keeps how often a second fact was wrong, and until when nobody is asked.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_fact_tries(
        &mut self,
        id: SubjectId,
        tries: u32,
        locked_until: Option<Millis>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE subject SET fact_tries = $2, fact_locked_until = $3 WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(i32::try_from(tries).unwrap_or(i32::MAX))
                .bind(locked_until)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Says that an account was used.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn touch_subject(&mut self, id: SubjectId, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE subject SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Keeps who somebody is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_identity(&mut self, id: SubjectId, identity: &SealedIdentity<'_>) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE subject SET name = $2, id_type = $3, id_number = $4, id_hash = $5, id_check = $6, \
             person_hash = $7 WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(identity.name)
                .bind(identity.id_type.code())
                .bind(identity.id_number)
                .bind(&identity.id_hash[..])
                .bind(identity.id_check)
                .bind(identity.person_hash.map(|hash| &hash[..]))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Takes away who somebody is: the consent was withdrawn.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn clear_identity(&mut self, id: SubjectId) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE subject SET name = NULL, id_type = NULL, id_number = NULL, id_hash = NULL, \
             id_check = NULL, person_hash = NULL WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL).bind(Uuid::from_bytes(id.0)).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Whether a person has a legal matter.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_matters(&mut self, id: SubjectId) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM matter WHERE subject = $1";
        let count: i64 = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(id.0)).fetch_one(connection).await
        })?;
        Ok(count > 0)
    }

    /// Remembers a device that signed in.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn know_device(&mut self, id: SubjectId, device_hash: &[u8], now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO known_device (subject, device_hash, seen_at) VALUES ($1, $2, $3) \
             ON CONFLICT (subject, device_hash) DO UPDATE SET seen_at = excluded.seen_at";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(device_hash)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Forgets devices that last signed in before a moment.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_old_devices(&mut self, before: Millis) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM known_device WHERE seen_at < $1";
        let gone = writing!(self, connection => {
            sqlx::query(SQL).bind(before).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(gone)
    }

    /// Forgets the device of a session, while that is still there.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_device_of(&mut self, id: SubjectId, session: SessionId) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM known_device WHERE subject = $1 \
             AND device_hash = (SELECT device_hash FROM session WHERE id = $2 AND subject = $1)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(session.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Forgets every device of an account.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_devices(&mut self, id: SubjectId) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM known_device WHERE subject = $1";
        writing!(self, connection => {
            sqlx::query(SQL).bind(Uuid::from_bytes(id.0)).execute(connection).await.map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Makes somebody the manager of a station, unless they are; says whether it is new.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_manager(
        &mut self,
        subject: SubjectId,
        station: Code,
        granted_by: Option<SubjectId>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO role_grant (id, subject, role, station, granted_by, granted_at) \
             SELECT $1, $2, 'manager', $3, $4, $5 WHERE NOT EXISTS \
             (SELECT 1 FROM role_grant WHERE subject = $2 AND role = 'manager' AND station = $3 AND revoked_at IS NULL)";
        let put = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::now_v7())
                .bind(Uuid::from_bytes(subject.0))
                .bind(station.as_str())
                .bind(granted_by.map(|id| Uuid::from_bytes(id.0)))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(put > 0)
    }
}
