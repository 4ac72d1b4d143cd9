//! What comes next on a road.

use super::{Heading, Stop};

/// A stop and how far it is along the road.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming<'a> {
    /// The stop.
    pub stop: &'a Stop,
    /// Metres along the road's line: 约.
    pub distance_m: u32,
}

/// What lies ahead, nearest first in each list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ahead<'a> {
    /// Places this driver gets into: his own side, both sides, or by an exit.
    pub next: Vec<Coming<'a>>,
    /// 对面的: across the road; shown only as such, never as the next stop.
    pub opposite: Vec<Coming<'a>>,
    /// 方向未知: nobody knows which side; never the next stop.
    pub unknown: Vec<Coming<'a>>,
}

/// Sorts the stops of a road by whether a driver reaches them. Stops that are passed are left out.
///
/// `from_m` is where he is, in metres along the line.
#[must_use]
pub fn ahead(stops: &[Stop], from_m: u32, heading: Heading) -> Ahead<'_> {
    let mut ahead = Ahead::default();
    for stop in stops {
        let distance = match heading {
            Heading::Up => stop.along_m.checked_sub(from_m),
            Heading::Down => from_m.checked_sub(stop.along_m),
        };
        let Some(distance_m) = distance else { continue };
        let list = match stop.reached_by(heading) {
            Some(true) => &mut ahead.next,
            Some(false) => &mut ahead.opposite,
            None => &mut ahead.unknown,
        };
        list.push(Coming { stop, distance_m });
    }
    for list in [&mut ahead.next, &mut ahead.opposite, &mut ahead.unknown] {
        list.sort_by_key(|coming| (coming.distance_m, coming.stop.station));
    }
    ahead
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        road::Exit,
        station::{Code, Side},
    };
    use proptest::prelude::*;

    fn stop(number: u64, along_m: u32, side: Side) -> Stop {
        let station = Code::of_hash((number << 20).to_be_bytes());
        Stop { station, along_m, side, derived: true, exit: None, basis: "".into() }
    }

    fn metres(list: &[Coming<'_>]) -> Vec<u32> {
        list.iter().map(|coming| coming.distance_m).collect()
    }

    #[test]
    fn the_other_carriageway_and_an_unknown_side_are_never_the_next_stop() {
        let stops = [
            stop(1, 10_000, Side::StakeDown),
            stop(2, 20_000, Side::Unknown),
            stop(3, 30_000, Side::StakeUp),
            stop(4, 40_000, Side::Both),
        ];
        let up = ahead(&stops, 0, Heading::Up);
        assert_eq!(metres(&up.next), [30_000, 40_000]);
        assert_eq!(metres(&up.opposite), [10_000]);
        assert_eq!(metres(&up.unknown), [20_000]);
        let down = ahead(&stops, 40_000, Heading::Down);
        assert_eq!(metres(&down.next), [0, 30_000]);
        assert_eq!(metres(&down.opposite), [10_000]);
        assert_eq!(metres(&down.unknown), [20_000]);
    }

    #[test]
    fn an_exit_is_reached_from_both_sides_even_where_the_side_is_unknown() {
        let exit = Some(Exit { name: "合肥东".into(), distance_m: Some(800) });
        let stops = [Stop { exit, ..stop(1, 5_000, Side::Unknown) }];
        assert_eq!(metres(&ahead(&stops, 0, Heading::Up).next), [5_000]);
        assert_eq!(metres(&ahead(&stops, 9_000, Heading::Down).next), [4_000]);
    }

    #[test]
    fn what_is_passed_is_gone() {
        let stops = [stop(1, 10_000, Side::Both)];
        assert_eq!(ahead(&stops, 10_001, Heading::Up), Ahead::default());
        assert_eq!(ahead(&stops, 9_999, Heading::Down), Ahead::default());
    }

    fn any_stop() -> impl Strategy<Value = Stop> {
        (any::<u64>(), 0_u32..200_000, 0..Side::ALL.len(), any::<bool>()).prop_map(|(number, along, side, exit)| {
            let exit = exit.then(|| Exit { name: "出口".into(), distance_m: None });
            Stop { exit, ..stop(number, along, Side::ALL[side]) }
        })
    }

    proptest! {
        #[test]
        fn every_stop_ahead_is_in_exactly_one_list_and_nothing_unreachable_is_next(
            stops in proptest::collection::vec(any_stop(), 0..40), from in 0_u32..200_000, up in any::<bool>()
        ) {
            let heading = if up { Heading::Up } else { Heading::Down };
            let found = ahead(&stops, from, heading);
            let lists = found.next.len() + found.opposite.len() + found.unknown.len();
            let ahead_of_him = |stop: &&Stop| if up { stop.along_m >= from } else { stop.along_m <= from };
            prop_assert_eq!(lists, stops.iter().filter(ahead_of_him).count());
            for coming in &found.next {
                let wrong = if up { Side::StakeDown } else { Side::StakeUp };
                let by_exit = coming.stop.exit.is_some();
                prop_assert!(by_exit || (coming.stop.side != wrong && coming.stop.side != Side::Unknown));
            }
            for list in [&found.next, &found.opposite, &found.unknown] {
                prop_assert!(list.is_sorted_by_key(|coming| coming.distance_m));
            }
        }

        #[test]
        fn the_two_directions_list_different_areas_in_reversed_order(
            stops in proptest::collection::vec(any_stop(), 0..40)
        ) {
            let one_sided: Vec<Stop> =
                stops.into_iter().filter(|stop| stop.exit.is_none() && stop.side != Side::Both).collect();
            let up = ahead(&one_sided, 0, Heading::Up);
            let down = ahead(&one_sided, 200_000, Heading::Down);
            for coming in &up.next {
                prop_assert!(down.next.iter().all(|other| !std::ptr::eq(other.stop, coming.stop)));
            }
            // What one direction sees across the road is what the other gets into, the other way round.
            let mut across: Vec<u32> = up.opposite.iter().map(|coming| coming.stop.along_m).collect();
            across.reverse();
            let theirs: Vec<u32> = down.next.iter().map(|coming| coming.stop.along_m).collect();
            prop_assert_eq!(across, theirs);
        }
    }
}
