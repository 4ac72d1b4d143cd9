//! The one place where the life of a membership touches its card.

use crate::store::{Edit, StoreError};
use domain::{account::MembershipId, time::Millis};

/// Called in the transaction of every change after which a card of this membership must not be shown as it is: it
/// ended (退会, 自动终止, 开除会籍, the account deleted), it arrived at another organisation, or it was restored.
/// What the card says now is read from the membership's row, which is written before.
///
/// # Errors
/// The database does not answer: then the transaction must not be finished.
#[expect(clippy::unused_async, reason = "the list of revoked cards is written here, once there are cards")]
pub async fn ended(_: &mut Edit, _: MembershipId, _: Millis) -> Result<(), StoreError> {
    Ok(())
}
