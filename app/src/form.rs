//! One trait for every form: plain POST on the page's own path, with or without scripts.

use crate::{
    ask::{Ask, Fields},
    page::Answer,
};
use domain::policy::Action;
use std::{future::Future, pin::Pin};

/// A value that arrives later.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A form that lives beside its page.
pub trait Form {
    /// The path it is posted to: the path of the page that shows it.
    const PATH: &'static str;
    /// What it does, as the policy table names it.
    const ACTION: Action;
    /// Whether what was typed outlives a session that has ended: it is carried through the sign-in, sealed, and
    /// stands in the fields again.
    const CARRIED: bool = false;

    /// Does it: a redirect when done, the page again with the typed values and 422 when not.
    fn submit(ask: Ask, fields: Fields) -> Later<Answer>;
}

/// A row of the form table.
#[derive(Clone, Copy)]
pub struct FormRoute {
    /// Where it is posted to.
    pub path: &'static str,
    /// What it does, as the policy table names it.
    pub action: Action,
    /// Whether its fields are carried through a sign-in.
    pub carried: bool,
    /// What does it.
    pub submit: fn(Ask, Fields) -> Later<Answer>,
}

impl FormRoute {
    /// The row of a form.
    #[must_use]
    pub fn of<F: Form>() -> Self {
        Self { path: F::PATH, action: F::ACTION, carried: F::CARRIED, submit: F::submit }
    }
}
