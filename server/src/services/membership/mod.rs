//! 会籍: the life of a membership.

pub mod cards;
