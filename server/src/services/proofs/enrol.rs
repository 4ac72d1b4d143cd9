//! Taking up an invitation: who gets the role, and what they had before.

use crate::{
    services::{
        people::{People, Trouble as _},
        staff::invitation::{find_invitation, take_up},
    },
    store::{Edit, Invitation, StoreError},
};
use domain::{
    account::{Actor, OrganisationId, Reach, SubjectId},
    policy::Refused,
    ports::Invited,
    time::Millis,
};
use uuid::Uuid;

/// Who takes an invitation up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taker {
    /// Somebody who is there already.
    Known(SubjectId),
    /// Somebody new, under this id.
    New(SubjectId),
}

impl Taker {
    /// Who is invited again, else who has signed in, else somebody new.
    pub(super) fn of(invitation: &Invitation, actor: &Actor) -> Self {
        let known = invitation.subject.or_else(|| actor.subject());
        known.map_or_else(|| Self::New(SubjectId(Uuid::now_v7().into_bytes())), Self::Known)
    }

    pub(super) const fn subject(self) -> SubjectId {
        match self {
            Self::Known(subject) | Self::New(subject) => subject,
        }
    }
}

/// What it says to whoever opens it.
pub(super) async fn look(people: &People, token: &str, now: Millis) -> Result<Invited, Refused> {
    let found = find_invitation(people, token, now).await?.ok_or(Refused::NotFound)?;
    let tree = people.organisations.tree();
    let name = |id: OrganisationId| tree.get(id).map(|organisation| organisation.name.clone());
    let inviter = match found.invited_by {
        Some(subject) => people.store.grants_of(subject).await.or_unavailable("read who invites")?,
        None => Vec::new(),
    };
    // Whoever invites is named by where they work: their own name is theirs.
    let invited_by = inviter.iter().find_map(|grant| match grant.reach {
        Reach::Tree(id) if grant.role.is_staff() => name(id),
        _ => None,
    });
    Ok(Invited {
        role: found.role,
        organisation: found.organisation.and_then(name),
        invited_by,
        expires_at: found.expires_at,
        again: found.subject.is_some(),
    })
}

/// Gives the role to somebody, in the transaction that keeps their first key; says whether the invitation was still
/// to be had.
pub(super) async fn give(
    people: &People,
    edit: &mut Edit,
    invitation: &Invitation,
    taker: Taker,
    now: Millis,
) -> Result<bool, StoreError> {
    if let Taker::New(subject) = taker {
        edit.put_new_subject(subject, now).await?;
    }
    Ok(take_up(people, edit, invitation, taker.subject(), now).await?.is_some())
}
