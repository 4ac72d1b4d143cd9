//! What people at the door said, and what they propose.

use super::{
    Store, StoreError, Write, reading,
    row::{from_json, to_json},
    write::Transaction,
    writing,
};
use domain::{
    station::{Amenity, Code, Near, Report, Said, Voices},
    time::Millis,
};
use uuid::Uuid;

/// How much somebody has said lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said24 {
    /// Taps of the device in the last 24 hours.
    pub of_device: u32,
    /// Taps of the network in the last hour.
    pub of_network: u32,
    /// Whether this is the device's last word on this fact of this station, and less than an hour old.
    pub same: bool,
}

/// A proposal as it is written.
#[derive(Clone, Debug)]
pub struct NewProposal<'a> {
    /// `missing_station` or `correction`.
    pub kind: &'static str,
    /// Of which station.
    pub station: Option<Code>,
    /// As the sign says.
    pub name: Option<&'a str>,
    /// Where, in words.
    pub place: Option<&'a str>,
    /// What else.
    pub words: Option<&'a str>,
    /// A 0.01 degree cell.
    pub cell: Option<String>,
    /// Keyed hashes of the sender.
    pub device: i64,
    /// The network.
    pub network: i64,
}

const HOUR_MS: Millis = 3_600_000;
const DAY_MS: Millis = 24 * HOUR_MS;

type ReportRow = (String, Option<String>, Millis, i64, i64, String, bool);

/// Hashes are stored as the signed number of the same bits.
pub(super) const fn signed(hash: u64) -> i64 {
    hash.cast_signed()
}

