//! The audit log as it is read, checked and, when it is old, sealed.

use super::{
    Edit, Store, StoreError,
    audit::{chained, head_mac, under},
    reading, writing,
};
use domain::time::Millis;
use uuid::Uuid;

/// A row as it is kept. Codes are as they stand: a chain holds whatever they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Counts up by one.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who.
    pub actor: Option<[u8; 16]>,
    /// As what: a code.
    pub role: String,
    /// What: a code.
    pub action: String,
    /// To what.
    pub object: String,
    /// Why.
    pub reason: String,
    /// Of this row and the one before.
    pub hash: Vec<u8>,
}

/// A month that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditSeal {
    /// `2026-04`.
    pub month: String,
    /// Its last row.
    pub last_seq: i64,
    /// The hash of that row.
    pub hash: Vec<u8>,
    /// When it went.
    pub sealed_at: Millis,
    /// Over all of it.
    pub mac: Vec<u8>,
}

impl AuditSeal {
    /// A seal that can be checked.
    #[must_use]
    pub fn new(key: &[u8; 32], month: String, last_seq: i64, hash: Vec<u8>, sealed_at: Millis) -> Self {
        let mut seal = Self { month, last_seq, hash, sealed_at, mac: Vec::new() };
        seal.mac = seal.expected(key).to_vec();
        seal
    }

    fn expected(&self, key: &[u8; 32]) -> [u8; 32] {
        let (last, at) = (self.last_seq.to_be_bytes(), self.sealed_at.to_be_bytes());
        under(key, &[b"seal", self.month.as_bytes(), &last, &self.hash, &at])
    }
}

/// Where the chain ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// The last row.
    pub seq: i64,
    /// Its hash.
    pub hash: Vec<u8>,
    /// Over both.
    pub mac: Vec<u8>,
}

/// Where a chain breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// A seal was changed or made up.
    Seal(String),
    /// A row was changed, removed, added or moved: the first that does not follow from the one before.
    Row(i64),
    /// The end was moved: rows are missing after this one, or were once.
    End(i64),
}

/// A chain as far as it has been checked.
pub struct Chain {
    key: [u8; 32],
    seq: i64,
    hash: Vec<u8>,
    rows: u64,
}

impl Chain {
    /// Begins after the sealed months.
    ///
    /// # Errors
    /// [`Break::Seal`].
    pub fn begin(key: [u8; 32], seals: &[AuditSeal]) -> Result<Self, Break> {
        if let Some(wrong) = seals.iter().find(|seal| seal.mac != seal.expected(&key)) {
            return Err(Break::Seal(wrong.month.clone()));
        }
        let last = seals.iter().max_by_key(|seal| seal.last_seq);
        let (seq, hash) = last.map_or((0, Vec::new()), |seal| (seal.last_seq, seal.hash.clone()));
        Ok(Self { key, seq, hash, rows: 0 })
    }

    /// Goes on to the next row.
    ///
    /// # Errors
    /// [`Break::Row`].
    pub fn follow(&mut self, row: &AuditRow) -> Result<(), Break> {
        let actor = row.actor.map(|actor| actor.to_vec()).unwrap_or_default();
        let columns =
            [&actor[..], row.role.as_bytes(), row.action.as_bytes(), row.object.as_bytes(), row.reason.as_bytes()];
        let expected = chained(&self.key, &self.hash, row.seq, row.at, columns);
        if row.seq != self.seq + 1 || row.hash != expected {
            return Err(Break::Row(row.seq));
        }
        self.seq = row.seq;
        self.hash.clone_from(&row.hash);
        self.rows += 1;
        Ok(())
    }

    /// The end: how many rows were checked.
    ///
    /// # Errors
    /// [`Break::End`].
    pub fn end(self, head: Option<&AuditHead>) -> Result<u64, Break> {
        let is_whole = match head {
            None => self.seq == 0,
            Some(head) => {
                (head.seq, &head.hash) == (self.seq, &self.hash)
                    && head.mac == head_mac(&self.key, head.seq, &head.hash)
            }
        };
        if is_whole { Ok(self.rows) } else { Err(Break::End(self.seq)) }
    }
}

type Row = (i64, Millis, Option<Uuid>, String, String, String, String, Vec<u8>);

fn row((seq, at, actor, role, action, object, reason, hash): Row) -> AuditRow {
    AuditRow { seq, at, actor: actor.map(Uuid::into_bytes), role, action, object, reason, hash }
}

impl Store {
    /// Rows after one, in the order of the chain.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_after(&self, seq: i64, limit: i32) -> Result<Vec<AuditRow>, StoreError> {
        const SQL: &str = "SELECT seq, at, actor, role, action, object, reason, hash FROM audit \
             WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(SQL).bind(seq).bind(limit).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(row).collect())
    }

    /// Rows before one, newest first, of a time from `from` to before `until`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_before(
        &self,
        seq: i64,
        from: Millis,
        until: Millis,
        limit: i32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        const SQL: &str = "SELECT seq, at, actor, role, action, object, reason, hash FROM audit \
             WHERE seq < $1 AND at >= $2 AND at < $3 ORDER BY seq DESC LIMIT $4";
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(SQL).bind(seq).bind(from).bind(until).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(row).collect())
    }

    /// When the oldest row was written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_begins(&self) -> Result<Option<Millis>, StoreError> {
        const SQL: &str = "SELECT MIN(at) FROM audit";
        Ok(reading!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?)
    }

    /// The months that are gone, oldest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_seals(&self) -> Result<Vec<AuditSeal>, StoreError> {
        const SQL: &str = "SELECT month, last_seq, hash, sealed_at, mac FROM audit_seal ORDER BY last_seq";
        type Row = (String, i64, Vec<u8>, Millis, Vec<u8>);
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        let seal = |(month, last_seq, hash, sealed_at, mac)| AuditSeal { month, last_seq, hash, sealed_at, mac };
        Ok(rows.into_iter().map(seal).collect())
    }

    /// Where the chain ends; `None` before the first row.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_head(&self) -> Result<Option<AuditHead>, StoreError> {
        const SQL: &str = "SELECT seq, hash, mac FROM audit_head WHERE one = 1";
        let head: Option<(i64, Vec<u8>, Vec<u8>)> =
            reading!(self, pool => sqlx::query_as(SQL).fetch_optional(pool).await)?;
        Ok(head.map(|(seq, hash, mac)| AuditHead { seq, hash, mac }))
    }

    /// The last row before the first that was written at `end` or later: sequence and hash.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_last_before(&self, end: Millis) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
        const SQL: &str = "SELECT seq, hash FROM audit WHERE seq < \
             COALESCE((SELECT MIN(seq) FROM audit WHERE at >= $1), 9223372036854775807) ORDER BY seq DESC LIMIT 1";
        Ok(reading!(self, pool => sqlx::query_as(SQL).bind(end).fetch_optional(pool).await)?)
    }
}

impl Edit {
    /// Seals a month and lets its rows go.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn seal_audit(&mut self, seal: &AuditSeal) -> Result<u64, StoreError> {
        const SEAL: &str = "INSERT INTO audit_seal (month, last_seq, hash, sealed_at, mac) \
             VALUES ($1, $2, $3, $4, $5)";
        let gone = writing!(self, connection => {
            sqlx::query(SEAL)
                .bind(&seal.month)
                .bind(seal.last_seq)
                .bind(&seal.hash)
                .bind(seal.sealed_at)
                .bind(&seal.mac)
                .execute(&mut *connection)
                .await?;
            sqlx::query("DELETE FROM audit WHERE seq <= $1")
                .bind(seal.last_seq)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(gone)
    }
}
