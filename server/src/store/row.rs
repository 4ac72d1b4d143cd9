//! A station as a row, both ways.

use super::StoreError;
use domain::{
    geo::{Datum, Point},
    station::{
        Amenities, Amenity, Audience, Checked, Code, Confirmation, Door, HolidayPolicy, Hours, Kind, Offer, Source,
        Station, Verification, Witness,
    },
};
use serde::{Serialize, de::DeserializeOwned, ser::SerializeMap};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// What stands between the values of a packed row (unit separator). No text of ours holds one: control
/// characters are taken out before anything is written, and JSON escapes them.
const BETWEEN: char = '\u{1f}';

/// The columns of a packed row, in order.
const COLUMNS: [&str; 30] = [
    "code",
    "source",
    "source_id",
    "kind",
    "name",
    "host",
    "phone",
    "address",
    "adcode",
    "lat_e7",
    "lng_e7",
    "datum",
    "door",
    "audience",
    "amenities",
    "hours",
    "hours_unattended",
    "hours_policy",
    "truck_spaces",
    "vehicle",
    "road",
    "closure",
    "closed_for_good",
    "verification",
    "confirmed_at",
    "confirmed_by",
    "checked",
    "voices",
    "version",
    "updated_at",
];

/// An expression that gives a whole row as one text; NULL is blank. The `SQLite` driver copies value
/// by value across threads, with an allocation and a lock each: 26 values a row cost more than all
/// the rest of loading 200,000 stations.
pub(super) fn packed() -> String {
    format!("concat({})", COLUMNS.join(&format!(", '{BETWEEN}', ")))
}

/// A packed row of `station` that is not retired.
pub(super) struct StationRow<'r>([&'r str; COLUMNS.len()]);

impl<'r> StationRow<'r> {
    /// Takes a packed row apart.
    pub(super) fn of(packed: &'r str) -> Result<Self, StoreError> {
        let mut values = [""; COLUMNS.len()];
        let mut count = 0;
        for value in packed.split(BETWEEN) {
            if let Some(place) = values.get_mut(count) {
                *place = value;
            }
            count += 1;
        }
        if count == values.len() {
            Ok(Self(values))
        } else {
            Err(StoreError::Corrupt { code: values[0].to_owned(), column: "name" })
        }
    }

