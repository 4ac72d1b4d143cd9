//! `server roads derive`: what the rule of [`domain::road::derive`] needs, gathered.

use crate::regions::Regions;
use domain::{
    geo::Point,
    road::derive::{Area, Context, Derived, Junction, Named, derive},
    station::{Kind, Source, Station},
};
use std::{collections::HashMap, sync::Arc};

/// The nearest motorway bridges of an area, and how far in metres.
pub type Hint = (Vec<Box<str>>, u32);
/// By identity within the source.
pub type Hints = HashMap<String, Hint>;

const NAMED: &str = include_str!("../../../data/roads/named.csv");

/// Derives the roads of one source's stations along motorways. Returns its areas beside the result:
/// positions in the result count them.
#[must_use]
pub fn derive_roads<'a>(
    stations: &'a [Arc<Station>],
    source: &str,
    hints: &Hints,
    junctions: &[Junction],
    regions: &Regions,
) -> (Vec<&'a Station>, Derived) {
    let along = |kind| matches!(kind, Kind::ServiceArea | Kind::DriverHome);
    let mut here: Vec<&Station> =
        stations.iter().map(AsRef::as_ref).filter(|one| &*one.source.name == source && along(one.kind)).collect();
    // The store gives them in no order; the table has one.
    here.sort_by(|a, b| a.source_id.cmp(&b.source_id));
    let areas: Vec<Area> = here
        .iter()
        .map(|station| Area {
            station: station.code,
            point: station.point,
            said: station.road.as_deref().cloned(),
            hint: hints.get(&*station.source_id).cloned(),
        })
        .collect();
    let origin = here.first().map_or_else(
        || Arc::new(Source { name: source.into(), licence: None, attribution: None }),
        |station| station.source.clone(),
    );
    let city = |point| {
        let county = regions.county_of(point)?;
        regions.city_of(county.adcode).map(|city| city.short.clone())
    };
    let context = Context { junctions, named: &named(), city: &city, source: origin };
    let derived = derive(&areas, &context);
    (here, derived)
}

/// The table that ships; a line that is none is not a road.
fn named() -> Vec<Named> {
    let one = |line: &str| {
        let mut cells = line.split(',');
        let (code, name) = (cells.next()?, cells.next()?);
        let mut end = || {
            let place = cells.next()?;
            let point = Point::from_degrees(cells.next()?.parse().ok()?, cells.next()?.parse().ok()?)?;
            Some((Box::from(place), point))
        };
        Some(Named { code: code.into(), name: name.into(), from: end()?, to: end()? })
    };
    NAMED.lines().skip(1).filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_line_of_the_shipped_table_is_a_road() {
        assert_eq!(super::named().len(), super::NAMED.lines().count() - 1);
    }
}
