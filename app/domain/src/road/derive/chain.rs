//! The order of sites along their road.

use crate::geo::{Point, distance_m};

/// More sites than this on one road are refused: 国家高速公路 have a service area every 50 km.
pub const MAX_SITES: usize = 1_000;

/// The order in which a road passes places: the shortest tree that joins them, when it is one path.
///
/// `None` when the tree forks (then the places are not along one road, or not those of one road), and
/// for more than [`MAX_SITES`]. The first in the input is nearer to the beginning than to the end, so
/// that the order does not depend on rounding.
#[must_use]
pub fn order(places: &[Point]) -> Option<Vec<usize>> {
    if places.len() > MAX_SITES {
        return None;
    }
    if places.len() < 2 {
        return Some((0..places.len()).collect());
    }
    let mut joined: Vec<Vec<usize>> = vec![Vec::new(); places.len()];
    // For each place outside the tree, the nearest inside and how far it is (Prim).
    let mut nearest: Vec<Option<(f64, usize)>> =
        (0..places.len()).map(|at| (at > 0).then(|| (distance_m(places[0], places[at]), 0))).collect();
    for _ in 1..places.len() {
        let outside = nearest.iter().enumerate().filter_map(|(at, near)| near.map(|(far, to)| (far, at, to)));
        let (_, new, to) = outside.min_by(|a, b| a.0.total_cmp(&b.0))?;
        joined[new].push(to);
        joined[to].push(new);
        nearest[new] = None;
        for (at, near) in nearest.iter_mut().enumerate() {
            if let Some(near) = near {
                let far = distance_m(places[new], places[at]);
                if far < near.0 {
                    *near = (far, new);
                }
            }
        }
    }
    if joined.iter().any(|to| to.len() > 2) {
        return None;
    }
    let start = joined.iter().position(|to| to.len() == 1)?;
    let mut path = vec![start];
    while let Some(next) = joined[path[path.len() - 1]].iter().find(|next| path.iter().rev().nth(1) != Some(*next)) {
        path.push(*next);
    }
    let position = path.iter().position(|at| *at == 0)?;
    if position * 2 > path.len() - 1 {
        path.reverse();
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on the globe")
    }

    #[test]
    fn a_fork_is_no_road() {
        let fork = [at(31.0, 117.0), at(31.3, 117.0), at(30.85, 117.3), at(30.85, 116.7)];
        assert_eq!(order(&fork), None);
        let path = order(&fork[..3]).expect("without the branch it is one");
        assert_eq!(path[1], 0, "the middle of the road: {path:?}");
    }

    #[test]
    fn nothing_and_one_place_are_their_own_order() {
        assert_eq!(order(&[]), Some(vec![]));
        assert_eq!(order(&[at(31.0, 117.0)]), Some(vec![0]));
        assert_eq!(order(&vec![at(31.0, 117.0); MAX_SITES + 1]), None);
    }

    proptest! {
        #[test]
        fn shuffled_places_of_a_bending_road_come_back_in_order(
            bends in proptest::collection::vec(-0.12..0.12_f64, 2..25), keys in proptest::collection::vec(any::<u32>(), 25)
        ) {
            let mut lng = 117.0;
            let road: Vec<Point> = bends.iter().zip(0_u32..).map(|(bend, step)| {
                lng += bend;
                at(20.0 + 0.4 * f64::from(step), lng)
            }).collect();
            let mut shuffled: Vec<usize> = (0..road.len()).collect();
            shuffled.sort_by_key(|at| keys[*at]);
            let places: Vec<Point> = shuffled.iter().map(|at| road[*at]).collect();
            let found: Vec<usize> = order(&places).expect("one path").iter().map(|at| shuffled[*at]).collect();
            prop_assert!(found.is_sorted() || found.iter().rev().is_sorted(), "{found:?}");
        }
    }
}
