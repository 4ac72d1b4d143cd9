//! Invitations and manager codes: once, in time, for whom they are meant.

use crate::{
    databases::on_each_engine,
    world::{DAY, MINUTE, NOW, World, tree, union},
};
use domain::{
    account::{Actor, ManagerCode, Reach, Strength},
    policy::{Action, Refused, Role},
    ports::{Staff as _, TypedInvitation},
};
use server::{
    services::staff::invitation::{find_invitation, take_up},
    vault::Lookup,
};

fn typed(role: Role) -> TypedInvitation {
    TypedInvitation { role: role.code().into(), reason: "新到岗".into() }
}

/// The token at the end of a link.
fn token(link: &str) -> &str {
    link.rsplit('/').next().expect("a token")
}

async fn invited(world: &World, by: &Actor, adcode: u32, role: Role) -> String {
    let made = world.staff.invite(by, &union(adcode).to_string(), &typed(role), NOW).await;
    let made = made.unwrap_or_else(|not| panic!("{not:?}"));
    token(&made.link).to_owned()
}

#[tokio::test]
async fn an_invitation_is_taken_up_once() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_100).await;
        let token = invited(&world, &officer.actor, 410_105, Role::Officer).await;
        assert_eq!(token.len(), 64, "256 bits");
        let found = find_invitation(&world.people, &token, NOW).await.expect("answers").expect("there");
        assert_eq!((found.role, found.organisation), (Role::Officer, Some(union(410_105))));
        let (first, second) = (world.person().await, world.person().await);

        let mut edit = store.edit().await.expect("begins");
        assert!(take_up(&world.people, &mut edit, &found, first, NOW).await.expect("answers").is_some());
        edit.finish().await.expect("lasts");
        let mut edit = store.edit().await.expect("begins");
        assert_eq!(take_up(&world.people, &mut edit, &found, second, NOW).await.expect("answers"), None);
        drop(edit);
        assert_eq!(find_invitation(&world.people, &token, NOW).await.expect("answers"), None);

        let grants = store.grants_of(first).await.expect("reads");
        assert_eq!(
            grants.iter().map(|grant| (grant.role, &grant.reach)).collect::<Vec<_>>(),
            [(Role::Officer, &tree(410_105))]
        );
        assert_eq!(store.grants_of(second).await.expect("reads"), []);
        let reasons: Vec<String> =
            world.audited(Action::AppointStaff).await.into_iter().map(|(_, reason)| reason).collect();
        assert_eq!(reasons, ["新到岗", "接受邀请"]);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_runs_out_is_withdrawn_and_is_nothing_when_guessed() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_100).await;
        let token = invited(&world, &officer.actor, 410_105, Role::Handler).await;
        let find = async |token: &str, now| find_invitation(&world.people, token, now).await.expect("answers");
        assert!(find(&token, NOW + 3 * DAY - 1).await.is_some());
        assert!(find(&token, NOW + 3 * DAY).await.is_none(), "72 hours");
        assert!(find(&"0".repeat(64), NOW).await.is_none() && find("", NOW).await.is_none());

        let desk = world.staff.organisation(&officer.actor, &union(410_105).to_string(), NOW).await.expect("opens");
        let open = &desk.invitations[0];
        assert_eq!((open.role, open.again), (Role::Handler, false));
        let stranger = world.officer(420_100).await;
        let foreign = world.staff.withdraw_invitation(&stranger.actor, &open.id, NOW).await;
        assert_eq!(foreign, world.staff.withdraw_invitation(&stranger.actor, &"0".repeat(32), NOW).await);
        assert_eq!(foreign, Err(Refused::NotFound));
        world.staff.withdraw_invitation(&officer.actor, &open.id, NOW).await.expect("withdraws");
        assert!(find(&token, NOW).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_officer_invites_at_and_below_their_organisation_and_no_administrator() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_100).await;
        let try_at = async |by: &Actor, id: &str, role| {
            world.staff.invite(by, id, &typed(role), NOW).await.map(|made| made.role).map_err(|not| not.refused)
        };
        let id = |adcode| union(adcode).to_string();
        for role in [Role::Officer, Role::Handler, Role::CoverAdministrator] {
            for adcode in [410_100, 410_105] {
                assert_eq!(try_at(&officer.actor, &id(adcode), role).await, Ok(role));
            }
            for foreign in [&id(410_000), &id(410_200), "all", &"0".repeat(32), "no id"] {
                assert_eq!(try_at(&officer.actor, foreign, role).await, Err(Some(Refused::NotFound)), "{foreign}");
            }
        }
        for role in [Role::Administrator, Role::Auditor, Role::Manager, Role::Worker] {
            assert_eq!(try_at(&officer.actor, &id(410_105), role).await, Err(None), "{role:?}: a wrong choice");
        }
        let administrator = world.administrator().await;
        for role in [Role::Administrator, Role::Auditor] {
            assert_eq!(try_at(&administrator.actor, "all", role).await, Ok(role));
        }
        assert_eq!(try_at(&administrator.actor, "all", Role::Officer).await, Err(None), "of which organisation?");
        assert_eq!(try_at(&Actor::Anonymous, &id(410_105), Role::Officer).await, Err(Some(Refused::SignIn)));
    })
    .await;
}

