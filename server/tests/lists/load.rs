//! Many members and applications: nothing that a page asks looks through all of them.
//!
//! `EXACT_MEMBERS` members (200,000 are the full count, a fiftieth of them without it) and a quarter as many applications;
//! `EXACT_SEED` repeats a run. Times are printed, not judged.

use crate::{
    applicants::{self, Applicant, ZHANG, deciding},
    databases::on_each_engine,
    made::made_up,
    plan::looks_through,
    world::{DAY, NOW, Somebody, World, union},
};
use domain::{
    account::{ApplicationId, OrganisationId, Reach, SubjectId},
    membership::ApplicationState,
    policy::Role,
    ports::{Deciding as _, Lists as _, QUEUE_ROWS, QueueFilter, Waiting},
};
use server::{
    services::{
        generate_members::{Wanted, fill},
        lists::{ListService, count_months},
    },
    store::{FIGURE_STATEMENTS, MEMBERS_PAGE, MadeUp, QueueOf, Roots, Store, likely_sql, queue_sql, waiting_sql},
};
use std::time::Instant;

const FULL: u32 = 200_000;
/// Three in ten of all are here.
const CROWDED: u32 = 410_105;
const PROVINCE: u32 = 410_000;
/// So often a page is asked for: the first time may find nothing in memory.
const TIMES: usize = 5;
/// Applications that are due before all others, with names to open: more than two pages of a queue. Every other one is of
/// somebody who applied elsewhere too, every third of a namesake of a member.
const NAMED: u32 = 120;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|number| number.parse().ok())
}

/// What one run is about, as it is printed.
struct Run {
    engine: &'static str,
    members: u32,
    seed: u64,
}

impl Run {
    fn say(&self, what: &str) {
        println!("{}, {} members, EXACT_SEED={}: {what}", self.engine, self.members, self.seed);
    }

    async fn once<T>(&self, what: &str, work: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let done = work.await;
        self.say(&format!("{what} {:.1} ms", ms(begun)));
        done
    }

    async fn often<T>(&self, what: &str, work: impl AsyncFn() -> T) -> T {
        let begun = Instant::now();
        let mut done = work().await;
        let first = ms(begun);
        let mut took = Vec::new();
        for _ in 1..TIMES {
            let begun = Instant::now();
            done = work().await;
            took.push(ms(begun));
        }
        took.sort_by(f64::total_cmp);
        self.say(&format!("{what} {:.1} ms, the first time {first:.1} ms", took[took.len() / 2]));
        done
    }
}

