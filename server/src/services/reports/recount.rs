//! What is believed of a station, counted again from what was said.

use super::DoorReports;
use crate::{
    finder,
    ops::clock,
    store::{StoreError, Write},
};
use domain::{
    calendar::Calendar,
    ports::{StationLookup, Stations as _},
    station::{Said, Station, Voices, voices},
    time::{DAY_MS, Millis},
};
use std::time::Duration;

/// What was said longer ago is not weighed.
const WEIGHED_MS: Millis = 60 * DAY_MS;
/// How often voices that ran out are counted again.
const EVERY: Duration = Duration::from_secs(30);
/// How often old reports are forgotten, in turns of [`EVERY`].
const FORGET_EVERY: u32 = 120;

/// Counts the voices of a station and writes them when they changed; says whether they did.
pub(super) async fn recount(
    write: &mut Write,
    station: &Station,
    calendar: &Calendar,
    now: Millis,
) -> Result<bool, StoreError> {
    let reports = write.reports_of(station.code, now - WEIGHED_MS).await?;
    let posted = |at: Millis| {
        let posted = Station { voices: None, ..station.clone() };
        posted.open_state(calendar, at).is_open()
    };
    let new = voices(&reports, &posted, station.confirmation, now);
    // Not the station's own: another server may have counted since this finder last looked.
    let old = write.voices_of(station.code).await?;
    if new == old {
        return Ok(false);
    }
    if let Some((kind, voices)) = alarming(&old, &new) {
        write.put_alert(station.code, kind, voices, now).await?;
    }
    write.put_voices(station.code, &new).await?;
    Ok(true)
}

/// What a manager must hear of that was not so before.
fn alarming(old: &Voices, new: &Voices) -> Option<(&'static str, u16)> {
    let word = |voices: &Voices, said: Said| voices.door.filter(|word| word.said == said);
    let kinds = [(Said::Locked, "locked_in_hours"), (Said::Moved, "moved")];
    kinds
        .into_iter()
        .find_map(|(said, kind)| word(new, said).filter(|_| word(old, said).is_none()).map(|word| (kind, word.voices)))
}

/// Counts again whatever ran out, and forgets what is too old; for ever.
pub async fn keep_counting(service: DoorReports) {
    let mut turns = tokio::time::interval(EVERY);
    let mut turn: u32 = 0;
    loop {
        turns.tick().await;
        if let Err(error) = count_again(&service, clock::now()).await {
            tracing::warn!(%error, "voices could not be counted again, trying later: {error}");
        }
        if turn.is_multiple_of(FORGET_EVERY)
            && let Err(error) = service.store.forget_reports(clock::now()).await
        {
            tracing::warn!(%error, "old reports could not be forgotten, trying later: {error}");
        }
        turn = turn.wrapping_add(1);
    }
}

/// Counts again the stations whose voices ran out before a moment, and says how many changed.
///
/// # Errors
/// The database does not answer, or holds a row this program never writes.
pub async fn count_again(service: &DoorReports, now: Millis) -> Result<usize, StoreError> {
    let mut changed = 0;
    for code in service.store.voices_run_out(now).await? {
        let StationLookup::Here(station) = service.finder.by_code(code) else { continue };
        let mut write = service.store.write().await?;
        if recount(&mut write, &station, &service.finder.calendar(), now).await? {
            write.finish().await?;
            changed += 1;
        }
    }
    if changed > 0 {
        finder::catch_up(&service.store, &service.finder).await?;
    }
    Ok(changed)
}
