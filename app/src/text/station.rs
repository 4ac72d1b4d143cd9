//! What is known of a station, in sentences.

use super::moment;
use domain::{
    station::{Amenity, Offer, OpenState, Schedule, Station, Verification, freshness},
    time::Millis,
};

/// How many amenities a row names.
const ROW_AMENITIES: usize = 5;

/// What people look for first comes first on a row.
const FIRST: [Amenity; 14] = [
    Amenity::HotWater,
    Amenity::Toilet,
    Amenity::PhoneCharging,
    Amenity::Shower,
    Amenity::TruckParking,
    Amenity::Microwave,
    Amenity::MealHeating,
    Amenity::EbikeCharging,
    Amenity::BatterySwap,
    Amenity::Laundry,
    Amenity::Meals,
    Amenity::Water,
    Amenity::Rest,
    Amenity::AcHeating,
];

/// The door in one sentence. The space before 关门 does not break.
#[must_use]
pub fn state(state: &OpenState, now: Millis) -> String {
    match state {
        OpenState::Open { closes: None } => "开放中 · 24 小时".into(),
        OpenState::Open { closes: Some(at) } => format!("开放中 · {}\u{a0}关门", moment::clock(*at, now)),
        OpenState::ClosingSoon { closes, minutes } => {
            format!("{minutes} 分钟后关门，{}", moment::clock(*closes, now))
        }
        OpenState::ClosedNow { opens: Some(at) } => format!("现在关门，{}\u{a0}开", moment::clock(*at, now)),
        OpenState::ClosedNow { opens: None } => "现在关门".into(),
        OpenState::TemporarilyClosed { until, reason } => {
            let until = until.map_or_else(String::new, |at| format!("，到 {}", moment::day(at)));
            let reason = reason.as_ref().map_or_else(String::new, |reason| format!("，{reason}"));
            format!("临时关闭{until}{reason}")
        }
        OpenState::Unknown => "时间未知".into(),
        OpenState::PermanentlyClosed => "已撤销".into(),
    }
}

/// Why the door's state is what it is, and what it does not know. `None` when nothing is left to say.
#[must_use]
pub fn doubt(station: &Station, state: &OpenState) -> Option<&'static str> {
    match state {
        OpenState::Unknown if station.hours.text.is_some() => Some("开门时间写得不清楚，去之前打电话问。"),
        OpenState::Unknown => Some("没有登记开门时间，去之前打电话问。"),
        OpenState::Open { .. } | OpenState::ClosingSoon { .. } | OpenState::ClosedNow { .. }
            if station.hours.schedule != Some(Schedule::Always) =>
        {
            Some("节假日可能不同。")
        }
        _ => None,
    }
}

/// The amenities of a row, those people look for first, with what is broken said so.
#[must_use]
pub fn have(station: &Station) -> String {
    let mut words = Vec::new();
    let others = Amenity::ALL.iter().filter(|amenity| !FIRST.contains(amenity));
    for amenity in FIRST.iter().chain(others) {
        let offer = station.amenities.get(*amenity);
        if offer.present == Some(true) {
            let broken = if offer.working == Some(false) { "\u{2060}（坏了）" } else { "" };
            words.push(format!("{}{broken}", amenity.word()));
        }
        if words.len() == ROW_AMENITIES {
            break;
        }
    }
    words.join(" ")
}

/// What is known of one amenity beside its name: `免费`, `要付钱`, `坏了`.
#[must_use]
pub const fn offer(offer: Offer) -> &'static str {
    match (offer.working, offer.free) {
        (Some(false), _) => "坏了",
        (_, Some(true)) => "免费",
        (_, Some(false)) => "要付钱",
        _ => "",
    }
}

/// The marks a reader must see wherever the station appears, with their classes.
#[must_use]
pub fn marks(station: &Station) -> Vec<(&'static str, &'static str)> {
    let mut marks = Vec::new();
    if station.is_demo() {
        marks.push(("示范", "tag"));
    } else if station.is_synthetic() {
        marks.push(("测试数据", "tag"));
    } else if station.verification == Verification::Unverified {
        marks.push(("未核实", "tag doubt"));
    }
    marks
}

/// How old the facts are.
#[must_use]
pub fn fresh(station: &Station, now: Millis) -> String {
    freshness(station.confirmation, now).0
}
