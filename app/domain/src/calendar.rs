//! China's days off and make-up working days (调休): what the State Council's yearly notices say, and
//! where there is no notice yet, on which days one is likely to say something.
//!
//! The days are data (`server/data/calendar`, and what an administrator imports), never code.

use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

codes! {
    /// What a day off, or a make-up working day, is for.
    pub enum Holiday {
        /// 元旦
        NewYear = "new_year" "元旦",
        /// 春节
        SpringFestival = "spring_festival" "春节",
        /// 清明
        Qingming = "qingming" "清明节",
        /// 劳动节
        LabourDay = "labour_day" "劳动节",
        /// 端午
        DragonBoat = "dragon_boat" "端午节",
        /// 中秋
        MidAutumn = "mid_autumn" "中秋节",
        /// 国庆
        NationalDay = "national_day" "国庆节",
        /// Anything a notice adds once: 抗战胜利 70 周年 (2015).
        Other = "other" "放假",
    }
}

codes! {
    /// What a notice says of a date.
    pub enum Ruling {
        /// 放假: off, on whatever weekday it lies.
        Off = "off" "放假",
        /// 调休上班: a Saturday or Sunday that is worked.
        MakeUp = "make_up" "调休上班",
    }
}

/// The State Council's notice of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The year it is about.
    pub year: i64,
    /// 文号: `国办发明电〔2025〕7号`.
    pub number: Box<str>,
    /// When it was published, where that is known.
    pub published: Option<Date>,
    /// Where these days were taken from: a package with its version, or the administrator's file.
    pub source: Box<str>,
}

/// What kind of day a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A working day from Monday to Friday, a weekend on Saturday and Sunday.
    Ordinary,
    /// 放假 by a notice.
    Off(Holiday),
    /// 调休上班 by a notice.
    MakeUp(Holiday),
    /// The notice of its year is not known (放假安排还没公布), and near this holiday one may say 放假 or
    /// 调休上班 of this day.
    Likely(Holiday),
}

/// Days known, by notices; and festivals, for the years without one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    notices: BTreeMap<i64, Notice>,
    /// By day counted from 1970-01-01; with the year whose notice says so.
    rulings: BTreeMap<i64, (Ruling, Holiday, i64)>,
    /// First days of festivals, counted from 1970-01-01 (除夕 for 春节: it is a day off since 2025). Two may
    /// fall on one day: 中秋 is on 2031-10-01.
    festivals: BTreeSet<(i64, Holiday)>,
}

/// A calendar that contradicts itself or the Gregorian one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// There is no such date.
    NoSuchDate(Date),
    /// A make-up working day on a Monday to Friday.
    MakeUpOnAWorkingDay(Date),
    /// A date further than a fortnight away from the year of the notice.
    WrongYear(Date),
    /// One date twice.
    Twice(Date),
}

/// A notice may rule on days of the year before (元旦) or after.
const OVERLAP_DAYS: i64 = 14;
/// How early days off may begin before the first day of their festival.
const DAYS_BEFORE: i64 = 2;
/// How early before a festival a weekend may be worked for it.
const WEEKENDS_BEFORE: i64 = 14;
/// How late after its days off.
const WEEKENDS_AFTER: i64 = 8;
/// The latest day a festival can reach: 春节's last weekend.
const FURTHEST_AFTER: i64 = 9 + WEEKENDS_AFTER - 1;

impl Calendar {
    /// Takes over what a notice says, instead of anything said for its year before.
    ///
    /// # Errors
    /// A date that cannot be; then nothing is taken over.
    pub fn add(&mut self, notice: Notice, days: &[(Date, Ruling, Holiday)]) -> Result<(), CalendarError> {
        let mut rulings = BTreeMap::new();
        for (date, ruling, holiday) in days {
            let day = checked(notice.year, *date, *ruling)?;
            if rulings.insert(day, (*ruling, *holiday, notice.year)).is_some() {
                return Err(CalendarError::Twice(*date));
            }
        }
        self.rulings.retain(|_, (_, _, year)| *year != notice.year);
        self.rulings.extend(rulings);
        self.notices.insert(notice.year, notice);
        Ok(())
    }

