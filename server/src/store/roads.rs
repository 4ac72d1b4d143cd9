//! Roads and the stations along them.

use super::{Store, StoreError, Write, reading, writing};
use domain::{
    geo::Point,
    road::{Basis, Ends, Exit, Line, Road, RoadStops, Stakes, Stop},
    station::{Code, Side, Source},
};
use std::{collections::HashMap, sync::Arc};

type RoadRow = (
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
);
type StopRow = (String, String, String, i64, String, i64, Option<String>, Option<i64>, String);

impl Store {
    /// How often roads changed. Equal revisions mean equal roads.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn road_revision(&self) -> Result<u64, StoreError> {
        let value: i64 =
            reading!(self, pool => sqlx::query_scalar("SELECT value FROM road_revision").fetch_one(pool).await)?;
        Ok(value.unsigned_abs())
    }

    /// Every road with its stops, by code and source.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn roads(&self) -> Result<Vec<RoadStops>, StoreError> {
        const ROADS: &str = "SELECT code, source, name, up, down, basis, stakes, line, licence, attribution FROM road \
             ORDER BY code, source";
        const STOPS: &str = "SELECT road, source, station, along_m, side, derived, exit, exit_distance_m, basis \
             FROM road_stop";
        let roads: Vec<RoadRow> = reading!(self, pool => sqlx::query_as(ROADS).fetch_all(pool).await)?;
        let stops: Vec<StopRow> = reading!(self, pool => sqlx::query_as(STOPS).fetch_all(pool).await)?;
        let mut along: HashMap<(String, String), Vec<Stop>> = HashMap::new();
        for row in stops {
            let key = (row.0.clone(), row.1.clone());
            along.entry(key).or_default().push(stop_of(row)?);
        }
        roads
            .into_iter()
            .map(|row| {
                let stops = along.remove(&(row.0.clone(), row.1.clone())).unwrap_or_default();
                Ok(RoadStops::new(road_of(row)?, stops))
            })
            .collect()
    }
}

impl Write {
    /// Replaces the derived roads of a source, or one road whose line is imported.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn put_roads(&mut self, source: &str, basis: Basis, roads: &[RoadStops]) -> Result<(), StoreError> {
        // A chain is always derived whole; a line comes one road at a time.
        const GONE: &str = "DELETE FROM road WHERE source = $1 AND basis = $2";
        const ROAD: &str = "INSERT INTO road (code, source, name, up, down, basis, stakes, line, licence, attribution) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        const STOP: &str = "INSERT INTO road_stop (road, source, station, along_m, side, derived, exit, \
             exit_distance_m, basis) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        writing!(self, connection => {
            if basis == Basis::Chain {
                sqlx::query(GONE).bind(source).bind(basis.code()).execute(&mut *connection).await?;
            }
            for RoadStops { road, stops } in roads {
                sqlx::query("DELETE FROM road WHERE code = $1 AND source = $2")
                    .bind(&*road.code)
                    .bind(source)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query(ROAD)
                    .bind(&*road.code)
                    .bind(source)
                    .bind(road.name.as_deref())
                    .bind(road.ends.up.as_deref())
                    .bind(road.ends.down.as_deref())
                    .bind(road.basis.code())
                    .bind(road.stakes.code())
                    .bind(text_of(&road.line))
                    .bind(road.source.licence.as_deref())
                    .bind(road.source.attribution.as_deref())
                    .execute(&mut *connection)
                    .await?;
                for stop in stops {
                    sqlx::query(STOP)
                        .bind(&*road.code)
                        .bind(source)
                        .bind(stop.station.as_str())
                        .bind(i64::from(stop.along_m))
                        .bind(stop.side.code())
                        .bind(i64::from(stop.derived))
                        .bind(stop.exit.as_ref().map(|exit| &*exit.name))
                        .bind(stop.exit.as_ref().and_then(|exit| exit.distance_m).map(i64::from))
                        .bind(&*stop.basis)
                        .execute(&mut *connection)
                        .await?;
                }
            }
            sqlx::query("UPDATE road_revision SET value = value + 1").execute(connection).await?;
        });
        self.changed += 1;
        Ok(())
    }

    /// Deletes every road of a source.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn remove_roads(&mut self, source: &str) -> Result<(), StoreError> {
        let removed = writing!(self, connection => {
            let removed = sqlx::query("DELETE FROM road WHERE source = $1")
                .bind(source)
                .execute(&mut *connection)
                .await?
                .rows_affected();
            if removed > 0 {
                sqlx::query("UPDATE road_revision SET value = value + 1").execute(connection).await?;
            }
            removed
        });
        self.changed += removed;
        Ok(())
    }
}

fn text_of(line: &Line) -> String {
    let points: Vec<String> =
        line.points().iter().map(|point| format!("[{},{}]", point.lat_e7(), point.lng_e7())).collect();
    format!("[{}]", points.join(","))
}

fn road_of(row: RoadRow) -> Result<Road, StoreError> {
    let (code, source, name, up, down, basis, stakes, line, licence, attribution) = row;
    let wrong = |column| StoreError::Corrupt { code: code.clone(), column };
    let points: Vec<(i32, i32)> = serde_json::from_str(&line).map_err(|_| wrong("line"))?;
    let points: Option<Vec<Point>> = points.into_iter().map(|(lat, lng)| Point::from_e7(lat, lng)).collect();
    Ok(Road {
        line: points.and_then(|points| Line::new(points).ok()).ok_or_else(|| wrong("line"))?,
        basis: Basis::parse(&basis).ok_or_else(|| wrong("basis"))?,
        stakes: Stakes::parse(&stakes).ok_or_else(|| wrong("stakes"))?,
        name: name.map(Into::into),
        ends: Ends { up: up.map(Into::into), down: down.map(Into::into) },
        source: Arc::new(Source {
            name: source.into(),
            licence: licence.map(Into::into),
            attribution: attribution.map(Into::into),
        }),
        code: code.into(),
    })
}

fn stop_of(row: StopRow) -> Result<Stop, StoreError> {
    let (_, _, station, along_m, side, derived, exit, far, basis) = row;
    let wrong = |column| StoreError::Corrupt { code: station.clone(), column };
    let distance_m = far.map(u32::try_from).transpose().map_err(|_| wrong("exit_distance_m"))?;
    Ok(Stop {
        station: Code::parse(&station).ok_or_else(|| wrong("station"))?,
        along_m: u32::try_from(along_m).map_err(|_| wrong("along_m"))?,
        side: Side::parse(&side).ok_or_else(|| wrong("side"))?,
        derived: derived != 0,
        exit: exit.map(|name| Exit { name: name.into(), distance_m }),
        basis: basis.into(),
    })
}
