//! What is known of a station, in sentences.

use super::moment;
use domain::{
    station::{Amenity, Offer, OpenState, Station, Verification, Why, confidence},
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
        OpenState::Open { closes: None, unattended: false } => "开放中 · 24\u{a0}小时".into(),
        OpenState::Open { closes: None, unattended: true } => "开放中 · 24\u{a0}小时，没人值守".into(),
        OpenState::Open { closes: Some(at), unattended } => {
            format!("开放中 · {}\u{a0}关门{}", moment::clock(*at, now), alone(*unattended))
        }
        OpenState::ClosingSoon { closes, minutes, unattended } => {
            format!("{minutes} 分钟后关门，{}{}", moment::clock(*closes, now), alone(*unattended))
        }
        OpenState::ClosedNow { opens: Some(at) } => format!("现在关门，{}\u{a0}开", moment::clock(*at, now)),
        OpenState::ClosedNow { opens: None } => "现在关门".into(),
        OpenState::TemporarilyClosed { until, reason } => {
            let until = until.map_or_else(String::new, |at| format!("，到 {}", moment::day(at)));
            let reason = reason.as_ref().map_or_else(String::new, |reason| format!("，{reason}"));
            format!("临时关闭{until}{reason}")
        }
        OpenState::Unknown { why, .. } => unknown(why),
        OpenState::PermanentlyClosed => "已撤销".into(),
    }
}

/// 无人值守, behind a sentence.
const fn alone(unattended: bool) -> &'static str {
    if unattended { "，没人值守" } else { "" }
}

/// That it is not known, and the day that makes it so. Why in full: [`doubt`].
fn unknown(why: &Why) -> String {
    match why {
        Why::Holiday(holiday) => format!("时间未知 · 今天{}放假", holiday.word()),
        Why::MakeUp(_) => "时间未知 · 今天调休上班".into(),
        Why::NoNotice(_) => "时间未知 · 放假安排还没公布".into(),
        Why::Comment(words) => format!("时间未知 · “{words}”"),
        Why::Reported => "可能没开 · 有工友说锁着".into(),
        Why::NotGiven | Why::Unclear | Why::SchoolHoliday | Why::Sun | Why::OpenEnd => "时间未知".into(),
    }
}

/// What to do when the data does not say: call, where there is a number.
#[must_use]
pub fn ask_first(station: &Station) -> &'static str {
    if phones(station).is_empty() { "也没有登记电话。" } else { "去之前打电话问。" }
}

/// The numbers of a station: as the source wrote each, and as a phone dials it.
#[must_use]
pub fn phones(station: &Station) -> Vec<(String, String)> {
    let text = station.phone.as_deref().unwrap_or_default();
    let numbers = text.split([';', '；', '/', '、', ',', '，', '|']).map(str::trim);
    numbers.filter_map(|written| Some((written.to_owned(), dialled(written)?))).collect()
}

/// What a phone dials: the digits up to an extension (转801), which is for the person to say, or to a
/// second number after a blank. `None` where that is no number (E.164: at most 15 digits with a plus).
fn dialled(written: &str) -> Option<String> {
    let mut digits = String::new();
    for letter in written.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            '０'..='９' => digits.push(char::from_digit(letter as u32 - '０' as u32, 10)?),
            '+' if digits.is_empty() => digits.push(letter),
            ' ' if digits.len() >= 11 => break,
            ' ' | '-' | '－' | '(' | ')' | '（' | '）' => {}
            _ => break,
        }
    }
    (3..=15).contains(&digits.len()).then_some(digits)
}

/// Why the door's state is what it is, and what it does not know. `None` when nothing is left to say.
#[must_use]
pub fn doubt(station: &Station, state: &OpenState) -> Option<String> {
    match state {
        OpenState::Unknown { why, .. } => {
            let why = match why {
                Why::NotGiven if station.hours.text.is_none() => "没有登记开门时间，".to_owned(),
                Why::NotGiven | Why::Unclear => "开门时间写得不清楚，".to_owned(),
                Why::Holiday(holiday) => format!("{}放假期间开不开，没有写明，", holiday.word()),
                Why::MakeUp(holiday) => format!("今天因{}调休上班，它开不开没有写明，", holiday.word()),
                Why::NoNotice(holiday) => {
                    format!("{}的放假安排还没公布，这几天开不开说不准，", holiday.word())
                }
                Why::SchoolHoliday => "开门时间跟着学校放假走，".to_owned(),
                Why::Sun => "开门时间跟着日出日落走，".to_owned(),
                Why::OpenEnd => "写了几点开，没写几点关，".to_owned(),
                Why::Comment(words) => format!("登记的原话：“{words}”，"),
                Why::Reported => "登记的时间说开着，在门口的工友说没开，".to_owned(),
            };
            Some(format!("{why}{}", ask_first(station)))
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
            let broken = match offer.working {
                Some(false) => "\u{2060}（坏了）",
                _ if super::voices::is_gone(station, *amenity) => "\u{2060}（工友说没了）",
                _ => "",
            };
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
    confidence(station.confirmation, station.voices.as_deref(), now).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        geo::Point,
        station::{Code, Kind, Source},
    };

    fn with_phone(phone: Option<&str>) -> Station {
        let source = Source { name: "test".into(), licence: None, attribution: None };
        let point = Point::from_e7(0, 0).expect("on the globe");
        let plain = Station::new(Code::of_hash([0; 8]), Kind::UnionStation, "驿站", point, source.into(), "1");
        Station { phone: phone.map(Into::into), ..plain }
    }

    #[test]
    fn every_number_is_shown_and_an_extension_is_not_dialled() {
        let numbers = |text| phones(&with_phone(Some(text)));
        let pair = |written: &str, dialled: &str| (written.to_owned(), dialled.to_owned());
        assert_eq!(
            numbers("0371-67956331;0371-60223349"),
            [pair("0371-67956331", "037167956331"), pair("0371-60223349", "037160223349")]
        );
        assert_eq!(numbers("0371-67956331转801"), [pair("0371-67956331转801", "037167956331")]);
        assert_eq!(numbers("（0371）6795 6331"), [pair("（0371）6795 6331", "037167956331")]);
        assert_eq!(numbers("13800138000 0371-67956331")[0].1, "13800138000");
        assert_eq!(numbers("６７９５６３３１")[0].1, "67956331");
        assert!(numbers("暂无").is_empty());
    }

    #[test]
    fn nobody_is_told_to_call_where_there_is_no_number() {
        assert!(ask_first(&with_phone(None)).contains("没有登记电话"));
        assert!(ask_first(&with_phone(Some("12345"))).contains("打电话"));
    }
}
