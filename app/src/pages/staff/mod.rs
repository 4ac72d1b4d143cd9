//! How staff sign in, and show again who they are: a passkey, or where a device has none an SMS and an authenticator.

mod prove;
mod sign_in;
mod totp;

pub use prove::ProveTotp;
pub use sign_in::{SendStaffCode, page};
pub use totp::{EnterTotp, page as totp};
pub(in crate::pages) use totp::{enter, status};
