//! What a truck driver reads of the road ahead, in few words.

use super::{distance, moment};
use domain::{
    calendar::Calendar,
    station::{Offer, OpenState, Station, TIGHT_MINUTES, Vehicle, freshness},
    time::Millis,
};

const MINUTE_MS: Millis = 60_000;

/// `23 分钟`, `1 小时 24 分钟`.
#[must_use]
pub fn minutes(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} 分钟"),
        (hours, 0) => format!("{hours} 小时"),
        (hours, rest) => format!("{hours} 小时 {rest} 分钟"),
    }
}

/// The door when one gets there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorThen {
    /// The class of its look.
    pub class: &'static str,
    /// What one finds. The phone says the same words when it counts again: `public/scripts/drive/door.js`.
    pub said: &'static str,
    /// Until when, or why; blank when there is nothing to add.
    pub more: String,
}

/// The door of a station so many minutes after `now`.
#[must_use]
pub fn door_then(station: &Station, calendar: &Calendar, now: Millis, minutes: u32) -> DoorThen {
    let then = now.saturating_add(Millis::from(minutes) * MINUTE_MS);
    let state = station.open_state(calendar, then);
    let (said, more) = match &state {
        OpenState::Open { closes: None, .. } => ("到时门开着", "24 小时".to_owned()),
        OpenState::Open { closes: Some(at), .. } => ("到时门开着", format!("{} 关门", moment::clock(*at, now))),
        OpenState::ClosingSoon { closes, minutes, .. } => {
            let said = if *minutes <= TIGHT_MINUTES { "可能来不及" } else { "到时快关门" };
            (said, format!("{} 关门", moment::clock(*closes, now)))
        }
        OpenState::ClosedNow { opens } => {
            ("到时关着门", opens.map_or_else(String::new, |at| format!("{} 开", moment::clock(at, now))))
        }
        OpenState::TemporarilyClosed { until, reason } => {
            let until = until.map(|at| format!("到 {}", moment::day(at)));
            let words = [until, reason.as_deref().map(str::to_owned)].into_iter().flatten().collect::<Vec<_>>();
            ("临时关闭", words.join("，"))
        }
        OpenState::Unknown { .. } => ("开门时间未知", String::new()),
        OpenState::PermanentlyClosed => ("已撤销", String::new()),
    };
    DoorThen { class: state.code(), said, more }
}

/// Whether a driver need not even slow down: closed for days, or for good.
#[must_use]
pub fn is_shut(door: &DoorThen) -> bool {
    matches!(door.class, "temporarily_closed" | "permanently_closed")
}

/// 有 / 没有 / 不知道, with its class and icon: shape and word, never colour alone.
#[must_use]
pub const fn offer(offer: Offer) -> (&'static str, &'static str, &'static str) {
    match (offer.present, offer.working, offer.free) {
        (Some(true), Some(false), _) => ("no", "warning", "坏了"),
        (Some(true), _, Some(true)) => ("yes", "check", "免费"),
        (Some(true), _, Some(false)) => ("yes", "check", "要付钱"),
        (Some(true), _, None) => ("yes", "check", "有"),
        (Some(false), ..) => ("no", "close", "没有"),
        (None, ..) => ("unsaid", "unknown", "不知道"),
    }
}

/// How many spaces there are, and who counted them when; how many are free nobody here knows.
#[must_use]
pub fn spaces(station: &Station, now: Millis) -> Option<String> {
    let spaces = station.truck_spaces?;
    let seen = freshness(station.checked.spaces.or(station.confirmation), now).0;
    Some(format!("货车位 {spaces} 个（空几个不知道），{seen}"))
}

