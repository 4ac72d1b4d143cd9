use super::*;
use crate::{
    calendar::{Holiday, Notice, Ruling},
    station::HolidayPolicy,
    time::Date,
};
use proptest::prelude::*;

const TEXTS: [&str; 22] = [
    "",
    "问门卫",
    "24/7",
    "00:00-24:00",
    "08:00-22:00",
    "22:00-08:00",
    "Mo-Fr 09:00-17:00; PH off",
    "Mo-Fr 08:30-12:00,14:00-17:30",
    "Mo-Th 09:00-17:00; Fr 09:00-12:00",
    "Mo-Sa 10:00-26:00; PH 10:00-16:00",
    "Apr-Sep 08:00-19:00; Oct-Mar 08:00-17:00",
    "Sa[1],Su[-1] 10:00-12:00",
    "week 1-53/2 Mo 09:00-12:00",
    "Mo-Fr 09:00-17:00 || \"预约\"",
    "\"敲门\"",
    "17:00+",
    "08:00-17:00+",
    "sunrise-sunset",
    "Mo-Fr 09:00-17:00; SH off",
    "22:00-08:00; 06:00-07:00 off",
    "24/7; Su off",
    "2026 Oct 01-07 off; 07:00-23:00",
];

fn day(text: &str) -> i64 {
    Date::parse(text).and_then(Date::to_day).expect("a date")
}

fn calendar() -> Calendar {
    let mut calendar = Calendar::default();
    let mut days: Vec<_> = (day("2026-10-01")..=day("2026-10-07"))
        .map(|day| (Date::of_day(day), Ruling::Off, Holiday::NationalDay))
        .collect();
    days.extend(
        ["2026-09-20", "2026-10-10"]
            .map(|text| (Date::parse(text).expect("a date"), Ruling::MakeUp, Holiday::NationalDay)),
    );
    let notice = Notice { year: 2026, number: "".into(), published: None, source: "test".into() };
    calendar.add(notice, &days).expect("a notice");
    calendar.add_festivals([(Date::parse("2027-01-01").expect("a date"), Holiday::NewYear)]);
    calendar
}

fn all() -> Vec<Hours> {
    let hours =
        TEXTS.iter().flat_map(|text| HolidayPolicy::ALL.iter().map(|policy| Hours::read(text).with_policy(*policy)));
    hours.chain([Hours::read("Mo-Fr 09:00-17:00").with_unattended("06:00-23:00")]).collect()
}

#[test]
fn bytes_read_back_and_every_stretch_is_there() {
    let (calendar, hours) = (calendar(), all());
    for first in ["2026-09-15", "2026-11-24", "2026-12-20"].map(day) {
        let compiled = compile(&hours, &calendar, first, COMPILED_DAYS);
        let read = Compiled::from_bytes(&compiled.to_bytes()).expect("our own bytes");
        assert_eq!(read, compiled);
        for (place, hours) in hours.iter().enumerate() {
            for stretch in hours.stretches(&calendar, first, COMPILED_DAYS) {
                for at in [stretch.from, stretch.to - 1] {
                    assert_eq!(read.door_at(place, at), Some(&stretch.door), "{:?} {at}", hours.text);
                }
            }
        }
        let (from, to) = read.reach();
        assert_eq!([read.door_at(0, from - 1), read.door_at(0, to), read.door_at(hours.len(), from)], [None; 3]);
    }
}

#[test]
fn many_schedules_are_few_bytes() {
    let daily: Vec<_> =
        (0..24).flat_map(|from| (1..24).map(move |to| format!("{from:02}:00-{:02}:30", (from + to) % 24))).collect();
    let hours: Vec<_> = daily.iter().map(|text| Hours::read(text).with_policy(HolidayPolicy::AsWeekday)).collect();
    let bytes = compile(&hours, &calendar(), day("2026-03-01"), COMPILED_DAYS).to_bytes();
    assert!(bytes.len() <= 20 * hours.len(), "{} bytes for {} schedules", bytes.len(), hours.len());
}

#[test]
fn no_answer_is_given_where_too_little_is_told() {
    let compiled = compile(&[Hours::read("08:00-22:00; Dec off")], &calendar(), day("2026-11-28"), 10);
    let at = |text: &str, hour: i64| LocalTime { day: day(text), minute: 0 }.moment() + hour * 3_600_000;
    assert!(matches!(compiled.state_at(0, at("2026-11-30", 10)), Some(OpenState::Open { closes: Some(_), .. })));
    // Closed for all of the days left: five of them do not say for how long.
    assert_eq!(compiled.state_at(0, at("2026-12-03", 10)), None);
}

proptest! {
    #[test]
    fn the_phone_sees_what_the_server_sees(place in 0..TEXTS.len() * 4 + 1, first in 0..300_i64, minute in 0..50 * 1440_i64) {
        let (calendar, hours) = (calendar(), &all()[place]);
        let first = day("2026-06-01") + first;
        let compiled = compile([hours], &calendar, first, MAX_DAYS);
        let now = LocalTime { day: first, minute: 0 }.moment() + minute * 60_000 + 1234;
        prop_assert_eq!(compiled.door_at(0, now), Some(&hours.door_at(&calendar, now)));
        let (state, seen) = (OpenState::of_hours(hours, &calendar, now), compiled.state_at(0, now));
        // The server looks 60 days ahead, this phone was told more.
        let far = now + 59 * crate::time::DAY_MS;
        let told = match &seen {
            Some(OpenState::Open { closes: Some(at), .. } | OpenState::ClosedNow { opens: Some(at) } | OpenState::Unknown { until: Some(at), .. }) => *at < far,
            _ => true,
        };
        if told {
            prop_assert_eq!(seen, Some(state));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), now in any::<i64>()) {
        if let Some(compiled) = Compiled::from_bytes(&bytes) {
            let _ = (compiled.state_at(0, now), compiled.state_at(0, compiled.reach().0));
        }
    }

    #[test]
    fn broken_bytes_are_read_or_refused(at in 0..4000_usize, by in 1..=255_u8, cut in 0..4000_usize) {
        let hours = all();
        let mut bytes = compile(&hours, &calendar(), day("2026-09-15"), COMPILED_DAYS).to_bytes();
        bytes.truncate(cut.max(1));
        let place = at % bytes.len();
        bytes[place] ^= by;
        if let Some(compiled) = Compiled::from_bytes(&bytes) {
            let (from, to) = compiled.reach();
            for schedule in 0..compiled.len().min(20) {
                let _ = (compiled.state_at(schedule, from), compiled.state_at(schedule, to - 1));
            }
        }
    }
}