#[tokio::test]
async fn a_reason_is_asked_and_a_proof_of_the_last_minutes() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let id = union(410_105).to_string();
        let no_reason = TypedInvitation { role: "officer".into(), reason: " ".into() };
        let not = world.staff.invite(&officer.actor, &id, &no_reason, NOW).await.map(drop).expect_err("no reason");
        assert_eq!(not.wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["reason"]);
        let later = NOW + 21 * MINUTE;
        let not = world.staff.invite(&officer.actor, &id, &typed(Role::Officer), later).await.map(drop);
        assert_eq!(not.expect_err("too long ago").refused, Some(Refused::ProveAgain));
        let by_sms = world.sign_in(officer.subject, Strength::Sms, NOW).await;
        let not = world.staff.invite(&by_sms.actor, &id, &typed(Role::Officer), NOW).await.map(drop);
        assert_eq!(not.expect_err("a number opens no desk").refused, Some(Refused::ProveAgain));
    })
    .await;
}

#[tokio::test]
async fn who_is_invited_again_loses_old_sessions_and_only_they_can_take_it_up() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (officer, handler) = (world.officer(410_100).await, world.with_role(Role::Handler, tree(410_105)).await);
        let grant = store.grants_of(handler.subject).await.expect("reads")[0].id.to_string();
        let made = world.staff.invite_again(&officer.actor, &grant, "手机丢了", NOW).await;
        let made = made.unwrap_or_else(|not| panic!("{not:?}"));
        let found = find_invitation(&world.people, token(&made.link), NOW).await.expect("answers").expect("there");
        assert_eq!(found.subject, Some(handler.subject));

        let stranger = world.person().await;
        let mut edit = store.edit().await.expect("begins");
        assert_eq!(take_up(&world.people, &mut edit, &found, stranger, NOW).await.expect("answers"), None);
        drop(edit);
        assert_eq!(world.actor(&handler.token, NOW).await, handler.actor, "nothing happened yet");

        let mut edit = store.edit().await.expect("begins");
        assert!(take_up(&world.people, &mut edit, &found, handler.subject, NOW).await.expect("answers").is_some());
        edit.finish().await.expect("lasts");
        assert_eq!(world.actor(&handler.token, NOW).await, Actor::Anonymous);
        assert_eq!(store.grants_of(handler.subject).await.expect("reads").len(), 1, "the role they had");
        assert_eq!(store.notices_of(handler.subject, 10).await.expect("reads").len(), 1, "they were told");
    })
    .await;
}

#[tokio::test]
async fn nobody_reaches_through_an_invitation_for_more_than_they_could_give() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        let both = world.with_role(Role::Handler, tree(410_105)).await;
        let grant = store.grants_of(both.subject).await.expect("reads")[0].id.to_string();
        let made = world.staff.invite_again(&officer.actor, &grant, "手机丢了", NOW).await;
        let made = made.unwrap_or_else(|not| panic!("{not:?}"));
        let early = find_invitation(&world.people, token(&made.link), NOW).await.expect("answers").expect("there");

        // They become an administrator: the account is no longer in the officer's hands.
        let mut edit = store.edit().await.expect("begins");
        edit.put_grant(both.subject, Role::Administrator, &Reach::Everywhere, None, NOW + 1).await.expect("writes");
        edit.finish().await.expect("lasts");
        let not = world.staff.invite_again(&officer.actor, &grant, "手机丢了", NOW + 2).await.map(drop);
        assert_eq!(not.expect_err("more than they could give").refused, Some(Refused::NotFound));
        let mut edit = store.edit().await.expect("begins");
        let taken = take_up(&world.people, &mut edit, &early, both.subject, NOW + 2).await.expect("answers");
        assert_eq!(taken, None, "nor by the link of before");
        drop(edit);

        let administrator = world.administrator().await;
        let made = world.staff.invite_again(&administrator.actor, &grant, "手机丢了", NOW + 2).await.map(drop);
        assert_eq!(made, Ok(()));
        let own = store.grants_of(administrator.subject).await.expect("reads")[0].id.to_string();
        let not = world.staff.invite_again(&administrator.actor, &own, "手机丢了", NOW).await.map(drop);
        assert_eq!(not.expect_err("nobody themselves").refused, Some(Refused::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_managers_code_is_known_by_its_hash_replaces_the_one_before_and_runs_out() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_103).await;
        let station = world.station_in(410_103);
        let issue = async || {
            let issued = world.staff.issue_manager_code(&officer.actor, station.code.as_str(), NOW).await;
            ManagerCode::parse(&issued.unwrap_or_else(|why| panic!("{why:?}")).spoken).expect("eight letters")
        };
        let find = async |code: ManagerCode, now| {
            let hash = world.people.vault.hash(Lookup::ManagerCode, code.as_str());
            store.manager_code(&hash, now).await.expect("answers").map(|open| open.station)
        };
        let first = issue().await;
        assert_eq!(find(first, NOW).await, Some(station.code));
        assert_eq!(find(first, NOW + DAY).await, None, "24 hours");
        let second = issue().await;
        assert_eq!((find(first, NOW).await, find(second, NOW).await), (None, Some(station.code)));
        assert_eq!(world.audited(Action::AppointManager).await.len(), 2);
    })
    .await;
}
