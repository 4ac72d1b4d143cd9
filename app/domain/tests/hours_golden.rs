//! What a worker sees at a door, minute by minute: the holidays and make-up days of 2025 and 2026, nights,
//! month ends, closures.

use domain::{
    calendar::{Calendar, Holiday, Notice, Ruling},
    geo::Point,
    station::{Closure, Code, HolidayPolicy, Hours, Kind, OpenState, Source, Station, Why},
    time::{Date, LocalTime, Millis},
};
use std::sync::Arc;

/// 国办发明电〔2024〕12号 and 国办发明电〔2025〕7号, day by day.
fn calendar() -> Calendar {
    use Holiday::{DragonBoat, LabourDay, MidAutumn, NationalDay, NewYear, Qingming, SpringFestival};
    let years = [
        (
            2025,
            vec![
                (NewYear, "2025-01-01", "2025-01-01", vec![]),
                (SpringFestival, "2025-01-28", "2025-02-04", vec!["2025-01-26", "2025-02-08"]),
                (Qingming, "2025-04-04", "2025-04-06", vec![]),
                (LabourDay, "2025-05-01", "2025-05-05", vec!["2025-04-27"]),
                (DragonBoat, "2025-05-31", "2025-06-02", vec![]),
                (NationalDay, "2025-10-01", "2025-10-08", vec!["2025-09-28", "2025-10-11"]),
            ],
        ),
        (
            2026,
            vec![
                (NewYear, "2026-01-01", "2026-01-03", vec!["2026-01-04"]),
                (SpringFestival, "2026-02-15", "2026-02-23", vec!["2026-02-14", "2026-02-28"]),
                (Qingming, "2026-04-04", "2026-04-06", vec![]),
                (LabourDay, "2026-05-01", "2026-05-05", vec!["2026-05-09"]),
                (DragonBoat, "2026-06-19", "2026-06-21", vec![]),
                (MidAutumn, "2026-09-25", "2026-09-27", vec![]),
                (NationalDay, "2026-10-01", "2026-10-07", vec!["2026-09-20", "2026-10-10"]),
            ],
        ),
    ];
    let mut calendar = Calendar::default();
    for (year, holidays) in years {
        let mut days = Vec::new();
        for (holiday, first, last, worked) in holidays {
            days.extend((day(first)..=day(last)).map(|day| (Date::of_day(day), Ruling::Off, holiday)));
            days.extend(worked.into_iter().map(|text| (date(text), Ruling::MakeUp, holiday)));
        }
        let notice = Notice { year, number: "".into(), published: None, source: "test".into() };
        calendar.add(notice, &days).expect("a notice");
    }
    calendar.add_festivals([(date("2027-01-01"), NewYear), (date("2027-02-05"), SpringFestival)]);
    calendar
}

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn day(text: &str) -> i64 {
    date(text).to_day().expect("a date")
}

/// `2026-10-01 08:30`, in Shanghai.
fn at(text: &str) -> Millis {
    let (date, clock) = text.split_once(' ').expect("a date and a clock");
    let (hour, minute) = clock.split_once(':').expect("a clock");
    let minute = hour.parse::<u16>().expect("an hour") * 60 + minute.parse::<u16>().expect("a minute");
    LocalTime { day: day(date), minute }.moment()
}

fn clock(moment: Millis) -> String {
    let local = LocalTime::of(moment);
    format!("{} {:02}:{:02}", &local.date().to_string()[5..], local.minute / 60, local.minute % 60)
}

/// A state in a few words.
fn words(state: &OpenState) -> String {
    let by = |unattended: &bool| if *unattended { ", nobody there" } else { "" };
    match state {
        OpenState::Open { closes: Some(at), unattended } => format!("open to {}{}", clock(*at), by(unattended)),
        OpenState::Open { closes: None, unattended } => format!("open{}", by(unattended)),
        OpenState::ClosingSoon { minutes, unattended, .. } => format!("open {minutes} more min{}", by(unattended)),
        OpenState::ClosedNow { opens: Some(at) } => format!("closed to {}", clock(*at)),
        OpenState::ClosedNow { opens: None } => "closed".into(),
        OpenState::TemporarilyClosed { .. } => "closed for some days".into(),
        OpenState::Unknown { why, .. } => format!("unknown: {}", reason(why)),
        OpenState::PermanentlyClosed => "gone".into(),
    }
}

