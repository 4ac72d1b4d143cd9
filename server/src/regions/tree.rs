//! All regions, loaded once and only read afterwards.

use std::collections::HashMap;

use domain::geo::Point;
use domain::ports::Level;

use super::counties::Counties;
use super::tables::{self, Zone};
use super::{Region, RegionsError};

const REGIONS: &[u8] = include_bytes!("../../data/regions/regions.csv");
const ZONES: &[u8] = include_bytes!("../../data/regions/zones.csv");
const COUNTIES: &[u8] = include_bytes!("../../data/regions/counties.bin");

/// The tree of regions and their polygons.
#[derive(Debug)]
pub struct Regions {
    /// By adcode.
    rows: Vec<Region>,
    /// (parent or 0, slot), in order: the children of a region stand together.
    children: Vec<(u32, usize)>,
    /// Codes a region no longer has, or never had in the national list.
    former: HashMap<u32, u32>,
    zones: Vec<Zone>,
    counties: Counties,
}

impl Regions {
    /// The regions that ship with the program.
    ///
    /// # Errors
    /// The program's own files are damaged.
    pub fn load() -> Result<Self, RegionsError> {
        Self::from_files(REGIONS, ZONES, COUNTIES)
    }

    /// The regions of three files.
    ///
    /// # Errors
    /// A file is damaged, or the polygons are not those of the table.
    pub fn from_files(regions: &[u8], zones: &[u8], counties: &[u8]) -> Result<Self, RegionsError> {
        let (regions, zones) = (tables::regions(regions)?, tables::zones(zones)?);
        let counties = Counties::read(counties)?;
        let with_polygon = regions.iter().filter(|one| one.has_polygon).map(|one| one.adcode);
        if !with_polygon.eq(counties.adcodes()) {
            return Err(RegionsError::Counts("县界和区划表"));
        }
        let mut children: Vec<_> =
            regions.iter().enumerate().map(|(slot, region)| (region.parent.unwrap_or(0), slot)).collect();
        children.sort_unstable();
        let former = regions.iter().filter_map(|region| Some((region.former?, region.adcode))).collect();
        Ok(Self { rows: regions, children, former, zones, counties })
    }

    /// Every region, by adcode.
    pub fn all(&self) -> impl Iterator<Item = &Region> {
        self.rows.iter()
    }

    /// A region by its code; a former code finds what it has become.
    #[must_use]
    pub fn by_adcode(&self, adcode: u32) -> Option<&Region> {
        let adcode = self.former.get(&adcode).copied().unwrap_or(adcode);
        let slot = self.rows.binary_search_by_key(&adcode, |region| region.adcode).ok()?;
        self.rows.get(slot)
    }

    /// The 34 provinces (省、自治区、直辖市、特别行政区).
    pub fn provinces(&self) -> impl Iterator<Item = &Region> {
        self.below(0)
    }

    /// What lies directly below a region, by adcode; nothing for a county, or for no region.
    pub fn children(&self, adcode: u32) -> impl Iterator<Item = &Region> {
        // 0 stands for the country in the list; asked from outside it is no region.
        self.below(self.by_adcode(adcode).map_or(u32::MAX, |region| region.adcode))
    }

    fn below(&self, parent: u32) -> impl Iterator<Item = &Region> {
        let first = self.children.partition_point(|(of, _)| *of < parent);
        self.children[first..].iter().take_while(move |(of, _)| *of == parent).map(|(_, slot)| &self.rows[*slot])
    }

    /// A region and what it belongs to, from the province down.
    #[must_use]
    pub fn lineage(&self, adcode: u32) -> Vec<&Region> {
        let mut lineage: Vec<_> =
            std::iter::successors(self.by_adcode(adcode), |region| self.by_adcode(region.parent?)).collect();
        lineage.reverse();
        lineage
    }

    /// `河南省 郑州市 金水区`; empty for no region.
    #[must_use]
    pub fn path(&self, adcode: u32) -> String {
        let names: Vec<_> = self.lineage(adcode).iter().map(|region| region.name.as_str()).collect();
        names.join(" ")
    }

    /// The county whose polygon contains a point; a city without districts, or Macao, where there is
    /// no county. `None` at sea, abroad, and on a pier that the map does not have.
    #[must_use]
    pub fn county_of(&self, point: Point) -> Option<&Region> {
        self.by_adcode(self.counties.county_of(point)?)
    }

