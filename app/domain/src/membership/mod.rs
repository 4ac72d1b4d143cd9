//! 入会, 会籍: applying, deciding, and the membership that follows the worker.
//!
//! 会籍 follows the labour relation: 一次入会、动态接转 (工会会员会籍管理办法 第三条).

mod application;
mod occupation;
mod state;
pub mod suppress;

pub use application::{ApplicationKind, ApplicationState, Lane, Screen};
pub use occupation::Occupation;
pub use state::{MembershipState, Standing};
