//! The union tree in memory: seeded from the regions that ship, kept at what the store holds.

mod held;
mod import;
mod seed;

pub use held::Organisations;
pub use import::{ImportFailure, Imported, MOST_BYTES, Refusal, import};
pub use seed::{id_of_code, id_of_region, seed, seeds};
