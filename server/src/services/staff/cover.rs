//! The desk of a cover administrator, as far as there is anything to administer.

use super::scope::Scope;
use crate::services::people::People;
use domain::{
    account::{Actor, Reach},
    policy::{Action, Refused, Role},
    ports::CoverPost,
    time::Millis,
};

pub(super) fn desk(people: &People, actor: &Actor, now: Millis) -> Result<Vec<CoverPost>, Refused> {
    people.policy.check(actor, Action::OpenCoverDesk, &[])?;
    let tree = people.organisations.tree();
    let own = actor.grants().iter().filter(|grant| grant.role == Role::CoverAdministrator);
    Ok(own
        .map(|grant| {
            let at = match grant.reach {
                Reach::Tree(id) => Scope::Organisation(id),
                Reach::Everywhere | Reach::Station(_) => Scope::Everywhere,
            };
            let one = at.organisation().and_then(|id| tree.get(id));
            CoverPost {
                name: at.name(&tree),
                phone: one.and_then(|one| one.phone.clone()),
                is_open: one.is_some_and(|one| one.is_open(now)),
            }
        })
        .collect())
}
