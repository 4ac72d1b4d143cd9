//! Stations along a line.

use super::{sieve::Sieve, state::State};
use domain::{
    geo::{Along, Line, Tangled, corridor},
    ports::FoundAlong,
    station::Station,
};
use std::sync::Arc;

/// At most `limit` stations within `width_m` of the line, in the order along it, then by code.
pub(super) fn along(
    state: &State,
    line: &Line,
    width_m: f64,
    limit: usize,
    sieve: &Sieve,
) -> Result<Vec<FoundAlong>, Tangled> {
    let mut rows: Vec<(Along, &Arc<Station>)> = Vec::new();
    for part in state.parts().filter(|part| limit > 0 && sieve.may_let(part.block)) {
        let Some(index) = &part.block.index else { continue };
        let found = corridor(index, line, width_m, |slot| part.keeps(sieve, slot))?;
        rows.extend(found.into_iter().map(|along| (along, part.block.station(along.slot))));
    }
    rows.sort_unstable_by(|(a, one), (b, other)| a.along_m.total_cmp(&b.along_m).then(one.code.cmp(&other.code)));
    rows.truncate(limit);
    let told = |(along, station): (Along, &Arc<Station>)| FoundAlong {
        station: Arc::clone(station),
        along_m: along.along_m,
        away_m: along.away_m,
        right: along.right,
    };
    Ok(rows.into_iter().map(told).collect())
}
