//! Legal matters, as far as their words are read.

mod assign;
mod open;
mod read;

use super::people::{People, Trouble as _};
use crate::keyd::KeydError;
use domain::{
    account::{Actor, MatterId, SubjectId},
    policy::{Action, Refused},
    ports::{Later, MatterPage, MatterRow, Matters, NewMatter, NotRead},
    time::Millis,
};

/// Legal matters, as far as their words are read.
#[derive(Clone)]
pub struct MatterService {
    people: People,
}

impl MatterService {
    /// On a database, a vault and a key process.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }

    async fn list(&self, actor: &Actor) -> Result<Vec<MatterRow>, Refused> {
        self.people.policy.check(actor, Action::ListMatters, &[])?;
        let Some(subject) = actor.subject() else { return Ok(Vec::new()) };
        let matters = self.people.store.matters_of_handler(subject).await.or_unavailable("list matters")?;
        Ok(matters.iter().map(|matter| MatterRow { id: matter.id, created_at: matter.created_at }).collect())
    }
}

impl Matters for MatterService {
    fn list_assigned<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<MatterRow>, Refused>> {
        Box::pin(self.list(actor))
    }

    fn read<'a>(
        &'a self,
        actor: &'a Actor,
        token: Option<&'a str>,
        id: MatterId,
        now: Millis,
    ) -> Later<'a, Result<MatterPage, NotRead>> {
        Box::pin(read::read(&self.people, actor, token, id, now))
    }

    fn open<'a>(
        &'a self,
        actor: &'a Actor,
        token: Option<&'a str>,
        matter: &'a NewMatter,
        now: Millis,
    ) -> Later<'a, Result<MatterId, NotRead>> {
        Box::pin(open::open(&self.people, actor, token, matter, now))
    }

    fn assign<'a>(
        &'a self,
        actor: &'a Actor,
        token: Option<&'a str>,
        id: MatterId,
        handler: SubjectId,
        now: Millis,
    ) -> Later<'a, Result<(), NotRead>> {
        Box::pin(assign::assign(&self.people, actor, token, id, handler, now))
    }
}

impl From<KeydError> for NotRead {
    fn from(error: KeydError) -> Self {
        match error {
            KeydError::Absent => Self::KeyProcess,
            KeydError::Refused => Self::Refused(Refused::NotFound),
            KeydError::Limited => Self::TooMany,
        }
    }
}
