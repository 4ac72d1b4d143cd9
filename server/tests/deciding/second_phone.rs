//! An officer's own application from a second account is their own all the same.

use crate::{
    applicants::{WANG, ZHANG, deciding, put, row},
    databases::on_each_engine,
    world::{NOW, World, union},
};
use domain::{
    policy::Refused,
    ports::{Accounts as _, Deciding as _, Decision, NotDecided, QueueFilter, TypedIdentity},
};
use server::{services::accounts::AccountService, vault::Lookup};

const COUNTY: u32 = 410_105;

#[tokio::test]
async fn nobody_decides_what_they_sent_from_a_second_phone() {
    on_each_engine(async |store| {
        let _ = store;
        let world = World::new(store).await;
        let service = deciding(&world);
        let (officer, colleague) = (world.officer(COUNTY).await, world.officer(COUNTY).await);
        let accounts = AccountService::new(world.people.clone());
        let me = TypedIdentity {
            name: ZHANG.name.into(),
            id_type: "resident".into(),
            number: ZHANG.id_number.into(),
            consents: true,
            last4: String::new(),
        };
        accounts.save_identity(&officer.actor, &me, NOW).await.expect("kept");
        // From another account, with the document of the officer.
        let mut sent = row(&world.people, world.person().await, &ZHANG, union(COUNTY)).await;
        let document = world.people.vault.hash(Lookup::MemberId, &format!("resident:{}", ZHANG.id_number));
        sent.id_hash = Some(document.to_vec());
        let own = put(&world.people, &sent).await;
        let (other, _) = world.applies(&WANG, COUNTY).await;

        assert_eq!(service.application(&officer.actor, &own, NOW).await.err(), Some(Refused::NotFound));
        assert_eq!(service.approve(&officer.actor, &own, 1, NOW).await, Err(NotDecided::Refused(Refused::NotFound)));
        let no = Decision::Refuse("不是我们这里的，请重新选地方。".into());
        let refused = service.decide(&officer.actor, &own, 1, &no, NOW).await;
        assert_eq!(refused, Err(NotDecided::Refused(Refused::NotFound)));
        let bulk = service.approve_all(&officer.actor, &[(own.clone(), 1)], NOW).await.expect("an answer");
        assert_eq!((bulk.approved, bulk.left.len()), (0, 1));
        let queue = service.queue(&officer.actor, &QueueFilter::default(), NOW).await.expect("a queue");
        assert_eq!(queue.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&other]);
        let queue = service.queue(&colleague.actor, &QueueFilter::default(), NOW).await.expect("a queue");
        assert_eq!(queue.rows.len(), 2);
        assert!(service.approve(&colleague.actor, &own, 1, NOW).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn whom_an_officer_applied_as_or_is_a_member_as_counts_too() {
    on_each_engine(async |store| {
        let _ = store;
        let world = World::new(store).await;
        let service = deciding(&world);
        let (officer, colleague) = (world.officer(COUNTY).await, world.officer(COUNTY).await);
        let first = world.applies_as(officer.subject, &ZHANG, COUNTY).await;
        let (second, _) = world.applies(&ZHANG, COUNTY).await;
        let lost = Err(NotDecided::Refused(Refused::NotFound));
        assert_eq!(service.approve(&officer.actor, &second, 1, NOW).await, lost, "applied as them");
        service.approve(&colleague.actor, &first, 1, NOW).await.expect("approved");
        assert_eq!(service.approve(&officer.actor, &second, 1, NOW).await, lost, "a member as them");
    })
    .await;
}
