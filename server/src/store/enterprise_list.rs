//! Platforms, head enterprises and their affiliates: the list that officers work through.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{EnterpriseId, OrganisationId},
    founding::{EnterpriseKind, UnionState},
    time::Millis,
};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// An enterprise as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterpriseKept {
    /// Which.
    pub id: EnterpriseId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EnterpriseKind,
    /// Whose affiliate it is.
    pub parent: Option<EnterpriseId>,
    /// The trade.
    pub industry: Option<String>,
    /// GB/T 2260; none is everywhere.
    pub adcode: Option<u32>,
    /// 统一社会信用代码.
    pub code: Option<String>,
    /// Whether it has a union.
    pub union: UnionState,
    /// Its own union.
    pub organisation: Option<OrganisationId>,
    /// Where the row is from.
    pub source: String,
    /// No longer in use since.
    pub retired_at: Option<Millis>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name: String,
    kind: String,
    parent: Option<Uuid>,
    industry: Option<String>,
    adcode: Option<i32>,
    code: Option<String>,
    union_state: String,
    organisation: Option<Uuid>,
    source: String,
    retired_at: Option<Millis>,
}

const COLUMNS: &str = "id, name, kind, parent, industry, adcode, code, union_state, organisation, source, retired_at";

fn kept(row: Row) -> Result<EnterpriseKept, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: format!("enterprise {}", row.id), column };
    Ok(EnterpriseKept {
        id: EnterpriseId(row.id.into_bytes()),
        kind: EnterpriseKind::parse(&row.kind).ok_or_else(|| wrong("kind"))?,
        union: UnionState::parse(&row.union_state).ok_or_else(|| wrong("union_state"))?,
        adcode: row.adcode.map(|adcode| u32::try_from(adcode).map_err(|_| wrong("adcode"))).transpose()?,
        name: row.name,
        parent: row.parent.map(|id| EnterpriseId(id.into_bytes())),
        industry: row.industry,
        code: row.code,
        organisation: row.organisation.map(|id| OrganisationId(id.into_bytes())),
        source: row.source,
        retired_at: row.retired_at,
    })
}

fn uuid(bytes: [u8; 16]) -> Uuid {
    Uuid::from_bytes(bytes)
}

impl Store {
    /// All enterprises, retired ones too, by name; at most 20,000.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn enterprise_list(&self) -> Result<Vec<EnterpriseKept>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM enterprise ORDER BY name, id LIMIT 20000");
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await)?;
        rows.into_iter().map(kept).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// As [`Store::enterprise_list`].
    pub async fn enterprise_kept(&self, id: EnterpriseId) -> Result<Option<EnterpriseKept>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM enterprise WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(uuid(id.0)).fetch_optional(pool).await
        })?;
        row.map(kept).transpose()
    }

    /// Those in use of exactly this name.
    ///
    /// # Errors
    /// As [`Store::enterprise_list`].
    pub async fn enterprises_named(&self, name: &str) -> Result<Vec<EnterpriseKept>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM enterprise WHERE name = $1 AND retired_at IS NULL ORDER BY id LIMIT 50");
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(name).fetch_all(pool).await
        })?;
        rows.into_iter().map(kept).collect()
    }

    /// Names of enterprises that have a union of their own, retired ones too, with it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn enterprises_with_union(&self) -> Result<Vec<(String, OrganisationId)>, StoreError> {
        const SQL: &str = "SELECT name, organisation FROM enterprise WHERE organisation IS NOT NULL";
        let rows: Vec<(String, Uuid)> = reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|(name, id)| (name, OrganisationId(id.into_bytes()))).collect())
    }

    /// How many asked for a union, by enterprise. A request of fewer than five is left out: it cannot be taken from a
    /// sum.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn asked_by_enterprise(&self) -> Result<HashMap<EnterpriseId, u32>, StoreError> {
        const SQL: &str = "SELECT founding.enterprise, COUNT(*) FROM founding_member \
             JOIN founding ON founding.id = founding_member.founding WHERE founding.enterprise IS NOT NULL \
             GROUP BY founding.enterprise, founding.id HAVING COUNT(*) >= 5";
        self.counted(SQL).await
    }

    /// How many applied to join, by enterprise.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applied_by_enterprise(&self) -> Result<HashMap<EnterpriseId, u32>, StoreError> {
        const SQL: &str = "SELECT enterprise, COUNT(*) FROM application \
             WHERE enterprise IS NOT NULL AND state <> 'draft' GROUP BY enterprise HAVING COUNT(*) >= 5";
        self.counted(SQL).await
    }

    async fn counted(&self, sql: &'static str) -> Result<HashMap<EnterpriseId, u32>, StoreError> {
        let rows: Vec<(Uuid, i64)> = reading!(self, pool => sqlx::query_as(sql).fetch_all(pool).await)?;
        let mut counts = HashMap::new();
        for (id, count) in rows {
            *counts.entry(EnterpriseId(id.into_bytes())).or_insert(0) += u32::try_from(count).unwrap_or(u32::MAX);
        }
        Ok(counts)
    }
}

impl Edit {
    /// Writes an enterprise as it is told. Says whether its 统一社会信用代码 is nobody else's: otherwise nothing is
    /// written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_enterprise(&mut self, one: &EnterpriseKept, now: Millis) -> Result<bool, StoreError> {
        const TAKEN: &str = "SELECT COUNT(*) FROM enterprise WHERE code = $1 AND id <> $2";
        const SQL: &str = "INSERT INTO enterprise (id, name, kind, parent, industry, adcode, code, union_state, \
             organisation, source, created_at, changed_at, retired_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, parent = excluded.parent, \
             industry = excluded.industry, adcode = excluded.adcode, code = excluded.code, \
             union_state = excluded.union_state, organisation = excluded.organisation, source = excluded.source, \
             changed_at = excluded.changed_at, retired_at = excluded.retired_at";
        writing!(self, connection => {
            if let Some(code) = &one.code {
                let taken: i64 =
                    sqlx::query_scalar(TAKEN).bind(code).bind(uuid(one.id.0)).fetch_one(&mut *connection).await?;
                if taken > 0 {
                    return Ok(false);
                }
            }
            sqlx::query(SQL)
                .bind(uuid(one.id.0))
                .bind(&one.name)
                .bind(one.kind.code())
                .bind(one.parent.map(|id| uuid(id.0)))
                .bind(&one.industry)
                .bind(one.adcode.map(|adcode| i32::try_from(adcode).unwrap_or(i32::MAX)))
                .bind(&one.code)
                .bind(one.union.code())
                .bind(one.organisation.map(|id| uuid(id.0)))
                .bind(&one.source)
                .bind(now)
                .bind(one.retired_at)
                .execute(connection)
                .await?;
        });
        Ok(true)
    }
}
