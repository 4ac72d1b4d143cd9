//! One tap: counted, weighed, and if that changes what is believed, seen by everybody.

use super::{DoorReports, Hashed, recount, unavailable};
use crate::{
    finder,
    store::{StoreError, Write},
};
use domain::{
    ports::{Heard, NotHeard, StationLookup, Stations as _, Tap},
    station::{Report, borne_out, may_ask},
    time::{DAY_MS, LocalTime, Millis},
};

/// Taps of one device in 24 hours. A rider comes past a dozen doors a day.
pub const OF_DEVICE: u32 = 20;
/// Taps of one network in an hour. Carriers put thousands behind one address.
pub const OF_NETWORK: u32 = 300;

pub(super) async fn say(service: &DoorReports, tap: Tap, sender: Hashed, now: Millis) -> Result<Heard, NotHeard> {
    let StationLookup::Here(station) = service.finder.by_code(tap.station) else { return Err(NotHeard::NoStation) };
    if station.closed_for_good {
        return Err(NotHeard::NoStation);
    }
    if !may_ask(station.confirmation, station.closed_for_good, now) {
        return Err(NotHeard::ManagerToday);
    }
    let mut report = Report {
        said: tap.said,
        amenity: tap.amenity,
        at: now,
        device: sender.device,
        range: sender.network,
        near: tap.near,
        seasoned: false,
    };
    if !report.is_whole() {
        return Err(NotHeard::NoStation);
    }
    let mut write = service.store.write().await.map_err(|error| unavailable(&error))?;
    let lately = write.said_lately(tap.station, &report).await.map_err(|error| unavailable(&error))?;
    if lately.same {
        return Ok(Heard::Already);
    }
    if lately.of_device >= OF_DEVICE {
        return Err(NotHeard::TooManyOfDevice);
    }
    if lately.of_network >= OF_NETWORK {
        return Err(NotHeard::TooManyOfNetwork);
    }
    report.seasoned = is_seasoned(&mut write, &report).await.map_err(|error| unavailable(&error))?;
    let written = async {
        write.put_report(tap.station, &report).await?;
        let changed = recount::recount(&mut write, &station, &service.finder.calendar(), now).await?;
        if changed {
            write.finish().await?;
        } else {
            write.finish_quietly().await?;
        }
        Ok::<bool, StoreError>(changed)
    };
    let changed = written.await.map_err(|error| unavailable(&error))?;
    if changed && let Err(error) = finder::catch_up(&service.store, &service.finder).await {
        // It is written; whoever follows the store sees it a moment later.
        tracing::warn!(%error, "a report is not visible yet: {error}");
    }
    Ok(Heard::Registered)
}

/// Whether others bore out what this device said on earlier days.
async fn is_seasoned(write: &mut Write, report: &Report) -> Result<bool, StoreError> {
    let today = LocalTime::of(report.at).day;
    for (station, earlier) in write.said_by(report.device, report.at).await? {
        if LocalTime::of(earlier.at).day == today {
            continue;
        }
        let around = write.reports_of(station, earlier.at - 3 * DAY_MS).await?;
        if borne_out(&earlier, &around) {
            return Ok(true);
        }
    }
    Ok(false)
}
