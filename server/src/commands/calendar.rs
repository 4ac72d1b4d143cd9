//! `server calendar`: the days off and make-up days that are known.

use crate::calendar::YEARS;
use domain::{
    calendar::{Calendar, DayKind, Holiday, Ruling},
    time::{Date, LocalTime, Millis},
};
use std::fmt::Write as _;

/// 显示知道的放假和调休上班日子，以及出自哪一份通知；没有通知的年份显示可能放假的日子
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：
  server calendar
  server calendar --year 2026

新一年的通知公布以后，用 server import-calendar 导入，不用升级程序。")]
pub struct Args {
    /// 只看这一年
    #[arg(long, value_parser = clap::value_parser!(i64).range(*YEARS.start()..=*YEARS.end()))]
    pub year: Option<i64>,
}

/// What is printed; without a year the years of the notices, and all up to the next one.
pub fn words(calendar: &Calendar, year: Option<i64>, now: Millis) -> String {
    let years = year.map_or_else(
        || {
            let next = LocalTime::of(now).date().year + 1;
            let known = || calendar.notices().map(|notice| notice.year);
            known().min().unwrap_or(next)..=known().max().unwrap_or(next).max(next)
        },
        |year| year..=year,
    );
    years.map(|year| of_year(calendar, year)).collect::<Vec<_>>().join("\n")
}

fn of_year(calendar: &Calendar, year: i64) -> String {
    let mut out = String::new();
    if let Some(notice) = calendar.notices().find(|notice| notice.year == year) {
        let published = notice.published.map_or_else(String::new, |date| format!("，{date}"));
        let _ = writeln!(out, "{year} 年：{}{published}（日子取自 {}）", notice.number, notice.source);
        let mut ruled: Vec<_> = calendar.ruled_by(year).collect();
        ruled.sort_by_key(|(date, ..)| *date);
        let pick = |wanted| ruled.iter().filter(move |(_, ruling, _)| *ruling == wanted);
        for run in runs(pick(Ruling::Off).map(|(date, _, holiday)| (*date, *holiday))) {
            let _ = writeln!(out, "  放假  {}", run.words());
        }
        for (date, _, holiday) in pick(Ruling::MakeUp) {
            let _ = writeln!(out, "  上班  {}  {}", with_weekday(*date), holiday.word());
        }
        return out;
    }
    let likely = likely(calendar, year);
    if likely.is_empty() {
        let _ = writeln!(out, "{year} 年：放假安排还没公布，也没有这一年的节日表。");
        return out;
    }
    let _ = writeln!(out, "{year} 年：放假安排还没公布。这些日子可能放假，也可能调休上班：");
    for run in runs(likely.into_iter()) {
        let _ = writeln!(out, "  可能  {}", run.words());
    }
    out
}

/// Days on which the coming notice of a year may rule: 元旦 from the December before.
fn likely(calendar: &Calendar, year: i64) -> Vec<(Date, Holiday)> {
    let day = |year, month, day| Date { year, month, day }.to_day().unwrap_or_default();
    let days = day(year - 1, 12, 1)..day(year + 1, 1, 1);
    let of_this_year =
        |(date, holiday): &(Date, Holiday)| (*holiday == Holiday::NewYear && date.month == 12) == (date.year < year);
    days.filter_map(|day| match calendar.kind_of(day) {
        DayKind::Likely(holiday) => Some((Date::of_day(day), holiday)),
        _ => None,
    })
    .filter(of_this_year)
    .collect()
}

/// Days one after the other.
struct Run {
    first: Date,
    last: Date,
    days: u32,
    holidays: Vec<Holiday>,
}

impl Run {
    fn words(&self) -> String {
        let names: Vec<&str> = self.holidays.iter().map(|holiday| holiday.word()).collect();
        let names = names.join("、");
        let first = with_weekday(self.first);
        if self.days == 1 {
            format!("{first}  {names}")
        } else {
            format!("{first} 至 {}，{} 天  {names}", with_weekday(self.last), self.days)
        }
    }
}

fn runs(days: impl Iterator<Item = (Date, Holiday)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (date, holiday) in days {
        match runs.last_mut() {
            Some(run) if run.last.to_day().map(|day| day + 1) == date.to_day() => {
                run.last = date;
                run.days += 1;
                if !run.holidays.contains(&holiday) {
                    run.holidays.push(holiday);
                }
            }
            _ => runs.push(Run { first: date, last: date, days: 1, holidays: vec![holiday] }),
        }
    }
    runs
}

/// `2026-10-01 周四`.
pub fn with_weekday(date: Date) -> String {
    const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let weekday = LocalTime { day: date.to_day().unwrap_or_default(), minute: 0 }.weekday();
    format!("{date} {}", WEEKDAYS[usize::from(weekday)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::shipped;

    /// 2026-11-23.
    const NOW: Millis = 1_795_399_200_000;

    #[test]
    fn a_year_with_a_notice_lists_what_it_rules() {
        let expected = "\
2026 年：国办发明电〔2025〕7号，2025-11-04（日子取自 chinesecalendar 1.11.0）
  放假  2026-01-01 周四 至 2026-01-03 周六，3 天  元旦
  放假  2026-02-15 周日 至 2026-02-23 周一，9 天  春节
  放假  2026-04-04 周六 至 2026-04-06 周一，3 天  清明节
  放假  2026-05-01 周五 至 2026-05-05 周二，5 天  劳动节
  放假  2026-06-19 周五 至 2026-06-21 周日，3 天  端午节
  放假  2026-09-25 周五 至 2026-09-27 周日，3 天  中秋节
  放假  2026-10-01 周四 至 2026-10-07 周三，7 天  国庆节
  上班  2026-01-04 周日  元旦
  上班  2026-02-14 周六  春节
  上班  2026-02-28 周六  春节
  上班  2026-05-09 周六  劳动节
  上班  2026-09-20 周日  国庆节
  上班  2026-10-10 周六  国庆节
";
        assert_eq!(words(&shipped(), Some(2026), NOW), expected);
    }

    #[test]
    fn a_year_without_a_notice_says_so_and_lists_what_is_likely() {
        let next = words(&shipped(), Some(2027), NOW);
        assert!(next.starts_with("2027 年：放假安排还没公布。"), "{next}");
        assert!(next.contains("2026-12-30 周三 至 2027-01-03 周日，5 天  元旦"), "{next}");
        assert!(next.contains("国庆节") && !next.contains("2027-12"), "{next}");
        assert!(words(&shipped(), Some(2040), NOW).contains("也没有这一年的节日表"));
    }

    #[test]
    fn without_a_year_all_are_shown_up_to_the_next_one() {
        let all = words(&shipped(), None, NOW);
        for year in 2023..=2027 {
            assert!(all.contains(&format!("{year} 年：")), "{year}");
        }
        assert!(!all.contains("2028 年："));
    }
}
