//! What a person asks for, and the three answers a station can give.

use super::{Amenity, AmenitySet, Audience, Kind};

/// Whether a station meets a wish. Most real rows say nothing of hours and facilities, so "no" and
/// "not said" must stay apart: a strict filter would empty the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is hidden.
    No,
    /// 没有写明: shown under a divider.
    Unsaid,
    /// Shown first.
    Yes,
}

impl Verdict {
    const fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unsaid,
        }
    }
}

/// The columns of a station that filters read, small enough to scan by the million.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Amenities that are there and not broken.
    pub usable: AmenitySet,
    /// Amenities known to be missing or broken.
    pub missing: AmenitySet,
    /// What it is.
    pub kind: Kind,
    /// Who may go in.
    pub audience: Option<Audience>,
    /// Whether the hours are 24/7; `None` while they are not known.
    pub always: Option<bool>,
    /// 已撤销.
    pub closed_for_good: bool,
}

/// Some kinds of place; empty means any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KindSet(u8);

impl KindSet {
    /// With one more.
    #[must_use]
    pub const fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// With one less.
    #[must_use]
    pub const fn without(self, kind: Kind) -> Self {
        Self(self.0 & !(1 << kind as u8))
    }

    /// Whether it was asked for.
    #[must_use]
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 >> (kind as u8) & 1 == 1
    }

    /// Whether no kind was asked for.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// One wish: a chip on the screen, a word in the URL's `want`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wish {
    /// 现在开门.
    OpenNow,
    /// 24 小时.
    AllDay,
    /// 谁都能进.
    Everyone,
    /// One kind of place; several kinds are alternatives.
    Kind(Kind),
    /// An amenity; several are all wanted.
    Amenity(Amenity),
}

impl Wish {
    /// The code in a URL.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OpenNow => "open",
            Self::AllDay => "24h",
            Self::Everyone => "everyone",
            Self::Kind(kind) => kind.code(),
            Self::Amenity(amenity) => amenity.code(),
        }
    }

    /// The word on the chip.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OpenNow => "现在开门",
            Self::AllDay => "24 小时",
            Self::Everyone => "谁都能进",
            Self::Kind(kind) => kind.word(),
            Self::Amenity(amenity) => amenity.word(),
        }
    }

    /// The wish of a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "open" => Some(Self::OpenNow),
            "24h" => Some(Self::AllDay),
            "everyone" => Some(Self::Everyone),
            other => Kind::parse(other).map(Self::Kind).or_else(|| Amenity::parse(other).map(Self::Amenity)),
        }
    }
}

/// All that is asked for at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// All of these.
    pub amenities: AmenitySet,
    /// One of these; empty is any.
    pub kinds: KindSet,
    /// Open at the moment of asking.
    pub open_now: bool,
    /// 24 小时.
    pub all_day: bool,
    /// 谁都能进.
    pub everyone: bool,
}

impl Wanted {
    /// Nothing in particular.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a wish is among them.
    #[must_use]
    pub const fn has(&self, wish: Wish) -> bool {
        match wish {
            Wish::OpenNow => self.open_now,
            Wish::AllDay => self.all_day,
            Wish::Everyone => self.everyone,
            Wish::Kind(kind) => self.kinds.contains(kind),
            Wish::Amenity(amenity) => self.amenities.contains(amenity),
        }
    }

    /// With one wish more, or less when it was there: what a tap on a chip does.
    #[must_use]
    pub const fn toggled(mut self, wish: Wish) -> Self {
        let on = !self.has(wish);
        match wish {
            Wish::OpenNow => self.open_now = on,
            Wish::AllDay => self.all_day = on,
            Wish::Everyone => self.everyone = on,
            Wish::Kind(kind) => self.kinds = if on { self.kinds.with(kind) } else { self.kinds.without(kind) },
            Wish::Amenity(amenity) => {
                self.amenities = if on { self.amenities.with(amenity) } else { self.amenities.without(amenity) };
            }
        }
        self
    }

