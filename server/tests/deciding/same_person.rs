//! 同一个人三份申请: whoever approves what at the same moment, there is exactly one membership, and nobody sees an error.

use crate::{
    applicants::{Applicant, ZHANG, deciding, put, row},
    databases::on_each_engine,
    world::{NOW, World, union},
};
use domain::{
    membership::ApplicationState,
    ports::{Approved, Deciding as _},
};

/// Persons; `EXACT_PERSONS=1000` for the whole of it.
fn persons() -> u32 {
    std::env::var("EXACT_PERSONS").ok().and_then(|text| text.parse().ok()).unwrap_or(20)
}

const COUNTIES: [u32; 3] = [410_105, 410_103, 440_305];

#[tokio::test(flavor = "multi_thread")]
async fn three_applications_of_one_person_approved_at_once_make_one_member() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let mut officers = Vec::new();
        for county in COUNTIES {
            officers.push(world.officer(county).await);
        }
        let (mut joined, mut merged) = (0, 0);
        for person in 0..persons() {
            let number = format!("1101051949{person:07}X");
            let of = Applicant { id_number: &number, mobile: &number, ..ZHANG };
            let mut applications = Vec::new();
            for county in COUNTIES {
                let subject = world.person().await;
                let row = row(&world.people, subject, &of, union(county)).await;
                applications.push((put(&world.people, &row).await, subject));
            }
            let tasks: Vec<_> = applications
                .iter()
                .zip(&officers)
                .map(|((id, _), officer)| {
                    let (service, id, actor) = (deciding(&world), id.clone(), officer.actor.clone());
                    tokio::spawn(async move { service.approve(&actor, &id, 1, NOW).await })
                })
                .collect();
            let mut of_this = 0;
            for task in tasks {
                match task.await.expect("runs") {
                    Ok(Approved::Joined(_)) => of_this += 1,
                    Ok(Approved::Merged) => merged += 1,
                    other => panic!("person {person}: {other:?}"),
                }
            }
            assert_eq!(of_this, 1, "person {person}");
            joined += of_this;
            let mut members = 0;
            for ((id, subject), officer) in applications.iter().zip(&officers) {
                let is_member = store.membership_of(*subject).await.expect("reads").is_some();
                members += u32::from(is_member);
                let page = deciding(&world).application(&officer.actor, id, NOW).await.expect("a page");
                let should = if is_member { ApplicationState::Approved } else { ApplicationState::Rejected };
                assert_eq!((page.state, page.is_merged, page.is_open), (should, !is_member, false));
                if !is_member {
                    let reason = page.reason.expect("a reason");
                    assert!(reason.contains("入过会") && !reason.contains("总工会"), "{reason}");
                }
            }
            assert_eq!(members, 1);
        }
        assert_eq!(merged, 2 * joined);
        eprintln!("{joined} persons, {merged} applications merged");
    })
    .await;
}
