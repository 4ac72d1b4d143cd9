//! The one place where the life of a membership touches its card.

use crate::store::{Edit, RevokedFor, StoreError};
use domain::{account::MembershipId, time::Millis};

/// Called in the transaction of every change after which a card of this membership must not be shown as it is: it
/// ended (退会, 自动终止, 开除会籍, the account deleted), it arrived at another organisation, or it was restored.
/// What the card says now is read from the membership's row, which is written before.
///
/// # Errors
/// The database does not answer: then the transaction must not be finished.
pub async fn ended(edit: &mut Edit, membership: MembershipId, now: Millis) -> Result<(), StoreError> {
    edit.revoke_card(membership, RevokedFor::Ended, now).await.map(drop)
}
