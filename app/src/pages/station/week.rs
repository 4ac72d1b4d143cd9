//! The hours of the coming week, day by day: holidays and make-up days are dates, not weekdays.

use crate::{
    ask::When,
    text::{moment::WEEKDAYS, station as words},
};
use domain::{
    calendar::{Calendar, DayKind},
    station::{Clock, DAY_MINUTES, DoorAt, HolidayPolicy, Station, Stretch},
    time::{LocalTime, Millis},
};
use leptos::prelude::*;

const DAYS: u16 = 7;

/// Minutes of a day at which a stretch begins and ends on it; `None` when it does not touch it.
fn part(stretch: &Stretch, day: i64) -> Option<(u16, u16)> {
    let begin = LocalTime { day, minute: 0 }.moment();
    let minutes = |at: Millis| u16::try_from(((at - begin) / 60_000).clamp(0, i64::from(DAY_MINUTES))).unwrap_or(0);
    let (from, to) = (minutes(stretch.from), minutes(stretch.to));
    (from < to).then_some((from, to))
}

/// What is said of an opening on the day it begins; `None` on the days it only runs over into.
fn opening(stretch: &Stretch, day: i64) -> Option<String> {
    let (from, to) = part(stretch, day)?;
    if (from, to) == (0, DAY_MINUTES) {
        return Some("全天".to_owned());
    }
    let (begins, ends) = (LocalTime::of(stretch.from), LocalTime::of(stretch.to));
    match (begins.day == day, ends.day - day) {
        (true, 0) => Some(format!("{}–{}", Clock(from), Clock(to))),
        (true, 1) if ends.minute == 0 => Some(format!("{}–24:00", Clock(from))),
        (true, 1) => Some(format!("{}–次日 {}", Clock(from), Clock(ends.minute))),
        (true, _) => Some(format!("{} 起不关门", Clock(from))),
        // It began the day before, and was said there.
        (false, _) if day - begins.day == 1 => None,
        (false, _) => Some(format!("0:00–{}", Clock(to))),
    }
}

/// One day in words.
fn day_words(stretches: &[Stretch], day: i64) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for stretch in stretches {
        let Some((from, to)) = part(stretch, day) else { continue };
        match &stretch.door {
            DoorAt::Closed => {}
            DoorAt::Open { unattended } => {
                let alone = if *unattended { "（没人值守）" } else { "" };
                said.extend(opening(stretch, day).map(|words| format!("{words}{alone}")));
            }
            DoorAt::Unknown(_) if (from, to) == (0, DAY_MINUTES) => said.push("不知道".to_owned()),
            DoorAt::Unknown(_) => said.push(format!("{}–{} 不知道", Clock(from), Clock(to))),
        }
    }
    if said.is_empty() { vec!["不开".to_owned()] } else { said }
}

/// One after the other, each unbroken.
fn spans(said: Vec<String>) -> impl IntoView {
    let last = said.len() - 1;
    let span = |(at, words): (usize, String)| view! { <span>{words}{(at < last).then_some("，")}</span> };
    said.into_iter().enumerate().map(span).collect_view()
}

/// What makes a day special.
fn special(calendar: &Calendar, day: i64) -> Option<String> {
    match calendar.kind_of(day) {
        DayKind::Ordinary => None,
        DayKind::Off(holiday) => Some(format!("{}放假", holiday.word())),
        DayKind::MakeUp(_) => Some("调休上班".to_owned()),
        DayKind::Likely(_) => Some("放假安排还没公布".to_owned()),
    }
}

/// The drawn bar of a day, in hours.
fn bar(stretches: &[Stretch], day: i64) -> impl IntoView + use<> {
    let hours = |minutes: u16| (f64::from(minutes) / 60.0).to_string();
    let parts = stretches.iter().filter_map(|stretch| {
        let (from, to) = part(stretch, day)?;
        let class = match stretch.door {
            DoorAt::Open { .. } => "on",
            DoorAt::Unknown(_) => "may",
            DoorAt::Closed => return None,
        };
        Some(view! { <rect class=class x=hours(from) width=hours(to - from) height="2"></rect> })
    });
    let parts = parts.collect_view();
    view! { <svg viewBox="0 0 24 2" preserveAspectRatio="none" aria-hidden="true"><rect width="24" height="2"></rect>{parts}</svg> }
}

/// The coming seven days, today first; the source's own words where they are not understood.
pub fn week(station: &Station, when: &When) -> impl IntoView + use<> {
    let hours = &station.hours;
    let today = LocalTime::of(when.now).day;
    let table = hours.schedule.is_some().then(|| {
        // From yesterday, so that what runs over midnight is drawn.
        let stretches = hours.stretches(&when.calendar, today - 1, DAYS + 2);
        let row = |day: i64| {
            let date = LocalTime { day, minute: 0 };
            let (month, number) = (date.date().month, date.date().day);
            let is_today = day == today;
            let special = special(&when.calendar, day);
            view! {
                <tr aria-current=is_today.then_some("date")>
                    <th scope="row">{if is_today { "今天" } else { WEEKDAYS[usize::from(date.weekday())] }}" "<small>{format!("{month}.{number}")}</small></th>
                    <td>{special.map(|special| view! { <small>{special}</small>" " })}{spans(day_words(&stretches, day))}</td>
                    <td>{bar(&stretches, day)}</td>
                </tr>
            }
        };
        let rows = (today..today + i64::from(DAYS)).map(row).collect_view();
        view! { <table class="week"><tbody>{rows}</tbody></table> }
    });
    let note = note(station);
    view! { <h2>"这一周开门时间"</h2>{table}<p class="meta small">{note}</p> }
}

/// What the table cannot say.
fn note(station: &Station) -> String {
    let hours = &station.hours;
    match (&hours.schedule, hours.text.as_deref()) {
        (Some(schedule), _) if schedule.is_always() => "24 小时，节假日也开。".to_owned(),
        (Some(schedule), text) => {
            let holidays = match hours.policy {
                HolidayPolicy::Follow => "放假跟国家安排，调休上班的日子也开。",
                HolidayPolicy::Closed => "放假和调休的日子都不开。",
                HolidayPolicy::AsWeekday => "放假和调休的日子按工作日开。",
                HolidayPolicy::Unknown if schedule.speaks_of_holidays() => "调休上班的日子开不开没有写明。",
                HolidayPolicy::Unknown => "放假和调休的日子开不开没有写明。",
            };
            let text = text.map_or_else(String::new, |text| format!("登记的原话：“{text}”。"));
            format!("{text}{holidays}")
        }
        (None, Some(text)) => format!("登记的原话：“{text}”。说得不够清楚，{}", words::ask_first(station)),
        (None, None) => format!("没有登记，{}", words::ask_first(station)),
    }
}
