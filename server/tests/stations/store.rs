//! What the store promises.

use crate::databases::on_each_engine;
use domain::{
    geo::{Datum, Point},
    station::{
        Amenity, Audience, Checked, Closure, Code, Confirmation, Door, HolidayPolicy, Hours, Kind, Offer, RoadPosition,
        Source, Station, Vehicle, Verification, Witness,
    },
};
use server::{
    services::import::code_of,
    store::{Change, Incoming, Store, StoreError, content_hash},
};

const NOW: i64 = 1_795_399_200_000;

fn plain(source_id: &str) -> Station {
    let source = Source { name: "test".into(), licence: None, attribution: None };
    let point = Point::from_degrees(34.749, 113.658).expect("in range");
    let plain =
        Station::new(code_of("test", source_id), Kind::UnionStation, "德化街驿站", point, source.into(), source_id);
    Station { updated_at: NOW, ..plain }
}

fn rich(source_id: &str) -> Station {
    let yes = Offer { present: Some(true), free: Some(true), ..Offer::default() };
    let broken = Offer { present: Some(true), working: Some(false), verified_at: Some(NOW), ..Offer::default() };
    Station {
        kind: Kind::DriverHome,
        host: Some("某物流园".into()),
        phone: Some("0371-0000-0001".into()),
        address: Some("二七区德化街中段".into()),
        adcode: Some(410_103),
        datum: Datum::Bd09,
        door: Some(Door::Scan),
        audience: Some(Audience::Members),
        amenities: [(Amenity::HotWater, yes), (Amenity::Shower, broken), (Amenity::Beds, Offer::default())]
            .into_iter()
            .collect(),
        hours: Hours::read("周一至周五 09:00-17:00").with_policy(HolidayPolicy::Follow).with_unattended("24/7"),
        truck_spaces: Some(80),
        vehicle: Some(Box::new(Vehicle { max_height_cm: Some(450), hazardous: Some(false), ..Vehicle::default() })),
        road: Some(Box::new(RoadPosition {
            road: Some("G40".into()),
            side: Some("stake_up".into()),
            exit_distance_m: Some(900),
            ..RoadPosition::default()
        })),
        closure: Some(Box::new(Closure {
            from: 1,
            until: Some(NOW),
            reason: Some("停水".into()),
            by: None,
            hours: None,
        })),
        closed_for_good: true,
        confirmation: Some(Confirmation { at: NOW, by: Witness::Worker }),
        checked: Checked {
            hours: Some(Confirmation { at: NOW - 5, by: Witness::Manager }),
            spaces: Some(Confirmation { at: 3, by: Witness::Import }),
            ..Checked::default()
        },
        ..plain(source_id)
    }
}

fn incoming(station: Station) -> Incoming {
    Incoming { content: content_hash(&station), station }
}

async fn put(store: &Store, stations: &[Station], now: i64) -> Result<u64, StoreError> {
    let mut write = store.write().await?;
    write.put_source(&stations[0].source, None, now).await?;
    let batch: Vec<Incoming> = stations.iter().cloned().map(incoming).collect();
    write.put_stations(&batch, now).await?;
    let revision = write.revision();
    write.finish().await?;
    Ok(revision)
}

async fn all(store: &Store) -> Vec<Station> {
    let mut stations: Vec<Station> =
        store.snapshot().await.expect("loads").stations.iter().map(|station| (**station).clone()).collect();
    stations.sort_by_key(|station| station.code);
    stations
}

#[tokio::test]
async fn a_station_comes_back_as_it_went_in() {
    on_each_engine(async |store| {
        assert!(store.has_no_stations().await.expect("answers"));
        store.ping().await.expect("answers");
        let mut stations = vec![plain("1"), rich("2")];
        put(store, &stations, NOW).await.expect("writes");
        stations.sort_by_key(|station| station.code);
        assert_eq!(all(store).await, stations);
        assert!(!store.has_no_stations().await.expect("answers"));
    })
    .await;
}

