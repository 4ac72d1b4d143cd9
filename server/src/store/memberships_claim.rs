//! Memberships that a list began for somebody who had no account, and whose they are.

use super::{Edit, Hashes, StoreError, writing};
use domain::{
    account::{MembershipId, OrganisationId, SubjectId},
    time::Millis,
};
use uuid::Uuid;

/// What was given to the person whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The membership.
    pub id: MembershipId,
    /// Of what.
    pub organisation: OrganisationId,
    /// The account that the list began and nobody ever had: its row is gone, its key is to be destroyed.
    pub shell: Option<SubjectId>,
}

/// How much is known of whoever asks for a membership, beside its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// The mobile that they signed in with.
    Mobile,
    /// The same, and that the identity service knows the name by this document.
    Checked,
    /// Somebody who may say so said that it is this person.
    Said,
}

/// An account that a list began and nobody has signed in to: no number opens it.
const SHELL: &str =
    "SELECT id FROM subject WHERE id = membership.subject AND mobile_hash IS NULL AND seen_at = created_at";
/// A membership that counts.
const COUNTS: &str = "state IN ('active', 'transferring', 'retained')";

impl Edit {
    /// Gives the imported membership of a document, which nobody can reach, to an account that has none. By the mobile,
    /// the list has to have the same name with it; the identity service is enough where the list has no mobile.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn claim_membership(
        &mut self,
        subject: SubjectId,
        hashes: &Hashes,
        sure: Sure,
        now: Millis,
    ) -> Result<Option<Claimed>, StoreError> {
        // What was sealed for the other account opens for nobody any more.
        const GIVE: &str = "UPDATE membership SET subject = $2, reason = NULL, objection = NULL, objected_at = NULL, \
             changed_at = $3, version = version + 1 WHERE id = $1";
        const TRANSFERS: &str = "UPDATE membership_transfer SET subject = $2, reason = NULL WHERE membership = $1";
        const END: &str = "DELETE FROM subject WHERE id = $1 AND mobile_hash IS NULL AND seen_at = created_at \
             AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.subject = $1) \
             AND NOT EXISTS (SELECT 1 FROM application WHERE application.subject = $1)";
        // The row is locked by it, whoever else looks at the same moment.
        let find = format!(
            "UPDATE membership SET version = version WHERE id_hash = $1 AND source = 'import' AND {COUNTS} \
             AND (subject IS NULL OR subject IN ({SHELL})) AND ($2 OR name_mobile_hash = $3 OR ($5 AND name_mobile_hash IS NULL)) \
             AND NOT EXISTS (SELECT 1 FROM membership AS own WHERE own.subject = $4 AND own.{COUNTS}) \
             RETURNING id, organisation, subject"
        );
        let of = Uuid::from_bytes(subject.0);
        let found: Option<(Uuid, Uuid, Option<Uuid>)> = writing!(self, connection => {
            sqlx::query_as(sqlx::AssertSqlSafe(find))
                .bind(&hashes.id)
                .bind(sure == Sure::Said)
                .bind(&hashes.name_mobile)
                .bind(of)
                .bind(sure == Sure::Checked)
                .fetch_optional(&mut *connection)
                .await?
        });
        let Some((id, organisation, before)) = found else { return Ok(None) };
        let ended = writing!(self, connection => {
            sqlx::query(GIVE).bind(id).bind(of).bind(now).execute(&mut *connection).await?;
            sqlx::query(TRANSFERS).bind(id).bind(of).execute(&mut *connection).await?;
            match before {
                Some(before) => sqlx::query(END).bind(before).execute(&mut *connection).await?.rows_affected(),
                None => 0,
            }
        });
        Ok(Some(Claimed {
            id: MembershipId(id.into_bytes()),
            organisation: OrganisationId(organisation.into_bytes()),
            shell: before.filter(|_| ended > 0).map(|id| SubjectId(id.into_bytes())),
        }))
    }

    /// Whether the membership of a document lies where nobody can reach it: what a list began, without a number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_out_of_reach(&mut self, id: MembershipId) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT COUNT(*) FROM membership WHERE id = $1 AND source = 'import' AND (subject IS NULL OR subject IN ({SHELL}))"
        );
        let count: i64 = writing!(self, connection => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(Uuid::from_bytes(id.0)).fetch_one(connection).await?
        });
        Ok(count > 0)
    }
}
