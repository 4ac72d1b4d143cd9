//! The table of all sites: what was derived, and why not.

use domain::{
    road::derive::Derived,
    station::{Side, Station},
};
use std::fmt::Write as _;

/// One line a site, then the counts.
#[must_use]
pub fn table(areas: &[&Station], derived: &Derived) -> String {
    let mut text = "序号\t名称\t纬度,经度\t路\t方向（推定）\t说明\n".to_owned();
    let (mut with_road, mut with_side) = (0, 0);
    for (number, site) in derived.sites.iter().enumerate() {
        let name = site.areas.first().map_or("", |at| &areas[*at].name);
        let (mut roads, mut sides, mut why) = (Vec::new(), Vec::new(), Vec::new());
        match &site.roads {
            Err(reason) => why.push(reason.word()),
            Ok(found) => {
                with_road += 1;
                with_side += usize::from(found.iter().any(|(_, why)| why.is_none()));
                for (road, reason) in found {
                    roads.push(&**road);
                    why.extend(reason.map(domain::road::derive::Why::word));
                    sides.extend(site.areas.iter().filter_map(|at| side(areas[*at], road, derived)));
                }
            }
        }
        why.dedup();
        let dash = |text: String| if text.is_empty() { "—".to_owned() } else { text };
        writeln!(
            text,
            "{}\t{name}\t{:.4},{:.4}\t{}\t{}\t{}",
            number + 1,
            site.centre.lat(),
            site.centre.lng(),
            dash(roads.join("、")),
            dash(sides.join("；")),
            dash(why.join("；")),
        )
        .expect("writing to a string");
    }
    writeln!(
        text,
        "一共 {} 处 {} 块地方：推定出路的 {with_road} 处，推定出两边方向的 {with_side} 处",
        derived.sites.len(),
        areas.len()
    )
    .expect("writing to a string");
    text
}

/// `G36 way/1：往南京方向`.
fn side(area: &Station, road: &str, derived: &Derived) -> Option<String> {
    let on = derived.roads.iter().find(|one| &*one.road.code == road)?;
    let stop = on.stops.iter().find(|stop| stop.station == area.code)?;
    let direction = on.road.direction_of(stop.side).unwrap_or_else(|| match stop.side {
        Side::Both => Side::Both.word().to_owned(),
        _ => Side::Unknown.word().to_owned(),
    });
    Some(format!("{road} {}：{direction}", area.source_id))
}
