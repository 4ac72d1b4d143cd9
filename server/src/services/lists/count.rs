//! Counting finished months, each once: pages read what was counted and never the people.

use crate::{
    services::people::People,
    store::{CountedApplication, CountedMembers, Figure, StoreError},
};
use domain::{
    account::{EnterpriseId, OrganisationId},
    membership::{Month, figures::Dimension},
    organisation::OrganisationTree,
    time::Millis,
};
use std::{collections::HashMap, time::Duration};
use uuid::Uuid;

/// How often it is looked whether another month can be counted.
const EVERY: Duration = Duration::from_hours(6);
/// So many months back the first counting goes.
const MONTHS_BACK: i32 = 24;
/// The dimension of all people together, as it is stored.
pub(super) const ALL: &str = "all";

/// Exact counts of one cell.
#[derive(Clone, Copy, Default)]
struct Cell {
    applied: i64,
    approved: i64,
    decided: i64,
    members: i64,
}

/// Counts of one month by organisation, each with all below it.
struct Counting<'a> {
    tree: &'a OrganisationTree,
    /// Kind and parent of employers and platforms.
    enterprises: HashMap<Uuid, (String, Option<Uuid>)>,
    cells: HashMap<(OrganisationId, &'static str, String), Cell>,
    /// How long decisions took.
    took: HashMap<OrganisationId, Vec<Millis>>,
}

impl Counting<'_> {
    /// The platform, and the head enterprise, that something belongs to.
    fn chain(&self, enterprise: Option<Uuid>) -> (String, String) {
        let (mut platform, mut head) = (String::new(), String::new());
        let mut at = enterprise;
        // Affiliates of affiliates; a ring ends.
        for _ in 0..16 {
            let Some((id, (kind, parent))) = at.and_then(|id| self.enterprises.get(&id).map(|one| (id, one))) else {
                break;
            };
            match kind.as_str() {
                "platform" => platform = id.simple().to_string(),
                "head" => head = id.simple().to_string(),
                _ => {}
            }
            at = *parent;
        }
        (platform, head)
    }

    fn add(&mut self, organisation: OrganisationId, by: By<'_>, cell: Cell) {
        let (platform, head) = self.chain(by.enterprise);
        let region = by.adcode.map(|adcode| adcode.to_string()).unwrap_or_default();
        let categories = [
            (ALL, String::new()),
            (Dimension::Region.code(), region),
            (Dimension::Occupation.code(), by.occupation.unwrap_or_default().to_owned()),
            (Dimension::Platform.code(), platform),
            (Dimension::Head.code(), head),
            (Dimension::Entry.code(), by.entry.unwrap_or_default().to_owned()),
        ];
        for above in self.tree.lineage(organisation) {
            for (dimension, category) in &categories {
                let sum = self.cells.entry((above.id, dimension, category.clone())).or_default();
                sum.applied += cell.applied;
                sum.approved += cell.approved;
                sum.decided += cell.decided;
                sum.members += cell.members;
            }
        }
    }

    fn application(&mut self, row: &CountedApplication, now: Millis) {
        let decided = row.decided_at.filter(|at| *at <= now && matches!(row.state.as_str(), "approved" | "rejected"));
        let is_approved = decided.is_some() && row.state == "approved";
        let cell =
            Cell { applied: 1, approved: i64::from(is_approved), decided: i64::from(decided.is_some()), members: 0 };
        let owner = OrganisationId(row.owner.into_bytes());
        let (occupation, entry) = (row.occupation.as_deref(), row.entry.as_deref());
        self.add(owner, By { adcode: row.adcode, occupation, enterprise: row.enterprise, entry }, cell);
        if let Some(decided) = decided {
            for above in self.tree.lineage(owner) {
                self.took.entry(above.id).or_default().push(decided - row.submitted_at);
            }
        }
    }

    fn members(&mut self, organisation: OrganisationId, row: &CountedMembers) {
        let cell = Cell { members: row.people, ..Cell::default() };
        let by =
            By { adcode: row.adcode, occupation: row.occupation.as_deref(), enterprise: row.enterprise, entry: None };
        self.add(organisation, by, cell);
    }

    fn figures(mut self, month: Month) -> Vec<(OrganisationId, Figure)> {
        let mut medians: HashMap<OrganisationId, Millis> = HashMap::new();
        for (id, took) in &mut self.took {
            let middle = took.len() / 2;
            medians.insert(*id, *took.select_nth_unstable(middle).1);
        }
        let row = |((id, dimension, category), cell): ((OrganisationId, &str, String), Cell)| {
            let median_ms = (dimension == ALL).then(|| medians.get(&id).copied()).flatten();
            let figure = Figure {
                month: month.0,
                dimension: dimension.to_owned(),
                category,
                applied: cell.applied,
                approved: cell.approved,
                decided: cell.decided,
                members: cell.members,
                median_ms,
            };
            (id, figure)
        };
        let mut rows: Vec<_> = self.cells.into_iter().map(row).collect();
        // The order of the key: the database appends.
        rows.sort_by(|(a, x), (b, y)| (a, &x.dimension, &x.category).cmp(&(b, &y.dimension, &y.category)));
        rows
    }
}

/// By what one is counted.
#[derive(Clone, Copy)]
struct By<'a> {
    adcode: Option<i32>,
    occupation: Option<&'a str>,
    enterprise: Option<Uuid>,
    entry: Option<&'a str>,
}

async fn count(people: &People, month: Month, now: Millis) -> Result<bool, StoreError> {
    let tree = people.organisations.tree();
    let uuid = |EnterpriseId(id): EnterpriseId| Uuid::from_bytes(id);
    let enterprises = people.store.enterprise_names().await?.into_iter();
    let enterprises = enterprises.map(|(id, kind, _, parent)| (uuid(id), (kind, parent.map(uuid)))).collect();
    let mut counting = Counting { tree: &tree, enterprises, cells: HashMap::new(), took: HashMap::new() };
    for row in people.store.applications_sent(month.begins(), month.ends()).await? {
        counting.application(&row, now);
    }
    // One organisation after the other, each by its index: nothing looks through all members at once.
    for one in tree.all() {
        for row in people.store.members_counted(one.id, month.ends()).await? {
            counting.members(one.id, &row);
        }
    }
    let figures = counting.figures(month);
    let mut edit = people.store.edit().await?;
    if !edit.begin_month(month.0, now).await? {
        return Ok(false);
    }
    edit.put_figures(&figures).await?;
    edit.finish().await?;
    Ok(true)
}

/// Counts the months that can be counted and were not; says how many. Of several servers one counts.
///
/// # Errors
/// The database does not answer: the rest is counted the next time.
pub async fn count_months(people: &People, now: Millis) -> Result<u32, StoreError> {
    let last = Month::last_counted(now);
    let known = people.store.counted_months().await?;
    let begun = people.store.first_submission().await?.map_or(last, Month::of);
    // Once counting has begun it goes on from there: a page never gets an older month before those it had.
    let first = known.last().map_or_else(|| begun.max(Month(last.0 - MONTHS_BACK + 1)), |known| Month(known + 1));
    let mut counted = 0;
    for month in (first.0..=last.0).map(Month) {
        counted += u32::from(count(people, month, now).await?);
    }
    Ok(counted)
}

/// Counts now and every few hours.
pub async fn keep_counting(people: People, clock: fn() -> Millis) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = count_months(&people, clock()).await {
            tracing::warn!(%error, "a month is not counted yet: {error}");
        }
    }
}
