//! What a place offers: tags, because every province's standard lists others.

use crate::time::Millis;

codes! {
    /// A facility or service. Standards (七个一, 6+X, 10+X …) are named check lists over these.
    pub enum Amenity {
        /// Drinking water of any temperature.
        Water = "water" "饮水",
        /// Hot water.
        HotWater = "hot_water" "热水",
        /// A way to warm a meal.
        MealHeating = "meal_heating" "热饭",
        /// A microwave oven.
        Microwave = "microwave" "微波炉",
        /// A refrigerator.
        Fridge = "fridge" "冰箱",
        /// Sockets or cables for phones.
        PhoneCharging = "phone_charging" "手机充电",
        /// Charging of electric bicycles.
        EbikeCharging = "ebike_charging" "电动车充电",
        /// Swapping of e-bike batteries.
        BatterySwap = "battery_swap" "换电",
        /// A place to rest.
        Rest = "rest" "休息",
        /// Tables and chairs.
        Seating = "seating" "桌椅",
        /// Air conditioning or heating.
        AcHeating = "ac_heating" "空调取暖",
        /// Out of the rain.
        Shelter = "shelter" "避雨",
        /// Umbrellas, rain coats.
        RainGear = "rain_gear" "雨具",
        /// A toilet.
        Toilet = "toilet" "卫生间",
        /// A women's toilet.
        WomensToilet = "womens_toilet" "女厕",
        /// Step-free access.
        Wheelchair = "wheelchair" "无障碍",
        /// A room to nurse a child.
        NursingRoom = "nursing_room" "母婴室",
        /// A first-aid box.
        FirstAid = "first_aid" "药箱",
        /// A defibrillator.
        Aed = "aed" "AED",
        /// A blood-pressure monitor.
        BpMonitor = "bp_monitor" "血压计",
        /// A tyre pump.
        AirPump = "air_pump" "打气筒",
        /// A tool box.
        ToolKit = "tool_kit" "工具箱",
        /// Wi-Fi.
        Wifi = "wifi" "Wi-Fi",
        /// Books and newspapers.
        Reading = "reading" "阅览",
        /// Legal advice on some days.
        LegalDesk = "legal_desk" "法律咨询",
        /// Joining the union on the spot.
        JoinDesk = "join_desk" "入会办理",
        /// Parking for trucks.
        TruckParking = "truck_parking" "停车",
        /// A shower.
        Shower = "shower" "淋浴",
        /// A washing machine.
        Laundry = "laundry" "洗衣",
        /// Meals to buy.
        Meals = "meals" "餐饮",
        /// A kitchen to cook in.
        SharedKitchen = "shared_kitchen" "共享厨房",
        /// Beds.
        Beds = "beds" "住宿",
        /// Fuel.
        Fuel = "fuel" "加油",
        /// Charging of electric vehicles.
        EvCharging = "ev_charging" "充电桩",
        /// Repairs.
        Repair = "repair" "维修",
        /// Water for the vehicle.
        AddWater = "add_water" "加水",
    }
}

/// The five free basic services of a 司机之家 (交办运函〔2025〕1059号).
pub const DRIVER_HOME_BASICS: [Amenity; 5] =
    [Amenity::TruckParking, Amenity::HotWater, Amenity::MealHeating, Amenity::Shower, Amenity::Laundry];

/// What is known of one amenity at one station. `None` is not known, which is neither yes nor no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
pub struct Offer {
    /// It is there.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Option::is_none"))]
    pub present: Option<bool>,
    /// It costs nothing.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Option::is_none"))]
    pub free: Option<bool>,
    /// It works.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Option::is_none"))]
    pub working: Option<bool>,
    /// When somebody last looked.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Option::is_none"))]
    pub verified_at: Option<Millis>,
}

