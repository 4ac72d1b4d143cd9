//! Writing stations, many at a time.

use super::{
    StoreError, Write,
    row::{amenities_json, checked_json, to_json},
    write::Transaction,
    writing,
};
use domain::{
    station::{Code, HolidayPolicy, Station},
    time::Millis,
};
use sqlx::{Database, Encode, QueryBuilder, Type};

/// A station as it comes in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// What it is. `version` and `updated_at` are the store's to set.
    pub station: Station,
    /// [`super::content_hash`] of it.
    pub content: i64,
}

const INSERT: &str = "INSERT INTO station (code, source, source_id, kind, name, host, phone, address, adcode, lat_e7, \
     lng_e7, datum, door, audience, amenities, hours, hours_unattended, hours_policy, truck_spaces, vehicle, road, closure, \
     closed_for_good, verification, confirmed_at, confirmed_by, checked, version, updated_at, revision, content) ";

/// An import does not know better than somebody who stood at the door later. The row of another
/// identity is left alone: the count of written rows tells.
const UPSERT: &str = " ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name = excluded.name, \
     host = excluded.host, phone = excluded.phone, address = excluded.address, adcode = excluded.adcode, \
     lat_e7 = excluded.lat_e7, lng_e7 = excluded.lng_e7, datum = excluded.datum, door = excluded.door, \
     audience = excluded.audience, amenities = excluded.amenities, hours = excluded.hours, \
     hours_unattended = excluded.hours_unattended, hours_policy = excluded.hours_policy, \
     truck_spaces = excluded.truck_spaces, vehicle = excluded.vehicle, road = excluded.road, \
     checked = COALESCE(excluded.checked, station.checked), closure = excluded.closure, \
     closed_for_good = excluded.closed_for_good, \
     confirmed_at = CASE WHEN station.confirmed_by <> 'import' \
         AND station.confirmed_at > COALESCE(excluded.confirmed_at, 0) \
         THEN station.confirmed_at ELSE excluded.confirmed_at END, \
     confirmed_by = CASE WHEN station.confirmed_by <> 'import' \
         AND station.confirmed_at > COALESCE(excluded.confirmed_at, 0) \
         THEN station.confirmed_by ELSE excluded.confirmed_by END, \
     version = station.version + 1, updated_at = excluded.updated_at, revision = excluded.revision, \
     content = excluded.content, retired_at = NULL \
     WHERE station.source = excluded.source AND station.source_id = excluded.source_id";

/// 31 values a row: below the 32,766 of `SQLite` and the 65,535 of `PostgreSQL`.
const ROWS_A_STATEMENT: usize = 500;

impl Write {
    /// Writes stations that are new or different. Codes must differ from each other.
    ///
    /// # Errors
    /// The database does not answer, or a code belongs to another station.
    pub async fn put_stations(&mut self, stations: &[Incoming], now: Millis) -> Result<(), StoreError> {
        for batch in stations.chunks(ROWS_A_STATEMENT) {
            let revision = self.revision;
            let written = match &mut self.transaction {
                Transaction::Sqlite(transaction) => {
                    upsert(batch, now, revision).build().execute(&mut **transaction).await?.rows_affected()
                }
                Transaction::Postgres(transaction) => {
                    upsert(batch, now, revision).build().execute(&mut **transaction).await?.rows_affected()
                }
            };
            self.changed += written;
            if written < batch.len() as u64 {
                return Err(self.find_taken(batch).await?);
            }
        }
        Ok(())
    }

    /// Which station of a batch asked for the code of another.
    async fn find_taken(&mut self, batch: &[Incoming]) -> Result<StoreError, StoreError> {
        const SQL: &str = "SELECT source, source_id FROM station WHERE code = $1";
        for Incoming { station, .. } in batch {
            let holder: (String, String) = writing!(self, connection => {
                sqlx::query_as(SQL).bind(station.code.as_str()).fetch_one(connection).await
            })?;
            let refused = (station.source.name.to_string(), station.source_id.to_string());
            if holder != refused {
                return Ok(StoreError::CodeTaken { code: station.code, holder, refused });
            }
        }
        Ok(StoreError::Query(sqlx::Error::Protocol("fewer rows written than sent".into())))
    }

