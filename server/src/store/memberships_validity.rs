//! How long cards count.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{account::MembershipId, time::Millis};
use uuid::Uuid;

impl Store {
    /// Memberships that count, whose card runs out before a moment and whose member was not told.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn expiring_memberships(&self, before: Millis, limit: i64) -> Result<Vec<MembershipId>, StoreError> {
        const SQL: &str = "SELECT id FROM membership WHERE valid_until < $1 AND expiry_told_at IS NULL \
             AND state IN ('active', 'transferring', 'retained') ORDER BY valid_until LIMIT $2";
        let rows: Vec<Uuid> = reading!(self, pool => {
            sqlx::query_scalar(SQL).bind(before).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|id| MembershipId(id.into_bytes())).collect())
    }
}

impl Edit {
    /// Lets a card count until a moment, unless it counts as long already. Says whether it counts longer now.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn extend_membership(
        &mut self,
        id: MembershipId,
        until: Millis,
        now: Millis,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE membership SET valid_until = $2, expiry_told_at = NULL, changed_at = $3, \
             version = version + 1 WHERE id = $1 AND valid_until < $2 \
             AND state IN ('active', 'transferring', 'retained')";
        let changed = writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::from_bytes(id.0))
                .bind(until)
                .bind(now)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }

    /// Notes that the member was told.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn note_expiry_told(&mut self, id: MembershipId, now: Millis) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE membership SET expiry_told_at = $2 WHERE id = $1";
        writing!(self, connection => {
            sqlx::query(SQL).bind(Uuid::from_bytes(id.0)).bind(now).execute(connection).await?;
        });
        Ok(())
    }
}
