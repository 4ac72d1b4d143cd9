//! Whether the district a row states is the one its point lies in.

use domain::geo::Point;
use domain::ports::Level;

use super::{Region, Regions};

/// District names that say nothing outside their own city.
const COMMON_WORDS: [&str; 5] = ["城区", "郊区", "矿区", "市区", "市辖区"];

/// What comparing a point with the stated district gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DistrictCheck<'a> {
    /// The point lies in the stated district.
    Same,
    /// It lies in another one: the pin or the district is wrong.
    Different {
        /// Where the point lies.
        actual: &'a Region,
    },
    /// Nothing can be said: a zone without a border, a name nobody knows, or a point in no county.
    CannotCheck,
    /// The row states no district.
    NotStated,
}

impl Regions {
    /// Compares a point with the district that a row states, as a code or in words: `410105`,
    /// `金水区`, `郑州市金水区`, `河南省 郑州市 金水区`.
    #[must_use]
    pub fn check_district(&self, point: Point, stated: &str) -> DistrictCheck<'_> {
        let stated: String = stated.split_whitespace().collect();
        if stated.is_empty() {
            return DistrictCheck::NotStated;
        }
        // Land that is nobody's county lies inside one that the row may rightly state.
        let Some(actual) = self.county_of(point).filter(|county| county.is_listed) else {
            return DistrictCheck::CannotCheck;
        };
        match stated.parse() {
            Ok(adcode) => self.check_region(actual, self.by_adcode(adcode)),
            Err(_) => self.check_name(actual, &stated),
        }
    }

    fn check_region<'a>(&'a self, actual: &'a Region, stated: Option<&Region>) -> DistrictCheck<'a> {
        match stated {
            Some(stated) if self.lineage(actual.adcode).contains(&stated) => DistrictCheck::Same,
            Some(stated) if stated.is_listed && (stated.has_polygon || stated.level != Level::County) => {
                DistrictCheck::Different { actual }
            }
            _ => DistrictCheck::CannotCheck,
        }
    }

    fn check_name<'a>(&'a self, actual: &'a Region, stated: &str) -> DistrictCheck<'a> {
        let lineage = self.lineage(actual.adcode);
        if lineage.iter().any(|region| region.is_called(stated)) {
            return DistrictCheck::Same;
        }
        // Province and city in front of the name must be right too: there are six 鼓楼区.
        let mut name = stated;
        for level in [Level::Province, Level::City] {
            let mut above = self.all().filter(|region| region.level == level);
            let Some(found) = above.find(|region| name.starts_with(&region.name) && name != region.name) else {
                continue;
            };
            if !lineage.contains(&found) {
                return DistrictCheck::Different { actual };
            }
            name = &name[found.name.len()..];
        }
        if lineage.iter().any(|region| region.is_called(name)) {
            return DistrictCheck::Same;
        }
        let city = self.city_of(actual.adcode).unwrap_or(actual);
        let in_city = |name: &str| self.children(city.adcode).find(|county| county.is_called(name));
        let without_city = name.strip_prefix(city.short.as_str()).unwrap_or_default();
        if let Some(stated) = in_city(name).or_else(|| in_city(without_city)) {
            return self.check_region(actual, Some(stated));
        }
        if self.is_functional_zone(actual.adcode, name) || COMMON_WORDS.contains(&name) {
            return DistrictCheck::CannotCheck;
        }
        let elsewhere = self.all().find(|region| region.name == name || region.short == name);
        self.check_region(actual, elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::regions::tree::shipped;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on earth")
    }

    /// Rows of a file of the shared data; none, with a message, where that is not there.
    fn rows(file: &str) -> Option<Vec<std::collections::HashMap<String, String>>> {
        let folder = std::env::var_os("TEST_DATA")
            .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")), PathBuf::from);
        let path = folder.join(file);
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("skipped: {} is not there (set TEST_DATA)", path.display());
            return None;
        };
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let mut reader = csv::Reader::from_reader(text);
        let head = reader.headers().expect("a head").clone();
        let row =
            |record: csv::StringRecord| head.iter().zip(&record).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        Some(reader.records().map(|record| row(record.expect("a row"))).collect())
    }

    fn point(row: &std::collections::HashMap<String, String>) -> Point {
        at(row["lat_wgs84"].parse().expect("degrees"), row["lon_wgs84"].parse().expect("degrees"))
    }

    #[test]
    fn of_82_stations_in_zhengzhou_4_are_elsewhere_and_12_name_a_zone() {
        let Some(rows) = rows("zhengzhou-union-stations/zhengzhou_union_stations_real82.csv") else { return };
        let regions = shipped();
        let (mut elsewhere, mut zones) = (0, 0);
        for row in &rows {
            let check = regions.check_district(point(row), &row["district_as_given"]);
            match row["district_check"].as_str() {
                "MISMATCH" => {
                    elsewhere += 1;
                    let DistrictCheck::Different { actual } = check else { panic!("{}: {check:?}", row["name"]) };
                    assert_eq!(actual.adcode.to_string(), row["polygon_adcode"]);
                }
                "ok" => assert_eq!(check, DistrictCheck::Same, "{}", row["name"]),
                _ => {
                    zones += 1;
                    assert_eq!(check, DistrictCheck::CannotCheck, "{}", row["name"]);
                }
            }
        }
        assert_eq!((rows.len(), elsewhere, zones), (82, 4, 12));
    }

    #[test]
    fn of_215_service_areas_every_point_lies_in_the_county_of_its_code() {
        let Some(rows) = rows("osm-anhui-highway-services/osm_anhui_services.points.csv") else { return };
        let regions = shipped();
        for row in &rows {
            let county = regions.county_of(point(row)).expect("on land");
            assert_eq!(county.adcode.to_string(), row["adcode"], "{}", row["osm_id"]);
            assert_eq!(regions.check_district(point(row), &row["adcode"]), DistrictCheck::Same);
            assert_eq!(regions.check_district(point(row), &row["district"]), DistrictCheck::Same);
        }
        assert_eq!(rows.len(), 215);
    }

    /// 省政府 of 河南: 金水区.
    const JINSHUI: (f64, f64) = (34.765, 113.753);

    #[test]
    fn a_district_may_be_stated_by_code_name_short_name_or_path() {
        let regions = shipped();
        let point = at(JINSHUI.0, JINSHUI.1);
        for stated in [
            "410105",
            "金水区",
            "金水",
            "郑州市金水区",
            "郑州金水区",
            "河南省郑州市金水区",
            "河南省 郑州市 金水区",
            "郑州市",
            "410100",
            "河南省",
        ] {
            assert_eq!(regions.check_district(point, stated), DistrictCheck::Same, "{stated}");
        }
    }

    #[test]
    fn another_district_another_city_and_a_namesake_elsewhere_are_different() {
        let regions = shipped();
        let actual = regions.by_adcode(410_105).expect("金水区");
        for stated in
            ["410102", "中原区", "管城区", "郑州市中原区", "洛阳市", "东城区", "洛阳市金水区", "河北省金水区", "110101"]
        {
            let check = regions.check_district(at(JINSHUI.0, JINSHUI.1), stated);
            assert_eq!(check, DistrictCheck::Different { actual }, "{stated}");
        }
    }

    #[test]
    fn what_has_no_border_cannot_be_checked() {
        let regions = shipped();
        for stated in ["高新区", "郑州高新区", "郑东新区", "410171", "城区", "没有这个区", "加格达奇区"]
        {
            let check = regions.check_district(at(JINSHUI.0, JINSHUI.1), stated);
            assert_eq!(check, DistrictCheck::CannotCheck, "{stated}");
        }
        assert_eq!(regions.check_district(at(30.0, 126.0), "舟山市"), DistrictCheck::CannotCheck, "at sea");
        let farm = regions.by_adcode(629_700).expect("山丹马场");
        assert_eq!(regions.check_district(farm.centre, "山丹县"), DistrictCheck::CannotCheck, "nobody's county");
    }

    #[test]
    fn a_row_that_states_nothing_is_not_stated() {
        assert_eq!(shipped().check_district(at(JINSHUI.0, JINSHUI.1), " "), DistrictCheck::NotStated);
    }
}
