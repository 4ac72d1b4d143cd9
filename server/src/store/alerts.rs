//! What a station's manager must hear of, and who took note.

use super::{Edit, Store, StoreError, reading, writing};
use domain::{station::Code, time::Millis};
use uuid::Uuid;

/// An alert as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRow {
    /// Which.
    pub id: [u8; 16],
    /// `locked_in_hours` or `moved`.
    pub kind: String,
    /// When.
    pub at: Millis,
    /// How many people said so then.
    pub voices: i32,
    /// When somebody took note.
    pub seen_at: Option<Millis>,
}

impl Store {
    /// The alerts of a station, newest first, at most 50.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn alert_rows(&self, station: Code) -> Result<Vec<AlertRow>, StoreError> {
        const SQL: &str = "SELECT id, kind, at, voices, seen_at FROM station_alert WHERE station = $1 \
             ORDER BY at DESC, id DESC LIMIT 50";
        type Row = (Uuid, String, Millis, i32, Option<Millis>);
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(SQL).bind(station.as_str()).fetch_all(pool).await)?;
        let row = |(id, kind, at, voices, seen_at): Row| AlertRow { id: id.into_bytes(), kind, at, voices, seen_at };
        Ok(rows.into_iter().map(row).collect())
    }

    /// The stations with alerts nobody has taken note of: how many, and when the last came; the latest first.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn stations_with_alerts(&self) -> Result<Vec<(Code, u32, Millis)>, StoreError> {
        const SQL: &str = "SELECT station, COUNT(*), MAX(at) FROM station_alert WHERE seen_at IS NULL \
             GROUP BY station ORDER BY MAX(at) DESC LIMIT 5000";
        type Row = (String, i64, Millis);
        let rows: Vec<Row> = reading!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|(code, count, latest)| {
                let station = Code::parse(&code).ok_or(StoreError::Corrupt { code, column: "station" })?;
                Ok((station, u32::try_from(count).unwrap_or(u32::MAX), latest))
            })
            .collect()
    }
}

impl Edit {
    /// Says that somebody took note of an alert of a station, or, with `None`, that nobody has; `false` where it was
    /// so already, or there is no such alert.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn note_alert(
        &mut self,
        id: [u8; 16],
        station: Code,
        seen_at: Option<Millis>,
        after: Millis,
    ) -> Result<bool, StoreError> {
        const NOTE: &str =
            "UPDATE station_alert SET seen_at = $3 WHERE id = $1 AND station = $2 AND seen_at IS NULL AND at > $4";
        const UNDO: &str = "UPDATE station_alert SET seen_at = $3 WHERE id = $1 AND station = $2 AND seen_at > $4";
        let sql = if seen_at.is_some() { NOTE } else { UNDO };
        let changed = writing!(self, connection => {
            sqlx::query(sql)
                .bind(Uuid::from_bytes(id))
                .bind(station.as_str())
                .bind(seen_at)
                .bind(after)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(changed > 0)
    }
}
