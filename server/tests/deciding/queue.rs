//! The queue: what is in it, for whom, in which order.

use crate::{
    applicants::{Applicant, WANG, ZHANG, deciding},
    databases::on_each_engine,
    world::{DAY, MINUTE, NOW, World, union},
};
use domain::{
    account::Reach,
    membership::ApplicationKind,
    policy::{Refused, Role},
    ports::{Deciding as _, QUEUE_ROWS, QueueFilter, Waiting},
};

#[tokio::test]
async fn an_officer_sees_what_waits_below_them_by_due_date_and_nothing_else() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let later = world.applies(&ZHANG, 410_105).await.0;
        let sooner = world.applies(&Applicant { due_at: NOW - DAY, ..WANG }, 410_103).await.0;
        world.applies(&ZHANG, 440_305).await;
        let (city, county) = (world.officer(410_100).await, world.officer(410_105).await);
        let queue = deciding(&world).queue(&city.actor, &QueueFilter::default(), NOW).await.expect("a queue");
        assert_eq!(queue.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&sooner, &later]);
        assert_eq!((queue.counts.submitted, queue.counts.overdue, queue.counts.needs_info), (2, 1, 0));
        assert!(queue.rows[0].is_overdue && !queue.rows[1].is_overdue);
        assert!(queue.rows[0].is_clean, "a date that has passed speaks against nobody");
        // The namesake in another province looks like the same person.
        assert!(!queue.rows[1].is_clean);
        assert_eq!(queue.rows[1].name, "张*明");
        let overdue = QueueFilter { waiting: Waiting::Overdue.code().into(), ..QueueFilter::default() };
        let queue = deciding(&world).queue(&city.actor, &overdue, NOW).await.expect("a queue");
        assert_eq!(queue.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&sooner]);
        let own = deciding(&world).queue(&county.actor, &QueueFilter::default(), NOW).await.expect("a queue");
        assert_eq!(own.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&later]);
        let by = QueueFilter { organisation: union(410_103).to_string(), ..QueueFilter::default() };
        let queue = deciding(&world).queue(&city.actor, &by, NOW).await.expect("a queue");
        assert_eq!((queue.rows.len(), queue.counts.submitted), (1, 1));
        // What is out of reach is as good as absent.
        let by = QueueFilter { organisation: union(440_305).to_string(), ..QueueFilter::default() };
        assert_eq!(deciding(&world).queue(&city.actor, &by, NOW).await.expect("a queue").rows.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_without_a_gap_or_a_row_twice() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let mut all = Vec::new();
        for at in 0..i64::try_from(QUEUE_ROWS).expect("small") + 7 {
            let number = format!("{}", 110_105_199_001_010_000_i64 + at);
            // Several of one date, so that the id decides among them.
            let of = Applicant { id_number: &number, mobile: &number, due_at: NOW + at / 3 * MINUTE, ..ZHANG };
            all.push(world.applies(&of, 410_105).await.0);
        }
        let officer = world.officer(410_000).await;
        let first = deciding(&world).queue(&officer.actor, &QueueFilter::default(), NOW).await.expect("a page");
        assert_eq!(first.rows.len(), QUEUE_ROWS);
        let after = QueueFilter { after: first.next.clone().expect("more"), ..QueueFilter::default() };
        let second = deciding(&world).queue(&officer.actor, &after, NOW).await.expect("a page");
        assert_eq!((second.rows.len(), second.next.clone()), (7, None));
        let mut seen: Vec<String> = first.rows.iter().chain(&second.rows).map(|row| row.id.clone()).collect();
        seen.sort();
        all.sort();
        assert_eq!(seen, all);
        for nonsense in ["x", "1-2", "-", "9999999999999999999-00"] {
            let after = QueueFilter { after: nonsense.into(), ..QueueFilter::default() };
            assert_eq!(
                deciding(&world).queue(&officer.actor, &after, NOW).await.expect("a page").rows.len(),
                QUEUE_ROWS
            );
        }
    })
    .await;
}

#[tokio::test]
async fn ones_own_application_and_a_transfer_are_not_among_those_to_tick() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let own = world.applies_as(officer.subject, &ZHANG, 410_105).await;
        let moving = world.applies(&Applicant { kind: ApplicationKind::Transfer, ..WANG }, 410_105).await.0;
        let queue = deciding(&world).queue(&officer.actor, &QueueFilter::default(), NOW).await.expect("a queue");
        assert_eq!(queue.rows.iter().map(|row| (&row.id, row.is_clean)).collect::<Vec<_>>(), [(&moving, false)]);
        let page = deciding(&world).application(&officer.actor, &own, NOW).await;
        assert_eq!(page.err(), Some(Refused::NotFound));
    })
    .await;
}

#[tokio::test]
async fn other_roles_have_no_queue() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        for role in [Role::Handler, Role::CoverAdministrator, Role::Administrator, Role::Auditor] {
            let somebody = world.with_role(role, Reach::Tree(union(410_000))).await;
            let queue = deciding(&world).queue(&somebody.actor, &QueueFilter::default(), NOW).await;
            assert_eq!(queue.err(), Some(Refused::NotFound), "{role:?}");
        }
        let everywhere = world.with_role(Role::Officer, Reach::Everywhere).await;
        world.applies(&ZHANG, 440_305).await;
        let queue = deciding(&world).queue(&everywhere.actor, &QueueFilter::default(), NOW).await.expect("all");
        assert_eq!(queue.rows.len(), 1);
    })
    .await;
}
