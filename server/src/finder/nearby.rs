//! The lists of a cell: enough candidates that whoever stands in it finds the true nearest.

use super::{nearest::nearest_m, relax::relax, sieve::Sieve, state::State};
use domain::{
    geo::Cell,
    ports::{Found, LIST_RADIUS_M, LIST_ROWS, NearbyAnswer, NearbyList},
    station::{Verdict, Wanted},
    time::Millis,
};
use std::sync::Arc;

pub(super) fn nearby(state: &State, cell: Cell, wanted: &Wanted, now: Millis) -> NearbyAnswer {
    let yes = list(state, cell, &Sieve::only(wanted, Verdict::Yes, now));
    let unsaid = list(state, cell, &Sieve::only(wanted, Verdict::Unsaid, now));
    let relaxed =
        if yes.candidates.is_empty() { relax(state, cell.centre(), wanted, now, yes.nearest_m) } else { Vec::new() };
    NearbyAnswer { yes, unsaid, relaxed }
}

fn list(state: &State, cell: Cell, sieve: &Sieve) -> NearbyList {
    let mut candidates: Vec<Found> = Vec::new();
    let mut parts = 0;
    for part in state.parts().filter(|part| sieve.may_let(part.block)) {
        let Some(index) = &part.block.index else { continue };
        let hits = index.candidates(cell, LIST_ROWS, LIST_RADIUS_M, |slot| part.keeps(sieve, slot));
        let found = |slot| Arc::clone(part.block.station(slot));
        candidates.extend(hits.iter().map(|hit| Found { station: found(hit.slot), distance_m: hit.distance_m }));
        parts += 1;
    }
    // What is among the nearest of both blocks is among the nearest of its own: nothing is missing.
    if parts > 1 {
        prune(cell, &mut candidates);
    }
    candidates.sort_unstable_by(|a, b| {
        a.distance_m.total_cmp(&b.distance_m).then_with(|| a.station.code.cmp(&b.station.code))
    });
    let nearest = candidates.first().map(|found| found.distance_m);
    // Beyond the radius of the centre something nearer to it may be out of every reach.
    let nearest_m = match nearest {
        Some(distance_m) if distance_m <= LIST_RADIUS_M => nearest,
        _ => nearest_m(state, cell.centre(), sieve),
    };
    NearbyList { candidates, nearest_m }
}

/// Drops what is farther, wherever in the cell one stands, than [`LIST_ROWS`] others.
fn prune(cell: Cell, candidates: &mut Vec<Found>) {
    if candidates.len() <= LIST_ROWS {
        return;
    }
    let mut farthest: Vec<f64> = candidates.iter().map(|found| cell.max_distance_m(found.station.point)).collect();
    let (_, limit, _) = farthest.select_nth_unstable_by(LIST_ROWS - 1, f64::total_cmp);
    candidates.retain(|found| cell.min_distance_m(found.station.point) <= *limit);
}