    /// The wishes, in the order they are shown.
    pub fn wishes(&self) -> impl Iterator<Item = Wish> + '_ {
        [Wish::OpenNow, Wish::AllDay, Wish::Everyone]
            .into_iter()
            .chain(Kind::ALL.iter().copied().map(Wish::Kind))
            .chain(Amenity::ALL.iter().copied().map(Wish::Amenity))
            .filter(|wish| self.has(*wish))
    }

    /// Reads `want=open,hot_water`.
    ///
    /// # Errors
    /// The first word that is no wish.
    pub fn parse(text: &str) -> Result<Self, &str> {
        text.split(',').filter(|word| !word.is_empty()).try_fold(Self::default(), |wanted, word| {
            let wish = Wish::parse(word).ok_or(word)?;
            Ok(if wanted.has(wish) { wanted } else { wanted.toggled(wish) })
        })
    }

    /// Writes what [`Wanted::parse`] reads.
    #[must_use]
    pub fn to_query(&self) -> String {
        self.wishes().map(Wish::code).collect::<Vec<_>>().join(",")
    }

    /// What a station answers. `open` is its door at the moment of asking.
    ///
    /// A place that is gone for good answers no to any wish, and to none.
    #[must_use]
    pub fn judge(&self, facts: &Facts, open: Option<bool>) -> Verdict {
        if facts.closed_for_good
            || !(self.kinds.is_empty() || self.kinds.contains(facts.kind))
            || facts.missing.contains_any(self.amenities)
        {
            return Verdict::No;
        }
        let mut verdict = if facts.usable.contains_all(self.amenities) { Verdict::Yes } else { Verdict::Unsaid };
        if self.open_now {
            verdict = verdict.min(Verdict::of(open));
        }
        if self.all_day {
            verdict = verdict.min(Verdict::of(facts.always));
        }
        if self.everyone {
            verdict = verdict.min(Verdict::of(facts.audience.map(|audience| audience == Audience::Everyone)));
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENT: Facts = Facts {
        usable: AmenitySet::EMPTY,
        missing: AmenitySet::EMPTY,
        kind: Kind::UnionStation,
        audience: None,
        always: None,
        closed_for_good: false,
    };

    fn judge(want: &str, facts: Facts, open: Option<bool>) -> Verdict {
        Wanted::parse(want).expect("known words").judge(&facts, open)
    }

    #[test]
    fn silence_is_neither_yes_nor_no() {
        assert_eq!(judge("hot_water", SILENT, None), Verdict::Unsaid);
        assert_eq!(judge("open", SILENT, None), Verdict::Unsaid);
        assert_eq!(judge("24h", SILENT, Some(true)), Verdict::Unsaid);
        assert_eq!(judge("", SILENT, None), Verdict::Yes);
    }

    #[test]
    fn one_no_hides_whatever_else_is_unsaid() {
        let dry = Facts { missing: AmenitySet::EMPTY.with(Amenity::HotWater), ..SILENT };
        assert_eq!(judge("hot_water,shower", dry, None), Verdict::No);
        assert_eq!(judge("open,shower", SILENT, Some(false)), Verdict::No);
    }

    #[test]
    fn all_amenities_are_wanted_but_kinds_are_alternatives() {
        let wet = Facts { usable: AmenitySet::EMPTY.with(Amenity::HotWater), ..SILENT };
        assert_eq!(judge("hot_water", wet, None), Verdict::Yes);
        assert_eq!(judge("hot_water,shower", wet, None), Verdict::Unsaid);
        assert_eq!(judge("driver_home,union_station", wet, None), Verdict::Yes);
        assert_eq!(judge("driver_home", wet, None), Verdict::No);
    }

    #[test]
    fn a_place_that_is_gone_is_never_offered() {
        assert_eq!(judge("", Facts { closed_for_good: true, ..SILENT }, Some(true)), Verdict::No);
    }

    #[test]
    fn every_wish_toggles_and_reads_back() {
        let all = [Wish::OpenNow, Wish::AllDay, Wish::Everyone]
            .into_iter()
            .chain(Kind::ALL.iter().copied().map(Wish::Kind))
            .chain(Amenity::ALL.iter().copied().map(Wish::Amenity));
        for wish in all {
            let on = Wanted::default().toggled(wish);
            assert_eq!(on.wishes().collect::<Vec<_>>(), [wish]);
            assert_eq!(Wanted::parse(&on.to_query()), Ok(on));
            assert!(on.toggled(wish).is_empty());
        }
        assert_eq!(Wanted::parse("hot_water,sauna"), Err("sauna"));
    }
}
