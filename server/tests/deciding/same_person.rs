//! 同一个人三份申请: whoever sends and approves what at the same moment, there is exactly one membership, and nobody sees
//! an error.

use crate::{
    applicants::deciding,
    databases::on_each_engine,
    router::Site,
    world::{NOW, Somebody, World},
};
use domain::{
    account::Strength,
    membership::ApplicationState,
    ports::{Deciding as _, DeskApplication},
};
use http::StatusCode;
use server::services::joining;

/// Persons; `EXACT_PERSONS=1000` for the whole of it.
fn persons() -> u32 {
    std::env::var("EXACT_PERSONS").ok().and_then(|text| text.parse().ok()).unwrap_or(20)
}

const COUNTIES: [u32; 3] = [410_105, 410_103, 440_305];

/// An ID number with a right check digit (GB 11643), for each person another.
fn id_number(person: u32) -> String {
    let head = format!("410105199001{:02}{:03}", 1 + person / 1000 % 28, person % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = head.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{head}{}", char::from(b"10X98765432"[sum % 11]))
}

/// Does the same for each of three, at the same moment.
async fn at_once<T, F>(three: impl IntoIterator<Item = T>, work: impl Fn(T) -> F) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let tasks: Vec<_> = three.into_iter().map(|one| tokio::spawn(work(one))).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.expect("runs, and answers without an error"));
    }
    done
}

/// Fills everything in from an account of its own, up to the last screen.
async fn fill_in(site: &Site, who: &Somebody, id_number: &str, county: u32) {
    site.get("/join", who).await;
    let screens = [
        ("lane", "kind=join&lane=region".to_owned()),
        ("occupation", "occupation=courier".to_owned()),
        ("unit", "unit=".to_owned()),
        ("place", format!("adcode={county}")),
        ("name", "name=%E5%BC%A0%E5%B0%8F%E6%98%8E".to_owned()),
        ("id", format!("id_type=resident&id_number={id_number}")),
    ];
    for (screen, fields) in screens {
        let reply = site.post(&format!("/join/{screen}"), &fields, who).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{screen}: {}", reply.html);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_who_applies_three_times_at_once_and_is_approved_three_times_at_once_is_one_member() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        joining::seed(store, NOW).await.expect("the lists");
        let mut officers = Vec::new();
        for county in COUNTIES {
            world.opens(county).await;
            officers.push(world.officer(county).await);
        }
        let site = Site::of(&world);
        let (mut joined, mut merged) = (0, 0);
        for person in 0..persons() {
            let mut accounts = Vec::new();
            for county in COUNTIES {
                let subject = world.person().await;
                let who = world.sign_in(subject, Strength::Sms, NOW).await;
                fill_in(&site, &who, &id_number(person), county).await;
                accounts.push(who);
            }
            let sent = at_once(&accounts, |who| {
                let (site, who) = (site.clone(), who.clone());
                async move { site.post("/join/check/send", "consent=yes", &who).await }
            });
            let mut applications = Vec::new();
            for (reply, officer) in sent.await.into_iter().zip(&officers) {
                assert_eq!(reply.status, StatusCode::SEE_OTHER, "person {person}: {}", reply.html);
                let id = reply.location.split(['/', '?']).nth(3).expect("an application").to_owned();
                let page = deciding(&world).application(&officer.actor, &id, NOW).await.expect("a page");
                applications.push((id, page.version));
            }
            let approved = at_once(applications.iter().zip(&officers), |((id, version), officer)| {
                let (site, officer) = (site.clone(), officer.clone());
                let (path, fields) = (format!("/desk/applications/{id}/approve"), format!("version={version}"));
                async move { site.post(&path, &fields, &officer).await }
            });
            for reply in approved.await {
                assert_eq!(reply.status, StatusCode::SEE_OTHER, "person {person}: {}", reply.html);
            }
            let mut members = 0;
            for (((id, _), account), officer) in applications.iter().zip(&accounts).zip(&officers) {
                let is_member = store.membership_of(account.subject).await.expect("reads").is_some();
                members += u32::from(is_member);
                is_decided(&deciding(&world).application(&officer.actor, id, NOW).await.expect("a page"), is_member);
            }
            assert_eq!(members, 1, "person {person}");
            joined += members;
            merged += 3 - members;
        }
        assert_eq!(merged, 2 * joined);
        eprintln!("{joined} persons, {merged} applications merged");
    })
    .await;
}

/// The first is a member; the others are told that there is a membership, and not where.
fn is_decided(page: &DeskApplication, is_member: bool) {
    let should = if is_member { ApplicationState::Approved } else { ApplicationState::Rejected };
    assert_eq!((page.state, page.is_merged, page.is_open()), (should, !is_member, false));
    if !is_member {
        let reason = page.reason.as_ref().expect("a reason");
        assert!(reason.contains("入过会") && !reason.contains("总工会"), "{reason}");
    }
}