    /// The name of the row's source.
    pub(super) const fn source(&self) -> &'r str {
        self.0[1]
    }

    /// The station; `source` is the row's source.
    pub(super) fn into_station(self, source: Arc<Source>, hours_read: &mut HoursRead) -> Result<Station, StoreError> {
        let [
            code,
            _,
            source_id,
            kind,
            name,
            host,
            phone,
            address,
            adcode,
            lat,
            lng,
            datum,
            door,
            audience,
            amenities,
            hours,
            unattended,
            policy,
            truck_spaces,
            vehicle,
            road,
            closure,
            closed_for_good,
            verification,
            confirmed_at,
            confirmed_by,
            checked,
            voices,
            version,
            updated_at,
        ] = self.0;
        let wrong = |column| StoreError::Corrupt { code: code.to_owned(), column };
        let text = |text: &str| (!text.is_empty()).then(|| text.into());
        let confirmed_at = parsed(confirmed_at, |at| at.parse().ok()).map_err(|()| wrong("confirmed_at"))?;
        let confirmed_by = parsed(confirmed_by, Witness::parse).map_err(|()| wrong("confirmed_by"))?;
        let point = lat.parse().ok().zip(lng.parse().ok()).and_then(|(lat, lng)| Point::from_e7(lat, lng));
        Ok(Station {
            code: Code::parse(code).ok_or_else(|| wrong("code"))?,
            kind: Kind::parse(kind).ok_or_else(|| wrong("kind"))?,
            name: name.into(),
            host: text(host),
            phone: text(phone),
            address: text(address),
            adcode: parsed(adcode, |adcode| adcode.parse().ok()).map_err(|()| wrong("adcode"))?,
            point: point.ok_or_else(|| wrong("lat_e7"))?,
            datum: Datum::parse(datum).ok_or_else(|| wrong("datum"))?,
            door: parsed(door, Door::parse).map_err(|()| wrong("door"))?,
            audience: parsed(audience, Audience::parse).map_err(|()| wrong("audience"))?,
            amenities: parsed(amenities, amenities_from).map_err(|()| wrong("amenities"))?.unwrap_or_default(),
            hours: hours_read.of(hours, unattended, policy).ok_or_else(|| wrong("hours_policy"))?,
            truck_spaces: parsed(truck_spaces, |spaces| spaces.parse().ok()).map_err(|()| wrong("truck_spaces"))?,
            vehicle: parsed(vehicle, from_json).map_err(|()| wrong("vehicle"))?,
            road: parsed(road, from_json).map_err(|()| wrong("road"))?,
            closure: parsed(closure, from_json).map_err(|()| wrong("closure"))?,
            // `SQLite` and `PostgreSQL` write a truth in their own way.
            closed_for_good: match closed_for_good {
                "1" | "t" => true,
                "0" | "f" => false,
                _ => return Err(wrong("closed_for_good")),
            },
            verification: Verification::parse(verification).ok_or_else(|| wrong("verification"))?,
            confirmation: confirmed_at.zip(confirmed_by).map(|(at, by)| Confirmation { at, by }),
            checked: parsed(checked, |json| serde_json::from_str(json).ok())
                .map_err(|()| wrong("checked"))?
                .unwrap_or_default(),
            voices: parsed(voices, from_json).map_err(|()| wrong("voices"))?,
            source,
            source_id: source_id.into(),
            version: version.parse().map_err(|_| wrong("version"))?,
            updated_at: updated_at.parse().map_err(|_| wrong("updated_at"))?,
        })
    }
}

/// Hours already read. Most stations share theirs with many others, and reading rules costs more than all the
/// rest of a row.
#[derive(Default)]
pub(super) struct HoursRead(HashMap<String, Hours>);

impl HoursRead {
    /// The hours of three columns; `None` when there is no such policy.
    fn of(&mut self, text: &str, unattended: &str, policy: &str) -> Option<Hours> {
        let key = [text, unattended, policy].join(&BETWEEN.to_string());
        if let Some(known) = self.0.get(&key) {
            return Some(known.clone());
        }
        let policy = parsed(policy, HolidayPolicy::parse).ok()?.unwrap_or_default();
        let hours = Hours::read(text).with_unattended(unattended).with_policy(policy);
        self.0.insert(key, hours.clone());
        Some(hours)
    }
}

/// A value that may be blank.
fn parsed<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some).ok_or(()) }
}

/// The JSON of what was looked at apart; nothing when nothing was.
pub(super) fn checked_json(checked: &Checked) -> Option<String> {
    (*checked != Checked::default()).then(|| to_json(checked))
}

pub(super) fn from_json<T: DeserializeOwned>(json: &str) -> Option<Box<T>> {
    serde_json::from_str(json).map(Box::new).ok()
}

/// The JSON of a value that always serialises: structs of plain fields.
pub(super) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain fields and text keys always serialise")
}

/// `{"hot_water":{"present":true}}`; nothing when nothing is known.
pub(super) fn amenities_json(amenities: &Amenities) -> Option<String> {
    struct Offers<'a>(&'a Amenities);
    impl Serialize for Offers<'_> {
        fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
            let mut map = out.serialize_map(None)?;
            for (amenity, offer) in self.0.iter() {
                map.serialize_entry(amenity.code(), &offer)?;
            }
            map.end()
        }
    }
    amenities.iter().next().map(|_| to_json(&Offers(amenities)))
}

fn amenities_from(json: &str) -> Option<Amenities> {
    let offers: BTreeMap<&str, Offer> = serde_json::from_str(json).ok()?;
    offers.into_iter().map(|(code, offer)| Some((Amenity::parse(code)?, offer))).collect()
}