/// 限高, 限长, 危货, as far as they are known.
#[must_use]
pub fn fit(vehicle: &Vehicle) -> Option<String> {
    let metres = |cm: u32| format!("{}.{} 米", cm / 100, cm % 100 / 10);
    let goods = vehicle.hazardous.map(|let_in| if let_in { "危险品车能进" } else { "危险品车不能进" }.to_owned());
    let words: Vec<_> = [
        vehicle.max_height_cm.map(|cm| format!("限高 {}", metres(cm))),
        vehicle.max_length_cm.map(|cm| format!("限长 {}", metres(cm))),
        goods,
    ]
    .into_iter()
    .flatten()
    .collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// How to leave the motorway for a place beside it.
#[must_use]
pub fn exit(name: &str, distance_m: Option<u32>) -> String {
    let far = distance_m.map_or_else(String::new, |metres| {
        let (number, unit) = distance::words(f64::from(metres));
        format!("，下去还有约 {number} {unit}")
    });
    format!("从“{name}”出口下{far}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        geo::Point,
        station::{Closure, Code, Hours, Kind, Source},
    };

    /// Monday 2026-11-23 10:00 in Shanghai.
    const NOW: Millis = 1_795_399_200_000;

    fn with_hours(hours: &str) -> Station {
        let source = Source { name: "test".into(), licence: None, attribution: None };
        let point = Point::from_e7(0, 0).expect("on the globe");
        let plain = Station::new(Code::of_hash([0; 8]), Kind::ServiceArea, "服务区", point, source.into(), "1");
        Station { hours: Hours::read(hours), ..plain }
    }

    fn then(hours: &str, minutes: u32) -> (&'static str, &'static str, String) {
        let DoorThen { class, said, more } = door_then(&with_hours(hours), &Calendar::default(), NOW, minutes);
        (class, said, more)
    }

    #[test]
    fn the_door_is_told_for_the_moment_of_arrival() {
        assert_eq!(then("24/7", 300), ("open", "到时门开着", "24 小时".to_owned()));
        assert_eq!(then("Mo-Su 08:00-12:00", 50).1, "到时门开着");
        assert_eq!(then("Mo-Su 08:00-12:00", 70), ("closing_soon", "到时快关门", "12:00 关门".to_owned()));
        assert_eq!(then("Mo-Su 08:00-12:00", 115).1, "可能来不及");
        assert_eq!(then("Mo-Su 08:00-12:00", 130), ("closed_now", "到时关着门", "明天 8:00 开".to_owned()));
        assert_eq!(then("Mo-Su 11:00-20:00", 70).1, "到时门开着");
        assert_eq!(then("问门卫", 70), ("unknown", "开门时间未知", String::new()));
    }

    #[test]
    fn a_place_closed_for_days_says_why_and_is_passed_over() {
        let closure = Closure { from: 0, until: None, reason: Some("匝道施工".into()), by: None, hours: None };
        let station = Station { closure: Some(Box::new(closure)), ..with_hours("24/7") };
        let door = door_then(&station, &Calendar::default(), NOW, 30);
        assert_eq!((door.said, door.more.as_str(), is_shut(&door)), ("临时关闭", "匝道施工", true));
    }

    #[test]
    fn silence_is_neither_yes_nor_no() {
        assert_eq!(offer(Offer::default()).2, "不知道");
        assert_eq!(offer(Offer { present: Some(false), ..Offer::default() }).2, "没有");
        assert_eq!(offer(Offer { present: Some(true), working: Some(false), ..Offer::default() }).2, "坏了");
    }

    #[test]
    fn what_is_known_of_the_vehicle_is_said_and_nothing_else() {
        assert_eq!(fit(&Vehicle::default()), None);
        let low = Vehicle { max_height_cm: Some(405), max_length_cm: None, hazardous: Some(false) };
        assert_eq!(fit(&low).as_deref(), Some("限高 4.0 米 · 危险品车不能进"));
        assert_eq!(minutes(144), "2 小时 24 分钟");
        assert_eq!(exit("石塘", Some(1_400)), "从“石塘”出口下，下去还有约 1.4 公里");
    }
}
