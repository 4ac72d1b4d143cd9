//! `/desk/applications`: what waits for a decision, and deciding it.

mod bulk;
mod hand_on;
mod letter;
mod one;
mod queue;
mod reveal;
mod same;

pub use bulk::ApproveAll;
pub use hand_on::{HandOn, page as hand_on};
pub use letter::{AskBack, Refuse, ask_back, refuse};
pub use one::{Approve, page as one};
pub use queue::page as queue;
pub use reveal::Reveal;
pub use same::{Rule, Unmerge};

use super::parts::typed;
use crate::ask::Fields;

/// The version that was shown, as the form carries it; what is no number is no version.
fn version(fields: &Fields) -> i64 {
    typed(fields, "version").parse().unwrap_or(-1)
}
