//! Who sees which desk, and what a right that was taken back is worth.

use crate::{
    databases::on_each_engine,
    world::{DAY, NOW, World, tree, union},
};
use domain::{
    account::{Actor, Reach},
    policy::{Action, Refused, Role},
    ports::{Staff as _, Tool},
};
use server::store::Store;

#[tokio::test]
async fn a_manager_sees_their_own_station_and_no_other() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (own, other) = (world.station_in(410_103), world.station_in(410_105));
        let manager = world.with_role(Role::Manager, Reach::Station(own.code)).await;
        let desk = world.staff.station_desk(&manager.actor, own.code.as_str(), NOW).await.expect("their own");
        assert!(desk.may_clear && !desk.may_appoint && desk.managers.is_empty());
        for code in [other.code.as_str(), "0000000000", "no code", ""] {
            let refused = world.staff.station_desk(&manager.actor, code, NOW).await.map(drop);
            assert_eq!(refused, Err(Refused::NotFound), "{code}");
        }
        let code = own.code.as_str();
        assert_eq!(world.staff.issue_manager_code(&manager.actor, code, NOW).await.map(drop), Err(Refused::NotFound));
        let first = world.staff.desk(&manager.actor, NOW).await.expect("opens");
        assert_eq!(first.stations.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), [code]);
        assert_eq!(first.tools, []);
    })
    .await;
}

#[tokio::test]
async fn an_officer_outside_the_tree_is_told_the_same_as_of_what_is_not_there() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let station = world.station_in(410_103);
        let (inside, outside) = (world.officer(410_000).await, world.officer(420_000).await);
        let handler = world.with_role(Role::Handler, tree(410_100)).await;
        let grant = store.grants_of(handler.subject).await.expect("reads")[0].id.to_string();
        let (station, union) = (station.code.to_string(), union(410_100).to_string());
        let ask = async |actor: &Actor, station: &str, union: &str, grant: &str| {
            [
                world.staff.station_desk(actor, station, NOW).await.map(drop),
                world.staff.issue_manager_code(actor, station, NOW).await.map(drop),
                world.staff.organisation(actor, union, NOW).await.map(drop),
                world.staff.may_invite(actor, union, NOW).await.map(drop),
                world.staff.grant(actor, grant, NOW).await.map(drop),
            ]
        };
        assert_eq!(ask(&inside.actor, &station, &union, &grant).await, [Ok(()); 5]);
        let (none, no_station) = ("0".repeat(32), "0000000000");
        let foreign = ask(&outside.actor, &station, &union, &grant).await;
        assert_eq!(foreign, [Err(Refused::NotFound); 5]);
        assert_eq!(foreign, ask(&outside.actor, no_station, &none, &none).await);
        assert_eq!(foreign, ask(&inside.actor, no_station, &none, &none).await);
        assert_eq!(ask(&Actor::Anonymous, &station, &union, &grant).await, [Err(Refused::SignIn); 5]);
        // A handler has no station and no organisation to look after.
        assert_eq!(ask(&handler.actor, &station, &union, &grant).await, [Err(Refused::NotFound); 5]);
    })
    .await;
}

#[tokio::test]
async fn a_role_that_is_taken_back_ends_at_once_with_all_that_it_issued() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (officer, other) = (world.officer(410_100).await, world.officer(410_103).await);
        let station = world.station_in(410_103);
        world.staff.issue_manager_code(&other.actor, station.code.as_str(), NOW).await.map(drop).expect("issues");
        let grant = store.grants_of(other.subject).await.expect("reads")[0].id.to_string();

        let not = world.staff.revoke(&officer.actor, &grant, "", NOW).await.expect_err("no reason");
        assert_eq!((not.wrong.len(), not.refused), (1, None));
        let back = world.staff.revoke(&officer.actor, &grant, "调走了", NOW).await.expect("takes back");
        assert_eq!(back, format!("/desk/organisations/{}", union(410_103)));

        assert_eq!(world.actor(&other.token, NOW).await, Actor::Anonymous, "the session ended");
        assert_eq!(store.grants_of(other.subject).await.expect("reads"), []);
        assert_eq!(store.manager_codes_of(station.code, NOW).await.expect("reads"), []);
        let again = world.staff.revoke(&officer.actor, &grant, "调走了", NOW).await.expect_err("is gone");
        assert_eq!(again.refused, Some(Refused::NotFound));
        let (object, reason) = world.audited(Action::AppointStaff).await.pop().expect("written down");
        assert!(object.contains(&grant) && reason == "收回：调走了");

        let own = store.grants_of(officer.subject).await.expect("reads")[0].id.to_string();
        let not = world.staff.revoke(&officer.actor, &own, "不干了", NOW).await.expect_err("their own");
        assert!(not.wrong[0].1.contains("另一位"));
    })
    .await;
}

