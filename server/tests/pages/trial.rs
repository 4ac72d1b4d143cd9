//! The one-use links of a 试用安装.

use crate::world::{MONDAY_10, World};
use domain::{policy::Role, ports::Trial};
use http::{StatusCode, header};
use server::services::{people::People, trial};
use std::sync::Arc;

const HERE: &str = "http://localhost:3000";

#[tokio::test]
async fn a_link_signs_in_once_and_looking_at_it_uses_nothing_up() {
    let world = World::new(false).await.expect("the pack ships");
    let links = trial::make(&world.people, trial::workplace(&world.people), MONDAY_10).await.expect("links");
    assert_eq!(links.len(), 7, "somebody for every desk; a member only where there is a union");
    for link in &links {
        for _ in 0..2 {
            let looked = world.get(&link.path).await;
            assert_eq!(looked.status, StatusCode::OK, "{:?}", link.role);
            assert!(looked.html.contains(link.role.word()) && looked.html.contains("示范"));
            assert_eq!(looked.header(header::SET_COOKIE), "");
        }
        let taken = world.post(&link.path, "", HERE).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER);
        let to = if link.role == Role::Worker { "/me" } else { "/desk" };
        assert_eq!(taken.header(header::LOCATION), to);
        let cookies: Vec<_> =
            taken.headers.get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok()).collect();
        let session = cookies.iter().find(|cookie| cookie.starts_with("sid=")).expect("a session");
        assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax") && session.contains("Path=/"));
        let again = world.post(&link.path, "", HERE).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "once");
        assert!(again.html.contains("用过了"));
    }
}

#[tokio::test]
async fn a_new_start_takes_the_old_made_up_people_away() {
    let world = World::new(false).await.expect("the pack ships");
    let first = trial::make(&world.people, trial::workplace(&world.people), MONDAY_10).await.expect("links");
    let second = trial::make(&world.people, trial::workplace(&world.people), MONDAY_10).await.expect("links");
    assert_eq!(world.get(&first[0].path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(&second[0].path).await.status, StatusCode::OK);
    assert_eq!(trial::remove(&world.people).await.expect("removed"), 7);
    assert_eq!(world.get(&second[0].path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn where_the_installation_is_no_trial_no_link_works() {
    let world = World::new(false).await.expect("the pack ships");
    let links = trial::make(&world.people, trial::workplace(&world.people), MONDAY_10).await.expect("links");
    let mut site = (*world.people.site).clone();
    site.trial = Trial::Off;
    let real = People { site: Arc::new(site), ..world.people.clone() };
    let service = trial::TrialService::new(real);
    let token = links[0].path.trim_start_matches("/trial/");
    assert!(domain::ports::TrialLinks::look(&service, token, MONDAY_10).await.is_err());
}

#[tokio::test]
async fn who_reads_the_database_cannot_take_a_link_up() {
    let world = World::new(false).await.expect("the pack ships");
    let links = trial::make(&world.people, trial::workplace(&world.people), MONDAY_10).await.expect("links");
    let token = links[0].path.trim_start_matches("/trial/").as_bytes().to_vec();
    let mut read = 0;
    for file in std::fs::read_dir(world.folder()).expect("a folder").flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        read += bytes.len();
        assert!(!bytes.windows(token.len()).any(|window| window == token), "{}", file.path().display());
    }
    assert!(read > 100_000, "the database was there to be read");
}
