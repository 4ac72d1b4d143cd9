//! 推定: which road a service area lies on, and on which side, where its file does not say.
//!
//! The rule:
//! 1. Areas less than 600 m apart are one site ([`sites`]).
//! 2. A site's road is what all its areas agree on: their files' own word, or else the reference of the
//!    nearest motorway bridge within [`HINT_M`]. A bridge farther off, up to [`WEAK_M`], counts only for a site
//!    that lies between two sites of that road and fits ([`WEAK_DETOUR`], [`WEAK_DEG`]).
//! 3. The sites of a road must be one path ([`chain::order`]). A pair whose axis crosses the chords to its
//!    neighbours may lie on another road: it leaves the chain, worst first, and has no road.
//! 4. The side comes from the pair and both chords by right-hand traffic ([`side::judge`]).
//! 5. Which way stakes rise comes from the road's name, confirmed or supplied by exit numbers.
//!
//! Whatever is missing or contradicts makes the answer unknown, never a guess.

pub mod chain;
pub mod exits;
mod name;
pub mod side;
pub mod site;
mod stops;

pub use exits::Junction;
pub use name::Named;
pub use site::sites;

use super::RoadStops;
use crate::{
    geo::{Point, distance_m},
    station::{Code, RoadPosition, Source},
};
use side::{Pair, judge};
use std::{collections::BTreeMap, sync::Arc};

/// A motorway bridge nearer than this, in metres, may name the road of an area.
pub const HINT_M: u32 = 1_500;
/// One nearer than this may, between two sites of that road.
pub const WEAK_M: u32 = 2_500;
/// How much longer the way over such a site may be than the way past it.
pub const WEAK_DETOUR: f64 = 1.1;
/// How far the axis of such a site may turn from the chords, in degrees.
pub const WEAK_DEG: f64 = 30.0;

/// What is known of an area before.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The station.
    pub station: Code,
    /// Where it is.
    pub point: Point,
    /// What its own file says of the road: it always wins.
    pub said: Option<RoadPosition>,
    /// References of the nearest motorway bridge, and how far it is in metres.
    pub hint: Option<(Vec<Box<str>>, u32)>,
}

codes! {
    /// Why a road or a side is unknown.
    pub enum Why {
        /// No reference anywhere near.
        NoHint = "no_hint" "附近没有写着编号的高速桥",
        /// The bridge is too far off to say.
        FarHint = "far_hint" "写着编号的高速桥太远",
        /// The areas of the site do not agree.
        Disagree = "disagree" "同一处的几块地方，编号对不上",
        /// The pair lies across the road's course: another road, or a bend.
        Against = "against" "两边的连线和这条路的走向对不上，可能在另一条路上",
        /// The sites of this reference do not form one path.
        Fork = "fork" "这个编号的服务区连不成一条路",
        /// Only one area is known here.
        Single = "single" "只有一边的资料",
        /// More than two areas.
        Crowded = "crowded" "这里有三处以上，分不清哪两处是一对",
        /// No other site of this road near enough.
        Alone = "alone" "这条路上附近没有别的服务区可对照",
        /// The two areas are too near to each other.
        Narrow = "narrow" "两处离得太近，分不清左右",
    }
}

/// A road of a site, and why the side is unknown on it (`None`: it is known).
pub type OnRoad = (Box<str>, Option<Why>);

/// A site and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Positions of its areas in the input.
    pub areas: Vec<usize>,
    /// The middle of its areas.
    pub centre: Point,
    /// Its roads, or why it has none.
    pub roads: Result<Vec<OnRoad>, Why>,
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// Every site, in the order of its first area.
    pub sites: Vec<Site>,
    /// Roads with at least two sites.
    pub roads: Vec<RoadStops>,
}

/// What the rule needs beside the areas.
pub struct Context<'a> {
    /// Junctions with exit numbers.
    pub junctions: &'a [Junction],
    /// Roads whose name says where stakes begin.
    pub named: &'a [Named],
    /// The place to call a direction by: the 地级市 of a point.
    pub city: &'a dyn Fn(Point) -> Option<String>,
    /// Where the areas are from.
    pub source: Arc<Source>,
}

/// Derives road and side for areas.
#[must_use]
pub fn derive(areas: &[Area], context: &Context<'_>) -> Derived {
    let points: Vec<Point> = areas.iter().map(|area| area.point).collect();
    let groups = sites(&points);
    let mut found: Vec<Site> = Vec::with_capacity(groups.len());
    let mut firm: BTreeMap<Box<str>, Vec<usize>> = BTreeMap::new();
    let mut weak: BTreeMap<Box<str>, Vec<usize>> = BTreeMap::new();
    for members in groups {
        let centre = centre(&members, &points);
        let at = found.len();
        let roads = match evidence(&members, areas) {
            Ok((references, is_firm)) => {
                for reference in references {
                    let into = if is_firm { &mut firm } else { &mut weak };
                    into.entry(reference).or_default().push(at);
                }
                Err(Why::FarHint)
            }
            Err(why) => Err(why),
        };
        found.push(Site { areas: members, centre, roads });
    }
    let mut roads = Vec::new();
    for (reference, members) in firm {
        let weak = weak.remove(&reference).unwrap_or_default();
        let (path, out) = settle(&members, &weak, &found, &points, areas);
        for (at, why) in out {
            if found[at].roads == Err(Why::FarHint) {
                found[at].roads = Err(why);
            }
        }
        if let Some(stops) = stops::along(&reference, &path, &mut found, areas, context) {
            roads.push(stops);
        }
    }
    Derived { sites: found, roads }
}