impl Offer {
    /// Usable: there and not known to be broken. `None` when nothing is said.
    #[must_use]
    pub const fn usable(self) -> Option<bool> {
        match (self.present, self.working) {
            (Some(false), _) | (Some(true), Some(false)) => Some(false),
            (Some(true), _) => Some(true),
            (None, _) => None,
        }
    }
}

/// A set of amenities, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AmenitySet(u64);

const _: () = assert!(Amenity::ALL.len() <= 64, "one bit each");

impl AmenitySet {
    /// Nothing.
    pub const EMPTY: Self = Self(0);

    /// With one more.
    #[must_use]
    pub const fn with(self, amenity: Amenity) -> Self {
        Self(self.0 | 1 << amenity as u8)
    }

    /// With one less.
    #[must_use]
    pub const fn without(self, amenity: Amenity) -> Self {
        Self(self.0 & !(1 << amenity as u8))
    }

    /// Those that are not in `others`.
    #[must_use]
    pub const fn minus(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether it is in.
    #[must_use]
    pub const fn contains(self, amenity: Amenity) -> bool {
        self.0 >> (amenity as u8) & 1 == 1
    }

    /// Whether all of `others` are in.
    #[must_use]
    pub const fn contains_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether any of `others` is in.
    #[must_use]
    pub const fn contains_any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether none is in.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those in, in the order they are shown.
    pub fn iter(self) -> impl Iterator<Item = Amenity> {
        Amenity::ALL.iter().copied().filter(move |amenity| self.contains(*amenity))
    }
}

impl FromIterator<Amenity> for AmenitySet {
    fn from_iter<I: IntoIterator<Item = Amenity>>(amenities: I) -> Self {
        amenities.into_iter().fold(Self::EMPTY, Self::with)
    }
}

/// Everything known of a station's amenities, sorted by amenity, each at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amenities(Box<[(Amenity, Offer)]>);

impl Amenities {
    /// What is known of one; nothing when the data does not speak of it.
    #[must_use]
    pub fn get(&self, amenity: Amenity) -> Offer {
        self.0.binary_search_by_key(&amenity, |(known, _)| *known).map(|at| self.0[at].1).unwrap_or_default()
    }

    /// All that is known, in the order it is shown.
    pub fn iter(&self) -> impl Iterator<Item = (Amenity, Offer)> + '_ {
        self.0.iter().copied()
    }

    /// Those usable, and those known not to be.
    #[must_use]
    pub fn sets(&self) -> (AmenitySet, AmenitySet) {
        let of = |wanted: bool| {
            self.iter().filter(|(_, offer)| offer.usable() == Some(wanted)).map(|(amenity, _)| amenity).collect()
        };
        (of(true), of(false))
    }
}

impl FromIterator<(Amenity, Offer)> for Amenities {
    fn from_iter<I: IntoIterator<Item = (Amenity, Offer)>>(offers: I) -> Self {
        let mut offers: Vec<_> = offers.into_iter().collect();
        offers.sort_by_key(|(amenity, _)| *amenity);
        offers.dedup_by_key(|(amenity, _)| *amenity);
        Self(offers.into_boxed_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_own_and_reads_back() {
        for amenity in Amenity::ALL {
            assert_eq!(Amenity::parse(amenity.code()), Some(*amenity));
            assert_eq!(AmenitySet::EMPTY.with(*amenity).iter().collect::<Vec<_>>(), [*amenity]);
        }
        assert_eq!(Amenity::parse("sauna"), None);
    }

    #[test]
    fn a_broken_thing_is_not_usable_and_silence_is_neither() {
        let offer = |present, working| Offer { present, working, ..Offer::default() }.usable();
        assert_eq!(offer(Some(true), None), Some(true));
        assert_eq!(offer(Some(true), Some(false)), Some(false));
        assert_eq!(offer(Some(false), None), Some(false));
        assert_eq!(offer(None, None), None);
        assert_eq!(Amenities::default().get(Amenity::Shower), Offer::default());
    }
}
