//! What every service about one's own account asks first.

use crate::services::people::People;
use domain::{
    account::{Actor, SessionId, SubjectId},
    policy::{Action, Refused, Relation, Role},
};

/// Who asks, when they may do this to their own account.
pub(super) fn own(people: &People, actor: &Actor, action: Action) -> Result<(SubjectId, SessionId), Refused> {
    people.policy.check(actor, action, &[(Role::Worker, Relation::Own)])?;
    // Whoever may and is nobody has no account: the same as not having signed in.
    actor.subject().zip(actor.session()).ok_or(Refused::SignIn)
}
