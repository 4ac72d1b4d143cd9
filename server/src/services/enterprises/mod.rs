//! Head enterprises and their affiliates: the list that an officer works through in their region.

mod change;
mod import;
mod list;

pub use import::{EnterprisesFailure, EnterprisesImported, import};

use super::people::People;
use domain::{
    account::Actor,
    policy::Refused,
    ports::{EnterpriseDesk, EnterpriseFilter, EnterpriseList, Enterprises, Later, NotDone, TypedEnterprise},
    time::Millis,
};

/// Head enterprises and their affiliates.
#[derive(Clone)]
pub struct EnterpriseService {
    people: People,
}

impl EnterpriseService {
    /// On a database.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Enterprises for EnterpriseService {
    fn list<'a>(
        &'a self,
        actor: &'a Actor,
        filter: &'a EnterpriseFilter,
    ) -> Later<'a, Result<EnterpriseList, Refused>> {
        Box::pin(list::list(&self.people, actor, filter))
    }

    fn may_add<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<(), Refused>> {
        Box::pin(async move { list::may_at_all(&self.people, actor) })
    }

    fn add<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedEnterprise,
        now: Millis,
    ) -> Later<'a, Result<String, NotDone>> {
        Box::pin(change::add(&self.people, actor, typed, now))
    }

    fn one<'a>(&'a self, actor: &'a Actor, id: &'a str) -> Later<'a, Result<EnterpriseDesk, Refused>> {
        Box::pin(change::one(&self.people, actor, id))
    }

    fn change<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedEnterprise,
        now: Millis,
    ) -> Later<'a, Result<(), NotDone>> {
        Box::pin(change::change(&self.people, actor, id, typed, now))
    }

    fn retire<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        retired: bool,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        Box::pin(change::retire(&self.people, actor, id, retired, now))
    }
}
