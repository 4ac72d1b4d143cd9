//! Platforms, head enterprises and their affiliates, as somebody who applies names them.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{EnterpriseId, OrganisationId},
    time::Millis,
};
use uuid::Uuid;

/// An enterprise as applications need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedEnterprise {
    /// Which.
    pub id: EnterpriseId,
    /// Its name.
    pub name: String,
    /// `platform`, `head`, `branch`, `franchise`, `agent`, `dispatch` or `unit`.
    pub kind: String,
    /// The trade.
    pub industry: Option<String>,
    /// GB/T 2260; `None`: everywhere.
    pub adcode: Option<u32>,
    /// Its own union.
    pub organisation: Option<OrganisationId>,
}

type Row = (Uuid, String, String, Option<String>, Option<i32>, Option<Uuid>);

const COLUMNS: &str = "id, name, kind, industry, adcode, organisation";

fn named((id, name, kind, industry, adcode, organisation): Row) -> NamedEnterprise {
    NamedEnterprise {
        id: EnterpriseId(id.into_bytes()),
        name,
        kind,
        industry,
        adcode: adcode.map(i32::unsigned_abs),
        organisation: organisation.map(|id| OrganisationId(id.into_bytes())),
    }
}

/// So many are looked at for a suggestion.
const MOST: i32 = 100;

impl Store {
    /// One enterprise, also one that is no longer offered.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn named_enterprise(&self, id: EnterpriseId) -> Result<Option<NamedEnterprise>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM enterprise WHERE id = $1");
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        Ok(row.map(named))
    }

    /// Enterprises on offer whose name has these characters, those that begin with them first, then the short ones.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn enterprises_like(&self, text: &str) -> Result<Vec<NamedEnterprise>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM enterprise WHERE retired_at IS NULL AND name LIKE $1 ESCAPE '!' \
             ORDER BY CASE WHEN name LIKE $2 ESCAPE '!' THEN 0 ELSE 1 END, LENGTH(name), name LIMIT {MOST}"
        );
        let mut escaped = String::new();
        for letter in text.chars() {
            if matches!(letter, '%' | '_' | '!') {
                escaped.push('!');
            }
            escaped.push(letter);
        }
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(format!("%{escaped}%"))
                .bind(format!("{escaped}%"))
                .fetch_all(pool)
                .await
        })?;
        Ok(rows.into_iter().map(named).collect())
    }

    /// The platforms on offer, in the order they were made.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn platforms(&self, limit: i32) -> Result<Vec<NamedEnterprise>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM enterprise WHERE retired_at IS NULL AND kind = 'platform' ORDER BY created_at, id LIMIT $1"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(named).collect())
    }
}

impl Edit {
    /// Makes an enterprise that is not there yet; says whether it was not.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn make_enterprise(
        &mut self,
        one: &NamedEnterprise,
        source: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO enterprise (id, name, kind, industry, adcode, organisation, source, created_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (id) DO NOTHING";
        let made = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(one.id.0))
                .bind(&one.name)
                .bind(&one.kind)
                .bind(&one.industry)
                .bind(one.adcode.map(|adcode| i32::try_from(adcode).unwrap_or(i32::MAX)))
                .bind(one.organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(source)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(made > 0)
    }
}
