//! What the beginning of a membership asks: whether the person has one, and who looks after the account from now on.

use super::{DecidingRow, Edit, StoreError, writing};
use domain::account::{MembershipId, OrganisationId, SubjectId};
use uuid::Uuid;

/// A membership of the same person that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Existing {
    /// Which.
    pub id: MembershipId,
    /// Whose account.
    pub subject: Option<SubjectId>,
    /// Of what.
    pub organisation: OrganisationId,
}

impl Edit {
    /// The membership that counts of whoever sent an application: by the service's person, the ID number, the account.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn existing_membership(&mut self, of: &DecidingRow) -> Result<Option<Existing>, StoreError> {
        const COUNTS: &str = "state IN ('active', 'transferring', 'retained')";
        let select = |condition: &str| {
            format!("SELECT id, subject, organisation FROM membership WHERE {condition} AND {COUNTS}")
        };
        let sql = [select("person_hash = $1"), select("id_hash = $2"), select("subject = $3")].join(" UNION ALL ");
        let found: Option<(Uuid, Option<Uuid>, Uuid)> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(of.person_hash.as_deref())
                .bind(of.id_hash.as_deref())
                .bind(of.subject.map(|id| Uuid::from_bytes(id.0)))
                .fetch_optional(connection)
                .await?
        });
        Ok(found.map(|(id, subject, organisation)| Existing {
            id: MembershipId(id.into_bytes()),
            subject: subject.map(|id| SubjectId(id.into_bytes())),
            organisation: OrganisationId(organisation.into_bytes()),
        }))
    }

    /// The account is looked after where its membership is, and nowhere once that ended: whoever is no longer its union
    /// may not give it another number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn home_follows(&mut self, subject: SubjectId) -> Result<(), StoreError> {
        // A home that is right already is not locked.
        const SQL: &str = "UPDATE subject SET home_organisation = (SELECT organisation FROM membership \
             WHERE membership.subject = $1 AND state IN ('active', 'transferring', 'retained')) \
             WHERE id = $1 AND home_organisation IS DISTINCT FROM (SELECT organisation FROM membership \
             WHERE membership.subject = $1 AND state IN ('active', 'transferring', 'retained'))";
        writing!(self, connection => {
            sqlx::query(SQL).bind(Uuid::from_bytes(subject.0)).execute(connection).await?;
        });
        Ok(())
    }

    /// From now on officers of that organisation may look after the account.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_home(&mut self, subject: SubjectId, home: OrganisationId) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE subject SET home_organisation = $2 WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(Uuid::from_bytes(home.0))
                .execute(connection)
                .await?;
        });
        Ok(())
    }
}
