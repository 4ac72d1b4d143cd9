//! Names that look like a district and are none (功能区: 高新区, 经开区, 郑东新区, 航空港区).
//!
//! Such a zone has an administration and no code in GB/T 2260; it lies within one county or across
//! several, so no polygon can confirm it. A name is taken for one when no county of the city is
//! called so and either the statistics bureau lists it for that city, or it ends as zones do.

use super::Regions;

/// How zones end. 新区 and 示范区 are also how a few counties end (浦东新区): within their own city
/// those are counties.
const ENDINGS: [&str; 27] = [
    "高新区",
    "高新技术区",
    "经开区",
    "开发区",
    "新区",
    "新城",
    "新城区",
    "航空港区",
    "空港区",
    "临港区",
    "临空区",
    "实验区",
    "试验区",
    "示范区",
    "管理区",
    "工业区",
    "产业区",
    "园区",
    "保税区",
    "自贸区",
    "合作区",
    "功能区",
    "集聚区",
    "聚集区",
    "名胜区",
    "度假区",
    "科技城",
];

impl Regions {
    /// Whether a name that a row gives as its district is a zone without a border, in the city (or
    /// municipality, or province-governed county) of a region.
    #[must_use]
    pub fn is_functional_zone(&self, adcode: u32, name: &str) -> bool {
        let Some(city) = self.city_of(adcode) else { return false };
        let own = |name: &str| self.children(city.adcode).any(|county| county.is_called(name));
        if name.is_empty() || own(name) {
            return false;
        }
        // 郑州市高新区 and 郑州高新区 are 高新区; 南昌县 was found above.
        let rest = [&city.name, &city.short].into_iter().find_map(|city| name.strip_prefix(city.as_str()));
        if rest.is_some_and(own) {
            return false;
        }
        let listed = |zone: &super::tables::Zone| zone.parent == city.adcode && zone.name == name;
        self.zones().iter().any(listed) || ENDINGS.iter().any(|ending| rest.unwrap_or(name).ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use crate::regions::tree::shipped;

    const ZHENGZHOU: u32 = 410_100;
    const SHANGHAI: u32 = 310_000;

    #[test]
    fn zones_of_a_city_are_told_by_how_they_end_or_by_the_bureaus_list() {
        let regions = shipped();
        for name in ["高新区", "经开区", "郑东新区", "航空港区", "郑州高新区", "郑州市经济技术开发区"]
        {
            assert!(regions.is_functional_zone(ZHENGZHOU, name), "{name}");
        }
        assert!(regions.is_functional_zone(410_105, "郑州航空港经济综合实验区"), "asked for a county of the city");
        assert!(regions.is_functional_zone(232_700, "松岭区"), "listed by the bureau, ends like any district");
    }

    #[test]
    fn a_county_is_no_zone_in_its_own_city() {
        let regions = shipped();
        for (city, name) in [
            (ZHENGZHOU, "金水区"),
            (ZHENGZHOU, "郑州市金水区"),
            (SHANGHAI, "浦东新区"),
            (120_000, "滨海新区"),
            (340_100, "肥东县"),
        ] {
            assert!(!regions.is_functional_zone(city, name), "{name}");
        }
    }

    #[test]
    fn a_county_of_another_city_is_no_zone_here() {
        assert!(!shipped().is_functional_zone(ZHENGZHOU, "东城区"));
        assert!(!shipped().is_functional_zone(ZHENGZHOU, ""));
        assert!(!shipped().is_functional_zone(999_999, "高新区"), "no such region");
    }
}