/// The references all areas of a site agree on, and whether they are firm.
fn evidence(members: &[usize], areas: &[Area]) -> Result<(Vec<Box<str>>, bool), Why> {
    let said = |at: &usize| areas[*at].said.as_ref().and_then(|said| said.road.clone());
    let mut own: Vec<Box<str>> = members.iter().filter_map(said).collect();
    own.sort_unstable();
    own.dedup();
    match own.len() {
        0 => {}
        1 => return Ok((own, true)),
        _ => return Err(Why::Disagree),
    }
    let mut agreed: Option<Vec<Box<str>>> = None;
    let mut farthest = 0;
    for at in members {
        let Some((references, metres)) = areas[*at].hint.as_ref().filter(|(references, _)| !references.is_empty())
        else {
            // One side with a name and one without is no agreement.
            let any = members.iter().any(|at| areas[*at].hint.as_ref().is_some_and(|hint| !hint.0.is_empty()));
            return Err(if any { Why::Disagree } else { Why::NoHint });
        };
        let mut references = references.clone();
        references.sort_unstable();
        references.dedup();
        if agreed.get_or_insert_with(|| references.clone()) != &references {
            return Err(Why::Disagree);
        }
        farthest = farthest.max(*metres);
    }
    match agreed {
        Some(references) if farthest <= WEAK_M => Ok((references, farthest <= HINT_M)),
        Some(_) => Err(Why::FarHint),
        None => Err(Why::NoHint),
    }
}

/// The sites that stay on a road, in its order, and why the others do not.
fn settle(
    firm: &[usize],
    weak: &[usize],
    sites: &[Site],
    points: &[Point],
    areas: &[Area],
) -> (Vec<usize>, Vec<(usize, Why)>) {
    let mut members = firm.to_vec();
    let mut out = Vec::new();
    let mut path = loop {
        let centres: Vec<Point> = members.iter().map(|at| sites[*at].centre).collect();
        let Some(order) = chain::order(&centres) else {
            return (Vec::new(), members.into_iter().map(|at| (at, Why::Fork)).chain(out).collect());
        };
        let path: Vec<usize> = order.into_iter().map(|at| members[at]).collect();
        let against = (0..path.len()).filter_map(|at| match pair(&path, at, sites, points) {
            // What a file says of the road is not for geometry to deny.
            Some(Pair::Against { turn_deg }) if !is_said(&sites[path[at]], areas) => Some((turn_deg, path[at])),
            _ => None,
        });
        let Some((_, worst)) = against.max_by(|a, b| a.0.total_cmp(&b.0)) else { break path };
        members.retain(|at| *at != worst);
        out.push((worst, Why::Against));
    };
    let frame = path.clone();
    for &site in weak {
        let fits = frame.windows(2).find(|ends| fits_between(site, ends[0], ends[1], sites, points));
        if let Some(ends) = fits {
            let (from, to) = (sites[ends[0]].centre, sites[site].centre);
            // Several may fit between the same two: nearer ones first.
            let begin = path.iter().position(|at| *at == ends[0]).unwrap_or(0) + 1;
            let later = path[begin..]
                .iter()
                .position(|at| *at == ends[1] || distance_m(from, sites[*at].centre) > distance_m(from, to));
            path.insert(begin + later.unwrap_or(0), site);
        } else {
            out.push((site, Why::FarHint));
        }
    }
    (path, out)
}

fn is_said(site: &Site, areas: &[Area]) -> bool {
    site.areas.iter().any(|at| areas[*at].said.as_ref().is_some_and(|said| said.road.is_some()))
}

fn fits_between(site: usize, one: usize, other: usize, sites: &[Site], points: &[Point]) -> bool {
    let [here, from, to] = [site, one, other].map(|at| sites[at].centre);
    let (before, after) = (distance_m(from, here), distance_m(here, to));
    let detour = (before + after) / distance_m(from, to).max(1.0);
    let &[first, second] = &sites[site].areas[..] else { return false };
    let both_near = before <= side::NEIGHBOUR_M && after <= side::NEIGHBOUR_M;
    both_near
        && detour <= WEAK_DETOUR
        && matches!(judge(points[first], points[second], Some(from), Some(to)), Pair::Sides { turn_deg, .. } if turn_deg <= WEAK_DEG)
}

/// What geometry says of a site of a path; `None` when it is no pair.
fn pair(path: &[usize], at: usize, sites: &[Site], points: &[Point]) -> Option<Pair> {
    let &[first, second] = &sites[path[at]].areas[..] else { return None };
    let centre = |at: usize| path.get(at).map(|site| sites[*site].centre);
    Some(judge(points[first], points[second], at.checked_sub(1).and_then(centre), centre(at + 1)))
}

fn centre(members: &[usize], points: &[Point]) -> Point {
    match members {
        [one, other] => side::middle(points[*one], points[*other]),
        // The first stands for more: nobody asks a crowd for its side.
        _ => points[members[0]],
    }
}

#[cfg(test)]
mod tests;
