//! What some union has to act on in time, a request for a union or a report of obstruction: what is the same of both.

use super::{Edit, Roots, Store, StoreError, reading, writing};
use domain::{
    account::{FoundingId, ObstructionId, OrganisationId, SubjectId},
    time::Millis,
};
use std::fmt::Display;
use uuid::Uuid;

/// The id of something with an owner, a due date and a history. Its table is called `TABLE`, its history `TABLE_event`.
pub trait Owned: Copy + Display + Send + Sync + 'static {
    /// The table.
    const TABLE: &'static str;

    /// The id of some bytes.
    fn of(bytes: [u8; 16]) -> Self;

    /// Its bytes.
    fn bytes(self) -> [u8; 16];
}

impl Owned for FoundingId {
    const TABLE: &'static str = "founding";

    fn of(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    fn bytes(self) -> [u8; 16] {
        self.0
    }
}

impl Owned for ObstructionId {
    const TABLE: &'static str = "obstruction";

    fn of(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    fn bytes(self) -> [u8; 16] {
        self.0
    }
}

/// Something that happened: what, at which organisation, when.
pub type Happened = (String, Option<OrganisationId>, Millis);

/// Where something stands in a list: 0 before the first contact, 1 after it, 2 when it is done; its due date, or how
/// new it is; its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnedAt<I> {
    /// The part of the list.
    pub part: i32,
    /// Within the part, rising.
    pub moment: Millis,
    /// Which.
    pub id: I,
}

/// So many are read at once.
pub const OWNED_CHUNK: usize = 51;

const PART: &str = "CASE stage WHEN 'done' THEN 2 WHEN 'contacted' THEN 1 ELSE 0 END";
const MOMENT: &str = "COALESCE(due_at, -created_at)";

/// The statement of [`Store::owned_after`], read by tests of query plans too: the tree first, then the index of each
/// organisation.
#[must_use]
pub fn owned_sql<I: Owned>(roots: &Roots, is_later: bool) -> String {
    let (table, first) = (I::TABLE, roots.ids().len() + 1);
    let after = if is_later {
        format!(" AND ({PART}, {MOMENT}, {table}.id) > (${first}, ${}, ${})", first + 1, first + 2)
    } else {
        String::new()
    };
    format!(
        "{} SELECT {PART}, {MOMENT}, {table}.id FROM reach CROSS JOIN {table} WHERE {table}.owner = reach.id \
         AND {table}.stage <> 'left'{after} ORDER BY 1, 2, 3 LIMIT {OWNED_CHUNK}",
        roots.with()
    )
}

impl Store {
    /// What organisations have, the open first and by due date, then the newest; after one of them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn owned_after<I: Owned>(
        &self,
        roots: &Roots,
        after: Option<OwnedAt<I>>,
    ) -> Result<Vec<OwnedAt<I>>, StoreError> {
        let sql = owned_sql::<I>(roots, after.is_some());
        let rows: Vec<(i32, Millis, Uuid)> = reading!(self, pool => {
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
            for id in roots.ids() {
                query = query.bind(id);
            }
            if let Some(at) = after {
                query = query.bind(at.part).bind(at.moment).bind(Uuid::from_bytes(at.id.bytes()));
            }
            query.fetch_all(pool).await
        })?;
        let at = |(part, moment, id): (i32, Millis, Uuid)| OwnedAt { part, moment, id: I::of(id.into_bytes()) };
        Ok(rows.into_iter().map(at).collect())
    }

    /// The way so far, oldest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn events_of<I: Owned>(&self, id: I) -> Result<Vec<Happened>, StoreError> {
        let table = I::TABLE;
        let sql = format!("SELECT kind, organisation, at FROM {table}_event WHERE {table} = $1 ORDER BY at, id");
        let rows: Vec<(String, Option<Uuid>, Millis)> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.bytes())).fetch_all(pool).await
        })?;
        let happened = |(kind, at, when): (String, Option<Uuid>, Millis)| {
            (kind, at.map(|id| OrganisationId(id.into_bytes())), when)
        };
        Ok(rows.into_iter().map(happened).collect())
    }
}

impl Edit {
    /// Notes what happened.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_event_of<I: Owned>(
        &mut self,
        id: I,
        kind: &str,
        organisation: Option<OrganisationId>,
        actor: Option<SubjectId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        let table = I::TABLE;
        let sql = format!(
            "INSERT INTO {table}_event (id, {table}, kind, organisation, actor, at) VALUES ($1, $2, $3, $4, $5, $6)"
        );
        writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::now_v7())
                .bind(Uuid::from_bytes(id.bytes()))
                .bind(kind)
                .bind(organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(actor.map(|actor| Uuid::from_bytes(actor.0)))
                .bind(now)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Gives something that waits or is overdue to an organisation, as it was read, or not at all. Says whether it did.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn move_on<I: Owned>(
        &mut self,
        (id, version): (I, i32),
        owner: OrganisationId,
        due_at: Millis,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE {} SET stage = CASE WHEN stage IN ('waiting', 'contacted') THEN 'sent' ELSE stage END, \
             owner = $3, due_at = $4, changed_at = $5, \
             escalations = escalations + CASE WHEN owner IS NULL THEN 0 ELSE 1 END, version = version + 1 \
             WHERE id = $1 AND version = $2 AND stage IN ('waiting', 'sent', 'contacted', 'registered', 'working')",
            I::TABLE
        );
        let moved = writing!(self, connection => {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(Uuid::from_bytes(id.bytes()))
                .bind(version)
                .bind(Uuid::from_bytes(owner.0))
                .bind(due_at)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(moved > 0)
    }
}
