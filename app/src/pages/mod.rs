//! The screens, a folder each.

pub mod about;
pub mod audit;
pub mod card;
pub mod desk;
pub mod drive;
pub mod error;
pub mod founding;
pub mod invite;
pub mod join;
pub mod keys;
pub mod map;
pub mod matters;
pub mod me;
pub mod membership;
pub mod nearby;
pub mod offline;
pub mod place;
pub mod refused;
pub mod sign_in;
pub mod soon;
pub mod staff;
pub mod station;
pub mod trial;
