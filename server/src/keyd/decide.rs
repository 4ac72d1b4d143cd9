//! What the key process answers.

use super::{
    KeydKeys,
    log::{Deed, Log},
    wire::{Hidden, Reply, Request},
};
use crate::{
    services::accounts::person,
    store::{Store, StoreError},
};
use domain::{
    account::{Actor, MatterId, SubjectId},
    policy::{Action, Policy, Relation, Role},
    time::Millis,
};
use std::sync::{Mutex, PoisonError};
use subtle::ConstantTimeEq as _;

/// So many different matters may one handler open in an hour.
pub const PER_HOUR: usize = 30;

/// The key process.
pub struct Keyd {
    keys: KeydKeys,
    store: Store,
    policy: Policy,
    log: Mutex<Log>,
}

/// Why there is no key: nobody is told which.
enum Not {
    Refused,
    Limited,
    Unavailable,
}

impl From<StoreError> for Not {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the database does not answer: {error}");
        Self::Unavailable
    }
}

impl From<Not> for Reply {
    fn from(not: Not) -> Self {
        match not {
            Not::Refused => Self::Refused,
            Not::Limited => Self::Limited,
            Not::Unavailable => Self::Unavailable,
        }
    }
}

impl Keyd {
    /// On a database, which it only reads.
    #[must_use]
    pub const fn new(keys: KeydKeys, store: Store, policy: Policy, log: Log) -> Self {
        Self { keys, store, policy, log: Mutex::new(log) }
    }

    /// Answers one request.
    pub async fn answer(&self, request: &Request, now: Millis) -> Reply {
        let answer = match request {
            Request::Ping => Ok(Reply::Pong { installation: Hidden::of(&self.keys.installation()) }),
            Request::Make { token, matter } => self.make(token, matter, now).await,
            Request::Read { token, matter, wrapped } => self.read(token, matter, wrapped, now).await,
            Request::Assign { token, matter, handler } => self.assign(token, matter, handler, now).await,
        };
        answer.unwrap_or_else(Reply::from)
    }

    async fn make(&self, token: &Hidden, matter: &str, now: Millis) -> Result<Reply, Not> {
        let (actor, subject) = self.actor(token, now).await?;
        let matter = MatterId::parse(matter).ok_or(Not::Refused)?;
        self.permitted(&actor, Action::OpenMatter, &[(Role::Worker, Relation::Own)])?;
        let entry = self.note(Deed::Made, matter, subject, None, now)?;
        let (key, wrapped) = self.keys.wrapper.make(matter, subject);
        Ok(Reply::Made { key: Hidden::of(key.bytes()), wrapped: Hidden::of(&wrapped), entry })
    }

    async fn read(&self, token: &Hidden, matter: &str, wrapped: &Hidden, now: Millis) -> Result<Reply, Not> {
        let (actor, subject) = self.actor(token, now).await?;
        let id = MatterId::parse(matter).ok_or(Not::Refused)?;
        let matter = self.store.matter(id).await?.ok_or(Not::Refused)?;
        let wrapped = wrapped.bytes().ok_or(Not::Refused)?;
        let mut relations = Vec::new();
        if matter.subject == subject {
            relations.push((Role::Worker, Relation::Own));
        }
        let confirmation = self.keys.assignment(id, matter.subject, subject);
        let is_confirmed = matter.assignment.is_some_and(|kept| bool::from(kept.ct_eq(&confirmation)));
        if matter.handler == Some(subject) && is_confirmed {
            relations.push((Role::Handler, Relation::Assigned));
        }
        if self.permitted(&actor, Action::ReadMatter, &relations).is_err() {
            self.note(Deed::Refused, id, subject, None, now)?;
            return Err(Not::Refused);
        }
        let key = self.keys.wrapper.unwrap(id, matter.subject, &wrapped).ok_or(Not::Refused)?;
        let deed = if matter.subject == subject { Deed::ReadOwn } else { Deed::ReadAssigned };
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let is_enough = deed == Deed::ReadAssigned && log.others_of(subject, id, now) >= PER_HOUR;
        // Written before anything is given, under one lock with the count.
        let deed = if is_enough { Deed::Limited } else { deed };
        let entry = log.append(deed, id, subject, None, now).map_err(|error| unwritten(&error))?;
        drop(log);
        if is_enough { Err(Not::Limited) } else { Ok(Reply::Key { key: Hidden::of(key.bytes()), entry }) }
    }

    async fn assign(&self, token: &Hidden, matter: &str, handler: &str, now: Millis) -> Result<Reply, Not> {
        let (actor, subject) = self.actor(token, now).await?;
        let id = MatterId::parse(matter).ok_or(Not::Refused)?;
        let handler = SubjectId::parse(handler).ok_or(Not::Refused)?;
        let matter = self.store.matter(id).await?.ok_or(Not::Refused)?;
        let mut relations = Vec::new();
        if self.store.officer_reaches(&actor, matter.organisation).await? {
            relations.push((Role::Officer, Relation::Within));
        }
        let held = self.store.grants_of(handler).await?;
        // Nobody gives themselves a matter to read: it takes two.
        let may_handle =
            handler != subject && self.store.role_reaches(Role::Handler, &held, matter.organisation).await?;
        if self.permitted(&actor, Action::AssignMatter, &relations).is_err() || !may_handle {
            self.note(Deed::Refused, id, subject, Some(handler), now)?;
            return Err(Not::Refused);
        }
        let entry = self.note(Deed::Assigned, id, subject, Some(handler), now)?;
        let confirmation = self.keys.assignment(id, matter.subject, handler);
        Ok(Reply::Assigned { confirmation: Hidden::of(&confirmation), entry })
    }

    /// Who a token stands for, by the database alone.
    async fn actor(&self, token: &Hidden, now: Millis) -> Result<(Actor, SubjectId), Not> {
        let hash = self.keys.hash_of(token.text());
        let session = self.store.session(&hash, now).await?.ok_or(Not::Refused)?;
        let held = self.store.grants_of(session.subject).await?;
        let subject = session.subject;
        Ok((person(&session, held), subject))
    }

    fn permitted(&self, actor: &Actor, action: Action, relations: &[(Role, Relation)]) -> Result<(), Not> {
        self.policy.check(actor, action, relations).map_err(|_| Not::Refused)
    }

    fn note(
        &self,
        deed: Deed,
        matter: MatterId,
        actor: SubjectId,
        other: Option<SubjectId>,
        now: Millis,
    ) -> Result<u64, Not> {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.append(deed, matter, actor, other, now).map_err(|error| unwritten(&error))
    }
}

fn unwritten(error: &super::LogError) -> Not {
    tracing::error!(%error, "nothing is opened that cannot be written down: {error}");
    Not::Unavailable
}
