//! A station as a row, both ways.

use super::StoreError;
use domain::{
    geo::{Datum, Point},
    station::{
        Amenities, Amenity, Audience, Code, Confirmation, Door, Hours, Kind, Offer, Source, Station, Verification,
        Witness,
    },
};
use serde::{Serialize, de::DeserializeOwned, ser::SerializeMap};
use sqlx::{ColumnIndex, Decode, Row, Type};
use std::{collections::BTreeMap, sync::Arc};

/// The columns of [`StationRow`], in its order.
pub(super) const COLUMNS: &str = "code, source, source_id, kind, name, host, phone, address, adcode, lat_e7, lng_e7, \
     datum, door, audience, amenities, hours, truck_spaces, road, closure, closed_for_good, verification, \
     confirmed_at, confirmed_by, version, updated_at, revision";

/// A row of `station` that is not retired. It borrows from the driver's row: 200,000 of them are read
/// at the start.
pub(super) struct StationRow<'r> {
    code: &'r str,
    pub(super) source: &'r str,
    source_id: &'r str,
    kind: &'r str,
    name: &'r str,
    host: Option<&'r str>,
    phone: Option<&'r str>,
    address: Option<&'r str>,
    adcode: Option<i32>,
    lat_e7: i32,
    lng_e7: i32,
    datum: &'r str,
    door: Option<&'r str>,
    audience: Option<&'r str>,
    amenities: Option<&'r str>,
    hours: Option<&'r str>,
    truck_spaces: Option<i32>,
    road: Option<&'r str>,
    closure: Option<&'r str>,
    closed_for_good: bool,
    verification: &'r str,
    confirmed_at: Option<i64>,
    confirmed_by: Option<&'r str>,
    version: i32,
    updated_at: i64,
    pub(super) revision: i64,
}

impl<'r> StationRow<'r> {
    /// Reads a row of [`COLUMNS`].
    pub(super) fn of<R: Row>(row: &'r R) -> Result<Self, sqlx::Error>
    where
        usize: ColumnIndex<R>,
        &'r str: Decode<'r, R::Database> + Type<R::Database>,
        bool: Decode<'r, R::Database> + Type<R::Database>,
        i32: Decode<'r, R::Database> + Type<R::Database>,
        i64: Decode<'r, R::Database> + Type<R::Database>,
    {
        Ok(Self {
            code: row.try_get(0)?,
            source: row.try_get(1)?,
            source_id: row.try_get(2)?,
            kind: row.try_get(3)?,
            name: row.try_get(4)?,
            host: row.try_get(5)?,
            phone: row.try_get(6)?,
            address: row.try_get(7)?,
            adcode: row.try_get(8)?,
            lat_e7: row.try_get(9)?,
            lng_e7: row.try_get(10)?,
            datum: row.try_get(11)?,
            door: row.try_get(12)?,
            audience: row.try_get(13)?,
            amenities: row.try_get(14)?,
            hours: row.try_get(15)?,
            truck_spaces: row.try_get(16)?,
            road: row.try_get(17)?,
            closure: row.try_get(18)?,
            closed_for_good: row.try_get(19)?,
            verification: row.try_get(20)?,
            confirmed_at: row.try_get(21)?,
            confirmed_by: row.try_get(22)?,
            version: row.try_get(23)?,
            updated_at: row.try_get(24)?,
            revision: row.try_get(25)?,
        })
    }

    /// The station; `source` is the row's source.
    pub(super) fn into_station(self, source: Arc<Source>) -> Result<Station, StoreError> {
        let row = self.code;
        let wrong = |column| StoreError::Corrupt { code: row.to_owned(), column };
        let confirmation = match (self.confirmed_at, self.confirmed_by) {
            (Some(at), Some(by)) => {
                Some(Confirmation { at, by: Witness::parse(by).ok_or_else(|| wrong("confirmed_by"))? })
            }
            _ => None,
        };
        let amenities = match self.amenities {
            Some(json) => amenities_from(json).ok_or_else(|| wrong("amenities"))?,
            None => Amenities::default(),
        };
        Ok(Station {
            code: Code::parse(row).ok_or_else(|| wrong("code"))?,
            kind: Kind::parse(self.kind).ok_or_else(|| wrong("kind"))?,
            adcode: self.adcode.map(i32::unsigned_abs),
            point: Point::from_e7(self.lat_e7, self.lng_e7).ok_or_else(|| wrong("lat_e7"))?,
            datum: Datum::parse(self.datum).ok_or_else(|| wrong("datum"))?,
            door: parsed(self.door, Door::parse).map_err(|()| wrong("door"))?,
            audience: parsed(self.audience, Audience::parse).map_err(|()| wrong("audience"))?,
            amenities,
            hours: self.hours.map(Hours::read).unwrap_or_default(),
            truck_spaces: self.truck_spaces.map(i32::unsigned_abs),
            road: from_json(self.road).map_err(|()| wrong("road"))?,
            closure: from_json(self.closure).map_err(|()| wrong("closure"))?,
            closed_for_good: self.closed_for_good,
            verification: Verification::parse(self.verification).ok_or_else(|| wrong("verification"))?,
            confirmation,
            source,
            version: self.version.unsigned_abs(),
            updated_at: self.updated_at,
            name: self.name.into(),
            host: self.host.map(Into::into),
            phone: self.phone.map(Into::into),
            address: self.address.map(Into::into),
            source_id: self.source_id.into(),
        })
    }
}

fn parsed<T>(text: Option<&str>, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    text.map(|text| parse(text).ok_or(())).transpose()
}

fn from_json<T: DeserializeOwned>(json: Option<&str>) -> Result<Option<Box<T>>, ()> {
    json.map(|json| serde_json::from_str(json).map(Box::new).map_err(drop)).transpose()
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
