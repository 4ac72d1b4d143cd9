//! No statement of the queue or of the look for the same person reads all applications.

use crate::{
    databases::on_each_engine,
    world::{NOW, World, union},
};
use domain::{
    account::{ApplicationId, SubjectId},
    membership::ApplicationState,
};
use server::store::{QueueOf, Roots, likely_sql, queue_sql, waiting_sql};

fn of(roots: Roots) -> QueueOf {
    QueueOf {
        roots,
        state: ApplicationState::Submitted,
        due_before: None,
        occupation: None,
        but: SubjectId([1; 16]),
        after: None,
    }
}

/// Lines of a plan that read a whole table of people: `SCAN application` of one engine, `Seq Scan on application` of
/// the other.
fn whole(plan: &str) -> Vec<&str> {
    let tables = ["application", "membership"];
    let reads = |line: &str| {
        tables.iter().any(|table| {
            let line = line.trim();
            line == format!("SCAN {table}")
                || line.starts_with(&format!("SCAN {table} "))
                || line.contains(&format!("Seq Scan on {table} "))
                || line.ends_with(&format!("Seq Scan on {table}"))
        })
    };
    plan.lines().filter(|line| reads(line)).collect()
}

#[tokio::test]
async fn queues_and_duplicates_are_read_from_indexes() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        // An engine that knows nothing of its tables would read these few rows whole.
        for at in 0..600_u32 {
            let subject = world.person().await;
            let mut row = crate::applicants::row(
                &world.people,
                subject,
                &crate::applicants::ZHANG,
                union([410_105, 440_305, 110_101][at as usize % 3]),
            )
            .await;
            row.id_hash = Some(at.to_be_bytes().to_vec());
            row.name_mobile_hash = row.id_hash.clone();
            row.due_at = Some(NOW + i64::from(at));
            crate::applicants::put(&world.people, &row).await;
        }
        let queues = [
            of(Roots::Below(vec![union(410_000)])),
            of(Roots::Below(vec![union(410_105), union(440_000)])),
            QueueOf { due_before: Some(NOW), occupation: Some("x".into()), ..of(Roots::Below(vec![union(410_000)])) },
            QueueOf { after: Some((NOW, ApplicationId([0; 16]))), ..of(Roots::Below(vec![union(410_000)])) },
        ];
        let mut statements: Vec<String> = queues.iter().map(queue_sql).collect();
        statements.push(waiting_sql(&Roots::Below(vec![union(410_000)])));
        statements.push(likely_sql());
        for sql in statements {
            let plan = store.generic_plan(&sql).await.expect("a plan");
            assert_eq!(whole(&plan), Vec::<&str>::new(), "{sql}\n{plan}");
        }
    })
    .await;
}
