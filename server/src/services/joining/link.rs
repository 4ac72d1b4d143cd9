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
    ports::{EntryLink, StationLookup, Stations as _},
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

pub(super) async fn entry_link(people: &People, actor: &Actor, what: &str, now: Millis) -> Result<EntryLink, Refused> {
    let wanted = wanted(people, actor, what);
    let relations = wanted.as_ref().map(|(_, relations)| relations.clone()).unwrap_or_default();
    people.policy.check(actor, Action::MakeEntryLink, &relations)?;
    let (link, _) = wanted.ok_or(Refused::NotFound)?;
    let may = |(role, relation): &&(Role, Relation)| people.policy.allows(*role, Action::MakeEntryLink, *relation);
    let role = relations.iter().find(may).map_or(Role::Worker, |(role, _)| *role);
    made(people, actor.subject(), role, link, now).await.or_unavailable("make a join link")?.ok_or(Refused::NotFound)
}

async fn made(
    people: &People,
    by: Option<SubjectId>,
    role: Role,
    wanted: KeptLink,
    now: Millis,
) -> Result<Option<EntryLink>, Failed> {
    let Some((name, _)) = entry::name(people, &wanted).await? else { return Ok(None) };
    let mut edit = people.store.edit().await?;
    let link = if let Some(link) = edit.link_of(&wanted).await? {
        link
    } else {
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
        link
    };
    edit.finish().await?;
    let begun = people.store.begun_with(&link.code).await?;
    Ok(Some(EntryLink {
        address: format!("{}/join?org={}", people.site.url, link.code),
        code: link.code,
        name,
        begun: (begun >= TOLD_FROM).then_some(begun),
    }))
}

/// A code: eight letters and digits that nobody mixes up. It opens nothing; it only has to differ from all others.
fn draw() -> String {
    const ALPHABET: &[u8; 32] = b"23456789abcdefghjklmnpqrstuvwxyz";
    random::<8>().into_iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}
