//! Counting finished months, each once: pages read what was counted and never the people.

use crate::{
    services::people::People,
    store::{CountedApplication, CountedMembers, Figure, StoreError},
    vault::Lookup,
};
use domain::{
    account::{EnterpriseId, OrganisationId},
    membership::{
        Month,
        figures::{ByFives, Counts, Dimension, Exact, Shown, by_fives},
        suppress::Line,
    },
    organisation::OrganisationTree,
    time::Millis,
};
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};
use uuid::Uuid;

/// How often it is looked whether another month can be counted.
const EVERY: Duration = Duration::from_hours(6);
/// So many months back the first counting goes.
const MONTHS_BACK: i32 = 24;
/// The dimension of all people together, as it is stored: for what is told of them and is no count.
pub(super) const ALL: &str = "all";

/// Exact counts of one month by organisation, without those below it. They are shown to nobody and kept nowhere.
struct Counting<'a> {
    tree: &'a OrganisationTree,
    /// Kind and parent of employers and platforms.
    enterprises: HashMap<Uuid, (String, Option<Uuid>)>,
    own: BTreeMap<OrganisationId, Exact>,
    /// How long decisions took, of an organisation and all below it.
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

    fn add(&mut self, organisation: OrganisationId, by: By<'_>, counts: Counts) {
        let (platform, head) = self.chain(by.enterprise);
        let region = by.adcode.map(|adcode| adcode.to_string()).unwrap_or_default();
        let categories = [
            (Dimension::Region, region),
            (Dimension::Occupation, by.occupation.unwrap_or_default().to_owned()),
            (Dimension::Platform, platform),
            (Dimension::Head, head),
            (Dimension::Entry, by.entry.unwrap_or_default().to_owned()),
        ];
        let own = self.own.entry(organisation).or_default();
        for (dimension, category) in categories {
            let sum = own.entry(dimension).or_default().entry(category).or_default();
            sum.applied += counts.applied;
            sum.approved += counts.approved;
            sum.members += counts.members;
        }
    }

    fn application(&mut self, row: &CountedApplication, now: Millis) {
        let decided = row.decided_at.filter(|at| *at <= now && matches!(row.state.as_str(), "approved" | "rejected"));
        let is_approved = decided.is_some() && row.state == "approved";
        let counts = Counts { applied: 1, approved: u64::from(is_approved), members: 0 };
        let owner = OrganisationId(row.owner.into_bytes());
        let (occupation, entry) = (row.occupation.as_deref(), row.entry.as_deref());
        self.add(owner, By { adcode: row.adcode, occupation, enterprise: row.enterprise, entry }, counts);
        if let Some(decided) = decided {
            for above in self.tree.lineage(owner) {
                self.took.entry(above.id).or_default().push(decided - row.submitted_at);
            }
        }
    }

    fn members(&mut self, organisation: OrganisationId, row: &CountedMembers) {
        let counts = Counts { members: row.people.unsigned_abs(), ..Counts::default() };
        let by =
            By { adcode: row.adcode, occupation: row.occupation.as_deref(), enterprise: row.enterprise, entry: None };
        self.add(organisation, by, counts);
    }

    /// What is shown of the month: by fives of every organisation, then summed for all above it. Moves the lines.
    fn figures(mut self, month: Month, lines: &mut Lines<'_>) -> Vec<(OrganisationId, Figure)> {
        let mut shown: BTreeMap<OrganisationId, ByFives> = BTreeMap::new();
        for (id, exact) in &self.own {
            let (applied, members) = lines.of(*id);
            let own = by_fives(exact, applied, members);
            for above in self.tree.lineage(*id) {
                let sums = shown.entry(above.id).or_default();
                for (dimension, cells) in &own {
                    let table = sums.entry(*dimension).or_default();
                    for (category, one) in cells {
                        table.entry(category.clone()).or_default().add(*one);
                    }
                }
            }
        }
        let mut rows = Vec::new();
        for (id, tables) in shown {
            let median_ms = self.took.get_mut(&id).map(|took| {
                let middle = took.len() / 2;
                *took.select_nth_unstable(middle).1
            });
            let row = |dimension: &str, category: &str, one: Shown, median_ms| Figure {
                month: month.0,
                dimension: dimension.to_owned(),
                category: category.to_owned(),
                applied: one.applied.cast_signed(),
                approved: one.approved.cast_signed(),
                members: one.members.cast_signed(),
                median_ms,
            };
            // The order of the key: the database appends.
            rows.push((id, row(ALL, "", Shown::default(), median_ms)));
            let mut tables: Vec<_> = tables.into_iter().map(|(dimension, cells)| (dimension.code(), cells)).collect();
            tables.sort_by_key(|(dimension, _)| *dimension);
            for (dimension, cells) in tables {
                let seen = cells.into_iter().filter(|(_, one)| *one != Shown::default());
                rows.extend(seen.map(|(category, one)| (id, row(dimension, &category, one, None))));
            }
        }
        rows
    }
}

/// Where the lines of organisations stand.
struct Lines<'a> {
    people: &'a People,
    applied: HashMap<OrganisationId, Line>,
}

impl Lines<'_> {
    /// The line of applications and the one of members. Where they begin to be marked is known to nobody outside.
    fn of(&mut self, id: OrganisationId) -> (&mut Line, Line) {
        let [applied, members, ..] = self.people.vault.hash(Lookup::Figures, &id.to_string());
        (self.applied.entry(id).or_insert_with(|| Line::new(applied % 5)), Line::new(members % 5))
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
    let mut counting = Counting { tree: &tree, enterprises, own: BTreeMap::new(), took: HashMap::new() };
    for row in people.store.applications_sent(month.begins(), month.ends()).await? {
        counting.application(&row, now);
    }
    // One organisation after the other, each by its index: nothing looks through all members at once.
    for one in tree.all() {
        for row in people.store.members_counted(one.id, month.ends()).await? {
            counting.members(one.id, &row);
        }
    }
    let applied = people.store.figure_lines().await?.into_iter().map(|(id, place)| (id, Line::new(place))).collect();
    let mut lines = Lines { people, applied };
    let figures = counting.figures(month, &mut lines);
    let mut edit = people.store.edit().await?;
    if !edit.begin_month(month.0, now).await? {
        return Ok(false);
    }
    edit.put_figures(&figures).await?;
    let lines: Vec<_> = lines.applied.into_iter().map(|(id, line)| (id, line.place())).collect();
    edit.put_figure_lines(&lines).await?;
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
