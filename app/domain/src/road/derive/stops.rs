//! From a settled chain to a road with its stops.

use super::{Area, Context, Pair, Site, Why, exits, pair};
use crate::{
    geo::Point,
    road::{Basis, Ends, Exit, Heading, Line, Road, RoadStops, Stakes, Stop},
    station::{RoadPosition, Side},
};

/// A road along the sites of a path; each site learns what became of it. `None` for a single site.
pub(super) fn along(
    reference: &str,
    path: &[usize],
    sites: &mut [Site],
    areas: &[Area],
    context: &Context<'_>,
) -> Option<RoadStops> {
    let centres: Vec<Point> = path.iter().map(|at| sites[*at].centre).collect();
    let points: Vec<Point> = areas.iter().map(|area| area.point).collect();
    let Ok(line) = Line::new(centres.iter().copied()) else {
        for at in path {
            let why = if sites[*at].areas.len() == 2 { Why::Alone } else { lack(&sites[*at]) };
            add(&mut sites[*at], reference, Some(why));
        }
        return None;
    };
    let (rising, stakes) = stakes(reference, &line, context);
    let mut path = path.to_vec();
    let line = if rising == Heading::Down {
        path.reverse();
        Line::new(centres.into_iter().rev()).ok()?
    } else {
        line
    };
    let named = context.named.iter().find(|named| *named.code == *reference);
    let ends = ends(reference, &line, stakes, context);
    let name = named.map(|named| named.name.clone());
    let road =
        Road { code: reference.into(), name, line, ends, basis: Basis::Chain, stakes, source: context.source.clone() };
    let mut stops = Vec::new();
    for at in 0..path.len() {
        let judged = pair(&path, at, sites, &points);
        let site = &mut sites[path[at]];
        let along_m = road.line.along_of(at)?;
        let (derived, why) = match judged {
            Some(Pair::Sides { first_is_right, .. }) => {
                let of = |right| if right { Side::StakeUp } else { Side::StakeDown };
                ([of(first_is_right), of(!first_is_right)], None)
            }
            Some(Pair::Against { .. }) => ([Side::Unknown; 2], Some(Why::Against)),
            Some(Pair::Alone) => ([Side::Unknown; 2], Some(Why::Alone)),
            Some(Pair::Narrow) => ([Side::Unknown; 2], Some(Why::Narrow)),
            None => ([Side::Unknown; 2], Some(lack(site))),
        };
        let said = said(site, areas, &road);
        // A file that contradicts the geometry of its own pair wins, and its neighbour is not guessed.
        let contradicted = said.iter().zip(derived).any(|(said, derived)| {
            matches!((said, derived), (Some(said), derived) if *said != derived && derived != Side::Unknown)
        });
        for (position, area) in site.areas.iter().enumerate() {
            let file = areas[*area].said.as_ref();
            let own = said.get(position).copied().flatten();
            let guess =
                if contradicted { Side::Unknown } else { derived.get(position).copied().unwrap_or(Side::Unknown) };
            let basis = match (own, guess, why) {
                (Some(_), ..) => "资料写明",
                (None, Side::Unknown, Some(why)) => why.word(),
                (None, Side::Unknown, None) => Why::Disagree.word(),
                (None, ..) => "靠右行驶：这一对服务区的位置和前后服务区的连线一致",
            };
            stops.push(Stop {
                station: areas[*area].station,
                along_m,
                side: own.unwrap_or(guess),
                derived: own.is_none(),
                exit: file.and_then(exit),
                basis: basis.into(),
            });
        }
        let all_said = said.iter().all(Option::is_some);
        let why = if all_said {
            None
        } else if contradicted {
            Some(Why::Disagree)
        } else {
            why
        };
        add(site, reference, why);
    }
    Some(RoadStops::new(road, stops))
}

/// Why a site that is no pair has no sides.
fn lack(site: &Site) -> Why {
    if site.areas.len() > 2 { Why::Crowded } else { Why::Single }
}

fn add(site: &mut Site, reference: &str, why: Option<Why>) {
    match &mut site.roads {
        Ok(roads) => roads.push((reference.into(), why)),
        Err(_) => site.roads = Ok(vec![(reference.into(), why)]),
    }
}

fn exit(said: &RoadPosition) -> Option<Exit> {
    Some(Exit { name: said.exit.clone()?, distance_m: said.exit_distance_m })
}

/// The sides that files themselves say; a direction in words counts where it names one end of the road.
fn said(site: &Site, areas: &[Area], road: &Road) -> Vec<Option<Side>> {
    let of = |said: &RoadPosition| {
        if said.side() != Side::Unknown {
            return Some(said.side());
        }
        let words = said.direction.as_deref()?;
        let names = |end: Option<&str>| end.is_some_and(|end| words.contains(end));
        match (names(road.ends.up.as_deref()), names(road.ends.down.as_deref())) {
            (true, false) => Some(Side::StakeUp),
            (false, true) => Some(Side::StakeDown),
            // It says something we cannot place: its word stands, and nothing is derived over it.
            _ => Some(Side::Unknown),
        }
    };
    site.areas.iter().map(|at| areas[*at].said.as_ref().and_then(of)).collect()
}

/// Which way stakes rise along a line, and how that is known. Name and numbers that contradict each
/// other leave it unknown.
fn stakes(reference: &str, line: &Line, context: &Context<'_>) -> (Heading, Stakes) {
    let (first, last) = line.ends();
    let by_name =
        context.named.iter().find(|named| *named.code == *reference).and_then(|named| named.rising(first, last));
    match (by_name, exits::rising(line, context.junctions)) {
        (Some(name), Some(exits)) if name != exits => (Heading::Up, Stakes::Unknown),
        (Some(name), _) => (name, Stakes::Named),
        (None, Some(exits)) => (exits, Stakes::Exits),
        (None, None) => (Heading::Up, Stakes::Unknown),
    }
}

/// The places a direction is spoken by: the ends of the road's name, else the cities of the chain's ends.
fn ends(reference: &str, line: &Line, stakes: Stakes, context: &Context<'_>) -> Ends {
    if let Some(named) = context.named.iter().find(|named| *named.code == *reference)
        && stakes == Stakes::Named
    {
        return Ends { up: Some(named.to.0.clone()), down: Some(named.from.0.clone()) };
    }
    let (first, last) = line.ends();
    match ((context.city)(first), (context.city)(last)) {
        (Some(first), Some(last)) if first != last => Ends { up: Some(last.into()), down: Some(first.into()) },
        // One city at both ends tells nobody which way: the compass does.
        _ => Ends::default(),
    }
}
