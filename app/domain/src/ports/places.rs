//! Regions as a person picks them.

use crate::geo::Point;

codes! {
    /// 级别.
    pub enum Level {
        /// 省、自治区、直辖市.
        Province = "province" "省级",
        /// 地级市.
        City = "city" "市级",
        /// 县、区.
        County = "county" "县级",
    }
}

/// A region.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// GB/T 2260.
    pub adcode: u32,
    /// 级别.
    pub level: Level,
    /// `金水区`.
    pub name: String,
    /// `河南省 郑州市 金水区`.
    pub path: String,
    /// A point inside it.
    pub centre: Point,
    /// Whether there is anything below it to choose.
    pub has_children: bool,
}

/// The regions of the country.
pub trait Places: Send + Sync {
    /// All provinces.
    fn provinces(&self) -> Vec<Place>;
    /// What lies below one; empty for a county, or no such region.
    fn children(&self, adcode: u32) -> Vec<Place>;
    /// One region.
    fn by_adcode(&self, adcode: u32) -> Option<Place>;
    /// The county whose polygon contains a point.
    fn county_of(&self, point: Point) -> Option<Place>;
    /// Regions whose name starts with or contains the words, best first, at most `limit`.
    fn find(&self, words: &str, limit: usize) -> Vec<Place>;
    /// Outlines of a province (or the country, adcode 100000) as `GeoJSON` bytes.
    fn outline(&self, adcode: u32) -> Option<&'static [u8]>;
}