fn reason(why: &Why) -> String {
    match why {
        Why::Holiday(holiday) | Why::NoNotice(holiday) | Why::MakeUp(holiday) => {
            format!("{} {}", why.code(), holiday.word())
        }
        Why::Comment(words) => words.to_string(),
        _ => why.code().into(),
    }
}

fn seen(text: &str, policy: HolidayPolicy, moment: &str) -> String {
    words(&OpenState::of_hours(&Hours::read(text).with_policy(policy), &calendar(), at(moment)))
}

/// Every row: hours, moment, and what is seen under follow, closed, `as_weekday`, unknown.
fn table(rows: &[(&str, &str, [&str; 4])]) {
    let policies = [HolidayPolicy::Follow, HolidayPolicy::Closed, HolidayPolicy::AsWeekday, HolidayPolicy::Unknown];
    for (text, moment, expected) in rows {
        for (policy, expected) in policies.into_iter().zip(expected) {
            assert_eq!(seen(text, policy, moment), *expected, "{text}, {moment}, {}", policy.code());
        }
    }
}

/// Every row: hours, moment, and what is seen when nobody told a policy.
fn plain(rows: &[(&str, &str, &str)]) {
    for (text, moment, expected) in rows {
        assert_eq!(seen(text, HolidayPolicy::Unknown, moment), *expected, "{text}, {moment}");
    }
}

#[test]
fn office_hours_that_speak_of_holidays() {
    const OFFICE: &str = "Mo-Fr 09:00-17:00; PH off";
    table(&[
        // A Sunday and a Saturday that are worked.
        (
            OFFICE,
            "2026-09-20 10:00",
            ["open to 09-20 17:00", "closed to 09-21 09:00", "open to 09-20 17:00", "unknown: make_up_day 国庆节"],
        ),
        (
            OFFICE,
            "2026-10-10 16:30",
            ["open 30 more min", "closed to 10-12 09:00", "open 30 more min", "unknown: make_up_day 国庆节"],
        ),
        // The Thursday after is ordinary.
        (OFFICE, "2026-10-08 10:00", ["open to 10-08 17:00"; 4]),
        (OFFICE, "2026-10-01 10:00", ["closed to 10-08 09:00"; 4]),
        (OFFICE, "2025-10-08 10:00", ["closed to 10-09 09:00"; 4]),
        (OFFICE, "2025-04-04 10:00", ["closed to 04-07 09:00"; 4]),
        (OFFICE, "2026-06-19 10:00", ["closed to 06-22 09:00"; 4]),
    ]);
}

