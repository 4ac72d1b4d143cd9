//! Opening hours of any bytes: read or refused, never a panic, never work without end; and what is read answers
//! without gaps, for any moment.

use domain::{
    calendar::{Calendar, Holiday, Notice, Ruling},
    station::{COMPILED_DAYS, DoorAt, HolidayPolicy, Hours, OpenState, Schedule, compile},
    time::{DAY_MS, Date, LocalTime, Millis},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::sync::Arc;

/// Pieces of which a text is made that is right, or nearly.
const DATES: [&str; 14] = [
    "",
    "",
    "",
    "Apr-Sep",
    "Sep-Apr",
    "Feb 29",
    "Dec 24-Jan 2",
    "Oct 1-7",
    "2026",
    "2024-2030/2",
    "2026+",
    "easter -2 days",
    "week 1-53/2",
    "Mar Su[-1]-Oct Su[-1]",
];
const DAYS: [&str; 14] = [
    "",
    "",
    "Mo",
    "Fr",
    "Sa-Su",
    "Mo-Fr",
    "Su-Mo",
    "PH",
    "SH",
    "PH,Su",
    "PH +1 day",
    "Sa[1]",
    "Su[-1],We",
    "Mo[1-3] +2 days",
];
const TIMES: [&str; 14] = [
    "",
    "08:00-18:00",
    "22:00-08:00",
    "10:00-26:00",
    "00:00-24:00",
    "17:00+",
    "08:00-17:00+",
    "8:30-12:00,13:00-17:00",
    "00:00-48:00",
    "23:59-24:00",
    "sunrise-sunset",
    "(sunset+01:00)-26:00",
    "24/7",
    "02:00-03:00",
];
const STATES: [&str; 8] = ["", "", "", "off", "open", "unknown", "\"预约\"", "open \"敲门\""];
const JOINTS: [&str; 4] = ["; ", "; ", ", ", " || "];
const SLIPS: [&str; 16] = ["", "", "", "", "", "", "", "", ";", ",", ":", "-", "+", "/", "9999", "："];

fn calendar() -> Calendar {
    let date = |text| Date::parse(text).expect("a date");
    let mut calendar = Calendar::default();
    let off = (1..=7).map(|day| (Date { year: 2026, month: 10, day }, Ruling::Off, Holiday::NationalDay));
    let worked = ["2026-09-20", "2026-10-10"].map(|text| (date(text), Ruling::MakeUp, Holiday::NationalDay));
    let notice = Notice { year: 2026, number: "".into(), published: None, source: "test".into() };
    calendar.add(notice, &off.chain(worked).collect::<Vec<_>>()).expect("a notice");
    calendar.add_festivals([(date("2027-01-01"), Holiday::NewYear), (date("2027-02-05"), Holiday::SpringFestival)]);
    calendar
}

fn nearly_right() -> impl Strategy<Value = String> {
    let of = |pieces: &'static [&'static str]| prop::sample::select(pieces);
    let rule = (of(&DATES), of(&DAYS), of(&TIMES), of(&STATES), of(&SLIPS), of(&JOINTS));
    prop::collection::vec(rule, 1..5).prop_map(|rules| {
        let written = rules
            .into_iter()
            .map(|(dates, days, times, state, slip, joint)| format!("{dates} {days} {times} {state}{slip}{joint}"));
        let text: String = written.collect();
        text.trim_end_matches([';', ',', '|', ' ']).to_owned()
    })
}

/// A right text in which a few letters are others.
fn broken() -> impl Strategy<Value = String> {
    const RIGHT: [&str; 6] = [
        "Mo-Fr 08:00-12:00,14:00-18:00; Sa 09:00-13:00; PH off",
        "Apr-Sep: Mo-Sa 22:00-04:00; Oct-Mar: Mo-Fr 08:00-17:00+ \"预约\"",
        "2026 Dec 24-2027 Jan 2 off; week 1-53/2 Sa[1,-1] 10:00-26:00 || unknown",
        "easter -2 days-Oct Su[-1] 08:00-18:00, PH,Su 10:00-16:00; SH off",
        "24/7; PH +1 day off; Feb 29 00:00-48:00",
        "sunrise-(sunset+01:00); Mo[1] +2 days 17:00+,12:00-16:00 off",
    ];
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0..3_u8), 0..4);
    (prop::sample::select(&RIGHT[..]), edits).prop_map(|(text, edits)| {
        let mut letters: Vec<char> = text.chars().collect();
        for (place, letter, kind) in edits {
            let at = place.index(letters.len());
            match kind {
                0 => letters[at] = letter,
                1 => letters.insert(at, letters[(at * 7 + 3) % letters.len()]),
                _ => drop((letters.len() > 1).then(|| letters.remove(at))),
            }
        }
        letters.into_iter().collect()
    })
}

fn of(schedule: &Schedule, policy: HolidayPolicy) -> Hours {
    Hours { schedule: Some(Arc::new(schedule.clone())), ..Hours::default() }.with_policy(policy)
}

