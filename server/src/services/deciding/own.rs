//! Who an officer is beside the account they act with: nobody decides their own application, sent from a second phone.

use crate::{
    services::{
        joining::hashes::of_kept,
        people::{People, Trouble as _},
        staff::masked::opened,
    },
    store::{DecidingRow, KnownBy},
};
use domain::{
    account::{Actor, SubjectId},
    policy::Refused,
};

/// By what the actor's own applications are known.
#[derive(Clone, Default)]
pub struct Own {
    subject: Option<SubjectId>,
    ids: Vec<Vec<u8>>,
    persons: Vec<Vec<u8>>,
}

impl Own {
    /// Of an account and what it is known by.
    #[must_use]
    pub fn new(subject: SubjectId, known: Vec<KnownBy>) -> Self {
        let (ids, persons): (Vec<_>, Vec<_>) = known.into_iter().unzip();
        Self {
            subject: Some(subject),
            ids: ids.into_iter().flatten().collect(),
            persons: persons.into_iter().flatten().collect(),
        }
    }

    /// Of the actor: the account, its document, what it applied with and is a member by.
    ///
    /// # Errors
    /// [`Refused::Unavailable`].
    pub async fn of(people: &People, actor: &Actor) -> Result<Self, Refused> {
        let Some(subject) = actor.subject() else { return Ok(Self::default()) };
        let known = people.store.own_hashes(subject).await.or_unavailable("read who an officer is")?;
        let mut own = Self::new(subject, known);
        let account = people.store.subject(subject).await.or_unavailable("read who an officer is")?;
        if let Some(account) = account
            && let Some(id_type) = account.id_type
            && let Some(number) = opened(people, subject, "id_number", account.id_number.as_deref()).await?
        {
            own.ids.push(of_kept(&people.vault, id_type, number.reveal()).to_vec());
        }
        Ok(own)
    }

    /// Whether an application is the actor's.
    #[must_use]
    pub fn has(&self, row: &DecidingRow) -> bool {
        let is_one = |of: &[Vec<u8>], hash: Option<&Vec<u8>>| hash.is_some_and(|hash| of.contains(hash));
        (row.subject.is_some() && row.subject == self.subject)
            || is_one(&self.ids, row.id_hash.as_ref())
            || is_one(&self.persons, row.person_hash.as_ref())
    }
}