#[tokio::test]
async fn letters_nobody_can_see_are_not_kept() {
    on_each_engine(async |store| {
        let station = Station { name: "甲\u{1f}\0乙\n".into(), host: Some("\u{1f}丙".into()), ..plain("1") };
        put(store, &[station], NOW).await.expect("writes");
        let kept = all(store).await.remove(0);
        assert_eq!((&*kept.name, kept.host.as_deref()), ("甲乙", Some("丙")));
    })
    .await;
}

#[tokio::test]
async fn many_rows_go_in_as_well_as_one() {
    on_each_engine(async |store| {
        let stations: Vec<Station> = (0..1203).map(|number| plain(&number.to_string())).collect();
        put(store, &stations, NOW).await.expect("writes");
        assert_eq!(all(store).await.len(), 1203);
    })
    .await;
}

#[tokio::test]
async fn each_write_counts_the_version_and_the_revision_up() {
    on_each_engine(async |store| {
        let first = put(store, &[plain("1"), plain("2")], NOW).await.expect("writes");
        let second = put(store, &[rich("1")], NOW + 5).await.expect("writes");
        assert_eq!((first, second, store.revision().await.expect("answers")), (1, 2, 2));

        let changes = store.stations_changed_since(first).await.expect("answers");
        let expected = Station { version: 2, updated_at: NOW + 5, ..rich("1") };
        assert_eq!(changes, [Change::Put(Box::new(expected), 2)]);
        assert_eq!(store.stations_changed_since(second).await.expect("answers"), []);
        assert_eq!(store.stations_changed_since(0).await.expect("answers").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_finished_never_was() {
    on_each_engine(async |store| {
        let mut write = store.write().await.expect("begins");
        write.put_source(&plain("1").source, None, NOW).await.expect("writes");
        write.put_stations(&[incoming(plain("1"))], NOW).await.expect("writes");
        drop(write);
        assert_eq!((all(store).await, store.revision().await.expect("answers")), (vec![], 0));

        // Finished without a change: the revision stays, and with it every cached page.
        put(store, &[plain("1")], NOW).await.expect("writes");
        let mut write = store.write().await.expect("begins");
        write.put_source(&plain("1").source, None, NOW + 1).await.expect("writes");
        write.finish().await.expect("ends");
        assert_eq!(store.revision().await.expect("answers"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_retired_station_is_gone_keeps_its_code_and_may_come_back() {
    on_each_engine(async |store| {
        let code = plain("1").code;
        put(store, &[plain("1"), plain("2")], NOW).await.expect("writes");
        let mut write = store.write().await.expect("begins");
        assert_eq!(write.retire(&[code, code_of("test", "never")], NOW).await.expect("writes"), 1);
        write.finish().await.expect("ends");

        let snapshot = store.snapshot().await.expect("loads");
        assert_eq!(
            (snapshot.stations.len(), snapshot.retired.as_slice(), snapshot.revision),
            (1, [code].as_slice(), 2)
        );
        assert_eq!(store.stations_changed_since(1).await.expect("answers"), [Change::Gone(code, 2)]);

        put(store, &[plain("1")], NOW).await.expect("writes");
        let back: Vec<(Code, u32)> = all(store).await.iter().map(|station| (station.code, station.version)).collect();
        assert!(back.contains(&(code, 3)), "{back:?}");
    })
    .await;
}

#[tokio::test]
async fn a_removed_source_is_gone_and_a_running_server_learns_of_it() {
    on_each_engine(async |store| {
        put(store, &[plain("1")], NOW).await.expect("writes");
        let mut write = store.write().await.expect("begins");
        assert_eq!(write.remove_source("test").await.expect("writes"), 1);
        write.finish().await.expect("ends");
        assert!(store.has_no_stations().await.expect("answers"));
        assert_eq!(store.stations_changed_since(1).await.expect("answers"), [Change::Gone(plain("1").code, 2)]);

        put(store, &[plain("1")], NOW).await.expect("writes");
        let changes = store.stations_changed_since(2).await.expect("answers");
        assert!(matches!(changes.as_slice(), [Change::Put(_, 3)]), "{changes:?}");
    })
    .await;
}

#[tokio::test]
async fn a_code_is_never_given_to_another_station() {
    on_each_engine(async |store| {
        put(store, &[plain("1")], NOW).await.expect("writes");
        let thief = Station { code: plain("1").code, ..plain("2") };
        let error = put(store, &[plain("3"), thief], NOW).await.expect_err("the code is taken");
        let words = error.to_string();
        assert!(matches!(error, StoreError::CodeTaken { .. }), "{words}");
        assert!(words.contains(plain("1").code.as_str()) && words.contains("“1”") && words.contains("“2”"), "{words}");
        assert_eq!(all(store).await, [plain("1")], "all or nothing");
    })
    .await;
}

#[tokio::test]
async fn a_file_does_not_know_better_than_somebody_who_stood_at_the_door_later() {
    on_each_engine(async |store| {
        let said = |at, by| Some(Confirmation { at, by });
        for (before, file, after) in [
            (said(100, Witness::Worker), said(50, Witness::Import), said(100, Witness::Worker)),
            (said(100, Witness::Worker), None, said(100, Witness::Worker)),
            (said(100, Witness::Manager), said(150, Witness::Import), said(150, Witness::Import)),
            (said(100, Witness::Import), None, None),
        ] {
            put(store, &[Station { confirmation: before, ..plain("1") }], NOW).await.expect("writes");
            put(store, &[Station { confirmation: file, ..plain("1") }], NOW).await.expect("writes");
            assert_eq!(all(store).await[0].confirmation, after, "{before:?} then {file:?}");
            let mut write = store.write().await.expect("begins");
            write.remove_source("test").await.expect("writes");
            write.finish().await.expect("ends");
        }
    })
    .await;
}

#[tokio::test]
async fn writers_take_turns_so_that_revisions_appear_in_order() {
    on_each_engine(async |store| {
        let mut first = store.write().await.expect("begins");
        first.put_source(&plain("1").source, None, NOW).await.expect("writes");
        let other = store.clone();
        let second = tokio::spawn(async move { put(&other, &[plain("2")], NOW).await });
        first.put_stations(&[incoming(plain("1"))], NOW).await.expect("writes");
        assert!(!second.is_finished());
        let revision = first.revision();
        first.finish().await.expect("ends");
        assert_eq!(second.await.expect("runs").expect("writes"), revision + 1);
        assert_eq!(all(store).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn migrating_twice_is_migrating_once() {
    on_each_engine(async |store| {
        put(store, &[plain("1")], NOW).await.expect("writes");
        store.migrate().await.expect("nothing to do");
        assert_eq!(all(store).await.len(), 1);
    })
    .await;
}

#[test]
fn the_content_changes_with_everything_a_source_says_and_with_nothing_else() {
    let base = content_hash(&plain("1"));
    let same = Station { version: 9, updated_at: 1, verification: Verification::Verified, ..plain("1") };
    assert_eq!(content_hash(&same), base);
    let rich = rich("1");
    let other = [
        Station { kind: rich.kind, ..plain("1") },
        Station { host: rich.host.clone(), ..plain("1") },
        Station { phone: rich.host.clone(), ..plain("1") },
        Station { address: rich.host.clone(), ..plain("1") },
        Station { adcode: rich.adcode, ..plain("1") },
        Station { datum: rich.datum, ..plain("1") },
        Station { door: rich.door, ..plain("1") },
        Station { audience: rich.audience, ..plain("1") },
        Station { amenities: rich.amenities.clone(), ..plain("1") },
        Station { hours: rich.hours.clone(), ..plain("1") },
        Station { truck_spaces: rich.truck_spaces, ..plain("1") },
        Station { road: rich.road.clone(), ..plain("1") },
        Station { closure: rich.closure.clone(), ..plain("1") },
        Station { closed_for_good: true, ..plain("1") },
        Station { confirmation: rich.confirmation, ..plain("1") },
        Station { point: Point::from_e7(347_490_001, 1_136_580_000).expect("in range"), ..plain("1") },
    ];
    let mut hashes: Vec<i64> = other.iter().map(content_hash).chain([base]).collect();
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), other.len() + 1);
}
