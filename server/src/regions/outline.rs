//! The outlines of the map, as they are sent.

/// The adcode that stands for the whole country.
pub const COUNTRY: u32 = 100_000;

/// A `GeoJSON` map: a `MultiPolygon` for each county of a province (of each province, for the country)
/// with `adcode` and `name`, and lines with `line`: `maritime` (the dashed line of the South China
/// Sea, on the country and 海南省) and `undefined` (a border not yet defined, on the country).
///
/// Its `credit` has to stand on the map. `tolerance_m` says how far a drawn border may be off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The map.
    pub json: &'static [u8],
    /// The same with `Content-Encoding: br`, compressed as far as it goes: half of what compressing
    /// while it is sent would come to.
    pub brotli: &'static [u8],
}

/// The outline of a province, or of the [`COUNTRY`]; `None` for any other region.
#[must_use]
pub fn outline(adcode: u32) -> Option<Outline> {
    let is_asked = |name: &str| if adcode == COUNTRY { name == "cn" } else { name.parse() == Ok(adcode) };
    OUTLINES.iter().find(|(name, _)| is_asked(name)).map(|(_, outline)| *outline)
}

macro_rules! outlines {
    ($($name:literal),+ $(,)?) => {
        &[$((
            $name,
            Outline {
                json: include_bytes!(concat!("../../data/regions/outlines/", $name, ".json")),
                brotli: include_bytes!(concat!("../../data/regions/outlines/", $name, ".json.br")),
            },
        )),+]
    };
}

const OUTLINES: &[(&str, Outline)] = outlines![
    "cn", "110000", "120000", "130000", "140000", "150000", "210000", "220000", "230000", "310000", "320000", "330000",
    "340000", "350000", "360000", "370000", "410000", "420000", "430000", "440000", "450000", "460000", "500000",
    "510000", "520000", "530000", "540000", "610000", "620000", "630000", "640000", "650000", "710000", "810000",
    "820000",
];

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::regions::tree::shipped;

    /// About 3 km, in degrees.
    const NEAR: f64 = 0.03;

    fn map(adcode: u32) -> Value {
        serde_json::from_slice(outline(adcode).expect("has an outline").json).expect("is JSON")
    }

    fn features(map: &Value) -> &[Value] {
        map["features"].as_array().expect("a list")
    }

    /// Outer rings of a feature as (lng, lat).
    fn rings(feature: &Value) -> Vec<Vec<(f64, f64)>> {
        let parts = feature["geometry"]["coordinates"].as_array().expect("a list");
        parts.iter().map(|part| vertices(&part[0])).collect()
    }

    fn vertices(line: &Value) -> Vec<(f64, f64)> {
        let pair = |vertex: &Value| (vertex[0].as_f64().expect("lng"), vertex[1].as_f64().expect("lat"));
        line.as_array().expect("a list").iter().map(pair).collect()
    }

    fn of(map: &Value, adcode: u32) -> &Value {
        features(map).iter().find(|one| one["properties"]["adcode"] == adcode).expect("drawn")
    }

    /// Whether a place lies in a ring of island size, or within about 3 km of it.
    fn has_island(feature: &Value, lat: f64, lng: f64) -> bool {
        rings(feature).iter().any(|ring| {
            let span = |of: fn(&(f64, f64)) -> f64| {
                ring.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), one| (low.min(one), high.max(one)))
            };
            let ((west, east), (south, north)) = (span(|one| one.0), span(|one| one.1));
            let is_small = east - west < 5.0 * NEAR && north - south < 5.0 * NEAR;
            is_small && west - NEAR < lng && lng < east + NEAR && south - NEAR < lat && lat < north + NEAR
        })
    }

    #[test]
    fn taiwan_and_its_islands_are_drawn_on_the_country_and_on_the_province() {
        for (adcode, part) in [(COUNTRY, 710_000), (710_000, 710_021)] {
            let map = map(adcode);
            let part = of(&map, part);
            assert!(rings(part).iter().any(|ring| ring.len() > 20), "the main island");
            assert!(has_island(part, 25.74, 123.48), "钓鱼岛");
            assert!(has_island(part, 25.92, 124.56), "赤尾屿");
        }
    }

    #[test]
    fn the_islands_of_the_south_china_sea_and_the_dashed_line_are_drawn() {
        for adcode in [COUNTRY, 460_000] {
            let map = map(adcode);
            let islands = features(&map).iter().filter(|one| one["properties"]["adcode"].is_u64()).flat_map(rings);
            let southern: Vec<_> = islands.filter(|ring| ring.iter().all(|(_, lat)| *lat < 17.5)).collect();
            assert!(southern.len() >= 200, "{} islands", southern.len());
            assert!(southern.iter().flatten().any(|(_, lat)| *lat < 4.5), "down to 曾母暗沙");
            let dashes: Vec<_> = features(&map).iter().filter(|one| one["properties"]["line"] == "maritime").collect();
            assert_eq!(dashes.len(), 9);
            let south = dashes.iter().flat_map(|dash| vertices(&dash["geometry"]["coordinates"]));
            assert!(south.map(|(_, lat)| lat).fold(90.0, f64::min) < 3.6);
        }
    }

    #[test]
    fn every_county_is_drawn_near_its_centre_and_named() {
        let regions = shipped();
        for province in regions.provinces() {
            let map = map(province.adcode);
            let drawn: Vec<_> = features(&map).iter().filter_map(|one| one["properties"]["adcode"].as_u64()).collect();
            let counties: Vec<_> = regions
                .all()
                .filter(|region| region.has_polygon && regions.lineage(region.adcode)[0] == province)
                .collect();
            assert!(counties.iter().map(|county| u64::from(county.adcode)).eq(drawn), "{}", province.name);
            for county in counties {
                let feature = of(&map, county.adcode);
                assert_eq!(feature["properties"]["name"], county.name.as_str());
                let (lat, lng) = (county.centre.lat(), county.centre.lng());
                let all = rings(feature).concat();
                let spans = |of: fn(&(f64, f64)) -> f64, at: f64| {
                    all.iter().any(|one| of(one) <= at + 0.01) && all.iter().any(|one| of(one) >= at - 0.01)
                };
                assert!(spans(|one| one.0, lng) && spans(|one| one.1, lat), "{}", county.name);
            }
        }
    }

    #[test]
    fn every_ring_is_closed_and_has_an_area() {
        for (name, outline) in OUTLINES {
            let map: Value = serde_json::from_slice(outline.json).expect("is JSON");
            assert_eq!(map["credit"], "边界数据：天地图 GS(2024)0650号");
            for feature in features(&map).iter().filter(|one| one["properties"]["adcode"].is_u64()) {
                for ring in rings(feature) {
                    assert!(ring.len() >= 4 && ring.first() == ring.last(), "{name}: {}", feature["properties"]);
                }
            }
        }
    }

    #[test]
    fn a_map_is_at_most_40_kilobytes_on_the_way_to_the_phone() {
        assert_eq!(OUTLINES.len(), 35);
        for (name, outline) in OUTLINES {
            assert!(outline.brotli.len() <= 40_000, "{name}: {}", outline.brotli.len());
        }
        assert_eq!(outline(410_105), None, "a county has no map of its own");
    }
}
