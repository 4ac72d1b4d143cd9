//! Which wish to drop when nothing within reach meets them all.

use super::{block::bit, nearest::nearest_m, sieve::Sieve, state::State};
use domain::{
    geo::{Point, distance_m},
    ports::Relaxed,
    station::{Kind, Verdict, Wanted, Wish},
    time::Millis,
};

/// Up to so many wishes each gets a search of its own, which as a rule ends nearby. With more, such
/// searches tend to go through all stations, each one: then one pass over them does for all wishes.
const FEW_WISHES: usize = 3;

/// A little less than a 1e-7 degree of latitude in metres, on the sphere of `distance_m`.
const STEP_M: f64 = 0.011_119_5;

/// The wishes without which something is nearer than `nearest`, nearest first.
pub(super) fn relax(state: &State, at: Point, wanted: &Wanted, now: Millis, nearest: Option<f64>) -> Vec<Relaxed> {
    let wishes: Vec<Wish> = wanted.wishes().collect();
    let mut relaxed: Vec<Relaxed> = if wishes.len() <= FEW_WISHES {
        let without = |wish| Sieve::only(&wanted.toggled(wish), Verdict::Yes, now);
        let search = |wish| Some(Relaxed { wish, nearest_m: nearest_m(state, at, &without(wish))? });
        wishes.into_iter().filter_map(search).collect()
    } else {
        one_pass(state, at, wanted, now, &wishes)
    };
    relaxed.retain(|relaxed| nearest.is_none_or(|nearest| relaxed.nearest_m < nearest));
    relaxed.sort_by(|a, b| a.nearest_m.total_cmp(&b.nearest_m));
    relaxed
}

/// For each wish the nearest station that does not meet this one alone.
fn one_pass(state: &State, at: Point, wanted: &Wanted, now: Millis, wishes: &[Wish]) -> Vec<Relaxed> {
    let sieve = Sieve::only(wanted, Verdict::Yes, now);
    let mut nearest_m = [f64::INFINITY; 64];
    for part in state.parts() {
        for (slot, station) in (0..).zip(&part.block.stations) {
            let unmet = sieve.unmet(part.block, slot);
            if unmet.count_ones() != 1 || !part.shows(slot) {
                continue;
            }
            let best = &mut nearest_m[unmet.trailing_zeros() as usize];
            // No way is shorter than the difference of latitude.
            if f64::from(at.lat_e7().abs_diff(station.point.lat_e7())) * STEP_M < *best {
                *best = best.min(distance_m(at, station.point));
            }
        }
    }
    let kinds = Kind::ALL.iter().filter(|kind| wanted.kinds.contains(**kind)).count();
    let place = |wish: &Wish| match wish {
        Wish::Amenity(amenity) => Some(bit(*amenity)),
        // Kinds are alternatives: without one of several there is less, not more.
        Wish::Kind(_) => (kinds == 1).then_some(Sieve::KIND),
        Wish::Everyone => Some(Sieve::EVERYONE),
        Wish::AllDay => Some(Sieve::ALL_DAY),
        Wish::OpenNow => Some(Sieve::OPEN_NOW),
    };
    let relaxed = |wish: &Wish| {
        let nearest_m = nearest_m[place(wish)?.trailing_zeros() as usize];
        nearest_m.is_finite().then_some(Relaxed { wish: *wish, nearest_m })
    };
    wishes.iter().filter_map(relaxed).collect()
}
