//! Areas that are one physical site.

use crate::geo::{Point, distance_m};

/// Areas nearer than this to each other, in metres, are one site: the two sides of a motorway.
pub const SITE_M: f64 = 600.0;

/// Groups places by single linkage: whoever is near one member is a member. Each group and the list of
/// groups is in the order of the input.
#[must_use]
pub fn sites(places: &[Point]) -> Vec<Vec<usize>> {
    /// [`SITE_M`] in 1e-7 degree of latitude, rounded up.
    const WINDOW_E7: i64 = 54_200;
    let mut leader: Vec<usize> = (0..places.len()).collect();
    let mut by_latitude: Vec<usize> = (0..places.len()).collect();
    by_latitude.sort_by_key(|at| places[*at].lat_e7());
    for (position, &one) in by_latitude.iter().enumerate() {
        for &other in &by_latitude[position + 1..] {
            if i64::from(places[other].lat_e7()) - i64::from(places[one].lat_e7()) > WINDOW_E7 {
                break;
            }
            if distance_m(places[one], places[other]) < SITE_M {
                let (a, b) = (lead(&mut leader, one), lead(&mut leader, other));
                leader[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: Vec<Option<usize>> = vec![None; places.len()];
    for place in 0..places.len() {
        let first = lead(&mut leader, place);
        let group = *group_of[first].get_or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(place);
    }
    groups
}

fn lead(leader: &mut [usize], mut place: usize) -> usize {
    while leader[place] != place {
        leader[place] = leader[leader[place]];
        place = leader[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on the globe")
    }

    #[test]
    fn the_two_sides_of_a_road_are_one_site_and_the_next_town_is_another() {
        let places = [at(31.0, 117.0), at(31.5, 117.0), at(31.001, 117.002), at(31.5, 117.004)];
        assert_eq!(sites(&places), [vec![0, 2], vec![1, 3]]);
    }

    proptest! {
        #[test]
        fn groups_are_those_of_brute_force(
            near in proptest::collection::vec((0.0..0.03_f64, 0.0..0.03_f64), 0..40)
        ) {
            let places: Vec<Point> = near.iter().map(|(lat, lng)| at(31.0 + lat, 117.0 + lng)).collect();
            let groups = sites(&places);
            prop_assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), places.len());
            let group_of = |place| groups.iter().position(|group| group.contains(&place));
            for one in 0..places.len() {
                for other in 0..one {
                    if distance_m(places[one], places[other]) < SITE_M {
                        prop_assert_eq!(group_of(one), group_of(other));
                    }
                }
            }
        }
    }
}
