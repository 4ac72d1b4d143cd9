//! Thin wrappers over what the browser gives, and what the islands do with it.

mod clock;
pub mod nearby;
mod position;
mod rows;
