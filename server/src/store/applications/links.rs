//! Links, QR codes and posters with which people join.

use crate::store::{Edit, Store, StoreError, reading, writing};
use domain::{
    account::{EnterpriseId, OrganisationId, SubjectId},
    station::Code,
    time::Millis,
};
use uuid::Uuid;

/// A link as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLink {
    /// As it stands in the address.
    pub code: String,
    /// The organisation that is chosen.
    pub organisation: Option<OrganisationId>,
    /// The station it hangs at.
    pub station: Option<Code>,
    /// The platform that is chosen.
    pub enterprise: Option<EnterpriseId>,
}

/// The link of something, the oldest where two were made at once.
const LINK_OF: &str = "SELECT code, organisation, station, enterprise FROM entry_link \
             WHERE retired_at IS NULL AND (organisation = $1 OR (organisation IS NULL AND $1 IS NULL)) \
             AND (station = $2 OR (station IS NULL AND $2 IS NULL)) \
             AND (enterprise = $3 OR (enterprise IS NULL AND $3 IS NULL)) ORDER BY created_at, code LIMIT 1";

type Row = (String, Option<Uuid>, Option<String>, Option<Uuid>);

fn link((code, organisation, station, enterprise): Row) -> KeptLink {
    KeptLink {
        code,
        organisation: organisation.map(|id| OrganisationId(id.into_bytes())),
        station: station.as_deref().and_then(Code::parse),
        enterprise: enterprise.map(|id| EnterpriseId(id.into_bytes())),
    }
}

impl Store {
    /// A link that is in use.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn entry_link(&self, code: &str) -> Result<Option<KeptLink>, StoreError> {
        const SQL: &str =
            "SELECT code, organisation, station, enterprise FROM entry_link WHERE code = $1 AND retired_at IS NULL";
        let row: Option<Row> = reading!(self, pool => sqlx::query_as(SQL).bind(code).fetch_optional(pool).await)?;
        Ok(row.map(link))
    }

    /// The link of something.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn link_of(&self, wanted: &KeptLink) -> Result<Option<KeptLink>, StoreError> {
        let row: Option<Row> = reading!(self, pool => {
            sqlx::query_as(LINK_OF)
                .bind(wanted.organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(wanted.station.as_ref().map(Code::as_str))
                .bind(wanted.enterprise.map(|id| Uuid::from_bytes(id.0)))
                .fetch_optional(pool)
                .await
        })?;
        Ok(row.map(link))
    }

    /// How many applications were begun with a link, drafts too.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn begun_with(&self, code: &str) -> Result<u32, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM application WHERE entry = $1";
        let count: i64 = reading!(self, pool => sqlx::query_scalar(SQL).bind(code).fetch_one(pool).await)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

impl Edit {
    /// The link of something, as it stands in the transaction.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn link_of(&mut self, wanted: &KeptLink) -> Result<Option<KeptLink>, StoreError> {
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(LINK_OF)
                .bind(wanted.organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(wanted.station.as_ref().map(Code::as_str))
                .bind(wanted.enterprise.map(|id| Uuid::from_bytes(id.0)))
                .fetch_optional(connection)
                .await
        })?;
        Ok(row.map(link))
    }

    /// Makes a link.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_entry_link(
        &mut self,
        link: &KeptLink,
        by: Option<SubjectId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO entry_link (code, organisation, station, enterprise, created_by, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(&link.code)
                .bind(link.organisation.map(|id| Uuid::from_bytes(id.0)))
                .bind(link.station.as_ref().map(Code::as_str))
                .bind(link.enterprise.map(|id| Uuid::from_bytes(id.0)))
                .bind(by.map(|id| Uuid::from_bytes(id.0)))
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }
}