    /// Takes over the first days of festivals, for years whose notice is not out.
    pub fn add_festivals(&mut self, festivals: impl IntoIterator<Item = (Date, Holiday)>) {
        self.festivals.extend(festivals.into_iter().filter_map(|(date, holiday)| Some((date.to_day()?, holiday))));
    }

    /// What kind of day it is; `day` counts from 1970-01-01.
    #[must_use]
    pub fn kind_of(&self, day: i64) -> DayKind {
        match self.rulings.get(&day) {
            Some((Ruling::Off, holiday, _)) => DayKind::Off(*holiday),
            Some((Ruling::MakeUp, holiday, _)) => DayKind::MakeUp(*holiday),
            None => self.likely(day).map_or(DayKind::Ordinary, DayKind::Likely),
        }
    }

    /// The festival near which a coming notice may rule on a day: also on the last days of the year before,
    /// whose own notice is long out (元旦). Of the notices of 2023 to 2026 no day off lies outside these
    /// reaches, and no make-up day further than a fortnight from its festival.
    fn likely(&self, day: i64) -> Option<Holiday> {
        let coming = |(first, _): &&(i64, Holiday)| !self.notices.contains_key(&Date::of_day(*first).year);
        let near = || {
            let reach = (day - FURTHEST_AFTER, Holiday::NewYear)..(day + WEEKENDS_BEFORE + 1, Holiday::NewYear);
            self.festivals.range(reach).filter(coming).map(|(first, holiday)| (day - first, *holiday))
        };
        // Days off lie together; make-up days are weekends around them.
        let off = near().find(|(after, holiday)| (-DAYS_BEFORE..longest(*holiday)).contains(after));
        let make_up = || {
            let around = |(after, holiday): &(i64, Holiday)| *after < longest(*holiday) + WEEKENDS_AFTER;
            near().filter(around).filter(|_| weekday(day) >= 5).min_by_key(|(after, _)| after.abs())
        };
        off.or_else(make_up).map(|(_, holiday)| holiday)
    }

    /// The notices, by year.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.values()
    }

    /// What is ruled on days from `first` to before `end`, counted from 1970-01-01, in order.
    pub fn rulings(&self, first: i64, end: i64) -> impl Iterator<Item = (Date, Ruling, Holiday)> + '_ {
        self.rulings.range(first..end).map(|(day, (ruling, holiday, _))| (Date::of_day(*day), *ruling, *holiday))
    }

    /// What the notice of a year rules, in the order of its days; 元旦 may begin in the year before.
    pub fn ruled_by(&self, year: i64) -> impl Iterator<Item = (Date, Ruling, Holiday)> + '_ {
        let of_year = self.rulings.iter().filter(move |(_, (_, _, of))| *of == year);
        of_year.map(|(day, (ruling, holiday, _))| (Date::of_day(*day), *ruling, *holiday))
    }
}

/// Whether the notice of a year may say this of a date: the day counted from 1970-01-01.
///
/// # Errors
/// There is no such date, it lies far from that year, or it is a working day anyway.
pub fn checked(year: i64, date: Date, ruling: Ruling) -> Result<i64, CalendarError> {
    let day = date.to_day().ok_or(CalendarError::NoSuchDate(date))?;
    if ruling == Ruling::MakeUp && weekday(day) < 5 {
        return Err(CalendarError::MakeUpOnAWorkingDay(date));
    }
    let near = [day - OVERLAP_DAYS, day + OVERLAP_DAYS].map(|day| Date::of_day(day).year);
    if near.contains(&year) { Ok(day) } else { Err(CalendarError::WrongYear(date)) }
}

/// How many days a festival's days off may last from its first day.
const fn longest(holiday: Holiday) -> i64 {
    match holiday {
        Holiday::SpringFestival => 9,
        Holiday::NationalDay => 8,
        Holiday::LabourDay => 5,
        _ => 3,
    }
}

