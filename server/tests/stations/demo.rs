//! The 示范 pack.

use crate::{
    databases::{on_each_engine, regions},
    loads::{NOW, load, options, stations},
};
use domain::{
    station::{Confirmation, Witness},
    time::DAY_MS,
};
use server::services::demo;

#[tokio::test]
async fn the_pack_fills_an_empty_database_and_no_other() {
    on_each_engine(async |store| {
        assert_eq!(demo::load(store, regions(), NOW).await.expect("loads"), 74);
        assert_eq!(demo::load(store, regions(), NOW).await.expect("nothing to do"), 0);
        let stations = stations(store).await;
        assert!(stations.iter().all(|station| station.is_demo() && station.adcode.is_some()));

        let first = stations.iter().find(|station| &*station.source_id == "zz-01").expect("in the pack");
        let midnight = NOW - 10 * 3_600_000;
        assert_eq!(first.confirmation, Some(Confirmation { at: midnight - DAY_MS, by: Witness::Manager }));
        let closed = stations.iter().filter_map(|station| station.closure.as_deref()).collect::<Vec<_>>();
        assert!(!closed.is_empty() && closed.iter().all(|closure| closure.holds(NOW)));
        assert!(stations.iter().any(|station| station.closed_for_good));
        let roads = store.roads().await.expect("reads");
        assert_eq!(roads.iter().map(|road| (&*road.road.code, road.stops.len())).collect::<Vec<_>>(), [("G9999", 10)]);
    })
    .await;
}

#[tokio::test]
async fn the_pack_is_removed_and_real_stations_stay() {
    on_each_engine(async |store| {
        demo::load(store, regions(), NOW).await.expect("loads");
        load(store, "name,lng,lat\n真的,113.66,34.75\n", options()).await.expect("imports");
        assert_eq!(demo::remove(store).await.expect("removes"), 74);
        assert!(store.roads().await.expect("reads").is_empty(), "the made-up road goes with its stations");
        assert_eq!(demo::remove(store).await.expect("nothing to do"), 0);
        assert_eq!(stations(store).await.len(), 1);
        assert_eq!(demo::load(store, regions(), NOW).await.expect("nothing to do"), 0);
    })
    .await;
}
