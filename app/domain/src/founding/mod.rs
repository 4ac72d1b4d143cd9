//! 建会: workers who ask for a union where there is none, the enterprises they work for, and employers who obstruct
//! joining (阻挠入会).

mod enterprise;
mod request;
mod unit;

pub use enterprise::{EnterpriseKind, UnionState};
pub use request::{FoundingOutcome, FoundingStage, ObstructionStage};
pub use unit::{SHOWN_FROM, is_union_of, shown, unit_key};

/// 工作日 until the first contact with those who asked, and until somebody takes up a report.
pub const CONTACT_WITHIN_DAYS: u32 = 5;
