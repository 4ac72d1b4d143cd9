//! Regions of the country: the tree of provinces, cities and counties, the county of a point, and
//! the outlines of the map. What ships, from where and under which licence: `data/regions/README.md`.

pub mod check;
pub mod counties;
pub mod error;
pub mod find;
pub mod outline;
pub mod places;
pub mod region;
pub mod tables;
pub mod tree;
pub mod zone;

pub use check::DistrictCheck;
pub use error::RegionsError;
pub use region::Region;
pub use tree::Regions;