    /// The city a region lies in or is; the province where no city stands between.
    #[must_use]
    pub fn city_of(&self, adcode: u32) -> Option<&Region> {
        let lineage = self.lineage(adcode);
        lineage.iter().find(|region| region.level == Level::City).or(lineage.first()).copied()
    }

    /// The zones of the bureau's list.
    #[must_use]
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// Bytes that the polygons hold in memory.
    #[must_use]
    pub fn polygon_bytes(&self) -> usize {
        self.counties.bytes()
    }
}

/// The shipped regions, loaded once for all tests.
#[cfg(test)]
pub(crate) fn shipped() -> &'static Regions {
    static SHIPPED: std::sync::LazyLock<Regions> =
        std::sync::LazyLock::new(|| Regions::load().expect("the shipped regions load"));
    &SHIPPED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_hangs_from_a_province() {
        let regions = shipped();
        assert_eq!(regions.provinces().count(), 34);
        for region in regions.all() {
            let lineage = regions.lineage(region.adcode);
            assert_eq!(lineage.last(), Some(&region));
            assert_eq!(lineage[0].level, Level::Province, "{}", region.name);
            assert!(lineage.is_sorted_by(|above, below| above.level < below.level), "{}", region.name);
            if let Some(parent) = region.parent {
                assert!(regions.children(parent).any(|child| child == region), "{}", region.name);
            }
        }
    }

    #[test]
    fn every_centre_lies_in_its_own_county() {
        let regions = shipped();
        let counties: Vec<_> = regions.all().filter(|region| region.has_polygon).collect();
        assert_eq!(counties.len(), 2_891);
        for county in counties {
            assert_eq!(regions.county_of(county.centre), Some(county), "{}", county.name);
        }
    }

    #[test]
    fn every_centre_of_a_city_or_province_lies_in_it() {
        let regions = shipped();
        for region in regions.all().filter(|region| region.level != Level::County) {
            let county = regions.county_of(region.centre).expect("a centre on land");
            assert!(regions.lineage(county.adcode).contains(&region), "{}: {}", region.name, county.name);
        }
    }

    #[test]
    fn every_region_without_children_has_a_polygon_except_the_one_the_map_lacks() {
        let regions = shipped();
        let without: Vec<_> = regions
            .all()
            .filter(|region| !region.has_polygon && regions.children(region.adcode).next().is_none())
            .map(|region| region.name.as_str())
            .collect();
        assert_eq!(without, ["加格达奇区"]);
    }

    #[test]
    fn a_path_names_province_city_and_county_without_made_up_levels() {
        let regions = shipped();
        for (adcode, path) in [
            (410_105, "河南省 郑州市 金水区"),
            (110_101, "北京市 东城区"),
            (419_001, "河南省 济源市"),
            (441_900, "广东省 东莞市"),
            (710_021, "台湾省 宜兰县"),
            (820_000, "澳门特别行政区"),
            (540_481, "西藏自治区 林芝市 米林市"),
            (999_999, ""),
        ] {
            assert_eq!(regions.path(adcode), path);
        }
    }

    #[test]
    fn a_code_a_region_had_before_still_finds_it() {
        let regions = shipped();
        for (former, adcode) in [(540_422, 540_481), (540_530, 540_581), (620_201, 620_200), (232_761, 232_718)] {
            assert_eq!(regions.by_adcode(former).map(|region| region.adcode), Some(adcode));
        }
        assert_eq!(regions.by_adcode(0), None);
        assert_eq!(regions.children(0).count(), 0, "0 is no region");
    }

    #[test]
    fn the_sea_and_abroad_are_in_no_county() {
        let regions = shipped();
        for (lat, lng) in [(30.0, 126.0), (35.68, 139.76), (0.0, 0.0), (-90.0, -180.0), (90.0, 180.0)] {
            assert_eq!(regions.county_of(Point::from_degrees(lat, lng).expect("on earth")), None);
        }
    }

    #[test]
    fn the_polygons_take_at_most_25_megabytes_and_the_file_2_5() {
        assert!(shipped().polygon_bytes() <= 25_000_000);
        assert!(COUNTIES.len() <= 2_500_000);
    }

    #[test]
    fn polygons_of_another_table_are_refused() {
        let lacking =
            String::from_utf8_lossy(REGIONS).replace("540481,540400,county,米林市,", "540482,540400,county,米林市,");
        assert!(matches!(Regions::from_files(lacking.as_bytes(), ZONES, COUNTIES), Err(RegionsError::Counts(_))));
    }
}
