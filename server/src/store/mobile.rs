//! Whom a mobile number belongs to, for an officer who gives somebody another one.

use super::{Edit, StoreError, writing};
use domain::{
    account::{OrganisationId, SubjectId},
    policy::Action,
    time::Millis,
};
use uuid::Uuid;

/// What decides whether an officer may help somebody, and what proves who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helped {
    /// Who.
    pub subject: SubjectId,
    /// The organisation that looks after the account.
    pub home: Option<OrganisationId>,
    /// The ID number, as it is kept.
    pub id_number: Option<Vec<u8>>,
}

impl Edit {
    /// The account of a number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn helped(&mut self, mobile_hash: &[u8; 32]) -> Result<Option<Helped>, StoreError> {
        const SQL: &str = "SELECT id, home_organisation, id_number FROM subject WHERE mobile_hash = $1";
        type Row = (Uuid, Option<Uuid>, Option<Vec<u8>>);
        let row: Option<Row> = writing!(self, connection => {
            sqlx::query_as(SQL).bind(&mobile_hash[..]).fetch_optional(connection).await
        })?;
        Ok(row.map(|(id, home, id_number)| Helped {
            subject: SubjectId(id.into_bytes()),
            home: home.map(|home| OrganisationId(home.into_bytes())),
            id_number,
        }))
    }

    /// Gives an account another number.
    ///
    /// # Errors
    /// The database does not answer, or the number belongs to another account.
    pub async fn put_mobile(
        &mut self,
        subject: SubjectId,
        mobile_hash: &[u8; 32],
        mobile: &[u8],
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE subject SET mobile_hash = $2, mobile = $3, detached_at = NULL WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(subject.0))
                .bind(&mobile_hash[..])
                .bind(mobile)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// How often an actor did something after a moment, by the audit log. Asked after an entry was appended in this
    /// transaction, nobody else appends until it ends: the count is exact.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audited_since(
        &mut self,
        actor: SubjectId,
        action: Action,
        object: &str,
        after: Millis,
    ) -> Result<i64, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM audit WHERE at > $1 AND actor = $2 AND action = $3 AND object = $4";
        Ok(writing!(self, connection => {
            sqlx::query_scalar(SQL)
                .bind(after)
                .bind(Uuid::from_bytes(actor.0))
                .bind(action.code())
                .bind(object)
                .fetch_one(connection)
                .await
        })?)
    }
}
