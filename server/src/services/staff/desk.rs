//! The first page of the desks: what one is, and what waits.

use super::scope::{Scope, may, station_relations};
use crate::services::people::{People, Trouble as _};
use domain::{
    account::{Actor, Reach},
    policy::{Action, Refused, Relation, Role},
    ports::{AlertedStation, Desk, Post, StationLookup, Stations as _, Tool},
    station::{Code, Station},
    time::Millis,
};
use std::collections::HashSet;

/// So many stations are listed.
const LISTED: usize = 50;

pub(super) async fn desk(people: &People, actor: &Actor, _now: Millis) -> Result<Desk, Refused> {
    people.policy.check(actor, Action::OpenDesk, &[])?;
    let tree = people.organisations.tree();
    let posts = actor
        .grants()
        .iter()
        .map(|grant| match grant.reach {
            Reach::Station(code) => Post {
                role: grant.role,
                place: here(people, code).map_or_else(|| code.to_string(), |station| station.name.to_string()),
                link: Some(format!("/desk/stations/{code}")),
            },
            Reach::Everywhere => of_scope(people, actor, grant.role, Scope::Everywhere, &tree),
            Reach::Tree(id) => of_scope(people, actor, grant.role, Scope::Organisation(id), &tree),
        })
        .collect();
    let (stations, more) = stations(people, actor).await?;
    let any = |action: Action| people.policy.check(actor, action, &own_ground(actor)).is_ok();
    Ok(Desk { posts, stations, more, tools: Tool::ALL.iter().copied().filter(|tool| any(action_of(*tool))).collect() })
}

const fn action_of(tool: Tool) -> Action {
    match tool {
        Tool::Applications => Action::ListApplications,
        Tool::Matters => Action::ListMatters,
        Tool::Cover => Action::OpenCoverDesk,
        Tool::Transfers => Action::DecideMembership,
        Tool::ChangeMobile => Action::ChangeMobileOf,
        Tool::Figures => Action::ReadFigures,
        Tool::Founding => Action::HandleFounding,
        Tool::Obstructions => Action::HandleObstruction,
        Tool::Enterprises => Action::EditEnterprises,
        Tool::Occupations => Action::EditOccupations,
        Tool::Audit => Action::ReadAudit,
    }
}

/// The actor's roles, each where it reaches: for what is decided again as soon as the object is known.
pub(super) fn own_ground(actor: &Actor) -> Vec<(Role, Relation)> {
    actor.grants().iter().map(|grant| (grant.role, Relation::Within)).collect()
}

fn of_scope(
    people: &People,
    actor: &Actor,
    role: Role,
    scope: Scope,
    tree: &domain::organisation::OrganisationTree,
) -> Post {
    let link =
        may(people, actor, Action::ReadOrganisation, scope).then(|| format!("/desk/organisations/{}", scope.address()));
    Post { role, place: scope.name(tree), link }
}

fn here(people: &People, code: Code) -> Option<std::sync::Arc<Station>> {
    match people.finder.by_code(code) {
        StationLookup::Here(station) => Some(station),
        StationLookup::Retired | StationLookup::Missing => None,
    }
}

/// Those that wait, the latest first, then a manager's own without anything; and how many more wait.
async fn stations(people: &People, actor: &Actor) -> Result<(Vec<AlertedStation>, u32), Refused> {
    // Whoever has no station to look after is not asked for any.
    if people.policy.check(actor, Action::ReadStationDesk, &own_ground(actor)).is_err() {
        return Ok((Vec::new(), 0));
    }
    let waiting = people.store.stations_with_alerts().await.or_unavailable("read alerts")?;
    let reached = |station: &Station| {
        people.policy.check(actor, Action::ReadStationDesk, &station_relations(people, actor, station)).is_ok()
    };
    let row = |station: &Station, alerts, latest| AlertedStation {
        code: station.code.to_string(),
        name: station.name.to_string(),
        place: station.adcode.map(|adcode| people.regions.path(adcode)).unwrap_or_default(),
        alerts,
        latest,
    };
    let mut rows = Vec::new();
    let mut listed = HashSet::new();
    let mut more = 0;
    for (code, alerts, latest) in waiting {
        let Some(station) = here(people, code).filter(|station| reached(station)) else { continue };
        if rows.len() < LISTED {
            listed.insert(code);
            rows.push(row(&station, alerts, Some(latest)));
        } else {
            more += 1;
        }
    }
    let own = actor.grants().iter().filter_map(|grant| match grant.reach {
        Reach::Station(code) => Some(code),
        Reach::Everywhere | Reach::Tree(_) => None,
    });
    for code in own.filter(|code| listed.insert(*code)).collect::<Vec<_>>() {
        if let Some(station) = here(people, code).filter(|station| reached(station)) {
            rows.push(row(&station, 0, None));
        }
    }
    Ok((rows, more))
}
