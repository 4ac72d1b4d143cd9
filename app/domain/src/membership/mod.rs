//! 入会, 会籍: applying, deciding, and the membership that follows the worker.
//!
//! 会籍 follows the labour relation: 一次入会、动态接转 (工会会员会籍管理办法 第三条).

mod application;
pub mod card;
mod deed;
mod due;
mod event;
pub mod figures;
pub mod lapse;
mod month;
mod number;
mod occupation;
pub mod routing;
mod state;
pub mod suppress;
pub mod transfer;
#[cfg(test)]
mod walk;

pub use application::{ApplicationKind, ApplicationState, Lane, Screen};
pub use deed::Deed;
pub use due::{DECIDED_WITHIN_DAYS, due_after, is_surely_worked};
pub use event::MembershipEvent;
pub use month::Month;
pub use number::{MemberNumber, valid_until_year};
pub use occupation::Occupation;
pub use state::{MembershipState, Standing};
pub use transfer::{Side, Transfer, TransferState, WhyKept};
