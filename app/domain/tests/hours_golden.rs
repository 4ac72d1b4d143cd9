//! What a worker sees at a given minute: golden rows, by the notices of 2025 and 2026.

use domain::{
    calendar::{Calendar, Holiday, Notice, Ruling},
    geo::Point,
    station::{Closure, Code, HolidayPolicy, Hours, Kind, OpenState, Source, Station, Why},
    time::{Date, LocalTime, Millis},
};
use std::sync::Arc;

const MINUTE: Millis = 60_000;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text} is a date"))
}

/// `2026-10-01 09:00` in Asia/Shanghai.
fn at(text: &str) -> Millis {
    let (day, clock) = text.split_once(' ').expect("a date and a time");
    let (hour, minute) = clock.split_once(':').expect("a time");
    let minute = hour.parse::<u16>().expect("hours") * 60 + minute.parse::<u16>().expect("minutes");
    LocalTime { day: date(day).to_day().expect("a date"), minute }.moment()
}

/// 国办发明电〔2024〕12号 and 国办发明电〔2025〕7号; of 2027 only the festivals are known.
fn calendar() -> Calendar {
    use Holiday::{DragonBoat, LabourDay, MidAutumn, NationalDay, NewYear, Qingming, SpringFestival};
    let off = [
        ("2025-01-01", 1, NewYear),
        ("2025-01-28", 8, SpringFestival),
        ("2025-04-04", 3, Qingming),
        ("2025-05-01", 5, LabourDay),
        ("2025-05-31", 3, DragonBoat),
        ("2025-10-01", 8, NationalDay),
        ("2026-01-01", 3, NewYear),
        ("2026-02-15", 9, SpringFestival),
        ("2026-04-04", 3, Qingming),
        ("2026-05-01", 5, LabourDay),
        ("2026-06-19", 3, DragonBoat),
        ("2026-09-25", 3, MidAutumn),
        ("2026-10-01", 7, NationalDay),
    ];
    let make_up = [
        ("2025-01-26", SpringFestival),
        ("2025-02-08", SpringFestival),
        ("2025-04-27", LabourDay),
        ("2025-09-28", NationalDay),
        ("2025-10-11", NationalDay),
        ("2026-01-04", NewYear),
        ("2026-02-14", SpringFestival),
        ("2026-02-28", SpringFestival),
        ("2026-05-09", LabourDay),
        ("2026-09-20", NationalDay),
        ("2026-10-10", NationalDay),
    ];
    let mut calendar = Calendar::default();
    for year in [2025, 2026] {
        let mut days = Vec::new();
        for (first, count, holiday) in off {
            let first = date(first).to_day().expect("a date");
            days.extend((first..first + count).map(|day| (Date::of_day(day), Ruling::Off, holiday)));
        }
        days.extend(make_up.map(|(day, holiday)| (date(day), Ruling::MakeUp, holiday)));
        days.retain(|(day, ..)| day.year == year);
        let notice = Notice { year, number: "test".into(), published: None, source: "test".into() };
        calendar.add(notice, &days).expect("a calendar");
    }
    calendar.add_festivals([(date("2027-02-05"), SpringFestival), (date("2027-10-01"), NationalDay)]);
    calendar
}

fn look(state: &OpenState) -> String {
    match state {
        OpenState::Open { closes: None, unattended: false } => "open".into(),
        OpenState::Open { closes: None, unattended: true } => "open alone".into(),
        OpenState::Open { closes: Some(at), unattended } => {
            format!("open{} until {}", if *unattended { " alone" } else { "" }, moment(*at))
        }
        OpenState::ClosingSoon { closes, minutes, .. } => format!("closing in {minutes} at {}", moment(*closes)),
        OpenState::ClosedNow { opens: None } => "closed".into(),
        OpenState::ClosedNow { opens: Some(at) } => format!("closed until {}", moment(*at)),
        OpenState::TemporarilyClosed { until, .. } => {
            format!("temporarily closed{}", until.map_or_else(String::new, |at| format!(" until {}", moment(at))))
        }
        OpenState::Unknown { why, .. } => match why {
            Why::Holiday(holiday) | Why::MakeUp(holiday) | Why::NoNotice(holiday) => {
                format!("unknown {} {}", why.code(), holiday.code())
            }
            other => format!("unknown {}", other.code()),
        },
        OpenState::PermanentlyClosed => "gone".into(),
    }
}

