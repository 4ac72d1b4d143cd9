//! What every deed of a member to their own membership begins with.

use crate::{
    services::people::People,
    store::{Edit, MembershipRow, StoreError},
};
use domain::{
    account::{Actor, SubjectId},
    policy::{Action, Refused, Relation, Role},
};

/// Who asks, when they may do this to what is their own.
pub(super) fn own(people: &People, actor: &Actor, action: Action) -> Result<SubjectId, Refused> {
    people.policy.check(actor, action, &[(Role::Worker, Relation::Own)])?;
    actor.subject().ok_or(Refused::SignIn)
}

/// A transaction with the living membership of somebody locked in it. The account before it, as whoever sends an
/// application has it: two deeds of one person wait for each other.
pub(super) async fn living(people: &People, subject: SubjectId) -> Result<(Edit, Option<MembershipRow>), StoreError> {
    let mut edit = people.store.edit().await?;
    edit.subject(subject).await?;
    let row = edit.living_membership_of(subject).await?;
    Ok((edit, row))
}