/// 0 is Monday, 6 is Sunday; `day` counts from 1970-01-01, a Thursday.
const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    fn day(text: &str) -> i64 {
        date(text).to_day().expect("a date")
    }

    fn of_2026() -> Calendar {
        let mut calendar = Calendar::default();
        let notice =
            Notice {
                year: 2026, number: "国办发明电〔2025〕7号".into(), published: None, source: "test".into()
            };
        let mut days: Vec<_> =
            (1..=7).map(|day| (Date { year: 2026, month: 10, day }, Ruling::Off, Holiday::NationalDay)).collect();
        days.push((date("2026-09-20"), Ruling::MakeUp, Holiday::NationalDay));
        days.push((date("2026-10-10"), Ruling::MakeUp, Holiday::NationalDay));
        calendar.add(notice, &days).expect("a calendar");
        calendar.add_festivals([(date("2027-10-01"), Holiday::NationalDay)]);
        calendar
    }

    #[test]
    fn a_notice_rules_and_the_rest_of_its_year_is_ordinary() {
        let calendar = of_2026();
        assert_eq!(calendar.kind_of(day("2026-10-07")), DayKind::Off(Holiday::NationalDay));
        assert_eq!(calendar.kind_of(day("2026-10-08")), DayKind::Ordinary);
        assert_eq!(calendar.kind_of(day("2026-10-10")), DayKind::MakeUp(Holiday::NationalDay));
    }

    #[test]
    fn without_a_notice_days_near_a_festival_are_likely_and_others_ordinary() {
        let calendar = of_2026();
        for likely in ["2027-10-01", "2027-10-07", "2027-09-25", "2027-10-09"] {
            assert_eq!(calendar.kind_of(day(likely)), DayKind::Likely(Holiday::NationalDay), "{likely}");
        }
        for ordinary in ["2027-07-15", "2027-10-13", "2027-09-28", "2027-11-06"] {
            assert_eq!(calendar.kind_of(day(ordinary)), DayKind::Ordinary, "{ordinary}");
        }
    }

    #[test]
    fn a_notice_that_cannot_be_is_refused_whole() {
        let mut calendar = Calendar::default();
        let notice = Notice { year: 2026, number: "".into(), published: None, source: "test".into() };
        let monday = (date("2026-09-21"), Ruling::MakeUp, Holiday::NationalDay);
        assert_eq!(calendar.add(notice.clone(), &[monday]), Err(CalendarError::MakeUpOnAWorkingDay(monday.0)));
        let late = (date("2027-02-06"), Ruling::Off, Holiday::SpringFestival);
        assert_eq!(calendar.add(notice.clone(), &[late]), Err(CalendarError::WrongYear(late.0)));
        let twice = [(date("2026-05-01"), Ruling::Off, Holiday::LabourDay); 2];
        assert_eq!(calendar.add(notice, &twice), Err(CalendarError::Twice(twice[0].0)));
        assert_eq!(calendar, Calendar::default());
    }

    #[test]
    fn the_last_days_of_a_year_wait_for_the_next_notice_and_a_new_notice_takes_its_own_days_only() {
        let mut calendar = of_2026();
        calendar.add_festivals([(date("2027-01-01"), Holiday::NewYear), (date("2026-12-30"), Holiday::Other)]);
        assert_eq!(calendar.kind_of(day("2026-12-31")), DayKind::Likely(Holiday::NewYear));
        assert_eq!(calendar.kind_of(day("2027-01-02")), DayKind::Likely(Holiday::NewYear));

        let notice = |year| Notice { year, number: "".into(), published: None, source: "test".into() };
        let new_year = (date("2026-12-31"), Ruling::Off, Holiday::NewYear);
        calendar.add(notice(2027), &[new_year]).expect("a calendar");
        assert_eq!(calendar.kind_of(new_year.0.to_day().expect("a date")), DayKind::Off(Holiday::NewYear));
        assert_eq!(calendar.kind_of(day("2027-10-01")), DayKind::Ordinary, "its notice does not speak of it");
        // 2026 said again leaves what 2027 said of 2026's last day.
        calendar.add(notice(2026), &[]).expect("a calendar");
        assert_eq!(calendar.ruled_by(2027).collect::<Vec<_>>(), [new_year]);
        assert_eq!(calendar.kind_of(day("2026-10-01")), DayKind::Ordinary);
    }

    #[test]
    fn two_festivals_may_fall_on_one_day_and_the_longer_one_reaches_further() {
        let mut calendar = Calendar::default();
        let both = date("2031-10-01");
        calendar.add_festivals([(both, Holiday::NationalDay), (both, Holiday::MidAutumn)]);
        assert_eq!(calendar.kind_of(day("2031-10-07")), DayKind::Likely(Holiday::NationalDay));
    }
}
