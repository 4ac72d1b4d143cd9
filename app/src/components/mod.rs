//! Pieces that several pages share.

mod field;
mod find;
mod hotline;
mod icon;
mod note;
mod passkey;
mod plot;
mod qr;
mod row;

pub use field::Field;
pub use find::Find;
pub use hotline::{AMBULANCE, CITY, Hotline, Hotlines, LAW, TRAFFIC, UNION};
pub use icon::{Icon, Turned};
pub use note::{Good, Note};
pub use passkey::{PASSKEY_SCRIPT, PasskeyButton};
pub use plot::{Plot, Series};
pub use qr::{Qr, path, squares};
pub use row::StationRow;
