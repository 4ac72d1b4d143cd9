//! An organisation at its officers' desk.

use super::{
    invitation::action_of,
    masked::holders,
    scope::{Scope, may, scope},
};
use crate::{
    services::people::{People, Trouble as _},
    store::At,
};
use domain::{
    account::Actor,
    organisation::{Organisation, OrganisationTree},
    policy::{Action, Refused, Role},
    ports::{Below, OpenInvitation, OrganisationDesk},
    time::Millis,
};
use uuid::Uuid;

/// So many of those below are listed.
const LISTED: usize = 300;

/// To which roles the actor may invite at a scope. The whole country has administrators and auditors only.
pub(super) fn may_invite(people: &People, actor: &Actor, at: Scope) -> Vec<Role> {
    Role::STAFF
        .into_iter()
        .filter(|role| at != Scope::Everywhere || matches!(role, Role::Administrator | Role::Auditor))
        .filter(|role| may(people, actor, action_of(*role), at))
        .collect()
}

pub(super) async fn desk(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<OrganisationDesk, Refused> {
    let at = scope(people, actor, Action::ReadOrganisation, id)?;
    let tree = people.organisations.tree();
    let one = at.organisation().and_then(|id| tree.get(id));
    let grants = people
        .store
        .grants_at(at.organisation().map_or(At::Everywhere, At::Organisation))
        .await
        .or_unavailable("read roles")?;
    let invitations = people.store.invitations_to(at.organisation(), now).await.or_unavailable("read invitations")?;
    let below: Vec<&Organisation> = one.map_or_else(|| tree.roots(), |one| tree.children(one.id).collect());
    let region = |one: &Organisation| one.adcode.map(|adcode| people.regions.path(adcode));
    Ok(OrganisationDesk {
        id: at.address(),
        name: at.name(&tree),
        what: one.map(|one| (one.kind, one.level)),
        region: one.and_then(region),
        code: one.and_then(|one| one.code.clone()),
        phone: one.and_then(|one| one.phone.clone()),
        dues: one.and_then(|one| one.dues.clone()),
        is_open: one.is_some_and(|one| one.is_open(now)),
        active_at: one.and_then(|one| one.officer_active_at),
        above: above(people, actor, &tree, one),
        more_below: below.len().saturating_sub(LISTED),
        below: below.into_iter().take(LISTED).map(|one| row(&tree, one, now)).collect(),
        staff: holders(people, &grants, actor.subject()).await?,
        invitations: invitations
            .into_iter()
            .map(|open| OpenInvitation {
                id: Uuid::from_bytes(open.id).simple().to_string(),
                role: open.role,
                created_at: open.created_at,
                until: open.expires_at,
                again: open.subject.is_some(),
            })
            .collect(),
        may_read_figures: one.is_some() && may(people, actor, Action::ReadFigures, at),
        may_list_members: one.is_some() && may(people, actor, Action::ExportMembers, at),
        may_invite: may_invite(people, actor, at),
    })
}

fn row(tree: &OrganisationTree, one: &Organisation, now: Millis) -> Below {
    Below {
        id: one.id.to_string(),
        name: one.name.clone(),
        is_open: one.is_open(now),
        below: tree.children(one.id).count(),
    }
}

/// Those above that the actor may open, the nearest first.
fn above(people: &People, actor: &Actor, tree: &OrganisationTree, one: Option<&Organisation>) -> Vec<(String, String)> {
    let Some(one) = one else { return Vec::new() };
    let lineage = tree.lineage(one.id).into_iter().skip(1).map(|above| Scope::Organisation(above.id));
    lineage
        .chain([Scope::Everywhere])
        .filter(|at| may(people, actor, Action::ReadOrganisation, *at))
        .map(|at| (at.address(), at.name(tree)))
        .collect()
}
