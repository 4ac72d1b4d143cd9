//! Links, QR codes and posters of officers and managers.

use super::entry;
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::{Entry, KeptLink},
    vault::random,
};
use domain::{
    account::{Actor, EnterpriseId, OrganisationId, Reach, SubjectId},
    policy::{Action, Refused, Relation, Role},
    ports::{EntryLink, LinkDesk, StationLookup, Stations as _},
    station::Code,
    time::Millis,
};

/// Fewer than so many are not told: a number of two is two people.
const TOLD_FROM: u32 = 5;

/// What a link is wanted for, and how the actor stands to it.
fn wanted(people: &People, actor: &Actor, what: &str) -> Option<(KeptLink, Vec<(Role, Relation)>)> {
    let tree = people.organisations.tree();
    let none = KeptLink { code: String::new(), organisation: None, station: None, enterprise: None };
    match what.split_once(':')? {
        ("organisation", id) => {
            let id = OrganisationId::parse(id).filter(|id| tree.get(*id).is_some())?;
            Some((KeptLink { organisation: Some(id), ..none }, tree.relations(actor, id)))
        }
        ("station", code) => {
            let code = Code::parse(code)?;
            let StationLookup::Here(station) = people.finder.by_code(code) else { return None };
            Some((KeptLink { station: Some(code), ..none }, tree.station_relations(actor, code, station.adcode)))
        }
        ("enterprise", id) => {
            // A platform at an organisation: the one of the officer.
            let at = actor.grants().iter().find_map(|grant| match grant.reach {
                Reach::Tree(id) if grant.role == Role::Officer => Some(id),
                _ => None,
            })?;
            let id = EnterpriseId::parse(id)?;
            Some((KeptLink { organisation: Some(at), enterprise: Some(id), ..none }, tree.relations(actor, at)))
        }
        _ => None,
    }
}

/// What a link is wanted for, its name, and by which role the actor may do this with it.
async fn permitted(
    people: &People,
    actor: &Actor,
    action: Action,
    what: &str,
) -> Result<(KeptLink, String, Role), Refused> {
    let wanted = wanted(people, actor, what);
    let relations = wanted.as_ref().map(|(_, relations)| relations.clone()).unwrap_or_default();
    people.policy.check(actor, action, &relations)?;
    let (link, _) = wanted.ok_or(Refused::NotFound)?;
    let may = |(role, relation): &&(Role, Relation)| people.policy.allows(*role, action, *relation);
    let role = relations.iter().find(may).map_or(Role::Worker, |(role, _)| *role);
    let name = entry::name(people, &link).await.or_unavailable("read what a join link is for")?;
    let (name, _) = name.ok_or(Refused::NotFound)?;
    Ok((link, name, role))
}

pub(super) async fn read(people: &People, actor: &Actor, what: &str) -> Result<LinkDesk, Refused> {
    let (wanted, name, _) = permitted(people, actor, Action::ReadEntryLink, what).await?;
    let link = shown(people, &wanted, &name).await.or_unavailable("read a join link")?;
    Ok(LinkDesk { name, link })
}

async fn shown(people: &People, wanted: &KeptLink, name: &str) -> Result<Option<EntryLink>, Failed> {
    let Some(link) = people.store.link_of(wanted).await? else { return Ok(None) };
    let begun = people.store.begun_with(&link.code).await?;
    Ok(Some(EntryLink {
        address: format!("{}/join?org={}", people.site.url, link.code),
        code: link.code,
        name: name.to_owned(),
        begun: (begun >= TOLD_FROM).then_some(begun),
    }))
}

pub(super) async fn make(people: &People, actor: &Actor, what: &str, now: Millis) -> Result<(), Refused> {
    let (wanted, _, role) = permitted(people, actor, Action::MakeEntryLink, what).await?;
    made(people, actor.subject(), role, wanted, now).await.or_unavailable("make a join link")
}

async fn made(people: &People, by: Option<SubjectId>, role: Role, wanted: KeptLink, now: Millis) -> Result<(), Failed> {
    let mut edit = people.store.edit().await?;
    // Two who make one at the same moment make two: the older is shown to both.
    if edit.link_of(&wanted).await?.is_some() {
        return Ok(());
    }
    let link = KeptLink { code: draw(), ..wanted };
    edit.put_entry_link(&link, by, now).await?;
    let entry = Entry {
        actor: by,
        role,
        action: Action::MakeEntryLink,
        object: &format!("entry_link {}", link.code),
        reason: "做了入会链接",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    Ok(())
}

/// A code: eight letters and digits that nobody mixes up. It opens nothing; it only has to differ from all others.
fn draw() -> String {
    const ALPHABET: &[u8; 32] = b"23456789abcdefghjklmnpqrstuvwxyz";
    random::<8>().into_iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}
