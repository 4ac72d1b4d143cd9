//! A proposal: kept for the organisation that answers for the place. Never an edit.

use super::{DoorReports, Hashed, unavailable};
use crate::store::{NewProposal, StoreError};
use domain::{
    ports::{NotHeard, Proposal, StationLookup, Stations as _},
    time::Millis,
};

/// Proposals of one device in 24 hours.
const OF_DEVICE: i64 = 10;
/// Proposals of one network in 24 hours.
const OF_NETWORK: i64 = 200;

pub(super) async fn propose(
    service: &DoorReports,
    proposal: Proposal,
    sender: Hashed,
    now: Millis,
) -> Result<String, NotHeard> {
    let (device, network) = (sender.device.cast_signed(), sender.network.cast_signed());
    let new = match &proposal {
        Proposal::Missing { name, place, words, cell } => NewProposal {
            kind: "missing_station",
            station: None,
            name: Some(name),
            place: Some(place),
            words: words.as_deref(),
            cell: cell.map(|cell| cell.to_string()),
            device,
            network,
        },
        Proposal::Correction { station, words } => {
            if !matches!(service.finder.by_code(*station), StationLookup::Here(_)) {
                return Err(NotHeard::NoStation);
            }
            NewProposal {
                kind: "correction",
                station: Some(*station),
                name: None,
                place: None,
                words: Some(words),
                cell: None,
                device,
                network,
            }
        }
    };
    let mut write = service.store.write().await.map_err(|error| unavailable(&error))?;
    let (of_device, of_network) =
        write.proposed_lately(device, network, now).await.map_err(|error| unavailable(&error))?;
    if of_device >= OF_DEVICE {
        return Err(NotHeard::TooManyOfDevice);
    }
    if of_network >= OF_NETWORK {
        return Err(NotHeard::TooManyOfNetwork);
    }
    let written = async {
        let id = write.put_proposal(&new, now).await?;
        write.finish_quietly().await?;
        Ok::<_, StoreError>(id)
    };
    let id = written.await.map_err(|error| unavailable(&error))?;
    // The random end of the id: enough to find it by, nothing to guess others from.
    Ok(id.simple().to_string()[24..].to_uppercase())
}
