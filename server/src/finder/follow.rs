//! Keeping the finder at what the store holds.

use super::{Change, Finder};
use crate::{
    calendar,
    store::{self, Store, StoreError},
};
use domain::ports::Stations;
use std::{sync::Arc, time::Duration};
use tokio::{task::spawn_blocking, time::MissedTickBehavior};

/// Fills the finder with the calendar and all stations of the store.
///
/// # Errors
/// The database does not answer, or holds a row this program never writes.
pub async fn load(store: &Store, finder: &Arc<Finder>) -> Result<(), StoreError> {
    // First: a block of stations is built for its calendar.
    load_calendar(store, finder).await?;
    let snapshot = store.snapshot().await?;
    let finder = Arc::clone(finder);
    aside(move || finder.replace(snapshot.stations, snapshot.retired, snapshot.revision)).await;
    Ok(())
}

/// Brings the finder up to the store and returns how many changes that took, a new calendar being one.
/// Whoever has just written a station calls it to see it at once. Nothing changed: one cheap query.
///
/// # Errors
/// As [`load`].
pub async fn catch_up(store: &Store, finder: &Arc<Finder>) -> Result<usize, StoreError> {
    let (stations, calendar) = store.revisions().await?;
    let mut count = 0;
    if finder.lacks_calendar(calendar) {
        load_calendar(store, finder).await?;
        count += 1;
    }
    if stations <= finder.revision() {
        return Ok(count);
    }
    let changes = store.stations_changed_since(finder.revision()).await?;
    let Some(revision) = changes.iter().map(store::Change::revision).max() else { return Ok(count) };
    count += changes.len();
    let finder = Arc::clone(finder);
    aside(move || finder.apply(changes.into_iter().map(Change::from).collect(), revision)).await;
    Ok(count)
}

async fn load_calendar(store: &Store, finder: &Arc<Finder>) -> Result<(), StoreError> {
    let (calendar, revision) = calendar::load(store).await?;
    let finder = Arc::clone(finder);
    aside(move || finder.set_calendar_at(calendar, revision)).await;
    Ok(())
}

/// Catches up every so often, for ever: other programs write to the same store. While the store
/// fails, the stations stay as they are and the next turn tries again.
pub async fn follow(store: Store, finder: Arc<Finder>, every: Duration) {
    let mut turns = tokio::time::interval(every);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        turns.tick().await;
        match catch_up(&store, &finder).await {
            Ok(changes) => {
                if failing {
                    tracing::info!("stations are read from the store again");
                }
                failing = false;
                if changes > 0 {
                    let revision = finder.revision();
                    tracing::info!(changes, revision, "{changes} changes are visible, station revision {revision}");
                }
            }
            // Said once, not every second of an outage.
            Err(error) if !failing => {
                failing = true;
                tracing::warn!(%error, "stations cannot be read from the store, trying again: {error}");
            }
            Err(_) => {}
        }
    }
}

/// Runs what takes long on a thread that serves nobody.
async fn aside(work: impl FnOnce() + Send + 'static) {
    if let Err(error) = spawn_blocking(work).await
        && let Ok(panic) = error.try_into_panic()
    {
        std::panic::resume_unwind(panic);
    }
}

impl From<store::Change> for Change {
    fn from(change: store::Change) -> Self {
        match change {
            store::Change::Put(station, _) => Self::Put(Arc::new(*station)),
            store::Change::Gone(code, _) => Self::Gone(code),
        }
    }
}
