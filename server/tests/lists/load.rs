//! Many members and applications: nothing that a page asks looks through all of them.
//!
//! `EXACT_MEMBERS` members (200,000 are the full count, a fiftieth of them without it) and a quarter as many applications;
//! `EXACT_SEED` repeats a run. Times are printed, not judged.

use crate::{
    databases::on_each_engine,
    world::{NOW, World, union},
};
use domain::ports::Lists as _;
use server::{
    services::{
        generate_members::{Wanted, fill},
        lists::{ListService, count_months},
    },
    store::{FIGURE_STATEMENTS, MEMBERS_PAGE, Store},
};
use std::time::Instant;

const FULL: u32 = 200_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|number| number.parse().ok())
}

/// What is known of duplicates before an approval, and of a row of a list.
const DUPLICATES: &[&str] = &[
    "SELECT id FROM membership WHERE id_hash = $1",
    "SELECT id FROM membership WHERE person_hash = $1",
    "SELECT id FROM membership WHERE name_mobile_hash = $1",
    "SELECT id FROM application WHERE id_hash = $1 AND state IN ('submitted', 'needs_info')",
    "SELECT id FROM application WHERE person_hash = $1",
    "SELECT id FROM application WHERE name_mobile_hash = $1",
];

/// A page of the queue.
const QUEUE: &str = "SELECT id, due_at FROM application WHERE owner = $1 AND state IN ('submitted', 'needs_info') \
     ORDER BY due_at LIMIT 50";

/// Whether a plan looks through all of a table of people.
fn looks_through(plan: &str, is_postgres: bool) -> bool {
    let scan = if is_postgres { "Seq Scan on " } else { "SCAN " };
    plan.lines().any(|line| {
        let table = line.split_once(scan).and_then(|(_, rest)| rest.split_whitespace().next());
        matches!(table, Some("membership" | "application" | "m" | "a"))
    })
}

#[tokio::test]
async fn no_page_looks_through_all_members_or_applications() {
    let members = number("EXACT_MEMBERS").and_then(|count| u32::try_from(count).ok()).unwrap_or(FULL / 50);
    let seed = number("EXACT_SEED").unwrap_or(1);
    on_each_engine(async |store: &Store| {
        let engine = if store.is_postgres() { "PostgreSQL" } else { "SQLite" };
        let world = World::new(store).await;
        let wanted = Wanted { members, applications: members / 4, seed };
        let timed = |what: &str, begun: Instant| {
            println!(
                "{engine}, {members} members, EXACT_SEED={seed}: {what} {:.1} ms",
                begun.elapsed().as_secs_f64() * 1e3
            );
        };
        let begun = Instant::now();
        fill(store, &world.people.regions, wanted, NOW).await.expect("made");
        timed("made up in", begun);
        store.analyze().await.expect("looks");
        let (bytes, moment, state) = if store.is_postgres() {
            (format!("'\\x{}'::bytea", "03".repeat(32)), NOW.to_string(), "'active'")
        } else {
            (format!("x'{}'", "03".repeat(32)), NOW.to_string(), "'active'")
        };
        let crowded = union(410_105).to_string();
        let id = |hex: &str| if store.is_postgres() { format!("'{hex}'::uuid") } else { format!("x'{hex}'") };
        let quiet_id = id(&union(410_103).to_string());
        let (crowded_id, none) = (id(&crowded), id(&"0".repeat(32)));
        let month = (2026 * 12).to_string();
        let begins = (NOW - 86_400_000 * 30).to_string();
        let mut statements: Vec<(&str, Vec<&str>)> =
            DUPLICATES.iter().map(|statement| (*statement, vec![bytes.as_str()])).collect();
        statements.push((QUEUE, vec![&crowded_id]));
        statements.push((MEMBERS_PAGE, vec![&crowded_id, state, &none, "51"]));
        for statement in FIGURE_STATEMENTS {
            let parameters = if statement.contains("FROM figure") {
                vec![crowded_id.as_str(), &month]
            } else if statement.contains("organisation = $1") {
                // Of the crowded county a third of all would be counted: that is no look through all, but as much.
                vec![quiet_id.as_str(), &moment]
            } else {
                vec![begins.as_str(), &moment]
            };
            statements.push((statement, parameters));
        }
        for (statement, parameters) in statements {
            let plan = store.plan(statement, &parameters).await.expect("understood");
            // Of so few rows PostgreSQL reads all, whatever the index: there the full count judges.
            let judged = !store.is_postgres() || members >= FULL / 4;
            assert!(!judged || !looks_through(&plan, store.is_postgres()), "{engine}: {statement}\n{plan}");
        }
        let begun = Instant::now();
        let months = count_months(&world.people, NOW).await.expect("counts");
        timed(&format!("counted {months} months in"), begun);
        let lists = ListService::new(world.people.clone());
        let officer = world.officer(410_000).await;
        let begun = Instant::now();
        let page = lists.figures(&officer.actor, &union(410_000).to_string(), NOW).await.expect("reads");
        timed("figures of a province", begun);
        assert!(page.figures.months.len() == 12 && page.figures.totals.iter().all(|total| total.members > 0));
        let begun = Instant::now();
        let page = lists.members(&officer.actor, &crowded, None, None).await.expect("reads");
        timed("a page of members", begun);
        assert_eq!(page.rows.len(), 50);
    })
    .await;
}
