//! Who somebody is to a union: an identity that is on a membership, or on an application that is being decided.

use crate::store::{Edit, StoreError, writing};
use domain::account::{ApplicationId, SubjectId};
use uuid::Uuid;

/// By what a membership or an open application knows its person.
#[derive(Clone, PartialEq, Eq)]
pub struct Bound {
    /// Type and number of the document, as [`super::Hashes::id`].
    pub id_hash: Option<Vec<u8>>,
    /// Name and mobile, as they were.
    pub name_mobile_hash: Option<Vec<u8>>,
    /// The name that was applied with: where, and sealed.
    pub name: Option<(ApplicationId, Vec<u8>)>,
    /// Whether it is a membership; else an application.
    pub is_membership: bool,
}

impl Edit {
    /// The memberships that count and the open applications of a person.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn bound_identities(&mut self, subject: SubjectId) -> Result<Vec<Bound>, StoreError> {
        type Found = (Option<Vec<u8>>, Option<Vec<u8>>, Option<Uuid>, Option<Vec<u8>>, i32);
        const SQL: &str = "SELECT membership.id_hash, membership.name_mobile_hash, application.id, application.name, 1 \
             FROM membership LEFT JOIN application ON application.id = membership.application \
             AND application.subject = membership.subject WHERE membership.subject = $1 \
             AND membership.state IN ('active', 'transferring', 'retained') \
             UNION ALL SELECT id_hash, name_mobile_hash, id, name, 0 FROM application \
             WHERE subject = $1 AND state IN ('submitted', 'needs_info')";
        let found: Vec<Found> = writing!(self, connection => {
            sqlx::query_as(SQL).bind(Uuid::from_bytes(subject.0)).fetch_all(connection).await
        })?;
        let bound = |(id_hash, name_mobile_hash, id, name, is_membership): Found| Bound {
            id_hash,
            name_mobile_hash,
            name: id.map(|id| ApplicationId(id.into_bytes())).zip(name),
            is_membership: is_membership == 1,
        };
        Ok(found.into_iter().map(bound).collect())
    }
}
