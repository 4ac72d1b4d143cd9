//! How old a fact is, in words. Age changes the look of a fact, never the order of nearest.

use super::{Amenity, Said, Voices};
use crate::time::{DAY_MS, LocalTime, Millis};

const HALF_A_YEAR: i64 = 183;

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

impl Trust {
    /// The code of the public API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Aging => "aging",
            Self::Stale => "stale",
        }
    }
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
        let trust = if days <= HALF_A_YEAR { Trust::Aging } else { Trust::Stale };
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

/// How far the fact "one gets in at the posted hours" may be trusted, in words: from its age, from who looked,
/// and from what people at the door say against it. `basis` is who looked apart from them.
#[must_use]
pub fn confidence(basis: Option<Confirmation>, voices: Option<&Voices>, now: Millis) -> (String, Trust) {
    let Some(voices) = voices else { return freshness(basis, now) };
    if voices.is_disputed(now) {
        return ("有人说锁着，有人说开着".to_owned(), Trust::Stale);
    }
    if let Some(word) = voices.doubt(now) {
        let who = if word.voices > 1 { format!("有 {} 个工友", word.voices) } else { "有工友".to_owned() };
        return (format!("{}{who}说{}", ago(word.at, now), word.said.word()), Trust::Stale);
    }
    freshness(later(basis, voices.confirmed), now)
}

/// The same of one amenity. `basis` is who looked at it, or at the whole station.
#[must_use]
pub fn amenity_confidence(
    amenity: Amenity,
    basis: Option<Confirmation>,
    voices: Option<&Voices>,
    now: Millis,
) -> (String, Trust) {
    match voices.and_then(|voices| voices.amenity(amenity, now)) {
        Some(word) if word.said == Said::AmenityGone => {
            (format!("{}有工友说{}没了", ago(word.at, now), amenity.word()), Trust::Stale)
        }
        Some(word) => freshness(later(basis, Some(Confirmation { at: word.at, by: Witness::Worker })), now),
        None => freshness(basis, now),
    }
}

/// The one to be told. Who stood there counts before a file, until that is half a year ago.
fn later(basis: Option<Confirmation>, worker: Option<Confirmation>) -> Option<Confirmation> {
    let (Some(known), Some(seen)) = (basis, worker) else { return basis.or(worker) };
    let head_start = if known.by == Witness::Import { HALF_A_YEAR * DAY_MS } else { 0 };
    Some(if known.at > seen.at.saturating_add(head_start) { known } else { seen })
}

fn ago(at: Millis, now: Millis) -> String {
    match LocalTime::of(now).day - LocalTime::of(at).day {
        ..=0 => "今天".to_owned(),
        1 => "昨天".to_owned(),
        days => format!("{days} 天前"),
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
    use crate::station::{AmenityWord, DoorWord};

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

    fn locked(voices: u16, days: i64) -> Voices {
        let at = days_before(NOW, days);
        Voices {
            door: Some(DoorWord { said: Said::Locked, at, voices, until: NOW + DAY_MS }),
            confirmed: Some(Confirmation { at: days_before(NOW, 1), by: Witness::Worker }),
            ..Voices::default()
        }
    }

    #[test]
    fn what_people_at_the_door_say_against_it_is_told_first() {
        let manager = Some(Confirmation { at: days_before(NOW, 3), by: Witness::Manager });
        let told = |voices: &Voices| confidence(manager, Some(voices), NOW);
        assert_eq!(told(&locked(3, 0)), ("今天有 3 个工友说锁着".into(), Trust::Stale));
        assert_eq!(told(&locked(1, 4)).0, "4 天前有工友说锁着");
        let both = Voices { disputed_until: Some(NOW + 1), ..locked(3, 0) };
        assert_eq!(told(&both), ("有人说锁着，有人说开着".into(), Trust::Stale));
        assert_eq!(confidence(manager, Some(&both), NOW + 3 * DAY_MS).0, "4 天前有工友确认");
    }

    #[test]
    fn a_worker_at_the_door_counts_before_a_newer_file_but_not_for_ever() {
        let file = |days| Some(Confirmation { at: days_before(NOW, days), by: Witness::Import });
        let found_open = |days| Voices {
            confirmed: Some(Confirmation { at: days_before(NOW, days), by: Witness::Worker }),
            ..Voices::default()
        };
        assert_eq!(confidence(file(2), Some(&found_open(5)), NOW).0, "5 天前有工友确认");
        assert_eq!(confidence(file(2), Some(&found_open(300)), NOW).0, "2026年11月的资料，没人到门口确认过");
        let manager = Some(Confirmation { at: days_before(NOW, 1), by: Witness::Manager });
        assert_eq!(confidence(manager, Some(&found_open(5)), NOW).0, "1 天前管理员确认");
        assert_eq!(confidence(None, Some(&Voices::default()), NOW).0, "没人确认过");
    }

    #[test]
    fn an_amenity_that_people_miss_is_told_and_so_is_its_return() {
        let word = |said| Voices {
            amenities: [AmenityWord { amenity: Amenity::HotWater, said, at: NOW, until: NOW + DAY_MS }].into(),
            ..Voices::default()
        };
        let told = |said, at| amenity_confidence(Amenity::HotWater, None, Some(&word(said)), at);
        assert_eq!(told(Said::AmenityGone, NOW), ("今天有工友说热水没了".into(), Trust::Stale));
        assert_eq!(told(Said::AmenityBack, NOW), ("今天有工友确认".into(), Trust::Fresh));
        assert_eq!(told(Said::AmenityGone, NOW + DAY_MS).0, "没人确认过");
    }
}