#[test]
fn daily_hours_that_do_not_speak_of_holidays() {
    const DAILY: &str = "08:00-22:00";
    let holiday = |name: &str| format!("unknown: holiday {name}");
    let (spring, qingming) = (holiday("春节"), holiday("清明节"));
    let (national, dragon, mid_autumn) = (holiday("国庆节"), holiday("端午节"), holiday("中秋节"));
    table(&[
        (DAILY, "2025-01-28 10:00", ["closed to 02-05 08:00", "closed to 02-05 08:00", "open to 01-28 22:00", &spring]),
        (
            DAILY,
            "2025-02-04 23:00",
            ["closed to 02-05 08:00", "closed to 02-05 08:00", "closed to 02-05 08:00", &spring],
        ),
        (DAILY, "2025-02-05 10:00", ["open to 02-05 22:00"; 4]),
        (DAILY, "2026-02-23 10:00", ["closed to 02-24 08:00", "closed to 02-24 08:00", "open to 02-23 22:00", &spring]),
        (
            DAILY,
            "2026-04-05 10:00",
            ["closed to 04-07 08:00", "closed to 04-07 08:00", "open to 04-05 22:00", &qingming],
        ),
        (
            DAILY,
            "2025-10-08 10:00",
            ["closed to 10-09 08:00", "closed to 10-09 08:00", "open to 10-08 22:00", &national],
        ),
        (DAILY, "2026-06-20 10:00", ["closed to 06-22 08:00", "closed to 06-22 08:00", "open to 06-20 22:00", &dragon]),
        (
            DAILY,
            "2026-09-27 10:00",
            ["closed to 09-28 08:00", "closed to 09-28 08:00", "open to 09-27 22:00", &mid_autumn],
        ),
        // Make-up days: the same hours on every weekday, and still nobody said that it opens on this one.
        (
            DAILY,
            "2025-02-08 10:00",
            ["open to 02-08 22:00", "closed to 02-09 08:00", "open to 02-08 22:00", "unknown: make_up_day 春节"],
        ),
        (
            DAILY,
            "2026-05-09 10:00",
            ["open to 05-09 22:00", "closed to 05-10 08:00", "open to 05-09 22:00", "unknown: make_up_day 劳动节"],
        ),
    ]);
    plain(&[
        // Hours that name holidays and are the same on all weekdays hold on a make-up day too.
        ("08:00-22:00; PH off", "2026-05-09 10:00", "open to 05-09 22:00"),
        ("Mo-Su,PH 08:00-22:00", "2025-10-01 10:00", "open to 10-01 22:00"),
        ("Mo-Sa 08:00-18:00; PH 10:00-16:00", "2026-01-01 09:00", "closed to 01-01 10:00"),
    ]);
}

#[test]
fn a_make_up_day_is_worked_like_a_working_day() {
    table(&[
        // Five like days: what a Sunday would be counts for nothing.
        (
            "Mo-Fr 09:00-17:00; Sa 10:00-12:00",
            "2025-09-28 09:30",
            ["open to 09-28 17:00", "closed to 09-29 09:00", "open to 09-28 17:00", "unknown: make_up_day 国庆节"],
        ),
        (
            "Mo-Fr 09:00-17:00; Sa 10:00-12:00",
            "2026-02-28 13:00",
            ["open to 02-28 17:00", "closed to 03-02 09:00", "open to 02-28 17:00", "unknown: make_up_day 春节"],
        ),
        // On Fridays it closes at noon, and nobody said which day is made up for.
        (
            "Mo-Th 09:00-17:00; Fr 09:00-12:00",
            "2025-04-27 14:00",
            [
                "unknown: make_up_day 劳动节",
                "closed to 04-28 09:00",
                "unknown: make_up_day 劳动节",
                "unknown: make_up_day 劳动节",
            ],
        ),
    ]);
}

#[test]
fn round_the_clock_is_open_on_every_day() {
    for moment in ["2025-01-29 03:00", "2026-10-01 12:00", "2026-09-20 12:00", "2027-02-05 12:00", "2028-02-29 23:59"] {
        table(&[("24/7", moment, ["open"; 4])]);
    }
    // It does not close before a day of which nobody has said; it may well go on.
    plain(&[("00:00-24:00", "2026-09-30 10:00", "open"), ("10:00-24:00", "2026-09-30 12:00", "open to 10-01 00:00")]);
    // Round the clock by the week says nothing of holidays.
    plain(&[("00:00-24:00", "2026-10-01 12:00", "unknown: holiday 国庆节")]);
    plain(&[("24/7; PH off", "2026-10-01 12:00", "closed to 10-08 00:00")]);
}

