//! The search along a line.

use core::{error, fmt};

use super::line::{Line, Nearest};
use super::segment::Vector;
use crate::geo::Index;
use crate::geo::index::{Patience, reach};

/// A point near a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Along {
    /// Its slot in the index.
    pub slot: u32,
    /// Metres from the beginning of the line to the place nearest to the point.
    pub along_m: f64,
    /// Great-circle metres from there to the point.
    pub away_m: f64,
    /// Whether it is on the right of one who travels along the line; see
    /// [`Place::right`](super::Place::right).
    pub right: bool,
}

/// The line runs over the same ground so often, among so many points, that the search would take too
/// long. No road does that: a scribble of the greatest length in the middle of a city does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tangled;

impl fmt::Display for Tangled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the line runs over the same ground too often")
    }
}

impl error::Error for Tangled {}

/// Boxes and segments that a search looks at before it gives up: about a third of a second.
const PATIENCE: u32 = 30_000_000;

/// All points within `width_m` metres of the line, the edge included, among the slots `keep` says yes
/// to, ordered by the way along the line and, where equal, by slot. A point near several parts of the
/// line is there once, at its nearest place (the first of equally near ones). The same as asking
/// [`Line::project`] for every point. A width that is not a number holds nothing. `keep` is asked at
/// most once a slot.
///
/// # Errors
/// [`Tangled`], a bound on the work; never on a line without more than a few thousand segments to the
/// ground that some hundred points stand on.
pub fn corridor(
    index: &Index,
    line: &Line,
    width_m: f64,
    mut keep: impl FnMut(u32) -> bool,
) -> Result<Vec<Along>, Tangled> {
    if width_m.is_nan() || width_m < 0.0 {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let pieces = &line.tree().0;
    let widest = reach(width_m);
    let mut patience = Patience::new(PATIENCE);
    let done = index.sweep_beside(pieces, widest, &mut patience, |patience, slot, point, lane, rows| {
        let bound = |row: usize| rows[row].1[lane];
        patience.spend(rows.len() / 8)?;
        let Some(first) = (0..rows.len()).min_by(|a, b| bound(*a).total_cmp(&bound(*b))) else { return Some(()) };
        if bound(first) > widest || !keep(slot) {
            return Some(());
        }
        let at = Vector::of(point);
        let mut nearest = Nearest::none();
        let mut limit = widest;
        // The likeliest leaf first; what is left must beat it.
        for row in core::iter::once(first).chain(0..rows.len()) {
            if bound(row) > limit {
                continue;
            }
            let leaf = &pieces[rows[row].0 as usize];
            patience.spend(leaf.end as usize - leaf.first as usize)?;
            for segment in leaf.first..leaf.end {
                nearest.take(segment as usize, line.foot(segment as usize, at));
            }
            // Lower bounds are haversines too.
            limit = limit.min(beyond(nearest.foot.haversine));
        }
        let place = line.told(at, nearest);
        if place.away_m <= width_m {
            found.push(Along { slot, along_m: place.along_m, away_m: place.away_m, right: place.right });
        }
        Some(())
    });
    done.ok_or(Tangled)?;
    found.sort_unstable_by(|a, b| a.along_m.total_cmp(&b.along_m).then(a.slot.cmp(&b.slot)));
    Ok(found)
}

/// The bound that no lower bound of a place as near as this exceeds; the boxes' margin takes care of
/// the rounding of places.
fn beyond(haversine: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "1e-5 is added for it")]
    let bound = (haversine * 1.000_01) as f32;
    bound + f32::MIN_POSITIVE
}