#[tokio::test]
async fn an_officer_who_is_there_opens_the_organisation_for_fourteen_days() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let officer = world.officer(410_105).await;
        world.people.organisations.catch_up(store).await.expect("reads");
        let at = async |now| {
            let reach = world.officer(410_000).await;
            let desk = world.staff.organisation(&reach.actor, &union(410_105).to_string(), now).await;
            desk.expect("opens").is_open
        };
        assert!(at(NOW).await, "signing in and asking is being there");
        assert!(at(NOW + 14 * DAY - 1).await);
        assert!(!at(NOW + 14 * DAY).await);
        drop(officer);
    })
    .await;
}

async fn alert(store: &Store, code: domain::station::Code, at: i64) {
    let mut write = store.write().await.expect("begins");
    write.put_alert(code, "locked_in_hours", 3, at).await.expect("writes");
    write.finish_quietly().await.expect("lasts");
}

#[tokio::test]
async fn an_alert_is_noted_once_and_that_can_be_taken_back_for_a_day() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (own, other) = (world.station_in(410_103), world.station_in(410_105));
        alert(store, own.code, NOW - 1_000).await;
        alert(store, other.code, NOW - 500).await;
        let manager = world.with_role(Role::Manager, Reach::Station(own.code)).await;
        let first = world.staff.desk(&manager.actor, NOW).await.expect("opens");
        assert_eq!(
            first.stations.iter().map(|one| (one.code.as_str(), one.alerts)).collect::<Vec<_>>(),
            [(own.code.as_str(), 1)]
        );
        let code = own.code.as_str();
        let alerts = async |now| world.staff.station_desk(&manager.actor, code, now).await.expect("opens").alerts;
        let id = alerts(NOW).await[0].id.clone();
        let clear =
            async |alert: &str, undo, now| world.staff.clear_alert(&manager.actor, code, alert, undo, now).await;
        for _ in 0..2 {
            assert_eq!(clear(&id, false, NOW).await, Ok(()));
        }
        assert_eq!(alerts(NOW).await[0].seen_at, Some(NOW));
        assert_eq!(world.audited(Action::ClearAlert).await.len(), 1, "the second tap changed nothing");
        assert_eq!(clear(&id, true, NOW + 1).await, Ok(()));
        assert_eq!(alerts(NOW).await[0].seen_at, None);
        assert_eq!(clear(&id, false, NOW + 2).await, Ok(()));
        assert!(!alerts(NOW + 2 + DAY).await[0].may_undo);
        assert_eq!(clear(&id, true, NOW + 2 + DAY).await, Ok(()));
        assert_eq!(alerts(NOW).await[0].seen_at, Some(NOW + 2), "a day later it stays");

        let officer = world.officer(410_105).await;
        let theirs = world.staff.station_desk(&officer.actor, other.code.as_str(), NOW).await.expect("opens");
        for wrong in [theirs.alerts[0].id.as_str(), "0", ""] {
            assert_eq!(clear(wrong, false, NOW).await, Err(Refused::NotFound), "not of this station");
        }
    })
    .await;
}

#[tokio::test]
async fn an_administrator_reads_the_whole_country_and_a_cover_administrator_their_own_desk() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let administrator = world.administrator().await;
        let all = world.staff.organisation(&administrator.actor, "all", NOW).await.expect("opens");
        assert_eq!((all.below.len(), all.what, all.staff.len()), (31, None, 1));
        assert_eq!(all.may_invite, [Role::Administrator, Role::Auditor]);
        let city = world.staff.organisation(&administrator.actor, &union(410_100).to_string(), NOW).await;
        let city = city.expect("opens");
        assert_eq!(city.above.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["河南省总工会", "全国"]);
        assert_eq!(city.may_invite.len(), 5);

        let cover = world.with_role(Role::CoverAdministrator, tree(410_100)).await;
        let desk = world.staff.cover_desk(&cover.actor, NOW).await.expect("opens");
        assert_eq!(desk.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["郑州市总工会"]);
        assert_eq!(world.staff.cover_desk(&administrator.actor, NOW).await, Err(Refused::NotFound));
        let home = world.staff.desk(&cover.actor, NOW).await.expect("opens");
        assert!(
            home.tools == [Tool::Cover] && home.posts[0].link.is_none(),
            "the organisation itself is not theirs to read"
        );
    })
    .await;
}
