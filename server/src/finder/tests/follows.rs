//! What is written to the store is seen in the finder, whoever wrote it.

use super::NOW;
use crate::{
    calendar::{self, Asked},
    finder::{Finder, catch_up, follow, load},
    regions::Regions,
    services::import::{self, Input, Options, Progress},
    store::Store,
};
use domain::{geo::Datum, ports::Stations};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

async fn empty_store(folder: &std::path::Path) -> Store {
    let store = Store::connect(&format!("sqlite:{}", folder.join("stations.db").display())).await.expect("opened");
    store.migrate().await.expect("migrated");
    store
}

/// Imports this many stations as all that their source has.
async fn import(store: &Store, count: usize) {
    let rows: Vec<String> = (0..count).map(|row| format!("{row},驿站{row},34.{row:04},113.66")).collect();
    let csv = format!("id,name,lat,lng\n{}\n", rows.join("\n"));
    let mut options = Options::new("zhengzhou", Datum::Wgs84);
    options.retire_missing = true;
    options.kind = Some(domain::station::Kind::UnionStation);
    let regions = Arc::new(Regions::load().expect("shipped"));
    let input = Input::Bytes(csv.into_bytes().into());
    let summary = import::import(store, regions, input, options, NOW, Arc::new(Progress::default())).await;
    assert!(summary.expect("imported").landed);
}

fn names(finder: &Finder, count: usize) -> Vec<usize> {
    (0..count).map(|row| finder.find(&format!("驿站{row}"), None, 9999).len()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_imported_is_loaded_and_later_imports_are_caught_up_with() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = empty_store(folder.path()).await;
    import(&store, 5).await;
    let finder = Arc::new(Finder::empty());
    load(&store, &finder).await.expect("loaded");
    assert_eq!((finder.count(), finder.revision()), (5, store.revision().await.expect("read")));

    assert_eq!(catch_up(&store, &finder).await.expect("asked"), 0);
    import(&store, 9).await;
    assert_eq!(catch_up(&store, &finder).await.expect("asked"), 4);
    import(&store, 2).await;
    assert_eq!(catch_up(&store, &finder).await.expect("asked"), 7);
    assert_eq!((finder.count(), names(&finder, 4)), (2, vec![1, 1, 0, 0]));
    assert_eq!(finder.revision(), store.revision().await.expect("read"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_by_another_program_is_visible_within_a_second() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = empty_store(folder.path()).await;
    let finder = Arc::new(Finder::empty());
    let follower = tokio::spawn(follow(store.clone(), Arc::clone(&finder), Duration::from_millis(50)));
    // Another connection to the same file stands for the other program.
    let other = empty_store(folder.path()).await;
    import(&other, 50).await;
    let began = Instant::now();
    let mut turns = tokio::time::interval(Duration::from_millis(5));
    while finder.count() < 50 && began.elapsed() < Duration::from_secs(1) {
        turns.tick().await;
    }
    assert_eq!(finder.count(), 50);
    follower.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_store_fails_the_stations_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = empty_store(folder.path()).await;
    import(&store, 3).await;
    let finder = Arc::new(Finder::empty());
    load(&store, &finder).await.expect("loaded");
    store.close().await;
    assert!(catch_up(&store, &finder).await.is_err());
    assert_eq!(finder.count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_imported_by_another_program_is_read_within_a_second() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = empty_store(folder.path()).await;
    import(&store, 3).await;
    let finder = Arc::new(Finder::empty());
    load(&store, &finder).await.expect("loaded");
    assert_eq!(*finder.calendar(), calendar::shipped());
    assert_eq!(catch_up(&store, &finder).await.expect("asked"), 0);

    let follower = tokio::spawn(follow(store.clone(), Arc::clone(&finder), Duration::from_millis(50)));
    let other = empty_store(folder.path()).await;
    let asked = Asked { year: 2027, number: "测试".into(), published: None, source: "测试".into(), dry_run: false };
    let file = b"date,ruling,holiday\n2027-01-01,off,new_year\n";
    calendar::import(&other, file, asked, NOW).await.expect("imported");
    let knows = || finder.calendar().notices().any(|notice| notice.year == 2027);
    let began = Instant::now();
    let mut turns = tokio::time::interval(Duration::from_millis(5));
    while !knows() && began.elapsed() < Duration::from_secs(1) {
        turns.tick().await;
    }
    assert!(knows());
    assert_eq!(finder.count(), 3);
    follower.abort();
}

#[test]
fn the_slower_of_two_who_read_the_calendar_does_not_bring_the_past_back() {
    let finder = Finder::empty();
    finder.set_calendar_at(calendar::shipped(), 2);
    finder.set_calendar_at(domain::calendar::Calendar::default(), 1);
    assert_eq!(*finder.calendar(), calendar::shipped());
    assert!(!finder.lacks_calendar(2) && finder.lacks_calendar(3));
}
