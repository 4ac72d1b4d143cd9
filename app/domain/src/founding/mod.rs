//! 建会: workers who ask for a union where there is none, the enterprises they work for, and employers who obstruct
//! joining (阻挠入会).

mod enterprise;
mod request;
mod unit;

pub use enterprise::{EnterpriseKind, UnionState};
pub use request::{FoundingOutcome, FoundingStage, ObstructionStage};
pub use unit::{SHOWN_FROM, is_same_unit, is_union_of, shown, shown_to_supporters, unit_key};

/// 工作日 until the first contact with those who asked, and until somebody takes up a report.
pub const CONTACT_WITHIN_DAYS: u32 = 5;

/// 工作日 from one letter of the union to the next, or to the outcome: otherwise the request goes up after all.
pub const WORKED_ON_WITHIN_DAYS: u32 = 10;
