//! A member at the officers' desk.

mod deed;
mod find;
mod member;
mod reveal;
mod rule;

pub(super) use deed::deed;
pub(super) use find::{SEEN_OLD, relations_to, seen};
pub(super) use member::member;
pub(super) use reveal::reveal;
