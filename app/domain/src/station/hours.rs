//! Opening hours: the text as given, and the weekly schedule where the text is understood.
//!
//! Understood so far: lists of `HH:MM-HH:MM`, `周一至周五` or `Mo-Fr` (any range of days) before such
//! a list, `24小时` and `24/7`. Anything else stays text, and the door is *unknown*: never guessed.

use std::fmt;

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 1440;

/// One span of a weekly schedule. `to` is past 1440 when it runs over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// 0 is Monday, 6 is Sunday.
    pub weekday: u8,
    /// Minutes after that day's midnight, 0 to 1439.
    pub from: u16,
    /// Minutes after that day's midnight, above `from`, at most `from + 1440`.
    pub to: u16,
}

/// When a door is open in an ordinary week. Empty never occurs: an unknown schedule is no schedule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Schedule {
    /// 24/7. It speaks of holidays too.
    Always,
    /// Spans sorted by weekday and start, none overlapping another of the same day.
    Weekly(Box<[Span]>),
}

/// The hours of a station.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// As the source wrote it.
    pub text: Option<Box<str>>,
    /// As understood; `None` when there is no text or it is not understood.
    pub schedule: Option<Schedule>,
}

impl Hours {
    /// Reads a source's text. Blank text is no text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::default();
        }
        Self { text: Some(text.into()), schedule: Schedule::parse(text) }
    }
}

const OSM_DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const CHINESE_DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

impl Schedule {
    /// Understands a text, or says `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
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

    /// Whether it is open round the clock all week; only [`Schedule::Always`] says so of holidays too.
    #[must_use]
    pub fn is_round_the_clock(&self) -> bool {
        self.open_until(0, 0) == Some(Until::Never)
    }

    /// The spans of one weekday (0 is Monday); the whole day when always open.
    #[must_use]
    pub fn spans_on(&self, weekday: u8) -> Vec<(u16, u16)> {
        match self {
            Self::Always => vec![(0, DAY_MINUTES)],
            Self::Weekly(spans) => {
                spans.iter().filter(|span| span.weekday == weekday).map(|span| (span.from, span.to)).collect()
            }
        }
    }

    /// Until when it is open at `minute` of `weekday`, in minutes from that day's midnight (so past
    /// 1440 for tomorrow); `None` when it is closed then. Spans that touch are one opening.
    #[must_use]
    pub fn open_until(&self, weekday: u8, minute: u16) -> Option<Until> {
        let Self::Weekly(spans) = self else { return Some(Until::Never) };
        let week = 7 * u32::from(DAY_MINUTES);
        let now = u32::from(weekday) * u32::from(DAY_MINUTES) + u32::from(minute);
        let mut until = now;
        // Each round follows one span; a week of touching spans means it never closes.
        while let Some(end) = spans.iter().filter_map(|span| end_if_inside(*span, until % week)).max() {
            until += end;
            if until - now >= week {
                return Some(Until::Never);
            }
        }
        (until > now).then(|| Until::In(until - now))
    }

    /// Minutes until it next opens, seen from `minute` of `weekday`; `None` when it never does.
    #[must_use]
    pub fn opens_in(&self, weekday: u8, minute: u16) -> Option<u32> {
        let Self::Weekly(spans) = self else { return None };
        let week = 7 * u32::from(DAY_MINUTES);
        let now = u32::from(weekday) * u32::from(DAY_MINUTES) + u32::from(minute);
        spans
            .iter()
            .map(|span| (u32::from(span.weekday) * u32::from(DAY_MINUTES) + u32::from(span.from) + week - now) % week)
            .map(|wait| if wait == 0 { week } else { wait })
            .min()
    }
}

/// How long an opening lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// It does not close.
    Never,
    /// It closes in so many minutes.
    In(u32),
}

