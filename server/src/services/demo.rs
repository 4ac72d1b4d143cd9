//! The 示范 pack: made up, so that a fresh installation has something to find.

use super::{
    import::{self, ImportError, Input, Options, Progress, Summary},
    roads::{NewLine, along_line, line_of},
};
use crate::{
    regions::Regions,
    store::{Store, StoreError},
};
use domain::{
    geo::Datum,
    road::Basis,
    station::{DEMO_SOURCE, Source},
    time::Millis,
};
use std::sync::Arc;

/// What ships: `data/demo/README.md`.
const STATIONS: &[u8] = include_bytes!("../../data/demo/stations.csv");

/// The road some of them lie along, made up as well.
const ROAD: &str = include_str!("../../data/demo/road.geojson");

/// Loads the pack when there is no station at all; returns how many it loaded. Ages and closures
/// count from `now`.
///
/// # Errors
/// The database does not answer, or the pack is damaged: then nothing was loaded.
pub async fn load(store: &Store, regions: Arc<Regions>, now: Millis) -> Result<u64, ImportError> {
    if !store.has_no_stations().await? {
        return Ok(0);
    }
    let loaded = import_pack(store, regions, now).await?.new;
    put_road(store).await?;
    Ok(loaded)
}

/// The made-up road, with the made-up stations along it. A damaged line is no road: a test reads it.
async fn put_road(store: &Store) -> Result<(), StoreError> {
    let (Ok(line), Some(new)) = (line_of(ROAD), about_road()) else { return Ok(()) };
    let stations = store.snapshot().await?.stations;
    let road = along_line(line, new, &stations);
    let mut write = store.write().await?;
    write.put_roads(DEMO_SOURCE, Basis::Line, &[road]).await?;
    write.finish().await
}

fn about_road() -> Option<NewLine> {
    let json: serde_json::Value = serde_json::from_str(ROAD).ok()?;
    let word = |name: &str| json.pointer(&format!("/properties/{name}"))?.as_str().map(str::to_owned);
    let source = Source { name: DEMO_SOURCE.into(), licence: None, attribution: None };
    Some(NewLine { code: word("code")?, name: word("name"), up: word("up"), down: word("down"), stakes: true, source })
}

async fn import_pack(store: &Store, regions: Arc<Regions>, now: Millis) -> Result<Summary, ImportError> {
    let options = Options { relative_days: true, ..Options::new(DEMO_SOURCE, Datum::Wgs84) };
    import::import(store, regions, Input::Bytes(STATIONS.into()), options, now, Arc::new(Progress::default())).await
}

/// Deletes the pack; returns how many stations that were.
///
/// # Errors
/// The database does not answer.
pub async fn remove(store: &Store) -> Result<u64, StoreError> {
    let mut write = store.write().await?;
    let removed = write.remove_source(DEMO_SOURCE).await?;
    write.remove_roads(DEMO_SOURCE).await?;
    write.finish().await?;
    Ok(removed)
}
