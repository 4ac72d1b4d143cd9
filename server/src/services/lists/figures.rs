//! Figures of an organisation and all below it, by fives.

use super::count::ALL;
use crate::{
    services::{
        people::{People, Trouble as _},
        staff::scope::{Scope, may, relations, scope},
    },
    store::Figure,
};
use domain::{
    account::{Actor, Reach},
    membership::{
        Month,
        figures::{ByFives, Dimension, Figures, Shown},
    },
    organisation::{Level, Organisation},
    policy::{Action, Refused, Relation, Role},
    ports::{FiguresOf, FiguresPage, TargetRow},
    time::{DAY_MS, Millis},
};
use std::collections::{BTreeMap, HashMap};

/// So many organisations are listed.
const LISTED: usize = 50;
/// Months on a page.
const MONTHS: usize = 12;
/// Of fewer decisions, as they are shown, no median is told.
const DECIDED_AT_LEAST: u64 = 10;

fn of(one: &Organisation) -> FiguresOf {
    FiguresOf { id: one.id.to_string(), name: one.name.clone() }
}

pub(super) fn home(people: &People, actor: &Actor) -> Result<Vec<FiguresOf>, Refused> {
    let tree = people.organisations.tree();
    let held: Vec<(Role, Relation)> = actor.grants().iter().map(|grant| (grant.role, Relation::Within)).collect();
    people.policy.check(actor, Action::ReadFigures, &held)?;
    let mut found: Vec<&Organisation> = Vec::new();
    for grant in actor.grants() {
        match grant.reach {
            Reach::Everywhere => found.extend(tree.roots()),
            Reach::Tree(id) => found.extend(tree.get(id)),
            Reach::Station(_) => {}
        }
    }
    found.retain(|one| may(people, actor, Action::ReadFigures, Scope::Organisation(one.id)));
    found.dedup_by_key(|one| one.id);
    Ok(found.into_iter().take(LISTED).map(of).collect())
}

pub(super) async fn page(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<FiguresPage, Refused> {
    let at = scope(people, actor, Action::ReadFigures, id)?;
    let tree = people.organisations.tree();
    let one = at.organisation().and_then(|id| tree.get(id)).ok_or(Refused::NotFound)?;
    // A year before this one, so that its target can be looked back at.
    let from = Month::first_of(Month::of(now).year() - 1);
    let rows = people.store.figures(one.id, from.0).await.or_unavailable("read figures")?;
    let counted = people.store.counted_months().await.or_unavailable("read counted months")?;
    let months: Vec<Month> = counted.into_iter().filter(|month| *month >= from.0).map(Month).collect();
    let whole = Figures::of(&months, &shown(&rows, one.level));
    let targets = people.store.targets(one.id).await.or_unavailable("read targets")?;
    let targets = targets
        .into_iter()
        .filter(|target| target.year >= from.year())
        .map(|target| TargetRow {
            year: target.year,
            goal: target.goal.unsigned_abs(),
            reached: whole.approved_in(target.year),
        })
        .collect();
    let figures = in_words(people, whole.last(MONTHS)).await?;
    let median_days = median_days(&figures, &rows);
    let above = one.parent.map_or(Scope::Everywhere, Scope::Organisation);
    Ok(FiguresPage {
        id: one.id.to_string(),
        name: one.name.clone(),
        median_days,
        figures,
        targets,
        may_set_target: people.policy.check(actor, Action::SetTarget, &relations(&tree, actor, above)).is_ok(),
        next_at: Month(Month::last_counted(now).0 + 1).counted_at(),
        below: tree.children(one.id).take(LISTED).map(of).collect(),
    })
}

fn shown(rows: &[Figure], level: Level) -> BTreeMap<Month, ByFives> {
    let mut months: BTreeMap<Month, ByFives> = BTreeMap::new();
    for row in rows {
        let Some(dimension) = Dimension::parse(&row.dimension) else { continue };
        let category = match dimension {
            Dimension::Region => region(&row.category, level),
            _ => row.category.clone(),
        };
        let cell =
            months.entry(Month(row.month)).or_default().entry(dimension).or_default().entry(category).or_default();
        cell.add(Shown {
            applied: row.applied.unsigned_abs(),
            approved: row.approved.unsigned_abs(),
            members: row.members.unsigned_abs(),
        });
    }
    months
}

/// A country is counted by provinces, a province by cities, what is below by counties.
fn region(county: &str, level: Level) -> String {
    let whole = |digits: usize| county.get(..digits).map(|head| format!("{head:0<6}"));
    match level {
        Level::Nation => whole(2),
        Level::Province => whole(4),
        _ => None,
    }
    .unwrap_or_else(|| county.to_owned())
}

async fn in_words(people: &People, mut figures: Figures) -> Result<Figures, Refused> {
    let occupations = people.store.occupation_names().await.or_unavailable("read occupations")?;
    let mut words: HashMap<String, String> = occupations.into_iter().collect();
    for (id, _, name, _) in people.store.enterprise_names().await.or_unavailable("read enterprises")? {
        words.insert(id.to_string(), name);
    }
    for (dimension, rows) in &mut figures.tables {
        for row in rows {
            row.category = match (row.category.as_str(), &*dimension) {
                ("", Dimension::Entry) => "没用链接".to_owned(),
                ("", _) => "没填".to_owned(),
                (adcode, Dimension::Region) => {
                    adcode.parse().ok().map(|adcode| people.regions.path(adcode)).unwrap_or_default()
                }
                (code, Dimension::Entry) => format!("链接 {code}"),
                (code, _) => words.get(code).cloned().unwrap_or_else(|| "不再列出的".to_owned()),
            };
        }
    }
    Ok(figures)
}

fn median_days(figures: &Figures, rows: &[Figure]) -> Vec<Option<u32>> {
    let medians: HashMap<i32, i64> = rows
        .iter()
        .filter(|row| row.dimension == ALL)
        .filter_map(|row| row.median_ms.map(|median| (row.month, median)))
        .collect();
    let days = |(month, total): (&Month, &Shown)| {
        let median = medians.get(&month.0).filter(|_| total.approved >= DECIDED_AT_LEAST)?;
        u32::try_from((median + DAY_MS - 1) / DAY_MS).ok()
    };
    figures.months.iter().zip(&figures.totals).map(days).collect()
}
