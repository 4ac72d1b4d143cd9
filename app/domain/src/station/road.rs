//! Where a place lies along a road.

codes! {
    /// Which carriageway reaches it. 上行 and 下行 mean different things per operator, so the side is
    /// told by the stakes (桩号) and spoken as a direction (往合肥方向).
    pub enum Side {
        /// Towards higher stakes.
        StakeUp = "stake_up" "桩号增大方向",
        /// Towards lower stakes.
        StakeDown = "stake_down" "桩号减小方向",
        /// One area for both.
        Both = "both" "两个方向都能进",
        /// Not known: never offered as the next stop.
        Unknown = "unknown" "方向未知",
    }
}

/// A position along a road, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "server", serde(default))]
pub struct RoadPosition {
    /// `G60`.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub road: Option<Box<str>>,
    /// `K123+400`.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub stake: Option<Box<str>>,
    /// Code of [`Side`].
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub side: Option<Box<str>>,
    /// Spoken: `往合肥方向`.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub direction: Option<Box<str>>,
    /// The exit to leave by, for a place off the motorway.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub exit: Option<Box<str>>,
    /// Metres from that exit.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub exit_distance_m: Option<u32>,
    /// The service area it belongs to.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub service_area: Option<Box<str>>,
}

impl RoadPosition {
    /// The side; unknown when nothing, or nothing we understand, is said.
    #[must_use]
    pub fn side(&self) -> Side {
        self.side.as_deref().and_then(Side::parse).unwrap_or(Side::Unknown)
    }
}
