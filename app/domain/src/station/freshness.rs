//! How old a fact is, in words. Age changes the look of a fact, never the order of nearest.

use crate::time::{DAY_MS, LocalTime, Millis};

codes! {
    /// Who said so.
    pub enum Witness {
        /// 站点管理员.
        Manager = "manager" "管理员",
        /// A worker at the door.
        Worker = "worker" "工友",
        /// A file somebody imported: the date is the file's.
        Import = "import" "资料",
    }
}

/// Somebody looked, then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
pub struct Confirmation {
    /// When.
    pub at: Millis,
    /// Who.
    pub by: Witness,
}

/// When single facts were last looked at, where that is known apart from the whole station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "server", serde(default))]
pub struct Checked {
    /// The opening hours.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub hours: Option<Confirmation>,
    /// How one gets in.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub door: Option<Confirmation>,
    /// The parking spaces.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub spaces: Option<Confirmation>,
}

/// How much an old fact may still be trusted; it picks the look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Confirmed within a week.
    Fresh,
    /// Confirmed within half a year.
    Aging,
    /// Older, or never confirmed.
    Stale,
}

/// The age of a station's facts in words, and how far to trust them.
#[must_use]
pub fn freshness(confirmation: Option<Confirmation>, now: Millis) -> (String, Trust) {
    let Some(Confirmation { at, by }) = confirmation else {
        return ("没人确认过".to_owned(), Trust::Stale);
    };
    let days = LocalTime::of(now).day - LocalTime::of(at).day;
    if by == Witness::Import {
        let date = LocalTime::of(at).date();
        let trust = if days <= 183 { Trust::Aging } else { Trust::Stale };
        return (format!("{}年{}月的资料，没人到门口确认过", date.year, date.month), trust);
    }
    let who = match by {
        Witness::Manager => "管理员",
        Witness::Worker | Witness::Import => "有工友",
    };
    match days {
        ..=0 => (format!("今天{who}确认"), Trust::Fresh),
        1..=7 => (format!("{days} 天前{who}确认"), Trust::Fresh),
        8..=59 => (format!("{days} 天前{who}确认"), Trust::Aging),
        60..=182 => (format!("{} 个月前{who}确认", days / 30), Trust::Aging),
        183..=364 => ("半年多没人确认".to_owned(), Trust::Stale),
        _ => (format!("{} 年多没人确认", days / 365), Trust::Stale),
    }
}

/// A moment so many days before another.
#[must_use]
pub const fn days_before(now: Millis, days: i64) -> Millis {
    now - days * DAY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_795_399_200_000;

    fn words(days: i64, by: Witness) -> (String, Trust) {
        freshness(Some(Confirmation { at: days_before(NOW, days), by }), NOW)
    }

    #[test]
    fn age_is_told_in_words_and_never_confirmed_is_said() {
        assert_eq!(words(0, Witness::Worker), ("今天有工友确认".into(), Trust::Fresh));
        assert_eq!(words(3, Witness::Manager), ("3 天前管理员确认".into(), Trust::Fresh));
        assert_eq!(words(90, Witness::Manager), ("3 个月前管理员确认".into(), Trust::Aging));
        assert_eq!(words(200, Witness::Manager).1, Trust::Stale);
        assert_eq!(words(800, Witness::Worker), ("2 年多没人确认".into(), Trust::Stale));
        assert_eq!(freshness(None, NOW), ("没人确认过".into(), Trust::Stale));
    }

    #[test]
    fn a_file_is_no_witness_at_the_door() {
        assert_eq!(words(10, Witness::Import), ("2026年11月的资料，没人到门口确认过".into(), Trust::Aging));
    }

    #[test]
    fn a_clock_that_runs_ahead_is_today_not_a_negative_age() {
        assert_eq!(words(-2, Witness::Worker).0, "今天有工友确认");
    }
}