/// A text of several lines without other control characters: `PostgreSQL` takes no NUL.
fn storable(text: &str) -> String {
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

fn report((said, amenity, at, device, network, near, seasoned): ReportRow, code: Code) -> Result<Report, StoreError> {
    let wrong = |column| StoreError::Corrupt { code: code.to_string(), column };
    Ok(Report {
        said: Said::parse(&said).ok_or_else(|| wrong("said"))?,
        amenity: amenity.map(|amenity| Amenity::parse(&amenity).ok_or_else(|| wrong("amenity"))).transpose()?,
        at,
        device: device.cast_unsigned(),
        range: network.cast_unsigned(),
        near: Near::parse(&near).ok_or_else(|| wrong("near"))?,
        seasoned,
    })
}

impl Write {
    /// How much a sender has said lately.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn said_lately(&mut self, station: Code, report: &Report) -> Result<Said24, StoreError> {
        const DEVICE: &str = "SELECT COUNT(*) FROM station_report WHERE device = $1 AND at > $2";
        const NETWORK: &str = "SELECT COUNT(*) FROM station_report WHERE network = $1 AND at > $2";
        // The last word counts: who takes back a wrong tap says again what was said before it.
        const LAST: &str = "SELECT said FROM station_report WHERE device = $1 AND at > $2 AND station = $3 \
             AND COALESCE(amenity, '') = $4 ORDER BY at DESC, id DESC LIMIT 1";
        let amenity = report.amenity.map_or("", Amenity::code);
        let (of_device, of_network, last): (i64, i64, Option<String>) = writing!(self, connection => (
            sqlx::query_scalar(DEVICE)
                .bind(signed(report.device))
                .bind(report.at - DAY_MS)
                .fetch_one(&mut *connection)
                .await?,
            sqlx::query_scalar(NETWORK)
                .bind(signed(report.range))
                .bind(report.at - HOUR_MS)
                .fetch_one(&mut *connection)
                .await?,
            sqlx::query_scalar(LAST)
                .bind(signed(report.device))
                .bind(report.at - HOUR_MS)
                .bind(station.as_str())
                .bind(amenity)
                .fetch_optional(connection)
                .await?,
        ));
        let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        let same = last.as_deref() == Some(report.said.code());
        Ok(Said24 { of_device: count(of_device), of_network: count(of_network), same })
    }

    /// Everything said of a station after a moment, oldest first, and the last so many.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn reports_of(&mut self, station: Code, after: Millis) -> Result<Vec<Report>, StoreError> {
        const SQL: &str = "SELECT said, amenity, at, device, network, near, seasoned FROM station_report \
             WHERE station = $1 AND at > $2 ORDER BY at DESC LIMIT 1000";
        let rows: Vec<ReportRow> = writing!(self, connection => {
            sqlx::query_as(SQL).bind(station.as_str()).bind(after).fetch_all(connection).await
        })?;
        rows.into_iter().rev().map(|row| report(row, station)).collect()
    }

    /// What a device said elsewhere or on earlier days, newest first: to learn whether others bore it out.
    ///
    /// # Errors
    /// As [`Self::reports_of`].
    pub async fn said_by(&mut self, device: u64, before: Millis) -> Result<Vec<(Code, Report)>, StoreError> {
        const SQL: &str = "SELECT station, said, amenity, at, device, network, near, seasoned FROM station_report \
             WHERE device = $1 AND at < $2 ORDER BY at DESC LIMIT 20";
        type Row = (String, String, Option<String>, Millis, i64, i64, String, bool);
        let rows: Vec<Row> = writing!(self, connection => {
            sqlx::query_as(SQL).bind(signed(device)).bind(before).fetch_all(connection).await
        })?;
        rows.into_iter()
            .map(|(code, said, amenity, at, device, network, near, seasoned)| {
                let wrong = || StoreError::Corrupt { code: code.clone(), column: "station" };
                let code = Code::parse(&code).ok_or_else(wrong)?;
                Ok((code, report((said, amenity, at, device, network, near, seasoned), code)?))
            })
            .collect()
    }

    /// Writes one tap.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_report(&mut self, station: Code, report: &Report) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO station_report \
             (id, station, said, amenity, at, device, network, near, seasoned) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::now_v7())
                .bind(station.as_str())
                .bind(report.said.code())
                .bind(report.amenity.map(Amenity::code))
                .bind(report.at)
                .bind(signed(report.device))
                .bind(signed(report.range))
                .bind(report.near.code())
                .bind(report.seasoned)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// What is believed of a station, as it is written: nothing of one that is not there.
    ///
    /// # Errors
    /// As [`Self::reports_of`].
    pub async fn voices_of(&mut self, station: Code) -> Result<Voices, StoreError> {
        const SQL: &str = "SELECT voices FROM station WHERE code = $1";
        let voices: Option<Option<String>> = writing!(self, connection => {
            sqlx::query_scalar(SQL).bind(station.as_str()).fetch_optional(connection).await
        })?;
        let wrong = || StoreError::Corrupt { code: station.to_string(), column: "voices" };
        voices
            .flatten()
            .map_or_else(|| Ok(Voices::default()), |json| from_json(&json).map(|voices| *voices).ok_or_else(wrong))
    }

    /// Writes what is believed of a station now. Every server learns of it by the revision.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_voices(&mut self, station: Code, voices: &Voices) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE station SET voices = $1, voices_until = $2, revision = $3 WHERE code = $4";
        let json = (!voices.is_empty()).then(|| to_json(voices));
        self.changed += writing!(self, connection => {
            sqlx::query(SQL)
                .bind(json)
                .bind(voices.expires())
                .bind(self.revision)
                .bind(station.as_str())
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Writes what a manager must hear of.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_alert(&mut self, station: Code, kind: &str, voices: u16, at: Millis) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO station_alert (id, station, kind, at, voices) VALUES ($1, $2, $3, $4, $5)";
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(Uuid::now_v7())
                .bind(station.as_str())
                .bind(kind)
                .bind(at)
                .bind(i32::from(voices))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(())
    }

    /// Writes a proposal and returns its id.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_proposal(&mut self, proposal: &NewProposal<'_>, now: Millis) -> Result<Uuid, StoreError> {
        const SQL: &str = "INSERT INTO station_proposal \
             (id, kind, station, name, place, words, cell, state, at, device, network) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9, $10)";
        let id = Uuid::now_v7();
        writing!(self, connection => {
            sqlx::query(SQL)
                .bind(id)
                .bind(proposal.kind)
                .bind(proposal.station.as_ref().map(Code::as_str))
                .bind(proposal.name.map(storable))
                .bind(proposal.place.map(storable))
                .bind(proposal.words.map(storable))
                .bind(proposal.cell.as_deref())
                .bind(now)
                .bind(proposal.device)
                .bind(proposal.network)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(id)
    }

    /// How many proposals a device and a network sent in the last 24 hours.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn proposed_lately(&mut self, device: i64, network: i64, now: Millis) -> Result<(i64, i64), StoreError> {
        const DEVICE: &str = "SELECT COUNT(*) FROM station_proposal WHERE device = $1 AND at > $2";
        const NETWORK: &str = "SELECT COUNT(*) FROM station_proposal WHERE network = $1 AND at > $2";
        writing!(self, connection => Ok((
            sqlx::query_scalar(DEVICE).bind(device).bind(now - DAY_MS).fetch_one(&mut *connection).await?,
            sqlx::query_scalar(NETWORK).bind(network).bind(now - DAY_MS).fetch_one(connection).await?,
        )))
    }

    /// Makes what was written lasting without a new revision: nothing that anybody reads from memory
    /// has changed.
    ///
    /// # Errors
    /// The database does not answer: then nothing was written.
    pub async fn finish_quietly(mut self) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query("UPDATE station_revision SET value = value - 1")
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        match self.transaction {
            Transaction::Sqlite(transaction) => transaction.commit().await?,
            Transaction::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

impl Store {
    /// Stations whose voices ran out before a moment, the longest ago first, at most 500.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn voices_run_out(&self, now: Millis) -> Result<Vec<Code>, StoreError> {
        const SQL: &str = "SELECT code FROM station WHERE voices_until <= $1 \
             AND retired_at IS NULL ORDER BY voices_until LIMIT 500";
        let codes: Vec<String> = reading!(self, pool => sqlx::query_scalar(SQL).bind(now).fetch_all(pool).await)?;
        let code = |code: String| Code::parse(&code).ok_or(StoreError::Corrupt { code, column: "code" });
        codes.into_iter().map(code).collect()
    }

    /// Forgets what is older than it is kept: taps after 180 days, who proposed something after 30.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_reports(&self, now: Millis) -> Result<u64, StoreError> {
        const REPORTS: &str = "DELETE FROM station_report WHERE at < $1";
        const SENDERS: &str = "UPDATE station_proposal SET device = NULL, network = NULL \
             WHERE at < $1 AND device IS NOT NULL";
        let mut write = self.write().await?;
        let forgotten = writing!(write, connection => {
            let reports = sqlx::query(REPORTS).bind(now - 180 * DAY_MS).execute(&mut *connection).await?;
            let senders = sqlx::query(SENDERS).bind(now - 30 * DAY_MS).execute(connection).await?;
            reports.rows_affected() + senders.rows_affected()
        });
        write.finish_quietly().await?;
        Ok(forgotten)
    }

    /// What a station's manager has to hear of: kind, when, how many said so; newest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn alerts_of(&self, station: Code) -> Result<Vec<(String, Millis, i32)>, StoreError> {
        const SQL: &str = "SELECT kind, at, voices FROM station_alert WHERE station = $1 ORDER BY at DESC LIMIT 100";
        Ok(reading!(self, pool => sqlx::query_as(SQL).bind(station.as_str()).fetch_all(pool).await)?)
    }

    /// How many proposals wait.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn proposals_waiting(&self) -> Result<i64, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM station_proposal WHERE state = 'pending'";
        Ok(reading!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await)?)
    }
}
