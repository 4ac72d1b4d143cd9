//! `server hours`: when a door is open, by its hours and the calendar.

use super::calendar::with_weekday;
use crate::ops::clock;
use domain::{
    calendar::{Calendar, DayKind},
    station::{DoorAt, HolidayPolicy, Hours, Stretch, Why},
    time::{Date, LocalTime},
};

/// 按一段开放时间和放假安排，算出哪几天几点开门、哪些时候说不准
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：
  server hours 'Mo-Fr 09:00-17:00; PH off' --from 2026-10-01 --days 14 --policy follow
  server hours '周一至周五 9:00-17:00' --from 2026-09-20 --days 21
  server hours '8:00-18:00' --unattended '18:00-8:00' --policy as_weekday

每行一段，只列开着的和说不准的；没有列出的时候是关着的。时间都是北京时间。")]
pub struct Args {
    /// 开放时间：OSM 的 `opening_hours`，或者中文
    #[arg(allow_hyphen_values = true)]
    text: String,
    /// 从哪一天起（YYYY-MM-DD）；不写就是今天
    #[arg(long, value_parser = super::date)]
    from: Option<Date>,
    /// 多少天
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=366))]
    days: u16,
    /// 放假安排：follow 跟国家放假安排，closed 放假和调休都不开，`as_weekday` 按工作日开，unknown 没有写明
    #[arg(long, value_parser = policy, default_value = "unknown")]
    policy: HolidayPolicy,
    /// 无人值守的时间
    #[arg(long)]
    unattended: Option<String>,
}

fn policy(text: &str) -> Result<HolidayPolicy, String> {
    let codes = || HolidayPolicy::ALL.iter().map(|policy| policy.code()).collect::<Vec<_>>().join("、");
    HolidayPolicy::parse(text).ok_or_else(|| format!("可以写 {}", codes()))
}

/// Prints the stretches on standard output, how the text was understood on standard error.
pub fn run(args: &Args, calendar: &Calendar) {
    let hours = hours(args);
    let first = args.from.and_then(Date::to_day).unwrap_or_else(|| LocalTime::of(clock::now()).day);
    eprintln!("{}", understood(&hours));
    let lines = lines(&hours, calendar, first, args.days);
    if lines.is_empty() {
        eprintln!("这些天都关着");
    }
    for line in lines {
        println!("{line}");
    }
}

fn hours(args: &Args) -> Hours {
    let hours = Hours::read(&args.text).with_policy(args.policy);
    match &args.unattended {
        Some(text) => hours.with_unattended(text),
        None => hours,
    }
}

fn understood(hours: &Hours) -> String {
    let read = |schedule: Option<&domain::station::Schedule>| {
        schedule.map_or_else(|| "没看懂，页面上照原文显示".to_owned(), ToString::to_string)
    };
    let unattended = hours.unattended_text.as_ref();
    let unattended =
        unattended.map_or_else(String::new, |_| format!("；无人值守：{}", read(hours.unattended.as_deref())));
    format!("开放时间：{}{unattended}；放假安排：{}", read(hours.schedule.as_deref()), hours.policy.word())
}

/// One line for each stretch that is not closed.
fn lines(hours: &Hours, calendar: &Calendar, first_day: i64, days: u16) -> Vec<String> {
    let stretches = hours.stretches(calendar, first_day, days);
    stretches.iter().filter_map(|stretch| line(stretch, calendar)).collect()
}

fn line(stretch: &Stretch, calendar: &Calendar) -> Option<String> {
    let why = match &stretch.door {
        DoorAt::Closed => return None,
        DoorAt::Open { unattended } => {
            let alone = if *unattended { "，没人值守" } else { "" };
            let day = match calendar.kind_of(LocalTime::of(stretch.from).day) {
                DayKind::Ordinary => String::new(),
                DayKind::Off(holiday) => format!("（{}放假）", holiday.word()),
                DayKind::MakeUp(holiday) => format!("（{}调休上班）", holiday.word()),
                DayKind::Likely(holiday) => format!("（{}前后，放假安排还没公布）", holiday.word()),
            };
            format!("开{alone}{day}")
        }
        DoorAt::Unknown(why) => format!("说不准：{}", words(why)),
    };
    Some(format!("{}  {why}", span(stretch)))
}

/// `2026-10-01 周四 09:00-17:00`, or both ends with their dates. The end of a day is its 24:00.
fn span(stretch: &Stretch) -> String {
    let [from, to] = [stretch.from, stretch.to - 1].map(LocalTime::of);
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let (begin, end) = (clock(from.minute), clock(to.minute + 1));
    if from.day == to.day {
        format!("{} {begin}-{end}", with_weekday(from.date()))
    } else {
        format!("{} {begin} 至 {} {end}", with_weekday(from.date()), with_weekday(to.date()))
    }
}

