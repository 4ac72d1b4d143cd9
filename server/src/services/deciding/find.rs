//! Which application an address means, and whether the actor may: looked at again inside the transaction.

use super::{own::Own, tell};
use crate::{
    services::{
        people::{People, Trouble as _},
        staff::scope::acting_as,
    },
    store::{DecidingRow, Edit, Entry},
};
use domain::{
    account::{Actor, ApplicationId, OrganisationId, SubjectId},
    membership::{ApplicationState, DECIDED_WITHIN_DAYS, due_after},
    policy::{Action, Refused, Relation, Role},
    ports::{NotDecided, Stations as _},
    time::Millis,
};

/// An application that the actor may do this with.
pub struct Found {
    /// The row.
    pub row: DecidingRow,
    /// Whose it is.
    pub subject: SubjectId,
    /// Who decides.
    pub owner: OrganisationId,
    /// Its name: 批准机关.
    pub authority: String,
    /// How the actor's roles stand to it.
    pub held: Vec<(Role, Relation)>,
}

/// How an actor stands to what an organisation decides about somebody. To one's own there is no officer's relation.
fn relations(
    people: &People,
    actor: &Actor,
    (of, own): (&DecidingRow, &Own),
    owner: OrganisationId,
) -> Vec<(Role, Relation)> {
    if of.subject.is_none() || own.has(of) {
        return Vec::new();
    }
    people.organisations.tree().relations(actor, owner)
}

/// The application of an address. What waited for an organisation that is no more goes up to the nearest that is
/// there, before anybody reads it.
///
/// # Errors
/// [`Refused`]: what is not there, what is one's own and what is out of reach alike.
pub async fn find(people: &People, actor: &Actor, action: Action, id: &str, now: Millis) -> Result<Found, Refused> {
    let mut row = match ApplicationId::parse(id) {
        Some(id) => people.store.application_to_decide(id).await.or_unavailable("find an application")?,
        None => None,
    };
    let own = Own::of(people, actor).await?;
    let mut owner = row.as_ref().and_then(|row| row.owner);
    if let (Some(gone), Some(left)) = (owner, &row)
        && people.organisations.tree().get(gone).is_none()
    {
        owner = living_above(people, gone).await?;
        if let Some(to) = owner
            && people.policy.check(actor, action, &relations(people, actor, (left, &own), to)).is_ok()
            && is_waiting(left.state)
        {
            route_on(people, left, to, now).await?;
            row = people.store.application_to_decide(left.id).await.or_unavailable("find an application")?;
        }
    }
    let held = match (&row, owner) {
        (Some(row), Some(owner)) => relations(people, actor, (row, &own), owner),
        _ => Vec::new(),
    };
    people.policy.check(actor, action, &held)?;
    let (Some(row), Some(owner)) = (row.filter(|row| !own.has(row)), owner) else { return Err(Refused::NotFound) };
    let Some(subject) = row.subject else { return Err(Refused::NotFound) };
    let authority = name_of(people, owner);
    Ok(Found { row, subject, owner, authority, held })
}

/// An organisation by its name.
#[must_use]
pub fn name_of(people: &People, id: OrganisationId) -> String {
    people.organisations.tree().get(id).map_or_else(|| "已撤销的组织".to_owned(), |one| one.name.clone())
}

/// Whether somebody still has to do something about it.
#[must_use]
pub const fn is_waiting(state: ApplicationState) -> bool {
    matches!(state, ApplicationState::Submitted | ApplicationState::NeedsInfo)
}

/// By when whoever gets it now decides.
#[must_use]
pub fn due(people: &People, now: Millis) -> Millis {
    due_after(&people.finder.calendar(), now, DECIDED_WITHIN_DAYS)
}

/// The nearest organisation above one that is no more, which is there.
async fn living_above(people: &People, gone: OrganisationId) -> Result<Option<OrganisationId>, Refused> {
    let tree = people.organisations.tree();
    let way = people.store.way_up(gone).await.or_unavailable("look above a dissolved organisation")?;
    Ok(way.into_iter().find(|(id, is_there)| *is_there && tree.get(*id).is_some()).map(|(id, _)| id))
}

/// Moves what a dissolved organisation left behind. Somebody may be quicker: then it has moved already.
async fn route_on(people: &People, row: &DecidingRow, to: OrganisationId, now: Millis) -> Result<(), Refused> {
    let due_at = due(people, now);
    let moved = async {
        let mut edit = people.store.edit().await?;
        if edit.hand_on(row.id, row.version, to, due_at, now).await? {
            edit.put_application_event(row.id, "escalated", Some(to), None, now).await?;
            if let Some(subject) = row.subject {
                tell::moved(people, &mut edit, subject, row.id, &name_of(people, to), now).await?;
            }
            edit.finish().await?;
        }
        Ok::<_, crate::services::people::Failed>(())
    };
    moved.await.or_unavailable("move what a dissolved organisation left")
}

