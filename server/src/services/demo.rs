//! The 示范 pack: made up, so that a fresh installation has something to find.

use super::import::{self, ImportError, Input, Options, Progress, Summary};
use crate::{
    regions::Regions,
    store::{Store, StoreError},
};
use domain::{geo::Datum, station::DEMO_SOURCE, time::Millis};
use std::sync::Arc;

/// What ships: `data/demo/README.md`.
const STATIONS: &[u8] = include_bytes!("../../data/demo/stations.csv");

/// Loads the pack when there is no station at all; returns how many it loaded. Ages and closures
/// count from `now`.
///
/// # Errors
/// The database does not answer, or the pack is damaged: then nothing was loaded.
pub async fn load(store: &Store, regions: Arc<Regions>, now: Millis) -> Result<u64, ImportError> {
    if !store.has_no_stations().await? {
        return Ok(0);
    }
    Ok(import_pack(store, regions, now).await?.new)
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
    write.finish().await?;
    Ok(removed)
}