fn moment(at: Millis) -> String {
    let local = LocalTime::of(at);
    format!("{} {:02}:{:02}", local.date(), local.minute / 60, local.minute % 60)
}

fn seen(hours: &str, policy: HolidayPolicy, when: &str) -> String {
    look(&OpenState::of_hours(&Hours::read(hours).with_policy(policy), &calendar(), at(when)))
}

/// The rule of the issue: what its text does not say of a day, its policy says, and by default nobody.
#[test]
fn a_make_up_day_is_a_working_day_for_those_who_follow_the_nation() {
    use HolidayPolicy::{AsWeekday, Closed, Follow, Unknown};
    let office = "Mo-Fr 09:00-17:00; PH off";
    // Sunday 2026-09-20 and Saturday 2026-10-10 are worked.
    for day in ["2026-09-20", "2026-10-10"] {
        let noon = format!("{day} 12:00");
        let open = format!("open until {day} 17:00");
        assert_eq!(seen(office, Follow, &noon), open);
        assert_eq!(seen(office, AsWeekday, &noon), open);
        assert!(seen(office, Closed, &noon).starts_with("closed"), "{day}");
        assert_eq!(seen(office, Unknown, &noon), "unknown make_up_day national_day");
    }
    // Thursday 2026-10-08 is the first day after the holiday, an ordinary one.
    for policy in [Follow, AsWeekday, Closed, Unknown] {
        assert_eq!(seen(office, policy, "2026-10-08 12:00"), "open until 2026-10-08 17:00");
    }
}

#[test]
fn on_days_off_the_text_decides_and_where_it_is_silent_the_policy() {
    use HolidayPolicy::{AsWeekday, Closed, Follow, Unknown};
    for (hours, policy, when, expected) in [
        // National Day 2026: 10-01 (Thursday) to 10-07 (Wednesday).
        ("Mo-Fr 09:00-17:00; PH off", Unknown, "2026-10-01 12:00", "closed until 2026-10-08 09:00"),
        ("Mo-Fr 09:00-17:00; PH off", AsWeekday, "2026-10-07 12:00", "closed until 2026-10-08 09:00"),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", Unknown, "2026-10-03 11:30", "closing in 30 at 2026-10-03 12:00"),
        ("Mo-Fr 09:00-17:00", Unknown, "2026-10-01 12:00", "unknown holiday national_day"),
        ("Mo-Fr 09:00-17:00", Follow, "2026-10-01 12:00", "closed until 2026-10-08 09:00"),
        ("Mo-Fr 09:00-17:00", Closed, "2026-10-01 12:00", "closed until 2026-10-08 09:00"),
        ("Mo-Fr 09:00-17:00", AsWeekday, "2026-10-01 12:00", "open until 2026-10-01 17:00"),
        ("08:00-22:00", Unknown, "2026-10-01 12:00", "unknown holiday national_day"),
        ("08:00-22:00", AsWeekday, "2026-10-01 12:00", "open until 2026-10-01 22:00"),
        ("08:00-22:00", Follow, "2026-10-01 12:00", "closed until 2026-10-08 08:00"),
        // Spring Festival 2026: 02-15 to 02-23, worked on 02-14 and 02-28 (both Saturdays).
        ("08:00-22:00", Unknown, "2026-02-14 12:00", "unknown make_up_day spring_festival"),
        ("08:00-22:00", Follow, "2026-02-14 12:00", "open until 2026-02-14 22:00"),
        ("Mo-Fr 09:00-17:00", Follow, "2026-02-28 16:30", "closing in 30 at 2026-02-28 17:00"),
        ("Mo-Su,PH 08:00-22:00", Unknown, "2026-02-17 12:00", "open until 2026-02-17 22:00"),
        ("Mo-Su,PH 08:00-22:00", Unknown, "2026-02-28 12:00", "open until 2026-02-28 22:00"),
        // 清明 2025 and 2026.
        ("Mo-Fr 09:00-17:00; PH off", Unknown, "2025-04-04 10:00", "closed until 2025-04-07 09:00"),
        ("09:00-17:00", Unknown, "2026-04-06 10:00", "unknown holiday qingming"),
        // National Day 2025 with Mid-Autumn: 10-01 to 10-08, worked on 09-28 and 10-11.
        ("Mo-Fr 09:00-17:00", Follow, "2025-09-28 10:00", "open until 2025-09-28 17:00"),
        ("Mo-Fr 09:00-17:00", Follow, "2025-10-08 10:00", "closed until 2025-10-09 09:00"),
        ("Mo-Fr 09:00-17:00", Follow, "2025-10-11 10:00", "open until 2025-10-11 17:00"),
        // Monday to Friday differ: nobody has said which of them is made up.
        ("Mo-Th 09:00-17:00; Fr 09:00-12:00", Follow, "2026-10-10 11:00", "unknown make_up_day national_day"),
        // Round the clock speaks of every day.
        ("24/7", Unknown, "2026-10-01 03:00", "open"),
        ("24小时", Closed, "2026-10-01 03:00", "open"),
        // The notice of 2027 is not known.
        ("Mo-Fr 09:00-17:00", Unknown, "2027-10-04 12:00", "unknown no_notice national_day"),
        ("Mo-Fr 09:00-17:00", Follow, "2027-09-25 12:00", "unknown no_notice national_day"),
        ("Mo-Fr 09:00-17:00", Closed, "2027-09-25 12:00", "closed until 2027-09-27 09:00"),
        ("Mo-Fr 09:00-17:00", Unknown, "2027-07-14 12:00", "open until 2027-07-14 17:00"),
        ("24/7", Unknown, "2027-10-01 12:00", "open"),
    ] {
        assert_eq!(seen(hours, policy, when), expected, "{hours} {policy:?} {when}");
    }
}

