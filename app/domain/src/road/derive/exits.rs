//! Which way stakes rise, from the numbers of exits.
//!
//! An exit of a Chinese motorway is numbered by its stake kilometre (GB 5768.2 出口编号), so the numbers
//! along a road rise with the stakes. Junctions do not say their road; those of crossing roads are noise
//! that a line through the numbers must outvote.

use crate::{
    geo::Point,
    road::{Heading, Line},
};

/// A junction of a motorway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Junction {
    /// Where the way off begins.
    pub point: Point,
    /// The number of its exit: the stake kilometre.
    pub exit: u32,
}

/// A junction farther from the chain of sites than this, in metres, is not looked at: chords cut corners.
const CORRIDOR_M: f64 = 8_000.0;
/// How many different numbers must lie on one line, over how many kilometres of road.
const ENOUGH: usize = 4;
const SPAN_KM: f64 = 20.0;
/// How far a number may be off the line, in kilometres: rounding, and the length of a junction.
const OFF_KM: f64 = 2.5;
/// A road is at least as long as its chords, and rarely half as long again.
const SLOPES: [f64; 6] = [1.0, 1.05, 1.1, 1.15, 1.2, 1.3];
/// No more junctions than this are looked at for one road.
const MOST: usize = 400;

/// The heading along which exit numbers rise; `None` when there are too few, or they do not say.
#[must_use]
pub fn rising(line: &Line, junctions: &[Junction]) -> Option<Heading> {
    let mut near: Vec<(f64, f64)> = Vec::new();
    for junction in junctions {
        let located = line.locate(junction.point);
        if located.off_m <= CORRIDOR_M && near.len() < MOST {
            near.push((f64::from(located.along_m) / 1_000.0, f64::from(junction.exit)));
        }
    }
    let [up, down] = [1.0, -1.0].map(|sign| votes(&near, sign));
    match (up >= ENOUGH, down >= ENOUGH) {
        (true, _) if up >= 2 * down => Some(Heading::Up),
        (_, true) if down >= 2 * up => Some(Heading::Down),
        _ => None,
    }
}

/// How many different numbers lie on the best line that rises with (1) or against (−1) the road.
fn votes(near: &[(f64, f64)], sign: f64) -> usize {
    let mut most = 0;
    for slope in SLOPES {
        for &(along, exit) in near {
            let begin = exit - sign * slope * along;
            let on_it = |(at, number): &&(f64, f64)| (number - begin - sign * slope * at).abs() <= OFF_KM;
            let voters: Vec<&(f64, f64)> = near.iter().filter(on_it).collect();
            let first = voters.iter().map(|(at, _)| *at).fold(f64::INFINITY, f64::min);
            let last = voters.iter().map(|(at, _)| *at).fold(f64::NEG_INFINITY, f64::max);
            if last - first < SPAN_KM {
                continue;
            }
            // Each exit is drawn twice, once for each carriageway: one number, one vote.
            let mut numbers: Vec<u64> = voters.iter().map(|(_, number)| number.to_bits()).collect();
            numbers.sort_unstable();
            numbers.dedup();
            most = most.max(numbers.len());
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on the globe")
    }

    fn line() -> Line {
        Line::new([at(31.0, 117.0), at(31.5, 117.0), at(32.0, 117.0)]).expect("a line")
    }

    fn exits(numbers: &[(f64, u32)]) -> Vec<Junction> {
        numbers.iter().map(|(lat, exit)| Junction { point: at(*lat, 117.01), exit: *exit }).collect()
    }

    #[test]
    fn numbers_that_rise_along_the_road_say_which_way_stakes_rise() {
        let rising_north = [(31.1, 512), (31.3, 536), (31.5, 559), (31.8, 594)];
        assert_eq!(rising(&line(), &exits(&rising_north)), Some(Heading::Up));
        let rising_south = [(31.1, 594), (31.3, 571), (31.5, 548), (31.8, 513)];
        assert_eq!(rising(&line(), &exits(&rising_south)), Some(Heading::Down));
    }

    #[test]
    fn junctions_of_crossing_roads_are_outvoted() {
        let mixed = [(31.1, 512), (31.15, 3), (31.3, 536), (31.4, 88), (31.5, 559), (31.7, 1_030), (31.8, 594)];
        assert_eq!(rising(&line(), &exits(&mixed)), Some(Heading::Up));
    }

    #[test]
    fn too_few_or_bunched_numbers_say_nothing() {
        assert_eq!(rising(&line(), &[]), None);
        assert_eq!(rising(&line(), &exits(&[(31.1, 512), (31.3, 536), (31.5, 559)])), None);
        assert_eq!(rising(&line(), &exits(&[(31.1, 10), (31.11, 11), (31.12, 12), (31.13, 13)])), None, "3 km");
        let twice = [(31.1, 512), (31.11, 512), (31.5, 559), (31.51, 559)];
        assert_eq!(rising(&line(), &exits(&twice)), None, "two exits, each drawn twice");
    }
}
