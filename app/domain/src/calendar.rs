//! China's days off and make-up working days (调休): what the State Council's yearly notices say, and
//! where there is no notice yet, on which days one is likely to say something.
//!
//! The days are data (`server/data/calendar`, and what an administrator imports), never code.

use crate::time::Date;
use std::collections::BTreeMap;

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
    /// By day counted from 1970-01-01.
    rulings: BTreeMap<i64, (Ruling, Holiday)>,
    /// First day of a festival, by day counted from 1970-01-01 (除夕 for 春节: it is a day off since 2025).
    festivals: BTreeMap<i64, Holiday>,
}

/// A calendar that contradicts itself or the Gregorian one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// There is no such date.
    NoSuchDate(Date),
    /// A make-up working day on a Monday to Friday.
    MakeUpOnAWorkingDay(Date),
    /// A date that a notice of another year's rules on further than a fortnight away from its year.
    WrongYear(Date),
}

/// A notice may rule on days of the year before (元旦) or after.
const OVERLAP_DAYS: i64 = 14;

impl Calendar {
    /// Takes over what a notice says, instead of anything said for its year before.
    ///
    /// # Errors
    /// A date that cannot be; then nothing is taken over.
    pub fn add(&mut self, notice: Notice, days: &[(Date, Ruling, Holiday)]) -> Result<(), CalendarError> {
        let mut rulings = Vec::with_capacity(days.len());
        for (date, ruling, holiday) in days {
            let day = date.to_day().ok_or(CalendarError::NoSuchDate(*date))?;
            if *ruling == Ruling::MakeUp && weekday(day) < 5 {
                return Err(CalendarError::MakeUpOnAWorkingDay(*date));
            }
            let near = [day - OVERLAP_DAYS, day + OVERLAP_DAYS].map(|day| Date::of_day(day).year);
            if !near.contains(&notice.year) {
                return Err(CalendarError::WrongYear(*date));
            }
            rulings.push((day, (*ruling, *holiday)));
        }
        if self.notices.contains_key(&notice.year) {
            self.rulings.retain(|day, _| Date::of_day(*day).year != notice.year);
        }
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
            Some((Ruling::Off, holiday)) => DayKind::Off(*holiday),
            Some((Ruling::MakeUp, holiday)) => DayKind::MakeUp(*holiday),
            None if self.notices.contains_key(&Date::of_day(day).year) => DayKind::Ordinary,
            None => self.likely(day).map_or(DayKind::Ordinary, DayKind::Likely),
        }
    }

    /// The festival near which the coming notice may rule on a day. Of the notices of 2023 to 2026 no day
    /// off lies outside these reaches, and no make-up day further than a fortnight from its festival.
    fn likely(&self, day: i64) -> Option<Holiday> {
        let is_weekend = weekday(day) >= 5;
        let near = self.festivals.range(day - 16..=day + 14).find(|(first, holiday)| {
            let after = day - **first;
            let (before, length) = match holiday {
                Holiday::SpringFestival => (2, 9),
                Holiday::NationalDay => (2, 8),
                Holiday::LabourDay => (2, 5),
                _ => (2, 3),
            };
            // Days off lie together; make-up days are weekends around them.
            (-before..length).contains(&after) || (is_weekend && (-14..length + 8).contains(&after))
        });
        near.map(|(_, holiday)| *holiday)
    }

    /// The notices, by year.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.values()
    }

    /// What is ruled on days from `first` to before `end`, counted from 1970-01-01, in order.
    pub fn rulings(&self, first: i64, end: i64) -> impl Iterator<Item = (Date, Ruling, Holiday)> + '_ {
        self.rulings.range(first..end).map(|(day, (ruling, holiday))| (Date::of_day(*day), *ruling, *holiday))
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
        assert_eq!(calendar.add(notice, &[late]), Err(CalendarError::WrongYear(late.0)));
        assert_eq!(calendar, Calendar::default());
    }
}
