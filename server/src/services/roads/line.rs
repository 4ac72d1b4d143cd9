//! `server roads import-line`: a road's course from a file, and the stations beside it.

use domain::{
    road::{Basis, Ends, Exit, Line, Road, RoadStops, Stakes, Stop, attach},
    station::{Kind, Side, Source, Station},
};
use std::sync::Arc;

/// What the person who imports says of the line.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// `G60`.
    pub code: String,
    /// `沪昆高速`.
    pub name: Option<String>,
    /// A place beyond the last point.
    pub up: Option<String>,
    /// A place beyond the first.
    pub down: Option<String>,
    /// Whether stakes rise along the line.
    pub stakes: bool,
    /// Where it is from.
    pub source: Source,
}

/// The road, with the stations within reach of it. What a station's own file says of its side wins; one
/// whose file names another road is not here.
#[must_use]
pub fn along_line(line: Line, new: NewLine, stations: &[Arc<Station>]) -> RoadStops {
    let mut stops = Vec::new();
    for station in stations {
        let said = station.road.as_deref();
        let named = said.and_then(|said| said.road.as_deref());
        let along_roads = matches!(station.kind, Kind::ServiceArea | Kind::DriverHome);
        if station.closed_for_good || !along_roads || named.is_some_and(|road| !road.eq_ignore_ascii_case(&new.code)) {
            continue;
        }
        let exit = said
            .and_then(|said| Some(Exit { name: said.exit.clone()?, distance_m: said.exit_distance_m }))
            .filter(|_| named.is_some());
        let located = line.locate(station.point);
        let beside = attach(&line, station.point);
        // A home off an exit may lie kilometres from the line that its file names.
        if beside.is_none() && exit.is_none() {
            continue;
        }
        let own = said.map_or(Side::Unknown, domain::station::RoadPosition::side);
        let derived = beside.map_or(Side::Unknown, |(_, side)| side);
        let (side, basis) = match (own, derived) {
            (Side::Unknown, Side::Unknown) => (Side::Unknown, "离线路的中线太近或在弯里，分不清左右"),
            (Side::Unknown, derived) => (derived, "靠右行驶：在线路的这一侧"),
            (own, _) => (own, "资料写明"),
        };
        stops.push(Stop {
            station: station.code,
            along_m: located.along_m,
            side,
            derived: own == Side::Unknown,
            exit,
            basis: basis.into(),
        });
    }
    let road = Road {
        code: new.code.into(),
        name: new.name.map(Into::into),
        line,
        ends: Ends { up: new.up.map(Into::into), down: new.down.map(Into::into) },
        basis: Basis::Line,
        stakes: if new.stakes { Stakes::Said } else { Stakes::Unknown },
        source: Arc::new(new.source),
    };
    RoadStops::new(road, stops)
}