/// What must hold of any text, seen on some days.
fn holds(text: &str, policy: HolidayPolicy, first_day: i64, minute: u16) -> Result<(), TestCaseError> {
    let Some(schedule) = Schedule::parse(text) else { return Ok(()) };
    let again = Schedule::parse(&schedule.to_string());
    prop_assert_eq!(again.as_ref(), Some(&schedule));
    let (calendar, hours) = (calendar(), of(&schedule, policy));
    let stretches = hours.stretches(&calendar, first_day, 20);
    let begin = |day| LocalTime { day, minute: 0 }.moment();
    prop_assert_eq!(stretches.first().map(|first| first.from), Some(begin(first_day)));
    prop_assert_eq!(stretches.last().map(|last| last.to), Some(begin(first_day + 20)));
    prop_assert!(stretches.iter().all(|stretch| stretch.from < stretch.to));
    prop_assert!(stretches.windows(2).all(|two| two[0].to == two[1].from && two[0].door != two[1].door));
    let now = begin(first_day + 9) + Millis::from(minute) * 60_000;
    let stretch = stretches.iter().find(|stretch| now < stretch.to).expect("no gaps");
    let door = hours.door_at(&calendar, now);
    prop_assert_eq!(&door, &stretch.door);
    prop_assert_eq!(hours.is_open_at(&calendar, now), door.is_open());
    let state = OpenState::of_hours(&hours, &calendar, now);
    prop_assert_eq!(state.is_open(), door.is_open());
    // The moment of the next change is after now, within 60 days, and the door is another then.
    let next = match &state {
        OpenState::Open { closes, .. } => *closes,
        OpenState::ClosingSoon { closes, .. } => Some(*closes),
        OpenState::ClosedNow { opens } => *opens,
        OpenState::Unknown { until, .. } => *until,
        OpenState::TemporarilyClosed { .. } | OpenState::PermanentlyClosed => None,
    };
    if let Some(next) = next {
        prop_assert!(now < next && next < now + 61 * DAY_MS);
        let then = hours.door_at(&calendar, next);
        prop_assert_ne!(&then, &door);
        prop_assert_eq!(hours.door_at(&calendar, next - 1).is_open(), door.is_open());
    }
    let compiled = compile([&hours], &calendar, first_day, 20);
    prop_assert_eq!(compiled.door_at(0, now), Some(&door));
    if schedule.is_round_the_clock() && policy == HolidayPolicy::AsWeekday {
        prop_assert_eq!(door, DoorAt::Open { unattended: false });
    }
    Ok(())
}

fn policy() -> impl Strategy<Value = HolidayPolicy> {
    prop::sample::select(HolidayPolicy::ALL)
}

/// From 2026-08-01, over the holidays of the autumn and the spring whose notice is not out.
fn first_day() -> impl Strategy<Value = i64> {
    20_666..20_900_i64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), minute in 0..1440_u16) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = Hours::read(&text).with_unattended(&text);
        holds(&text, HolidayPolicy::Unknown, 20_700, minute)?;
    }

    #[test]
    fn any_letters(text in "[ -~一-龥０-９：；，]{0,80}", minute in 0..1440_u16) {
        let _ = Hours::read(&text);
        holds(&text, HolidayPolicy::Follow, 20_700, minute)?;
    }

    #[test]
    fn texts_that_are_nearly_right(text in nearly_right(), policy in policy(), day in first_day(), minute in 0..1440_u16) {
        holds(&text, policy, day, minute)?;
    }

    #[test]
    fn texts_that_a_letter_broke(text in broken(), policy in policy(), day in first_day(), minute in 0..1440_u16) {
        holds(&text, policy, day, minute)?;
    }

    #[test]
    fn any_moment_a_clock_may_show(text in nearly_right(), now in -8_640_000_000_000_000..8_640_000_000_000_000_i64) {
        let hours = Hours::read(&text);
        let _ = OpenState::of_hours(&hours, &calendar(), now);
        let _ = compile([&hours], &calendar(), LocalTime::of(now).day, 8);
    }
}

#[test]
fn the_longest_texts_are_answered_in_bounded_work() {
    let repeated = |piece: &str| piece.repeat(4096 / piece.len());
    let calendar = calendar();
    let mut read = 0;
    for piece in [
        "00:00-00:01,",
        "00:00-48:00,",
        "Mo;",
        "Mo[1-5];",
        "Mo[1-5],",
        "PH +1 day,",
        "easter-easter -1 day,",
        "\"",
        "[",
        "(",
        "-",
        "||",
        "SH 01:00-02:00;",
        "17:00+,",
        "01:00-02:00 off;",
        "2024-2999/7,",
        "week 1-53,",
        "Feb 29,",
        "24/7;",
        "。",
        "２４／７；",
    ] {
        let text = repeated(piece);
        let Some(schedule) = Schedule::parse(&text) else { continue };
        read += 1;
        let hours = of(&schedule, HolidayPolicy::Follow);
        assert!(!hours.stretches(&calendar, 20_666, COMPILED_DAYS).is_empty());
    }
    assert!(read >= 4, "{read} of the long texts are read");
    assert_eq!(Schedule::parse(&" ".repeat(5000)), None);
    assert_eq!(Schedule::parse(&format!("\"{}\"", "x".repeat(5000))), None);
}

#[test]
fn many_of_the_texts_tried_here_are_read() {
    let mut runner = TestRunner::deterministic();
    let mut share = |texts: BoxedStrategy<String>| {
        let tried = (0..1000).map(|_| texts.new_tree(&mut runner).expect("a text").current());
        tried.filter(|text| Schedule::parse(text).is_some()).count()
    };
    let [right, broken] = [share(nearly_right().boxed()), share(broken().boxed())];
    assert!(right >= 250 && broken >= 250, "of a thousand each: {right}, {broken}");
}
