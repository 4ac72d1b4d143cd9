//! One region.

use domain::geo::Point;
use domain::ports::Level;

/// A province, city or county (行政区划).
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// GB/T 2260; Taiwan's and Hong Kong's parts carry the map's own codes.
    pub adcode: u32,
    /// What it belongs to; `None` for a province. A county of a municipality, and a county that the
    /// province governs directly (济源市), belong to the province.
    pub parent: Option<u32>,
    /// 级别. A city without districts (东莞市) is a city that has a polygon itself.
    pub level: Level,
    /// `金水区`.
    pub name: String,
    /// `郑州` for 郑州市, `瀍河区` for 瀍河回族区; often the name itself.
    pub short: String,
    /// WGS-84, inside the region. A city's is in its town.
    pub centre: Point,
    /// Whether points are looked up in it.
    pub has_polygon: bool,
    /// Whether the statistics bureau lists it. The map also has three pieces of land (a horse farm,
    /// two forests) that are nobody's county.
    pub is_listed: bool,
    /// Another code the same region goes by: one it had before, or the bureau's own.
    pub former: Option<u32>,
}

impl Region {
    /// Whether a person means this region by the word: `金水区`, `金水`, `管城区` for 管城回族区.
    #[must_use]
    pub fn is_called(&self, word: &str) -> bool {
        word == self.name || word == self.short || stem(&self.name) == Some(word)
    }
}

/// The name without its last word: `金水` of `金水区`. None where what is left is no name (`城区`).
fn stem(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(['省', '市', '区', '县', '旗'])?;
    (stem.chars().count() >= 2).then_some(stem)
}