fn words(why: &Why) -> String {
    match why {
        Why::NotGiven => "没有写开放时间".into(),
        Why::Unclear => "开放时间没看懂".into(),
        Why::Holiday(holiday) => format!("{}放假，开不开没有写明", holiday.word()),
        Why::MakeUp(holiday) => format!("{}调休上班，开不开没有写明", holiday.word()),
        Why::NoNotice(holiday) => format!("{}的放假安排还没公布", holiday.word()),
        Why::SchoolHoliday => "跟着学校放假走，各地不一样".into(),
        Why::Sun => "跟着日出日落走".into(),
        Why::OpenEnd => "写了几点开，没写几点关".into(),
        Why::Comment(words) => format!("原文写着“{words}”"),
        Why::Reported => "有工友说没开".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::shipped;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn printed(words: &[&str]) -> Vec<String> {
        let args = Line::try_parse_from([&["hours"], words].concat()).expect("understood").args;
        let first = args.from.and_then(Date::to_day).expect("a date");
        lines(&hours(&args), &shipped(), first, args.days)
    }

    const OFFICE: &str = "Mo-Fr 09:00-17:00; PH off";

    fn days_of(from: &str, days: &str, policy: &str) -> Vec<String> {
        printed(&[OFFICE, "--from", from, "--days", days, "--policy", policy])
    }

    #[test]
    fn a_make_up_sunday_is_open_or_not_as_the_station_says() {
        for (policy, line) in [
            ("follow", vec!["2026-09-20 周日 09:00-17:00  开（国庆节调休上班）"]),
            ("as_weekday", vec!["2026-09-20 周日 09:00-17:00  开（国庆节调休上班）"]),
            ("closed", vec![]),
            ("unknown", vec!["2026-09-20 周日 00:00-24:00  说不准：国庆节调休上班，开不开没有写明"]),
        ] {
            assert_eq!(days_of("2026-09-20", "1", policy), line, "{policy}");
        }
    }

    #[test]
    fn national_day_is_closed_and_the_eighth_is_a_thursday_like_any_other() {
        for policy in ["follow", "as_weekday", "closed"] {
            let lines = days_of("2026-10-01", "9", policy);
            assert_eq!(lines, ["2026-10-08 周四 09:00-17:00  开", "2026-10-09 周五 09:00-17:00  开"], "{policy}");
        }
        let silent = printed(&["Mo-Fr 09:00-17:00", "--from", "2026-10-01", "--days", "8"]);
        assert_eq!(
            silent,
            [
                "2026-10-01 周四 00:00 至 2026-10-07 周三 24:00  说不准：国庆节放假，开不开没有写明",
                "2026-10-08 周四 09:00-17:00  开"
            ]
        );
    }

    #[test]
    fn near_a_festival_whose_notice_is_not_out_nobody_knows() {
        let lines = printed(&["Mo-Fr 09:00-17:00", "--from", "2026-12-30", "--days", "2"]);
        assert_eq!(lines, ["2026-12-30 周三 00:00 至 2026-12-31 周四 24:00  说不准：元旦的放假安排还没公布"]);
    }

    #[test]
    fn nights_run_into_the_next_day_and_unattended_hours_say_so() {
        let night = printed(&["22:00-08:00; PH 22:00-08:00", "--from", "2026-11-30", "--days", "2"]);
        assert!(night.contains(&"2026-11-30 周一 22:00 至 2026-12-01 周二 08:00  开".to_owned()), "{night:?}");
        let alone = printed(&["Mo-Su,PH 08:00-18:00", "--unattended", "24/7", "--from", "2026-11-30", "--days", "1"]);
        assert_eq!(
            alone,
            [
                "2026-11-30 周一 00:00-08:00  开，没人值守",
                "2026-11-30 周一 08:00-18:00  开",
                "2026-11-30 周一 18:00-24:00  开，没人值守"
            ]
        );
    }

    #[test]
    fn words_that_nobody_understands_are_unknown_all_along() {
        let lines = printed(&["看情况", "--from", "2026-11-30", "--days", "3"]);
        assert_eq!(lines, ["2026-11-30 周一 00:00 至 2026-12-02 周三 24:00  说不准：开放时间没看懂"]);
        assert!(understood(&Hours::read("看情况")).contains("没看懂"));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for wrong in [["--days", "0"], ["--days", "9999"], ["--policy", "maybe"], ["--from", "2026-02-30"]] {
            assert!(Line::try_parse_from([&["hours", OFFICE], wrong.as_slice()].concat()).is_err(), "{wrong:?}");
        }
    }
}
