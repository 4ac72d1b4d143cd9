//! Which vehicles a place can take.

/// What is known of the largest vehicle that gets in. `None` is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "server", serde(default))]
pub struct Vehicle {
    /// 限高, in centimetres.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub max_height_cm: Option<u32>,
    /// Longest vehicle, in centimetres.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub max_length_cm: Option<u32>,
    /// 危险货物车辆 may stay.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub hazardous: Option<bool>,
}
