//! 会籍接转: asked for by the member, decided by the old and the new organisation, and by time.

mod ask;
mod case;
mod decide;
mod form;
mod object;
mod pass;
mod queue;
mod settle;
mod view;
mod withdraw;

pub use ask::{Asked, ask};
pub use withdraw::withdraw_with;

pub(super) use ask::ask_typed;
pub(super) use case::case;
pub(super) use decide::decide;
pub(super) use form::form;
pub(super) use object::object;
pub(super) use pass::pass;
pub(super) use queue::queue;
pub(super) use settle::end_application;
pub(super) use view::turns;
pub(super) use withdraw::withdraw;