#[test]
fn a_night_belongs_to_the_day_it_begins() {
    plain(&[
        ("22:00-08:00", "2026-11-30 23:00", "open to 12-01 08:00"),
        ("22:00-08:00", "2026-12-01 07:30", "open 30 more min"),
        ("22:00-08:00", "2026-12-01 08:00", "closed to 12-01 22:00"),
        ("Fr 22:00-04:00", "2026-11-28 03:59", "open 1 more min"),
        ("Fr 22:00-04:00", "2026-11-27 03:59", "closed to 11-27 22:00"),
        ("Fr 22:00-04:00; Sa 10:00-18:00", "2026-11-28 02:00", "open to 11-28 04:00"),
        ("Fr 22:00-04:00; Sa off", "2026-11-28 02:00", "open to 11-28 04:00"),
        // No night begins on a day that is closed.
        ("22:00-08:00; Fr off", "2026-11-28 02:00", "closed to 11-28 22:00"),
        ("22:00-08:00; Fr off", "2026-11-27 02:00", "open to 11-27 08:00"),
        // An hour that is taken out is taken out of the night too.
        ("22:00-08:00; 06:00-07:00 off", "2026-11-27 06:30", "closed to 11-27 07:00"),
        ("10:00-26:00", "2026-02-28 23:30", "unknown: make_up_day 春节"),
        ("10:00-26:00", "2027-03-01 01:30", "open 30 more min"),
        ("Mo 22:00-26:00", "2024-02-27 01:00", "open 60 more min"),
    ]);
    table(&[
        // Begun on 30 September: it runs to its end into the holiday.
        ("22:00-08:00", "2026-10-01 02:00", ["open to 10-01 08:00"; 4]),
        (
            "22:00-08:00",
            "2026-10-01 09:00",
            ["closed to 10-08 22:00", "closed to 10-08 22:00", "closed to 10-01 22:00", "unknown: holiday 国庆节"],
        ),
        // Perhaps begun on the last day off: nobody knows, though the day itself is ordinary.
        (
            "22:00-08:00",
            "2026-10-08 02:00",
            ["closed to 10-08 22:00", "closed to 10-08 22:00", "open to 10-08 08:00", "unknown: holiday 国庆节"],
        ),
        ("22:00-08:00; PH off", "2026-10-08 02:00", ["closed to 10-08 22:00"; 4]),
    ]);
}

#[test]
fn leap_days_months_and_weeks() {
    plain(&[
        ("Feb 29 10:00-12:00", "2028-02-29 10:30", "open to 02-29 12:00"),
        ("Feb 29 10:00-12:00", "2026-03-01 10:30", "closed"),
        ("Feb 20-29 10:00-12:00", "2027-02-28 10:30", "open to 02-28 12:00"),
        ("22:00-08:00", "2028-02-29 01:00", "open to 02-29 08:00"),
        ("22:00-08:00", "2028-02-29 23:00", "open to 03-01 08:00"),
        ("Apr-Sep 08:00-19:00; Oct-Mar 08:00-17:00", "2026-09-30 18:30", "open 30 more min"),
        ("Apr-Sep 08:00-19:00; Oct-Mar 08:00-17:00", "2026-10-31 18:30", "closed to 11-01 08:00"),
        ("Dec 24-Jan 2 off; 08:00-18:00", "2026-12-23 12:00", "open to 12-23 18:00"),
        ("08:00-18:00; Jul 24-Jul 28 off", "2026-07-25 12:00", "closed to 07-29 08:00"),
        ("week 1-53/2 Mo 09:00-12:00", "2026-11-30 10:00", "open to 11-30 12:00"),
        ("week 1-53/2 Mo 09:00-12:00", "2026-11-23 10:00", "closed to 11-30 09:00"),
        ("Sa[1] 09:00-12:00", "2026-11-07 10:00", "open to 11-07 12:00"),
        ("Su[-1] 09:00-12:00", "2026-11-29 10:00", "open to 11-29 12:00"),
        ("Sa[1] 09:00-12:00", "2026-11-14 10:00", "closed to 12-05 09:00"),
        ("2026 Nov 20-25 09:00-12:00", "2026-11-24 10:00", "open to 11-24 12:00"),
        ("2026 Nov 20-25 09:00-12:00", "2027-11-24 10:00", "closed"),
    ]);
}

