//! Requests at the officers' desk. Nobody handles a request that they joined, or of an employer to whose own union they
//! belong.

use super::{
    climb::{is_of_unit, name_of},
    told,
    words::opened,
    worker::{concluded, row},
};
use crate::{
    services::{
        owned::{Walk, history, note_look},
        people::{People, Trouble as _},
        staff::{masked, reason::reason},
    },
    store::FoundingKept,
};
use domain::{
    account::{Actor, FoundingId, Mobile, OrganisationId, PersonName, SubjectId},
    founding::shown as rounded,
    policy::{Action, Refused, Relation, Role},
    ports::{Agreed, FoundingDesk, FoundingRow, Listed, NotDone},
    time::Millis,
};

/// The employer's own union, where the list of enterprises knows it.
async fn unions(people: &People, one: &FoundingKept) -> Result<Vec<OrganisationId>, Refused> {
    let Some(id) = one.enterprise else { return Ok(Vec::new()) };
    let enterprise = people.store.enterprise_kept(id).await.or_unavailable("read an employer")?;
    Ok(enterprise.and_then(|one| one.organisation).into_iter().collect())
}

/// How an actor's roles stand to a request.
async fn relations(
    people: &People,
    actor: &Actor,
    one: &FoundingKept,
    members: &[(SubjectId, bool)],
) -> Result<Vec<(Role, Relation)>, Refused> {
    let tree = people.organisations.tree();
    let Some(owner) = one.owner else { return Ok(Vec::new()) };
    let is_own = actor.subject().is_some_and(|subject| members.iter().any(|(member, _)| *member == subject));
    if is_own || is_of_unit(&tree, actor, &one.unit.1, &unions(people, one).await?) {
        return Ok(Vec::new());
    }
    Ok(tree.relations(actor, owner))
}

/// A request, who joined it, and how an actor stands to it.
pub(super) type Found = (FoundingKept, Vec<(SubjectId, bool)>, Vec<(Role, Relation)>);

/// The other open requests about the same unit at the same place that wait at the same desk, as far as the actor may
/// handle them.
pub(super) async fn same_unit(people: &People, actor: &Actor, of: &FoundingKept) -> Result<Vec<Found>, Refused> {
    let mut same = Vec::new();
    let all = people.store.foundings_of_unit(of.adcode, &of.unit.1).await.or_unavailable("read requests")?;
    for one in all.into_iter().filter(|one| one.id != of.id && one.owner == of.owner) {
        let members = people.store.founding_members(one.id).await.or_unavailable("read who joined")?;
        let held = relations(people, actor, &one, &members).await?;
        if people.policy.check(actor, Action::HandleFounding, &held).is_ok() {
            same.push((one, members, held));
        }
    }
    Ok(same)
}

/// A request with who joined, and how the actor stands to it: after the policy has let them.
pub(super) async fn find(people: &People, actor: &Actor, id: &str) -> Result<Found, Refused> {
    let one = match FoundingId::parse(id) {
        Some(id) => people.store.founding(id).await.or_unavailable("find a request")?,
        None => None,
    };
    let (members, held) = match &one {
        Some(one) => {
            let members = people.store.founding_members(one.id).await.or_unavailable("read who joined")?;
            let held = relations(people, actor, one, &members).await?;
            (members, held)
        }
        None => (Vec::new(), Vec::new()),
    };
    people.policy.check(actor, Action::HandleFounding, &held)?;
    Ok((one.ok_or(Refused::NotFound)?, members, held))
}

fn desk_row(people: &People, one: &FoundingKept, members: &[(SubjectId, bool)]) -> FoundingRow {
    let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
    row(people, one, format!("/desk/founding/{}", one.id), rounded(count))
}

pub(super) async fn list(people: &People, actor: &Actor, after: Option<&str>) -> Result<Listed<FoundingRow>, Refused> {
    let mut walk = Walk::<FoundingId, _>::begin(people, actor, Action::HandleFounding, after)?;
    while let Some(at) = walk.next().await? {
        let found = people.store.founding(at.id).await.or_unavailable("read requests")?;
        let Some(one) = found else { continue };
        let members = people.store.founding_members(one.id).await.or_unavailable("read who joined")?;
        let held = relations(people, actor, &one, &members).await?;
        if people.policy.check(actor, Action::HandleFounding, &held).is_ok()
            && !walk.put(at, desk_row(people, &one, &members))
        {
            break;
        }
    }
    Ok(walk.page())
}

pub(super) async fn one(people: &People, actor: &Actor, id: &str) -> Result<FoundingDesk, Refused> {
    let (one, members, _) = find(people, actor, id).await?;
    shown(people, actor, (&one, &members), false).await
}

async fn shown(
    people: &People,
    actor: &Actor,
    (one, members): (&FoundingKept, &[(SubjectId, bool)]),
    is_revealed: bool,
) -> Result<FoundingDesk, Refused> {
    let tree = people.organisations.tree();
    let mut agreed = Vec::new();
    for (subject, _) in members.iter().filter(|(_, contact)| *contact) {
        agreed.push(contact(people, *subject, is_revealed).await?);
    }
    let events = people.store.events_of(one.id).await.or_unavailable("read the way of a request")?;
    let same = if one.stage.is_open() { same_unit(people, actor, one).await? } else { Vec::new() };
    Ok(FoundingDesk {
        row: desk_row(people, one, members),
        same: same.iter().map(|(one, members, _)| desk_row(people, one, members)).collect(),
        number: one.number.clone(),
        colleagues: one.colleagues,
        owner: one.owner.map(|id| name_of(&tree, id)).unwrap_or_default(),
        has_starter: one.starter.is_some(),
        written: opened(people, one).await.or_unavailable("open words")?,
        agreed,
        is_revealed,
        history: history(&tree, events, told::step),
        concluded: concluded(&tree, one),
    })
}

/// Name and mobile of somebody who agreed to be contacted; masked unless revealed.
pub async fn contact(people: &People, subject: SubjectId, revealed: bool) -> Result<Agreed, Refused> {
    let kept = people.store.contact_of(subject).await.or_unavailable("read a contact")?;
    let name = masked::opened(people, subject, "name", kept.name.as_deref()).await?;
    let mobile = masked::opened(people, subject, "mobile", kept.mobile.as_deref()).await?;
    let name = name.and_then(|name| PersonName::parse(name.reveal()).ok());
    let mobile = mobile.and_then(|mobile| Mobile::parse(mobile.reveal()).ok());
    Ok(if revealed {
        Agreed {
            name: name.map(|name| name.as_str().to_owned()),
            mobile: mobile.map(|mobile| mobile.as_str().to_owned()),
        }
    } else {
        Agreed { name: name.map(|name| name.masked()), mobile: mobile.map(|mobile| mobile.masked()) }
    })
}

pub(super) async fn reveal(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &str,
    now: Millis,
) -> Result<FoundingDesk, NotDone> {
    let (one, members, held) = find(people, actor, id).await?;
    people.policy.check(actor, Action::RevealMember, &held)?;
    // Once it is over there is nobody to call.
    if !one.stage.is_open() {
        return Err(Refused::NotFound.into());
    }
    let why = reason(typed)?;
    note_look(people, actor, (one.id, &held), (Action::RevealMember, &why), now).await?;
    Ok(shown(people, actor, (&one, &members), true).await?)
}
