//! Stations (工会驿站, 司机之家 and their kin): what is known of a place, and what is not.

mod amenity;
mod arrival;
mod code;
mod door;
mod freshness;
mod hours;
mod kind;
mod map_link;
pub mod phrase;
mod report;
mod road;
mod search;
mod state;
mod vehicle;

pub use amenity::{Amenities, Amenity, AmenitySet, DRIVER_HOME_BASICS, Offer};
pub use arrival::{Ahead, Arrival, TIGHT_MINUTES, Way};
pub use code::Code;
pub use door::{Audience, Door};
pub use freshness::{Checked, Confirmation, Trust, Witness, amenity_confidence, confidence, days_before, freshness};
pub use hours::{
    COMPILED_DAYS, Clock, Compiled, DAY_MINUTES, DoorAt, HolidayPolicy, Hours, Schedule, Stretch, Why, compile,
};
pub use kind::Kind;
pub use map_link::MapApp;
pub use report::{
    AmenityWord, BEARS_OUT_MS, DailyDoubt, DoorWord, Near, Report, Said, Voices, borne_out, may_ask, voices,
};
pub use road::{RoadPosition, Side};
pub use search::{Facts, KindSet, Verdict, Wanted, Wish};
pub use state::{CLOSING_SOON_MINUTES, Closure, OpenState};
pub use vehicle::{Truck, Vehicle};

use crate::{
    geo::{Datum, Point},
    time::Millis,
};
use std::sync::Arc;

codes! {
    /// 核实状态.
    pub enum Verification {
        /// 未核实: nobody answerable has checked it. The default.
        Unverified = "unverified" "未核实",
        /// 已核实 by the organisation that answers for it.
        Verified = "verified" "已核实",
    }
}

/// Where rows come from; one value shared by all rows of an import.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// Short name, half of a station's identity: `zhengzhou`.
    pub name: Box<str>,
    /// `MIT`, `ODbL-1.0`.
    pub licence: Option<Box<str>>,
    /// What must be shown beside the data: `© OpenStreetMap contributors`.
    pub attribution: Option<Box<str>>,
}

/// The source name of the 示范 pack.
pub const DEMO_SOURCE: &str = "demo";
/// The source name of generated rows: for benchmarks only.
pub const SYNTHETIC_SOURCE: &str = "synthetic";

/// A place where one may rest, drink, charge, wash. `None` means not known, everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// Its public name in a URL.
    pub code: Code,
    /// What it is.
    pub kind: Kind,
    /// As its sign says; a place without a sign says so (未命名服务区).
    pub name: Box<str>,
    /// Who runs the room (most stations are hosted).
    pub host: Option<Box<str>>,
    /// To call before walking there.
    pub phone: Option<Box<str>>,
    /// As the source wrote it.
    pub address: Option<Box<str>>,
    /// County of the point by polygon (GB/T 2260), where one contains it.
    pub adcode: Option<u32>,
    /// WGS-84.
    pub point: Point,
    /// What the source's coordinates were in.
    pub datum: Datum,
    /// How one gets in.
    pub door: Option<Door>,
    /// Who may.
    pub audience: Option<Audience>,
    /// What there is.
    pub amenities: Amenities,
    /// When it is open.
    pub hours: Hours,
    /// Parking spaces for trucks.
    pub truck_spaces: Option<u32>,
    /// Which vehicles it can take.
    pub vehicle: Option<Box<Vehicle>>,
    /// Where along a road.
    pub road: Option<Box<RoadPosition>>,
    /// Closed for some days.
    pub closure: Option<Box<Closure>>,
    /// 已撤销.
    pub closed_for_good: bool,
    /// Whether somebody answerable has checked it.
    pub verification: Verification,
    /// Who last looked, and when.
    pub confirmation: Option<Confirmation>,
    /// Who last looked at a single fact, and when, where that is known apart.
    pub checked: Checked,
    /// What workers at the door say.
    pub voices: Option<Box<Voices>>,
    /// Where the row is from.
    pub source: Arc<Source>,
    /// Its identity within the source.
    pub source_id: Box<str>,
    /// Counts up by one with every change.
    pub version: u32,
    /// When it was last written.
    pub updated_at: Millis,
}

impl Station {
    /// A place of which nothing else is known.
    #[must_use]
    pub fn new(
        code: Code,
        kind: Kind,
        name: impl Into<Box<str>>,
        point: Point,
        source: Arc<Source>,
        source_id: impl Into<Box<str>>,
    ) -> Self {
        Self {
            code,
            kind,
            name: name.into(),
            host: None,
            phone: None,
            address: None,
            adcode: None,
            point,
            datum: Datum::Wgs84,
            door: None,
            audience: None,
            amenities: Amenities::default(),
            hours: Hours::default(),
            truck_spaces: None,
            vehicle: None,
            road: None,
            closure: None,
            closed_for_good: false,
            verification: Verification::Unverified,
            confirmation: None,
            checked: Checked::default(),
            voices: None,
            source,
            source_id: source_id.into(),
            version: 1,
            updated_at: 0,
        }
    }

    /// Made up by the project: marked 示范 wherever it appears.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        &*self.source.name == DEMO_SOURCE
    }

    /// Generated for benchmarks: marked as such wherever it appears.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        &*self.source.name == SYNTHETIC_SOURCE
    }

    /// The columns that filters read.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let (usable, missing) = self.amenities.sets();
        // What people say is gone is neither there nor missing: 没有写明.
        let usable = self.voices.as_deref().map_or(usable, |voices| usable.minus(voices.gone_any()));
        Facts {
            usable,
            missing,
            kind: self.kind,
            audience: self.audience,
            always: self.hours.schedule.as_ref().map(|schedule| schedule.is_round_the_clock()),
            closed_for_good: self.closed_for_good,
        }
    }
}
