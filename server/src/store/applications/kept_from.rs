//! From whom an applicant kept an application: 不想让单位知道.

use crate::store::{Store, StoreError, reading};
use domain::account::{ApplicationId, OrganisationId};
use uuid::Uuid;

impl Store {
    /// The unions of the unit that must not get an application: of the platform or unit that was named, of whatever
    /// that belongs to, and the one that was chosen. `None` where the applicant kept it from nobody.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn kept_from(&self, id: ApplicationId) -> Result<Option<Vec<OrganisationId>>, StoreError> {
        const IS_KEPT: &str = "SELECT kept_from_unit FROM application WHERE id = $1";
        const UNIONS: &str = "WITH RECURSIVE unit (id, organisation, parent, depth) AS (\
             SELECT enterprise.id, enterprise.organisation, enterprise.parent, 0 FROM enterprise \
             JOIN application ON application.enterprise = enterprise.id WHERE application.id = $1 UNION ALL \
             SELECT above.id, above.organisation, above.parent, unit.depth + 1 FROM enterprise AS above \
             JOIN unit ON above.id = unit.parent WHERE unit.depth < 8) \
             SELECT organisation FROM unit WHERE organisation IS NOT NULL \
             UNION SELECT chosen FROM application WHERE id = $1 AND chosen IS NOT NULL";
        let id = Uuid::from_bytes(id.0);
        let is_kept: Option<bool> =
            reading!(self, pool => sqlx::query_scalar(IS_KEPT).bind(id).fetch_optional(pool).await)?;
        if is_kept != Some(true) {
            return Ok(None);
        }
        let unions: Vec<Uuid> = reading!(self, pool => sqlx::query_scalar(UNIONS).bind(id).fetch_all(pool).await)?;
        Ok(Some(unions.into_iter().map(|id| OrganisationId(id.into_bytes())).collect()))
    }
}
