//! Opening hours: the text as given, and the weekly schedule where the text is understood.
//!
//! Understood so far: lists of `HH:MM-HH:MM`, `周一至周五` or `Mo-Fr` (any range of days) before such
//! a list, `24小时` and `24/7`. Anything else stays text, and the door is *unknown*: never guessed.

use super::clock::{Clock, DAY_MINUTES};
use std::fmt;

/// Rules for the words that are understood.
pub(super) fn words(text: &str) -> Option<String> {
    Schedule::parse(text).map(|schedule| schedule.to_string())
}

/// One span of a weekly schedule. `to` is past 1440 when it runs over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Span {
    /// 0 is Monday, 6 is Sunday.
    weekday: u8,
    /// Minutes after that day's midnight, 0 to 1439.
    from: u16,
    /// Minutes after that day's midnight, above `from`, at most `from + 1440`.
    to: u16,
}

/// When a door is open in an ordinary week. Empty never occurs: an unknown schedule is no schedule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Schedule {
    /// 24/7. It speaks of holidays too.
    Always,
    /// Spans sorted by weekday and start, none overlapping another of the same day.
    Weekly(Box<[Span]>),
}

const OSM_DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const CHINESE_DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

impl Schedule {
    /// Understands a text, or says `None`.
    #[must_use]
    fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().map(plain).filter(|letter| !letter.is_whitespace()).collect();
        if text.is_empty() || text.len() > 400 {
            return None;
        }
        if matches!(text.as_str(), "24/7" | "24小时" | "全天24小时" | "24小时开放") {
            return Some(Self::Always);
        }
        let mut spans: Vec<Span> = Vec::new();
        for rule in text.split(';').filter(|rule| !rule.is_empty()) {
            let (days, times) = split_days(rule)?;
            let times = parse_times(times)?;
            // OSM lets a later rule replace an earlier one; Chinese files write ； between two openings of
            // one day. A day named twice could be either: not understood.
            if spans.iter().any(|span| days[usize::from(span.weekday)]) {
                return None;
            }
            for weekday in (0..7).filter(|day| days[usize::from(*day)]) {
                spans.extend(times.iter().map(|&(from, to)| Span { weekday, from, to }));
            }
        }
        spans.sort_unstable();
        let overlap = spans.windows(2).any(|two| two[0].weekday == two[1].weekday && two[0].to > two[1].from);
        (!spans.is_empty() && !overlap).then(|| Self::Weekly(spans.into_boxed_slice()))
    }

    /// The spans of one weekday (0 is Monday); the whole day when always open.
    #[must_use]
    fn spans_on(&self, weekday: u8) -> Vec<(u16, u16)> {
        match self {
            Self::Always => vec![(0, DAY_MINUTES)],
            Self::Weekly(spans) => {
                spans.iter().filter(|span| span.weekday == weekday).map(|span| (span.from, span.to)).collect()
            }
        }
    }
}

/// Full-width digits and the many dashes, tildes and separators of real files as plain ones.
fn plain(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_u32(letter as u32 - '０' as u32 + '0' as u32).unwrap_or(letter),
        '：' => ':',
        '－' | '–' | '—' | '―' | '~' | '～' | '〜' | '至' | '到' => '-',
        '，' | '、' => ',',
        '；' => ';',
        '　' => ' ',
        other => other,
    }
}

/// The days a rule is about, and the rest of it. No day named: every day.
fn split_days(rule: &str) -> Option<([bool; 7], &str)> {
    let mut days = [false; 7];
    let mut rest = rule;
    if let Some(after) = rest.strip_prefix("每天").or_else(|| rest.strip_prefix("每日")) {
        return Some(([true; 7], after));
    }
    if rest.starts_with(|first: char| first.is_ascii_digit()) {
        return Some(([true; 7], rest));
    }
    loop {
        let (from, after) = take_day(rest)?;
        rest = after;
        let mut to = from;
        if let Some(after) = rest.strip_prefix('-') {
            (to, rest) = take_day(after)?;
        }
        let length = (to + 7 - from) % 7;
        for step in 0..=length {
            days[(from + step) % 7] = true;
        }
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None => return Some((days, rest.strip_prefix(':').unwrap_or(rest))),
        }
    }
}

/// One day at the start of a text: `周一`, `星期一`, `一` after a dash, `Mo`.
fn take_day(text: &str) -> Option<(usize, &str)> {
    for (day, name) in OSM_DAYS.iter().enumerate() {
        if let Some(rest) = text.strip_prefix(name) {
            return Some((day, rest));
        }
    }
    let text = text.strip_prefix('周').or_else(|| text.strip_prefix("星期")).unwrap_or(text);
    if let Some(rest) = text.strip_prefix('天') {
        return Some((6, rest));
    }
    CHINESE_DAYS.iter().enumerate().find_map(|(day, name)| text.strip_prefix(name).map(|rest| (day, rest)))
}

/// A list of `HH:MM-HH:MM`, or the whole day.
fn parse_times(text: &str) -> Option<Vec<(u16, u16)>> {
    if matches!(text, "24小时" | "全天" | "00:00-24:00") {
        return Some(vec![(0, DAY_MINUTES)]);
    }
    text.split(',').map(parse_span).collect()
}

fn parse_span(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (parse_minute(from)?, parse_minute(to)?);
    if from >= DAY_MINUTES || from == to {
        return None;
    }
    // Closing before opening is tomorrow: 22:00-08:00.
    Some((from, if to < from { to + DAY_MINUTES } else { to }))
}

/// `H:MM` or `HH:MM`, up to 24:00.
fn parse_minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY_MINUTES).then_some(total)
}

/// OSM `opening_hours` text; reads back to the same schedule.
impl fmt::Display for Schedule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Weekly(_) = self else { return out.write_str("24/7") };
        let days: Vec<_> = (0..7).map(|weekday| self.spans_on(weekday)).collect();
        let mut written = false;
        let mut day = 0;
        while day < 7 {
            let last = (day..7).take_while(|next| days[*next] == days[day]).last().unwrap_or(day);
            if !days[day].is_empty() {
                if written {
                    out.write_str("; ")?;
                }
                written = true;
                match (day, last) {
                    (0, 6) => {}
                    (from, to) if from == to => write!(out, "{} ", OSM_DAYS[from])?,
                    (from, to) => write!(out, "{}-{} ", OSM_DAYS[from], OSM_DAYS[to])?,
                }
                for (at, (from, to)) in days[day].iter().enumerate() {
                    let comma = if at == 0 { "" } else { "," };
                    write!(out, "{comma}{}-{}", Clock(*from), Clock(*to))?;
                }
            }
            day = last + 1;
        }
        Ok(())
    }
}
