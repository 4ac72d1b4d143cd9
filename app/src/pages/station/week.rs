//! The hours of a week.

use crate::text::{moment::WEEKDAYS, station as words};
use domain::{
    station::{Clock, DAY_MINUTES, Schedule, Station},
    time::{LocalTime, Millis},
};
use leptos::prelude::*;

/// A span in words; past midnight says so.
fn span(from: u16, to: u16) -> String {
    let next = if to > DAY_MINUTES { "次日 " } else { "" };
    format!("{}–{next}{}", Clock(from), Clock(to))
}

/// Parts of a day that are open, in hours, for the drawn bar: what began the day before included.
fn bars(schedule: &Schedule, weekday: u8) -> Vec<(f64, f64)> {
    let before = schedule.spans_on((weekday + 6) % 7);
    let over = before.iter().filter(|(_, to)| *to > DAY_MINUTES).map(|(_, to)| (0, to - DAY_MINUTES));
    let today = schedule.spans_on(weekday).into_iter().map(|(from, to)| (from, to.min(DAY_MINUTES)));
    over.chain(today).map(|(from, to)| (f64::from(from) / 60.0, f64::from(to - from) / 60.0)).collect()
}

/// The table of a week, today marked; the source's own words where they are not understood.
pub fn week(station: &Station, now: Millis) -> impl IntoView + use<> {
    let today = LocalTime::of(now).weekday();
    let text = station.hours.text.as_deref();
    let table = station.hours.schedule.as_ref().map(|schedule| {
        let row = |weekday: u8| {
            let spans: Vec<_> = schedule.spans_on(weekday).into_iter().map(|(from, to)| span(from, to)).collect();
            let words = if spans.is_empty() { "不开".to_owned() } else { spans.join("，") };
            let bars = bars(schedule, weekday)
                .into_iter()
                .map(|(x, width)| view! { <rect class="on" x=x.to_string() width=width.to_string() height="2"></rect> })
                .collect_view();
            let is_today = weekday == today;
            view! {
                <tr aria-current=is_today.then_some("date")>
                    <th scope="row">{WEEKDAYS[usize::from(weekday)]}{is_today.then_some(" 今天")}</th>
                    <td>{words}</td>
                    <td><svg viewBox="0 0 24 2" preserveAspectRatio="none" aria-hidden="true"><rect width="24" height="2"></rect>{bars}</svg></td>
                </tr>
            }
        };
        view! { <table class="week"><tbody>{(0..7).map(row).collect_view()}</tbody></table> }
    });
    let note = match (&station.hours.schedule, text) {
        (Some(Schedule::Always), _) => Some("24 小时，节假日也开。".to_owned()),
        (Some(_), _) => Some("节假日可能不同。".to_owned()),
        (None, Some(text)) => Some(format!("登记的原话：“{text}”。说得不够清楚，{}", words::ask_first(station))),
        (None, None) => Some(format!("没有登记，{}", words::ask_first(station))),
    };
    view! { <h2>"一周开门时间"</h2>{table}{note.map(|note| view! { <p class="meta small">{note}</p> })} }
}
