//! Has the source anything new to say of a station?

use domain::station::{HolidayPolicy, Station};
use sha2::{Digest, Sha256};

/// A hash of everything a source says of a station: not of its version, its verification or the
/// moment it was written. The first 64 bits of SHA-256.
#[must_use]
pub fn content_hash(station: &Station) -> i64 {
    let mut hash = Content(Sha256::new());
    hash.text(Some(station.kind.code()));
    hash.text(Some(&station.name));
    hash.text(station.host.as_deref());
    hash.text(station.phone.as_deref());
    hash.text(station.address.as_deref());
    hash.number(station.adcode.map(i64::from));
    hash.number(Some(station.point.lat_e7().into()));
    hash.number(Some(station.point.lng_e7().into()));
    hash.text(Some(station.datum.as_str()));
    hash.text(station.door.map(domain::station::Door::code));
    hash.text(station.audience.map(domain::station::Audience::code));
    for (amenity, offer) in station.amenities.iter() {
        hash.text(Some(amenity.code()));
        for said in [offer.present, offer.free, offer.working] {
            hash.number(said.map(i64::from));
        }
        hash.number(offer.verified_at);
    }
    hash.text(station.hours.text.as_deref());
    hash.number(station.truck_spaces.map(i64::from));
    if let Some(road) = station.road.as_deref() {
        for said in [&road.road, &road.stake, &road.side, &road.direction, &road.exit, &road.service_area] {
            hash.text(said.as_deref());
        }
        hash.number(road.exit_distance_m.map(i64::from));
    }
    hash.text(None);
    if let Some(closure) = station.closure.as_deref() {
        hash.number(Some(closure.from));
        hash.number(closure.until);
        hash.text(closure.reason.as_deref());
    }
    hash.text(None);
    // As before there were such columns, where they are blank: an unchanged file stays unchanged.
    if station.hours.unattended_text.is_some() || station.hours.policy != HolidayPolicy::Unknown {
        hash.text(station.hours.unattended_text.as_deref());
        hash.text(Some(station.hours.policy.code()));
    }
    if let Some(vehicle) = station.vehicle.as_deref() {
        hash.number(vehicle.max_height_cm.map(i64::from));
        hash.number(vehicle.max_length_cm.map(i64::from));
        hash.number(vehicle.hazardous.map(i64::from));
    }
    hash.number(Some(station.closed_for_good.into()));
    hash.number(station.confirmation.map(|confirmation| confirmation.at));
    hash.text(station.confirmation.map(|confirmation| confirmation.by.code()));
    let digest = hash.0.finalize();
    i64::from_be_bytes(std::array::from_fn(|at| digest[at]))
}

/// Each value with its length, so that no two lists of values look the same.
struct Content(Sha256);

impl Content {
    fn text(&mut self, text: Option<&str>) {
        let length = text.map_or(u64::MAX, |text| text.len() as u64);
        self.0.update(length.to_le_bytes());
        self.0.update(text.unwrap_or_default());
    }

    fn number(&mut self, number: Option<i64>) {
        self.0.update([u8::from(number.is_some())]);
        self.0.update(number.unwrap_or_default().to_le_bytes());
    }
}
