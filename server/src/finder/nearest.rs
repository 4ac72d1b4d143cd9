//! The nearest stations to a point.

use super::{
    sieve::Sieve,
    state::{Part, State},
};
use domain::{
    geo::{Hit, Point},
    ports::Found,
    station::{Code, Station, Verdict},
};
use std::{cmp::Reverse, sync::Arc};

/// A hit of one of the blocks, with what breaks a tie of distance: yes before 没有写明, then the code.
struct Ranked<'a> {
    distance_m: f64,
    verdict: Reverse<Verdict>,
    code: Code,
    station: &'a Arc<Station>,
}

impl<'a> Ranked<'a> {
    fn of(hit: &Hit, part: Part<'a>, sieve: &Sieve) -> Self {
        let station = part.block.station(hit.slot);
        let verdict = Reverse(sieve.verdict(part.block, hit.slot));
        Self { distance_m: hit.distance_m, verdict, code: station.code, station }
    }

    fn key(&self) -> (Reverse<Verdict>, Code) {
        (self.verdict, self.code)
    }
}

/// At most `limit` stations within `radius_m`, nearest first.
pub(super) fn nearest(state: &State, at: Point, limit: usize, radius_m: f64, sieve: &Sieve) -> Vec<Found> {
    let mut ranked: Vec<Ranked> = Vec::new();
    for part in state.parts().filter(|part| limit > 0 && sieve.may_let(part.block)) {
        ranked.extend(hits(part, at, limit, radius_m, sieve).iter().map(|hit| Ranked::of(hit, part, sieve)));
    }
    ranked.sort_unstable_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then_with(|| a.key().cmp(&b.key())));
    ranked.truncate(limit);
    ranked.iter().map(|row| Found { station: Arc::clone(row.station), distance_m: row.distance_m }).collect()
}

/// How far the nearest is, however far.
pub(super) fn nearest_m(state: &State, at: Point, sieve: &Sieve) -> Option<f64> {
    state
        .parts()
        .filter(|part| sieve.may_let(part.block))
        .filter_map(|part| {
            let index = part.block.index.as_ref()?;
            Some(index.nearest(at, 1, f64::INFINITY, |slot| part.keeps(sieve, slot)).first()?.distance_m)
        })
        .min_by(f64::total_cmp)
}

/// The nearest of one block, all those at the distance of the last one included.
fn hits(part: Part, at: Point, limit: usize, radius_m: f64, sieve: &Sieve) -> Vec<Hit> {
    let Some(index) = &part.block.index else { return Vec::new() };
    let keep = |slot| part.keeps(sieve, slot);
    // One more than asked for shows whether the last place is shared: the index breaks ties by slot.
    let hits = index.nearest(at, limit.saturating_add(1), radius_m, keep);
    match (hits.get(limit - 1), hits.get(limit)) {
        (Some(last), Some(next)) if last.distance_m.total_cmp(&next.distance_m).is_eq() => {
            index.within(at, last.distance_m, keep)
        }
        _ => hits,
    }
}
