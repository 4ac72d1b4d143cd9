//! Objections to 开除 and to automatic ends, at the organisation that looks at them.

use super::{Edit, Roots, Store, StoreError, reading, writing};
use domain::{
    account::{MembershipId, OrganisationId, SubjectId},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

/// An objection that nobody has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenObjection {
    /// Of which membership.
    pub membership: MembershipId,
    /// Whose.
    pub subject: Option<SubjectId>,
    /// Against a decision of which organisation.
    pub organisation: OrganisationId,
    /// Who looks at it; `None`: nobody yet.
    pub owner: Option<OrganisationId>,
    /// By when.
    pub due_at: Option<Millis>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    subject: Option<Uuid>,
    organisation: Uuid,
    objection_owner: Option<Uuid>,
    objection_due_at: Option<Millis>,
}

const COLUMNS: &str = "membership.id, membership.subject, membership.organisation, membership.objection_owner, \
     membership.objection_due_at";

fn open(row: &Row) -> OpenObjection {
    OpenObjection {
        membership: MembershipId(row.id.into_bytes()),
        subject: row.subject.map(|id| SubjectId(id.into_bytes())),
        organisation: OrganisationId(row.organisation.into_bytes()),
        owner: row.objection_owner.map(|id| OrganisationId(id.into_bytes())),
        due_at: row.objection_due_at,
    }
}

/// The statement of [`Store::objections_within`], read by tests of query plans too.
#[must_use]
pub fn objections_sql(roots: &Roots) -> String {
    format!(
        "{} SELECT {COLUMNS} FROM reach CROSS JOIN membership WHERE membership.objection_owner = reach.id \
         AND membership.objection IS NOT NULL ORDER BY membership.objection_due_at, membership.id LIMIT ${}",
        roots.with(),
        roots.ids().len() + 1
    )
}

impl Store {
    /// What waits at organisations, the most urgent first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn objections_within(&self, roots: &Roots, limit: i64) -> Result<Vec<OpenObjection>, StoreError> {
        let sql = objections_sql(roots);
        let rows: Vec<Row> = reading!(self, pool => {
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
            for id in roots.ids() {
                query = query.bind(id);
            }
            query.bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.iter().map(open).collect())
    }

    /// What is overdue, and what nobody has yet; at most 500.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn objections_due(&self, now: Millis) -> Result<Vec<OpenObjection>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM membership WHERE objection IS NOT NULL \
             AND (objection_due_at IS NULL OR objection_due_at < $1) ORDER BY id LIMIT 500"
        );
        let rows: Vec<Row> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(now).fetch_all(pool).await
        })?;
        Ok(rows.iter().map(open).collect())
    }

    /// Who looks at the objection to what was decided about a membership.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn objection_owner(&self, id: MembershipId) -> Result<Option<OrganisationId>, StoreError> {
        const SQL: &str = "SELECT objection_owner FROM membership WHERE id = $1";
        let owner: Option<Option<Uuid>> = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(Uuid::from_bytes(id.0)).fetch_optional(pool).await
        })?;
        Ok(owner.flatten().map(|id| OrganisationId(id.into_bytes())))
    }

    /// Whether an officer ended a membership, so that they do not look at the objection.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_ended(&self, id: MembershipId, officer: SubjectId) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM membership_event WHERE membership = $1 AND actor = $2 \
             AND kind IN ('expelled', 'lapsed')";
        let count: i64 = reading!(self, pool => {
            sqlx::query_scalar(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(officer.0))
                .fetch_one(pool)
                .await
        })?;
        Ok(count > 0)
    }
}

impl Edit {
    /// Gives an objection to an organisation, from where it was read, or not at all. Says whether it did. What there is
    /// no objection to any more has no owner either: see [`Edit::save_membership`].
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn give_objection(
        &mut self,
        id: MembershipId,
        from: Option<OrganisationId>,
        (to, due_at): (OrganisationId, Millis),
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE membership SET objection_owner = $3, objection_due_at = $4 WHERE id = $1 \
             AND objection IS NOT NULL AND COALESCE(objection_owner, $2) = $2";
        // An id that no organisation has stands for none.
        let from = from.map_or([0; 16], |from| from.0);
        let given = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(Uuid::from_bytes(from))
                .bind(Uuid::from_bytes(to.0))
                .bind(due_at)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(given > 0)
    }
}