#[test]
fn nights_month_ends_and_leap_days() {
    for (hours, when, expected) in [
        ("22:00-08:00", "2026-07-31 23:30", "open until 2026-08-01 08:00"),
        ("22:00-08:00", "2026-08-01 07:30", "closing in 30 at 2026-08-01 08:00"),
        ("22:00-08:00", "2026-08-01 08:00", "closed until 2026-08-01 22:00"),
        // The night before a holiday belongs to the day it begins.
        ("22:00-08:00", "2026-10-01 03:00", "open until 2026-10-01 08:00"),
        ("22:00-08:00", "2026-10-01 09:00", "unknown holiday national_day"),
        ("Fr 22:00-04:00; Sa 10:00-18:00", "2026-07-04 02:00", "open until 2026-07-04 04:00"),
        ("Mo-Su 20:00-26:00", "2026-07-02 01:30", "closing in 30 at 2026-07-02 02:00"),
        ("Feb 29 10:00-12:00", "2028-02-29 11:30", "closing in 30 at 2028-02-29 12:00"),
        ("Feb 29 10:00-12:00", "2026-03-01 11:00", "closed"),
        ("Feb 10:00-12:00", "2026-03-01 11:00", "closed"),
        ("Nov-Mar 09:00-17:00; Apr-Oct 08:00-19:00", "2026-07-31 18:30", "closing in 30 at 2026-07-31 19:00"),
        ("Nov-Mar 09:00-17:00; Apr-Oct 08:00-19:00", "2026-12-01 18:30", "closed until 2026-12-02 09:00"),
        ("Dec 24-Jan 5 10:00-12:00", "2026-12-31 11:30", "closing in 30 at 2026-12-31 12:00"),
        ("week 31 Mo-Fr 09:00-17:00", "2026-07-28 10:00", "open until 2026-07-28 17:00"),
        ("Sa[1] 09:00-12:00", "2026-07-04 10:00", "open until 2026-07-04 12:00"),
        ("Sa[1] 09:00-12:00", "2026-07-11 10:00", "closed until 2026-08-01 09:00"),
        ("08:00-18:00; 12:00-13:00 off", "2026-07-14 12:30", "closed until 2026-07-14 13:00"),
        ("17:00+", "2026-07-14 18:00", "unknown open_end"),
        ("08:00-17:00+", "2026-07-14 12:00", "open until 2026-07-14 17:00"),
        ("sunrise-sunset", "2026-07-14 12:00", "unknown sun"),
        ("SH 09:00-17:00", "2026-07-14 12:00", "unknown school_holiday"),
        ("\"预约\"", "2026-07-14 12:00", "unknown comment"),
        ("Mo-Fr 09:00-17:00 || \"电话预约\"", "2026-07-18 12:00", "unknown comment"),
        ("off", "2026-07-14 12:00", "closed"),
        ("工作日开放", "2026-07-14 12:00", "unknown unclear"),
        ("", "2026-07-14 12:00", "unknown not_given"),
    ] {
        assert_eq!(seen(hours, HolidayPolicy::Unknown, when), expected, "{hours} {when}");
    }
}

