//! Roads along the real service areas of Anhui (`TEST_DATA`, skipped where it is not), through the store.

use crate::{
    databases::{on_each_engine, regions},
    loads::{equal, load_input, options, stations},
};
use domain::{
    geo::Point,
    ports::Roads as _,
    road::{
        Basis, Heading, Line, RoadStops, Stakes,
        derive::{Derived, exits},
    },
    station::{Kind, Side, Source, Station},
};
use server::{
    roads::Held,
    services::{
        import::{Input, Options, Unnamed},
        roads::{NewLine, along_line, derive_roads, hints, junctions, table},
    },
    store::Store,
};
use std::{path::PathBuf, sync::Arc};

fn folder() -> Option<PathBuf> {
    let data = std::env::var_os("TEST_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
    let folder = data.join("osm-anhui-highway-services");
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there (TEST_DATA)", folder.display());
    None
}

async fn imported(store: &Store, folder: &std::path::Path) -> Vec<Arc<Station>> {
    let options = Options {
        kind: Some(Kind::ServiceArea),
        source: "osm-anhui".to_owned(),
        unnamed: Unnamed::Keep,
        skip_bad: true,
        filters: vec![equal("kind", "services")],
        ..options()
    };
    let file = Input::File(folder.join("osm_anhui_services.points.csv"));
    assert!(load_input(store, file, options).await.expect("imports").landed);
    stations(store).await
}

fn derived<'a>(stations: &'a [Arc<Station>], folder: &std::path::Path) -> (Vec<&'a Station>, Derived) {
    let hints = hints(&folder.join("osm_anhui_services.points.csv")).expect("hints");
    let junctions = junctions(&folder.join("osm_anhui_motorway_junctions.wgs84.geojson")).expect("junctions");
    assert!(junctions.len() > 300, "382 have a number, some with a letter: {}", junctions.len());
    derive_roads(stations, "osm-anhui", &hints, &junctions, &regions())
}

/// Checked by hand, not by the rule: each polygon's long side lies along the carriageway, the named end
/// lies where it lies on any map, and who drives on the right has the area on his right. So a western area
/// is that of the way south, a northern one that of the way west.
const BY_HAND: [(&str, &str, &str, &str); 10] = [
    // 茶庵: long sides at 4°, road north to south. West → south.
    ("G0321", "way/471565136", "way/471565135", "往上饶方向"),
    // 白荡湖, by the lake: long sides at 160°. West → south-east.
    ("G0321", "way/1253322059", "way/1253322060", "往上饶方向"),
    // 红星: long sides at 166°. West → south.
    ("G35", "way/557992038", "way/557992039", "往广州方向"),
    // 长春, 太和县: long sides at 4°. West → south.
    ("G35", "way/1257099152", "way/1257099153", "往广州方向"),
    // 大墅, between 全椒 and 合肥: long sides at 75°. North → west.
    ("G40", "way/1174724796", "way/1174724797", "往西安方向"),
    // 新桥, by the airport of 合肥: long sides at 87°. North → west.
    ("G42", "way/869024055", "way/869024056", "往成都方向"),
    // 金沙: long sides at 18°, the road comes down from 宁国. West → south.
    ("G4012", "way/788745213", "way/788745214", "往宁德方向"),
    // 华阳, 绩溪: long sides at 47°. North-west is on the right of who drives south-west.
    ("G4012", "way/1003990995", "way/1003990994", "往宁德方向"),
    // 清溪, 含山: long sides at 58°. North-west is on the right of who drives south-west.
    ("G4221", "way/492083653", "way/492083652", "往武汉方向"),
    // 宿州 (no name): long sides at 103°. North → west.
    ("G1516", "way/478281679", "way/478281680", "往洛阳方向"),
];

#[tokio::test]
async fn the_table_of_anhui_agrees_with_ten_sites_checked_by_hand() {
    let Some(folder) = folder() else { return };
    on_each_engine(async |store| {
        let stations = imported(store, &folder).await;
        let (areas, derived) = derived(&stations, &folder);
        assert_eq!((areas.len(), derived.sites.len()), (213, 117));
        let roads = derived.sites.iter().filter(|site| site.roads.is_ok()).count();
        let sides = |site: &&domain::road::derive::Site| {
            site.roads.as_ref().is_ok_and(|roads| roads.iter().any(|(_, why)| why.is_none()))
        };
        let sides = derived.sites.iter().filter(sides).count();
        assert_eq!((roads, sides), (61, 30), "\n{}", table(&areas, &derived));
        assert_eq!(table(&areas, &derived).lines().count(), 1 + 117 + 1);

        // The table of names and the numbers of exits are two witnesses: they never contradict.
        let junctions = junctions(&folder.join("osm_anhui_motorway_junctions.wgs84.geojson")).expect("junctions");
        let named = derived.roads.iter().filter(|road| road.road.stakes == Stakes::Named);
        let exits: Vec<Heading> = named.filter_map(|road| exits::rising(&road.road.line, &junctions)).collect();
        assert_eq!(exits, [Heading::Up; 7]);
        assert!(
            derived.roads.iter().all(|road| road.road.stakes != Stakes::Unknown || road.road.code.starts_with('S'))
        );

        for (code, one, other, towards) in BY_HAND {
            let road = derived.roads.iter().find(|road| &*road.road.code == code).expect(code);
            let side = |id: &str| {
                let area = areas.iter().find(|area| &*area.source_id == id).expect(id);
                road.stops.iter().find(|stop| stop.station == area.code).expect("on the road").side
            };
            assert_eq!(road.road.direction_of(side(one)).as_deref(), Some(towards), "{one}");
            assert!(matches!(side(other), Side::StakeUp | Side::StakeDown) && side(other) != side(one), "{other}");
        }
    })
    .await;
}