fn ms(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

#[tokio::test]
async fn no_page_looks_through_all_members_or_applications() {
    let members = number("EXACT_MEMBERS").and_then(|count| u32::try_from(count).ok()).unwrap_or(FULL / 50);
    let seed = number("EXACT_SEED").unwrap_or(1);
    on_each_engine(async |store: &Store| {
        let engine = if store.is_postgres() { "PostgreSQL" } else { "SQLite" };
        let run = Run { engine, members, seed };
        let world = World::new(store).await;
        let wanted = Wanted { members, applications: members / 4, seed };
        run.once("made up in", fill(store, &world.people.regions, wanted, NOW)).await.expect("made");
        put_named(&world).await;
        store.analyze().await.expect("looks");
        let months = run.once("counted the months in", count_months(&world.people, NOW)).await.expect("counts");
        assert!(months > 0);
        store.analyze().await.expect("looks");
        check_plans(store, members).await;
        time_queues(&world, &run).await;
        time_lists(&world, &run).await;
    })
    .await;
}

/// People behind whom there is something to read and to compare, as there is behind real ones.
async fn put_named(world: &World) {
    let mut namesakes: Vec<MadeUp> = Vec::new();
    for at in 0..NAMED {
        let id_number = made_id(at);
        let of =
            Applicant { id_number: &id_number, mobile: &id_number, due_at: NOW - 1000 * DAY + i64::from(at), ..ZHANG };
        let row = applicants::row(&world.people, world.person().await, &of, union(CROWDED)).await;
        applicants::put(&world.people, &row).await;
        if at % 2 == 0 {
            let elsewhere = Applicant { due_at: NOW, ..of };
            world.applies(&elsewhere, 440_305).await;
        }
        if at % 3 == 0 {
            let hash = row.name_mobile_hash.expect("has one").try_into().expect("32 bytes");
            let namesake = made_up(at, 440_305, "active", NOW - DAY);
            namesakes.push(MadeUp { name_mobile_hash: hash, occupation: "made_up_courier", ..namesake });
        }
    }
    let mut edit = world.people.store.edit().await.expect("begins");
    edit.put_made_up_members(&namesakes, NOW).await.expect("writes");
    edit.finish().await.expect("lasts");
}

fn made_id(at: u32) -> String {
    format!("{}", 110_105_199_001_010_000_u64 + u64::from(at))
}

/// The statements of a queue and of the look for the same person, whatever is bound: the store's own.
fn deciding_statements(is_postgres: bool) -> Vec<String> {
    let of = |roots| QueueOf {
        roots,
        state: ApplicationState::Submitted,
        due_before: None,
        occupation: None,
        but: SubjectId([1; 16]),
        after: None,
    };
    let below = |adcode| Roots::Below(vec![union(adcode)]);
    let after = Some((NOW, ApplicationId([0; 16])));
    let queues = [
        of(below(CROWDED)),
        QueueOf { after, ..of(below(PROVINCE)) },
        QueueOf { due_before: Some(NOW), occupation: Some("made_up_courier".into()), ..of(below(PROVINCE)) },
        of(Roots::Everywhere),
    ];
    let mut statements: Vec<String> = queues.iter().map(|of| queue_sql(of, is_postgres)).collect();
    statements.extend([
        waiting_sql(&below(PROVINCE)),
        waiting_sql(&Roots::Everywhere),
        likely_sql(1),
        likely_sql(QUEUE_ROWS),
    ]);
    statements
}

async fn check_plans(store: &Store, members: u32) {
    // Of so few rows PostgreSQL reads all, whatever the index: there the full count judges.
    let is_judged = !store.is_postgres() || members >= FULL / 4;
    let check = |statement: &str, plan: &str| {
        let through = looks_through(statement, plan, store.is_postgres());
        assert!(!is_judged || through.is_empty(), "{statement}\n{through:?}\n{plan}");
    };
    for statement in deciding_statements(store.is_postgres()) {
        let plan = store.generic_plan(&statement, !is_judged).await.expect("understood");
        let through = looks_through(&statement, &plan, store.is_postgres());
        assert!(through.is_empty(), "{statement}\n{through:?}\n{plan}");
    }
    // Of these PostgreSQL plans by what is bound.
    let id = |id: OrganisationId| {
        if store.is_postgres() { format!("'{id}'::uuid") } else { format!("x'{id}'") }
    };
    let (crowded, quiet, none) = (id(union(CROWDED)), id(union(410_103)), id(OrganisationId([0; 16])));
    let (moment, begins, month) = (NOW.to_string(), (NOW - 30 * DAY).to_string(), (2026 * 12).to_string());
    let mut statements = vec![(MEMBERS_PAGE, vec![crowded.as_str(), "'active'", &none, "51"])];
    for statement in FIGURE_STATEMENTS {
        let parameters = if statement.contains("FROM figure") {
            vec![crowded.as_str(), &month]
        } else if statement.contains("organisation = $1") {
            // Of the crowded county a third of all would be counted: that is no look through all, but as much.
            vec![quiet.as_str(), &moment]
        } else {
            vec![begins.as_str(), &moment]
        };
        statements.push((statement, parameters));
    }
    for (statement, parameters) in statements {
        check(statement, &store.plan(statement, &parameters).await.expect("understood"));
    }
}

async fn time_queues(world: &World, run: &Run) {
    let service = deciding(world);
    let county = world.officer(CROWDED).await;
    let officers = [
        ("of a crowded county", &county),
        ("of a province", &world.officer(PROVINCE).await),
        ("of the country", &world.with_role(Role::Officer, Reach::Everywhere).await),
    ];
    for (whose, officer) in officers {
        let page = async |filter: &QueueFilter| service.queue(&officer.actor, filter, NOW).await.expect("a page");
        let first =
            run.often(&format!("first page of a queue {whose}"), async || page(&QueueFilter::default()).await).await;
        assert_eq!(first.rows.len(), QUEUE_ROWS);
        assert!(first.rows.iter().any(|row| row.is_clean) && first.rows.iter().any(|row| !row.is_clean));
        let filter = QueueFilter {
            occupation: "made_up_truck".into(),
            waiting: Waiting::Overdue.code().into(),
            ..QueueFilter::default()
        };
        run.often(&format!("overdue ones of an occupation {whose}"), async || page(&filter).await).await;
        walk(world, run, whose, officer).await;
    }
    let first = service.queue(&county.actor, &QueueFilter::default(), NOW).await.expect("a page");
    let open = async || service.application(&county.actor, &first.rows[0].id, NOW).await.expect("a page");
    let page = run.often("an application with its duplicates", open).await;
    assert_eq!(page.likely.len(), 2);
}

/// All pages, one after the other: every application once, in order of its date.
async fn walk(world: &World, run: &Run, whose: &str, officer: &Somebody) {
    let service = deciding(world);
    let (mut slowest, mut pages, mut seen) = (0.0_f64, 0, 0);
    let (mut filter, mut last_due) = (QueueFilter::default(), None);
    loop {
        let begun = Instant::now();
        let page = service.queue(&officer.actor, &filter, NOW).await.expect("a page");
        let took = ms(begun);
        (slowest, pages, seen) = (slowest.max(took), pages + 1, seen + page.rows.len());
        assert!(page.rows.iter().map(|row| row.due_at).is_sorted());
        assert!(page.rows.first().map(|row| row.due_at) >= last_due);
        last_due = page.rows.last().map(|row| row.due_at);
        let Some(next) = page.next else {
            assert_eq!(u64::try_from(seen), Ok(page.counts.submitted));
            let what =
                format!("last page of a queue {whose} {took:.1} ms, the slowest of {pages} pages {slowest:.1} ms");
            run.say(&what);
            return;
        };
        filter.after = next;
    }
}

async fn time_lists(world: &World, run: &Run) {
    let lists = ListService::new(world.people.clone());
    let officer = world.officer(PROVINCE).await;
    let province = union(PROVINCE).to_string();
    let read = async || lists.figures(&officer.actor, &province, NOW).await.expect("reads");
    let page = run.often("figures of a province", read).await;
    assert!(page.figures.months.len() == 12 && page.figures.totals.iter().all(|total| total.members > 0));
    let crowded = union(CROWDED).to_string();
    let read = async || lists.members(&officer.actor, &crowded, None, None).await.expect("reads");
    let page = run.often("a page of members", read).await;
    assert_eq!(page.rows.len(), 50);
}
