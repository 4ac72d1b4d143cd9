//! Whether a truck fits where it wants to rest.

/// What a place says of the vehicles it takes; `None` is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "server", serde(default))]
pub struct Vehicle {
    /// 限高: the highest vehicle that gets in, in centimetres.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub max_height_cm: Option<u32>,
    /// The longest vehicle there is a space for, in centimetres.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub max_length_cm: Option<u32>,
    /// Whether vehicles with dangerous goods (危险品) are let in.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub hazardous: Option<bool>,
}

/// The truck that asks; `None` is not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Truck {
    /// Height with its load, in centimetres.
    pub height_cm: Option<u32>,
    /// Length, in centimetres.
    pub length_cm: Option<u32>,
    /// Carries dangerous goods.
    pub hazardous: bool,
}

impl Vehicle {
    /// Whether a truck fits: `Some(false)` as soon as one limit is known to be broken, `Some(true)`
    /// only when everything the truck says has an answer here, `None` otherwise.
    #[must_use]
    pub fn fits(&self, truck: &Truck) -> Option<bool> {
        let within = |size: Option<u32>, limit: Option<u32>| match (size, limit) {
            (Some(size), Some(limit)) => Some(size <= limit),
            // A truck that does not say its size is not stopped by a limit, nor cleared by it.
            (Some(_), None) | (None, Some(_)) => None,
            (None, None) => Some(true),
        };
        let goods = if truck.hazardous { self.hazardous } else { Some(true) };
        let answers = [within(truck.height_cm, self.max_height_cm), within(truck.length_cm, self.max_length_cm), goods];
        if answers.contains(&Some(false)) {
            return Some(false);
        }
        answers.iter().all(Option::is_some).then_some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Vehicle = Vehicle { max_height_cm: Some(400), max_length_cm: Some(1_800), hazardous: Some(false) };
    const TRUCK: Truck = Truck { height_cm: Some(399), length_cm: Some(1_750), hazardous: false };

    #[test]
    fn a_truck_within_every_limit_fits() {
        assert_eq!(PLACE.fits(&TRUCK), Some(true));
        assert_eq!(PLACE.fits(&Truck { height_cm: Some(400), ..TRUCK }), Some(true), "the limit itself fits");
    }

    #[test]
    fn one_broken_limit_is_enough_even_where_the_rest_is_unknown() {
        let low = Vehicle { max_height_cm: Some(300), ..Vehicle::default() };
        assert_eq!(low.fits(&TRUCK), Some(false));
        assert_eq!(PLACE.fits(&Truck { hazardous: true, ..TRUCK }), Some(false));
    }

    #[test]
    fn what_neither_side_says_is_unknown_and_never_yes() {
        assert_eq!(Vehicle::default().fits(&TRUCK), None);
        assert_eq!(PLACE.fits(&Truck { height_cm: None, ..TRUCK }), None);
        let silent = Vehicle { hazardous: None, ..PLACE };
        assert_eq!(silent.fits(&Truck { hazardous: true, ..TRUCK }), None);
        assert_eq!(silent.fits(&TRUCK), Some(true), "dangerous goods are asked of nobody else");
    }
}