    /// Marks stations as no longer listed by their source. The rows stay, and so do their codes.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn retire(&mut self, codes: &[Code], now: Millis) -> Result<u64, StoreError> {
        const SQL: &str = "UPDATE station SET retired_at = $1, updated_at = $1, revision = $2, \
             version = version + 1 WHERE code = $3 AND retired_at IS NULL";
        let mut retired = 0;
        for code in codes {
            retired += writing!(self, connection => {
                sqlx::query(SQL).bind(now).bind(self.revision).bind(code.as_str()).execute(connection).await
                    .map(|done| done.rows_affected())
            })?;
        }
        self.changed += retired;
        Ok(retired)
    }
}

/// The statement of a batch. Placeholders are the engine's own (`?` or `$n`): thousands of named
/// ones would be searched one by one in `SQLite`.
fn upsert<DB: Database>(batch: &[Incoming], now: Millis, revision: i64) -> QueryBuilder<DB>
where
    String: for<'q> Encode<'q, DB> + Type<DB>,
    Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
    i32: for<'q> Encode<'q, DB> + Type<DB>,
    Option<i32>: for<'q> Encode<'q, DB> + Type<DB>,
    i64: for<'q> Encode<'q, DB> + Type<DB>,
    Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
    bool: for<'q> Encode<'q, DB> + Type<DB>,
{
    let text = |text: &Option<Box<str>>| text.as_deref().map(storable);
    let code = |code: Option<&'static str>| code.map(str::to_owned);
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let mut query = QueryBuilder::new(INSERT);
    query.push_values(batch, |mut row, Incoming { station, content }| {
        row.push_bind(station.code.as_str().to_owned())
            .push_bind(station.source.name.to_string())
            .push_bind(storable(&station.source_id))
            .push_bind(station.kind.code().to_owned())
            .push_bind(storable(&station.name))
            .push_bind(text(&station.host))
            .push_bind(text(&station.phone))
            .push_bind(text(&station.address))
            .push_bind(station.adcode.map(number))
            .push_bind(station.point.lat_e7())
            .push_bind(station.point.lng_e7())
            .push_bind(station.datum.as_str().to_owned())
            .push_bind(code(station.door.map(domain::station::Door::code)))
            .push_bind(code(station.audience.map(domain::station::Audience::code)))
            .push_bind(amenities_json(&station.amenities))
            .push_bind(text(&station.hours.text))
            .push_bind(text(&station.hours.unattended_text))
            .push_bind(policy(station.hours.policy).map(|policy| policy.code().to_owned()))
            .push_bind(station.truck_spaces.map(number))
            .push_bind(station.vehicle.as_deref().map(to_json))
            .push_bind(station.road.as_deref().map(to_json))
            .push_bind(station.closure.as_deref().map(to_json))
            .push_bind(station.closed_for_good)
            .push_bind(station.verification.code().to_owned())
            .push_bind(station.confirmation.map(|confirmation| confirmation.at))
            .push_bind(code(station.confirmation.map(|confirmation| confirmation.by.code())))
            .push_bind(checked_json(&station.checked))
            .push_bind(1_i32)
            .push_bind(now)
            .push_bind(revision)
            .push_bind(*content);
    });
    query.push(UPSERT);
    query
}

/// NULL where nobody has said.
fn policy(policy: HolidayPolicy) -> Option<HolidayPolicy> {
    (policy != HolidayPolicy::Unknown).then_some(policy)
}

/// A text without control characters: `PostgreSQL` takes no NUL, and a packed row (see
/// [`super::row::packed`]) no unit separator.
fn storable(text: &str) -> String {
    if text.contains(char::is_control) {
        text.chars().filter(|letter| !letter.is_control()).collect()
    } else {
        text.to_owned()
    }
}