/// The version that was shown, as long as it waits.
///
/// # Errors
/// [`NotDecided`].
pub async fn shown(people: &People, actor: &Actor, id: &str, version: i64, now: Millis) -> Result<Found, NotDecided> {
    let found = find(people, actor, Action::DecideApplication, id, now).await?;
    if found.row.version != version || !is_waiting(found.row.state) {
        return Err(NotDecided::Outdated(outdated(&found.row)));
    }
    Ok(found)
}

/// Begins the transaction of a decision: roles and organisation are read again inside it. Whatever else has to be read
/// is read before, so that no decision waits for a second connection with one in its hand.
///
/// # Errors
/// [`NotDecided`]: nothing was written.
pub async fn begin(people: &People, actor: &Actor, found: &Found) -> Result<Edit, NotDecided> {
    let mut edit = people.store.edit().await.or_unavailable("decide an application")?;
    still_may(people, &mut edit, actor, found).await?;
    Ok(edit)
}

/// Whether the roles count still and the organisation is there still.
async fn still_may(people: &People, edit: &mut Edit, actor: &Actor, found: &Found) -> Result<(), NotDecided> {
    let Some(subject) = actor.subject() else { return Err(Refused::SignIn.into()) };
    let live = edit.live_grants(subject).await.or_unavailable("read roles")?;
    let tree = people.organisations.tree();
    let held: Vec<(Role, Relation)> = actor
        .grants()
        .iter()
        .filter(|grant| live.contains(&grant.id) && tree.reaches(&grant.reach, found.owner))
        .map(|grant| (grant.role, Relation::Within))
        .collect();
    people.policy.check(actor, Action::DecideApplication, &held)?;
    // Their own, whichever phone sent it: also when that came out a moment ago.
    let known = edit.own_hashes(subject).await.or_unavailable("read who an officer is")?;
    let is_theirs = edit.is_identity_of(found.row.id, subject).await.or_unavailable("read who an officer is")?;
    if is_theirs || Own::new(subject, known).has(&found.row) {
        return Err(Refused::NotFound.into());
    }
    if !edit.organisation_is_there(found.owner).await.or_unavailable("read an organisation")? {
        return Err(NotDecided::Outdated("这个组织刚撤销了，这份申请会转给上级工会。过一会儿再打开。".to_owned()));
    }
    Ok(())
}

/// The application as it is now, in a sentence for whoever was slower.
///
/// # Errors
/// The database does not answer.
pub async fn whats_now(people: &People, id: ApplicationId) -> Result<NotDecided, Refused> {
    let row = people.store.application_to_decide(id).await.or_unavailable("find an application")?;
    Ok(row.map_or(NotDecided::Refused(Refused::NotFound), |row| NotDecided::Outdated(outdated(&row))))
}

fn outdated(row: &DecidingRow) -> String {
    let by = row.authority.as_deref().map(|name| format!("（批准机关：{name}）")).unwrap_or_default();
    match row.state {
        ApplicationState::Approved => format!("已经有人先办了：通过了{by}。你这一次没有算。"),
        ApplicationState::Rejected => format!("已经有人先办了：没有通过{by}。你这一次没有算。"),
        ApplicationState::Withdrawn => "对方刚刚撤回了申请，不用办了。".to_owned(),
        ApplicationState::NeedsInfo => "已经有人先办了：请对方补充材料。你这一次没有算，看一遍再定。".to_owned(),
        ApplicationState::Submitted | ApplicationState::Draft => {
            "你打开以后，这份申请有了变化（对方补充了材料，或者同事动过）。看一遍再定。".to_owned()
        }
    }
}

/// Writes down what was done, in the same transaction.
///
/// # Errors
/// The database does not answer: then the transaction must not be finished.
pub async fn audit(
    people: &People,
    edit: &mut Edit,
    actor: &Actor,
    found: &Found,
    (action, reason): (Action, &str),
    now: Millis,
) -> Result<(), Refused> {
    let object = format!("application {}", found.row.id);
    let role = acting_as(people, action, &found.held);
    let entry = Entry { actor: actor.subject(), role, action, object: &object, reason };
    edit.audit(&people.vault.audit_key(), &entry, now).await.or_unavailable("write the audit log")
}
