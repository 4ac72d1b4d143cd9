//! What the screens and the public API ask of the server, as traits: nothing here knows how it is
//! answered. All of it is answered from memory, so nothing here waits.

mod places;
mod site;
mod stations;

pub use places::{Level, Place, Places};
pub use site::{Site, Trial};
pub use stations::{
    BoundsAnswer, Found, FoundAlong, LIST_RADIUS_M, LIST_ROWS, NearbyAnswer, NearbyList, Relaxed, StationLookup,
    Stations, Unsaid,
};

use std::sync::Arc;

/// Everything a page may ask.
#[derive(Clone)]
pub struct Ports {
    /// Stations in memory.
    pub stations: Arc<dyn Stations>,
    /// Regions.
    pub places: Arc<dyn Places>,
    /// Who runs this installation.
    pub site: Arc<Site>,
}
