//! Two stations within a few steps are often one, entered twice.

use domain::{
    geo::{Point, distance_m},
    station::Code,
};
use std::collections::HashMap;

/// How near is suspicious, in metres.
pub const NEAR_M: f64 = 30.0;

/// Side of a square of the grid, in 1e-7 degree: 111 m of latitude.
const SQUARE_E7: i32 = 10_000;
const NOBODY: u32 = u32::MAX;
/// Most stations looked at in one square: a file that puts every row on one spot must not take for
/// ever.
const MOST: usize = 256;

/// Stations met so far, by square of a fine grid: 32 bytes each.
#[derive(Debug, Default)]
pub struct Near {
    heads: HashMap<(i32, i32), u32>,
    stations: Vec<(Point, Code, u32)>,
}

impl Near {
    /// Adds a station.
    pub fn add(&mut self, point: Point, code: Code) {
        let at = u32::try_from(self.stations.len()).unwrap_or(NOBODY);
        let next = self.heads.insert(square(point), at).unwrap_or(NOBODY);
        self.stations.push((point, code, next));
    }

    /// The codes of stations within [`NEAR_M`] of a point, other than `own`, nearest first.
    #[must_use]
    pub fn around(&self, point: Point, own: Code) -> Vec<Code> {
        let (lat, lng) = square(point);
        // Meridians draw together: more squares are within reach. Beyond 80° nobody builds one.
        let shrink = point.lat().abs().min(80.0).to_radians().cos();
        let reach = if shrink < 0.3 { 2 } else { 1 };
        let mut found = Vec::new();
        for lat in lat - 1..=lat + 1 {
            for lng in lng - reach..=lng + reach {
                let mut at = self.heads.get(&(lat, lng)).copied().unwrap_or(NOBODY);
                for _ in 0..MOST {
                    let Some((other, code, next)) = self.stations.get(at as usize) else { break };
                    let distance = distance_m(point, *other);
                    if distance <= NEAR_M && *code != own {
                        found.push((distance, *code));
                    }
                    at = *next;
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.dedup_by_key(|(_, code)| *code);
        found.into_iter().map(|(_, code)| code).collect()
    }
}

fn square(point: Point) -> (i32, i32) {
    (point.lat_e7().div_euclid(SQUARE_E7), point.lng_e7().div_euclid(SQUARE_E7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_grid_finds_what_measuring_every_pair_finds(
            lat in 180_000_000i32..540_000_000,
            lng in 730_000_000i32..1_350_000_000,
            steps in proptest::collection::vec((-6_000i32..6_000, -6_000i32..6_000), 1..40),
        ) {
            let points: Vec<Point> = steps
                .iter()
                .filter_map(|(north, east)| Point::from_e7(lat + north, lng + east))
                .collect();
            let code = |at: usize| Code::of_hash(((at as u64) << 14).to_be_bytes());
            let mut near = Near::default();
            for (at, point) in points.iter().enumerate() {
                near.add(*point, code(at));
            }
            for (at, point) in points.iter().enumerate() {
                let mut all: Vec<Code> = (0..points.len())
                    .filter(|other| *other != at && distance_m(*point, points[*other]) <= NEAR_M)
                    .map(code)
                    .collect();
                let mut found = near.around(*point, code(at));
                all.sort_unstable();
                found.sort_unstable();
                prop_assert_eq!(found, all);
            }
        }
    }
}