#[test]
fn unknown_is_said_with_its_reason() {
    plain(&[
        ("问门卫", "2026-11-24 10:00", "unknown: unclear"),
        ("", "2026-11-24 10:00", "unknown: not_given"),
        ("\"预约\"", "2026-11-24 10:00", "unknown: 预约"),
        ("Mo-Fr 09:00-17:00 || \"预约\"", "2026-11-28 10:00", "unknown: 预约"),
        ("Mo-Fr 09:00-17:00 || \"预约\"", "2026-11-27 10:00", "open to 11-27 17:00"),
        ("sunrise-sunset", "2026-11-24 03:00", "unknown: sun"),
        ("17:00+", "2026-11-24 20:00", "unknown: open_end"),
        ("08:00-17:00+", "2026-11-24 16:30", "open 30 more min"),
        ("08:00-17:00+", "2026-11-24 17:00", "unknown: open_end"),
        ("Mo-Fr 09:00-17:00; SH off", "2026-11-24 10:00", "unknown: school_holiday"),
        // The notice of 2027 is not out.
        ("08:00-22:00", "2027-02-06 10:00", "unknown: no_notice 春节"),
        ("08:00-22:00; PH off", "2027-02-06 10:00", "unknown: no_notice 春节"),
        ("Mo-Su,PH 08:00-22:00", "2027-02-06 10:00", "open to 02-06 22:00"),
        ("08:00-22:00", "2027-07-15 10:00", "open to 07-15 22:00"),
    ]);
    assert_eq!(seen("08:00-22:00", HolidayPolicy::AsWeekday, "2027-02-06 10:00"), "open to 02-06 22:00");
}

#[test]
fn nobody_is_there_and_the_door_works() {
    let hours = Hours::read("Mo-Fr 09:00-17:00").with_unattended("07:00-22:00; PH 07:00-22:00");
    let seen = |moment: &str| words(&OpenState::of_hours(&hours, &calendar(), at(moment)));
    assert_eq!(seen("2026-11-24 08:00"), "open to 11-24 22:00, nobody there");
    assert_eq!(seen("2026-11-24 10:00"), "open to 11-24 22:00");
    assert_eq!(seen("2026-11-24 21:30"), "open 30 more min, nobody there");
    assert_eq!(seen("2026-11-24 23:00"), "closed to 11-25 07:00");
    // Nobody said whether staff come on the holiday; the door works.
    assert_eq!(seen("2026-10-01 10:00"), "open to 10-01 22:00, nobody there");
    assert_eq!(seen("2026-10-01 23:00"), "unknown: holiday 国庆节");
}

fn station() -> Station {
    let source = Source { name: "test".into(), licence: None, attribution: None };
    let point = Point::from_degrees(34.75, 113.63).expect("a point");
    let mut station = Station::new(Code::of_hash([1; 8]), Kind::UnionStation, "一站", point, Arc::new(source), "1");
    station.hours = Hours::read("08:00-22:00");
    station
}

#[test]
fn a_closure_holds_instead_of_the_hours_and_closed_for_good_before_all() {
    let mut station = station();
    let closure = |hours: Option<&str>| Closure {
        from: at("2026-11-24 00:00"),
        until: Some(at("2026-11-26 00:00")),
        reason: Some("停水".into()),
        by: None,
        hours: hours.map(Into::into),
    };
    let seen = |station: &Station, moment: &str| words(&station.open_state(&calendar(), at(moment)));
    station.closure = Some(Box::new(closure(None)));
    assert_eq!(seen(&station, "2026-11-23 10:00"), "open to 11-23 22:00");
    assert_eq!(seen(&station, "2026-11-24 10:00"), "closed for some days");
    assert_eq!(seen(&station, "2026-11-26 10:00"), "open to 11-26 22:00");
    station.closure = Some(Box::new(closure(Some("10:00-12:00"))));
    assert_eq!(seen(&station, "2026-11-24 09:00"), "closed to 11-24 10:00");
    assert_eq!(seen(&station, "2026-11-24 11:30"), "open 30 more min");
    // A closure that begins this afternoon ends today's opening.
    let later = Closure { from: at("2026-11-24 14:00"), ..closure(None) };
    station.closure = Some(Box::new(later));
    assert_eq!(seen(&station, "2026-11-24 10:00"), "open to 11-24 14:00");
    assert_eq!(seen(&station, "2026-11-24 13:30"), "open 30 more min");
    assert_eq!(seen(&station, "2026-11-23 10:00"), "open to 11-23 22:00");
    station.closed_for_good = true;
    assert_eq!(seen(&station, "2026-11-24 11:30"), "gone");
}