#[tokio::test]
async fn driving_both_ways_through_anhui_lists_different_areas_and_never_an_unknown_side() {
    let Some(folder) = folder() else { return };
    on_each_engine(async |store| {
        let stations = imported(store, &folder).await;
        let (_, derived) = derived(&stations, &folder);
        let held = Held::default();
        held.catch_up(store).await.expect("answers");
        assert!(held.roads().is_empty());
        let mut write = store.write().await.expect("a turn");
        write.put_roads("osm-anhui", Basis::Chain, &derived.roads).await.expect("writes");
        write.finish().await.expect("lasts");
        held.catch_up(store).await.expect("answers");
        assert_eq!(held.roads().len(), derived.roads.len());

        let id = |code| stations.iter().find(|one| one.code == code).expect("imported").source_id.to_string();
        let next = |road: &RoadStops, heading| -> Vec<String> {
            let from = if heading == Heading::Up { 0 } else { road.road.line.length_m() };
            road.ahead(from, heading).next.iter().map(|coming| id(coming.stop.station)).collect()
        };
        // G35 from 亳州 to 岳西, and back.
        let road = held.road("g35").expect("derived");
        let south = ["way/1223004863", "way/1257099152", "way/594728667", "way/557992038", "way/238860485"];
        let north = ["way/238860453", "way/557992039", "way/594728666", "way/1257099153", "way/1223004864"];
        assert_eq!(road.road.towards(Heading::Up), "往广州方向");
        assert_eq!(next(&road, Heading::Up), south);
        assert_eq!(next(&road, Heading::Down), north);

        for derived in &derived.roads {
            let road = held.road(&derived.road.code).expect("stored");
            assert_eq!(
                (&road.road.line, &road.stops),
                (&derived.road.line, &derived.stops),
                "comes back as it went in"
            );
            for heading in [Heading::Up, Heading::Down] {
                let from = if heading == Heading::Up { 0 } else { road.road.line.length_m() };
                assert!(road.ahead(from, heading).next.iter().all(|coming| coming.stop.side != Side::Unknown));
            }
            let both: Vec<String> = next(&road, Heading::Down);
            assert!(next(&road, Heading::Up).iter().all(|one| !both.contains(one)), "{}", derived.road.code);
        }
    })
    .await;
}

#[tokio::test]
async fn an_imported_line_says_the_same_sides_as_the_derivation() {
    let Some(folder) = folder() else { return };
    on_each_engine(async |store| {
        let stations = imported(store, &folder).await;
        let (_, derived) = derived(&stations, &folder);
        let chain = derived.roads.iter().find(|road| &*road.road.code == "G35").expect("derived");
        // A made-up line through the middle of 红星's pair, drawn from north to south.
        let at = |lat, lng| Point::from_degrees(lat, lng).expect("on the globe");
        let line = Line::new([at(32.75, 115.956), at(32.65, 115.981)]).expect("a line");
        let source = Source { name: "drawn".into(), licence: None, attribution: None };
        let new = NewLine {
            code: "G35".into(),
            name: None,
            up: Some("广州".into()),
            down: Some("济南".into()),
            stakes: true,
            source,
        };
        let road = along_line(line, new, &stations);
        assert_eq!(road.stops.len(), 2);
        for stop in &road.stops {
            let theirs = chain.stops.iter().find(|other| other.station == stop.station).expect("of the chain");
            assert_eq!(stop.side, theirs.side);
        }
        let mut write = store.write().await.expect("a turn");
        write.put_roads("osm-anhui", Basis::Chain, std::slice::from_ref(chain)).await.expect("writes");
        write.put_roads("drawn", Basis::Line, std::slice::from_ref(&road)).await.expect("writes");
        write.finish().await.expect("lasts");
        let held = Held::default();
        held.catch_up(store).await.expect("answers");
        assert_eq!(held.road("G35").expect("stored").road.basis, Basis::Line, "a drawn line before a chain");
        assert_eq!(held.places_of(road.stops[0].station).len(), 1);
    })
    .await;
}