/// Minutes left in a span at a minute of the week; `None` when it lies outside.
fn end_if_inside(span: Span, now: u32) -> Option<u32> {
    let week = 7 * u32::from(DAY_MINUTES);
    let start = u32::from(span.weekday) * u32::from(DAY_MINUTES) + u32::from(span.from);
    let length = u32::from(span.to - span.from);
    let into = (now + week - start) % week;
    (into < length).then(|| length - into)
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

/// A minute of the day as `HH:MM`; past midnight wraps, 1440 is `24:00`.
#[derive(Clone, Copy, Debug)]
pub struct Clock(pub u16);

impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = if self.0 > DAY_MINUTES { self.0 - DAY_MINUTES } else { self.0 };
        write!(out, "{:02}:{:02}", minute / 60, minute % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn osm(text: &str) -> Option<String> {
        Schedule::parse(text).map(|schedule| schedule.to_string())
    }

    #[test]
    fn the_forms_of_real_files_are_understood() {
        for (text, rule) in [
            ("08:00-22:00", "08:00-22:00"),
            ("8:30-12:00，14:00-17:30", "08:30-12:00,14:00-17:30"),
            ("08:30-12:00,13:00-17:30", "08:30-12:00,13:00-17:30"),
            ("周一至周五 09:00-17:00", "Mo-Fr 09:00-17:00"),
            ("周一至周五 08:00-12:00,14:00-18:00", "Mo-Fr 08:00-12:00,14:00-18:00"),
            ("周一到周日：９：００—２１：００", "09:00-21:00"),
            ("星期六,星期日 10:00-16:00", "Sa-Su 10:00-16:00"),
            ("Mo-Fr 09:00-17:00; Sa 10:00-12:00", "Mo-Fr 09:00-17:00; Sa 10:00-12:00"),
            ("24小时", "24/7"),
            ("24/7", "24/7"),
            ("22:00-08:00", "22:00-08:00"),
            ("每天 6:00-24:00", "06:00-24:00"),
            // The whole day, every day: but only 24/7 and 24小时 speak of holidays.
            ("00:00-24:00", "00:00-24:00"),
            ("每天全天", "00:00-24:00"),
        ] {
            assert_eq!(osm(text).as_deref(), Some(rule), "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_never_guessed() {
        for text in [
            "",
            " ",
            "工作日开放",
            "夏季8:00-19:00，冬季8:30-18:00",
            "早八点至晚六点",
            "8:00",
            "8:00-",
            "25:00-26:00",
            "08:60-09:00",
            "08:00-08:00",
            "周一至周五",
            "周八 8:00-9:00",
            "08:00-12:00,11:00-13:00",
            "8点-18点",
            "08:00-18:00（法定节假日除外）",
            "周一至周五 8:00-12:00；14:00-18:00",
            "8:00-12:00；14:00-18:00",
            "Mo-Fr 09:00-17:00; Fr 09:00-12:00",
            "-",
            ";",
            ",",
        ] {
            assert_eq!(osm(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_overnight_span_belongs_to_the_day_it_begins() {
        let night = Schedule::parse("周五 22:00-08:00").expect("understood");
        assert_eq!(night.open_until(4, 23 * 60), Some(Until::In(9 * 60)));
        assert_eq!(night.open_until(5, 7 * 60), Some(Until::In(60)));
        assert_eq!(night.open_until(4, 7 * 60), None);
        assert_eq!(night.opens_in(5, 8 * 60), Some(6 * 1440 + 14 * 60));
    }

    #[test]
    fn spans_that_touch_are_one_opening_and_a_full_week_never_closes() {
        let touching = Schedule::parse("08:00-12:00,12:00-18:00").expect("understood");
        assert_eq!(touching.open_until(0, 8 * 60), Some(Until::In(600)));
        let full = Schedule::parse("00:00-12:00,12:00-24:00").expect("understood");
        assert_eq!(full.open_until(3, 5), Some(Until::Never));
    }

    proptest! {
        #[test]
        fn any_text_gives_an_answer_and_a_rule_reads_back(text in "\\PC{0,60}") {
            if let Some(schedule) = Schedule::parse(&text) {
                prop_assert_eq!(Schedule::parse(&schedule.to_string()), Some(schedule));
            }
        }

        #[test]
        fn a_day_is_open_or_closed_minute_by_minute_as_its_spans_say(
            from in 0u16..1440, length in 1u16..1440, weekday in 0u8..7, minute in 0u16..1440,
        ) {
            let rule = format!("{} {}-{}", OSM_DAYS[usize::from(weekday)], Clock(from), Clock((from + length) % 1440));
            let schedule = Schedule::parse(&rule).expect("a span of one day");
            for (at, name) in OSM_DAYS.iter().enumerate() {
                let day = u8::try_from(at).expect("a week");
                let inside = (day == weekday && minute >= from && minute < from + length)
                    || (day == (weekday + 1) % 7 && minute + 1440 < from + length);
                prop_assert_eq!(schedule.open_until(day, minute).is_some(), inside, "{} {}", name, minute);
            }
        }
    }
}
