//! No statement of the queue or of the look for the same person reads all applications.

use crate::{
    databases::on_each_engine,
    plan::looks_through,
    world::{NOW, World, union},
};
use domain::{
    account::{ApplicationId, SubjectId},
    membership::ApplicationState,
    ports::QUEUE_ROWS,
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

#[tokio::test]
async fn queues_and_duplicates_are_read_from_indexes() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
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
        let mut statements: Vec<String> = queues.iter().map(|of| queue_sql(of, store.is_postgres())).collect();
        statements.push(waiting_sql(&Roots::Below(vec![union(410_000)])));
        statements.extend([likely_sql(1), likely_sql(QUEUE_ROWS)]);
        for sql in statements {
            let plan = store.generic_plan(&sql, true).await.expect("a plan");
            let through = looks_through(&sql, &plan, store.is_postgres());
            assert!(through.is_empty(), "{sql}\n{through:?}\n{plan}");
        }
    })
    .await;
}
