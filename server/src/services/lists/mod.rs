//! Lists of members and figures at the desks of organisations.

pub mod count;
mod export;
mod figures;
pub mod import;
mod members;
mod sheet;
mod target;
mod template;

pub use count::{count_months, keep_counting};

use super::people::People;
use domain::{
    account::Actor,
    policy::Refused,
    ports::{ExportForm, FiguresOf, FiguresPage, Later, Lists, MembersPage, NotDone, Pieces, TypedExport, TypedTarget},
    time::Millis,
};

/// Lists and figures.
#[derive(Clone)]
pub struct ListService {
    people: People,
}

impl ListService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Lists for ListService {
    fn figures_home<'a>(&'a self, actor: &'a Actor, _: Millis) -> Later<'a, Result<Vec<FiguresOf>, Refused>> {
        Box::pin(async move { figures::home(&self.people, actor) })
    }

    fn figures<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<FiguresPage, Refused>> {
        Box::pin(figures::page(&self.people, actor, id, now))
    }

    fn set_target<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedTarget,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(target::set(&self.people, actor, id, typed, now))
    }

    fn members<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        state: Option<&'a str>,
        after: Option<&'a str>,
    ) -> Later<'a, Result<MembersPage, Refused>> {
        Box::pin(members::page(&self.people, actor, id, state, after))
    }

    fn export_form<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<ExportForm, Refused>> {
        Box::pin(async move { export::form(&self.people, actor, id, now) })
    }

    fn export<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedExport,
        now: Millis,
    ) -> Later<'a, Result<Box<dyn Pieces>, NotDone>> {
        Box::pin(export::export(&self.people, actor, id, typed, now))
    }
}
