//! What the program does, by deed: each folder or file one.

pub mod demo;
pub mod generate;
pub mod import;
pub mod reports;
pub mod roads;