#[test]
fn a_door_may_work_when_nobody_is_there() {
    let hours = Hours::read("Mo-Fr 09:00-17:00").with_unattended("24/7");
    let seen = |when| look(&OpenState::of_hours(&hours, &calendar(), at(when)));
    // With staff until 17:00, and then it still does not close.
    assert_eq!(seen("2026-07-14 12:00"), "open");
    assert_eq!(seen("2026-07-14 20:00"), "open alone");
    // Nobody has said whether the staff comes on a holiday: the door opens all the same.
    assert_eq!(seen("2026-10-01 12:00"), "open alone");
    let night = Hours::read("08:00-18:00").with_unattended("18:00-22:00");
    assert_eq!(
        look(&OpenState::of_hours(&night, &calendar(), at("2026-07-14 19:00"))),
        "open alone until 2026-07-14 22:00"
    );
    assert_eq!(look(&OpenState::of_hours(&night, &calendar(), at("2026-07-14 12:00"))), "open until 2026-07-14 22:00");
}

#[test]
fn an_override_beats_the_hours_and_a_place_that_is_gone_beats_both() {
    let source = Source { name: "test".into(), licence: None, attribution: None };
    let point = Point::from_e7(0, 0).expect("on the globe");
    let station = Station {
        hours: Hours::read("08:00-22:00"),
        ..Station::new(Code::of_hash([1; 8]), Kind::UnionStation, "驿站", point, Arc::new(source), "1")
    };
    let with = |hours: Option<&str>, when: &str| {
        let closure = Closure {
            from: at("2026-07-14 00:00"),
            until: Some(at("2026-07-16 00:00")),
            reason: Some("停水".into()),
            by: None,
            hours: hours.map(Into::into),
        };
        look(&Station { closure: Some(Box::new(closure)), ..station.clone() }.open_state(&calendar(), at(when)))
    };
    assert_eq!(with(None, "2026-07-13 23:59"), "closed until 2026-07-14 08:00");
    assert_eq!(with(None, "2026-07-14 12:00"), "temporarily closed until 2026-07-16 00:00");
    assert_eq!(with(None, "2026-07-16 12:00"), "open until 2026-07-16 22:00");
    assert_eq!(with(Some("10:00-16:00"), "2026-07-14 09:00"), "closed until 2026-07-14 10:00");
    assert_eq!(with(Some("10:00-16:00"), "2026-07-14 12:00"), "open until 2026-07-14 16:00");
    let gone = Station { closed_for_good: true, hours: Hours::read("24/7"), ..station };
    assert_eq!(look(&gone.open_state(&calendar(), at("2026-07-14 12:00"))), "gone");
}

#[test]
fn stretches_cover_their_days_without_gaps_and_agree_with_every_minute() {
    let calendar = calendar();
    for text in ["Mo-Fr 09:00-17:00", "22:00-08:00", "Mo-Fr 22:00-04:00; Sa 10:00-12:00; PH off", "24/7", "17:00+", ""]
    {
        for policy in HolidayPolicy::ALL {
            let hours = Hours::read(text).with_policy(*policy);
            let first = date("2026-09-18").to_day().expect("a date");
            let stretches = hours.stretches(&calendar, first, 26);
            let begin = LocalTime { day: first, minute: 0 }.moment();
            assert_eq!(stretches.first().map(|stretch| stretch.from), Some(begin));
            assert_eq!(stretches.last().map(|stretch| stretch.to), Some(begin + 26 * 1440 * MINUTE));
            for two in stretches.windows(2) {
                assert!(two[0].to == two[1].from && two[0].door != two[1].door, "{text}");
            }
            for stretch in &stretches {
                for now in [stretch.from, stretch.to - MINUTE] {
                    assert_eq!(hours.door_at(&calendar, now), stretch.door, "{text} {}", moment(now));
                }
            }
        }
    }
}
