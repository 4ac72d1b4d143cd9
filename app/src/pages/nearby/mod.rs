//! 附近: the nearest places to sit down, drink, charge, wash.

pub(super) mod address;
pub(super) mod chips;
mod list;
mod nowhere;
mod page;

pub use address::nearby_path;
pub use page::{name_of, page, rest};
