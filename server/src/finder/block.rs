//! Stations in the order of the index, and beside them the columns that filters read.

use super::{doors::Doors, names::Letters};
use domain::{
    calendar::Calendar,
    geo::Index,
    station::{Amenity, AmenitySet, Audience, Code, Kind, Station, Verdict, Voices},
};
use std::sync::Arc;

/// A set of amenities, and above them of other wishes: one bit each.
pub(super) type Bits = u64;

const _: () = assert!(Amenity::ALL.len() <= 60, "the upper bits are other wishes");

/// The bit of an amenity.
pub(super) const fn bit(amenity: Amenity) -> Bits {
    1 << amenity as u8
}

/// The bits of a set.
pub(super) fn bits(set: AmenitySet) -> Bits {
    set.iter().fold(0, |bits, amenity| bits | bit(amenity))
}

/// What a station has, and what it is known not to have.
fn offered(station: &Station) -> (Bits, Bits) {
    let facts = station.facts();
    (bits(facts.usable), bits(facts.missing))
}

/// The small facts of a station in one word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits(u16);

const _: () = assert!(Kind::ALL.len() <= 8, "three bits");

impl Traits {
    /// 已撤销.
    pub(super) const GONE: u16 = 1 << 7;
    /// 示范.
    pub(super) const DEMO: u16 = 1 << 8;
    /// It has a closure, or its door is doubted, which may or may not hold: ask the station.
    pub(super) const ASK: u16 = 1 << 9;
    /// Neither 示范 nor generated.
    pub(super) const REAL: u16 = 1 << 10;

    fn of(station: &Station) -> Self {
        let everyone = verdict(station.audience.map(|audience| audience == Audience::Everyone));
        let always = verdict(station.facts().always);
        let flag = |on: bool, bit: u16| if on { bit } else { 0 };
        let doubted = station.voices.as_deref().is_some_and(Voices::may_doubt);
        Self(
            station.kind as u16
                | (everyone as u16) << 3
                | (always as u16) << 5
                | flag(station.closed_for_good, Self::GONE)
                | flag(station.is_demo(), Self::DEMO)
                | flag(station.closure.is_some() || doubted, Self::ASK)
                | flag(!station.is_demo() && !station.is_synthetic(), Self::REAL),
        )
    }

    pub(super) const fn any(self, bits: u16) -> bool {
        self.0 & bits != 0
    }

    /// The bit of its kind in a set of kinds.
    pub(super) const fn kind_bit(self) -> u8 {
        1 << (self.0 & 7)
    }

    /// 谁都能进.
    pub(super) const fn everyone(self) -> Verdict {
        unpack(self.0 >> 3)
    }

    /// 24 小时.
    pub(super) const fn always(self) -> Verdict {
        unpack(self.0 >> 5)
    }
}

const fn verdict(known: Option<bool>) -> Verdict {
    match known {
        Some(true) => Verdict::Yes,
        Some(false) => Verdict::No,
        None => Verdict::Unsaid,
    }
}

const fn unpack(bits: u16) -> Verdict {
    match bits & 3 {
        0 => Verdict::No,
        1 => Verdict::Unsaid,
        _ => Verdict::Yes,
    }
}

/// How many stations there are of each standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) all: usize,
    pub(super) demo: usize,
    pub(super) real: usize,
}

impl Tally {
    pub(super) fn add(&mut self, traits: Traits) {
        self.all += 1;
        self.demo += usize::from(traits.any(Traits::DEMO));
        self.real += usize::from(traits.any(Traits::REAL));
    }
}

/// What the stations of a block offer and leave unsaid taken together: tells without looking at each
/// that a question has no answer. It may promise too much, never too little.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Summary {
    /// Amenities that some station has.
    pub(super) usable: Bits,
    /// Amenities of which some station says nothing.
    pub(super) silent: Bits,
    /// Bits of the kinds there are.
    pub(super) kinds: u8,
    /// Some station lets everyone in; some station does not say.
    pub(super) everyone: (bool, bool),
    /// Some station is always open; some station has no known hours.
    pub(super) always: (bool, bool),
    /// Some station has known hours, of its own or for some days.
    pub(super) hours: bool,
}

/// An immutable set of stations.
#[derive(Default)]
pub(super) struct Block {
    pub(super) index: Option<Index>,
    /// By slot, as are all columns below.
    pub(super) stations: Vec<Arc<Station>>,
    /// Amenities that are there and not broken, and those known to be missing or broken.
    pub(super) usable: Vec<Bits>,
    pub(super) missing: Vec<Bits>,
    pub(super) traits: Vec<Traits>,
    pub(super) doors: Doors,
    pub(super) letters: Vec<Letters>,
    /// The place of each slot in `codes`.
    pub(super) ranks: Vec<u32>,
    /// All codes, sorted.
    codes: Vec<Code>,
    /// The slot of each code.
    slots: Vec<u32>,
    pub(super) summary: Summary,
    pub(super) tally: Tally,
}

impl Block {
    /// Of two stations with one code the later one stays.
    pub(super) fn build(mut stations: Vec<Arc<Station>>, calendar: &Arc<Calendar>) -> Self {
        stations.reverse();
        stations.sort_by_cached_key(|station| station.code);
        stations.dedup_by_key(|station| station.code);
        if stations.is_empty() {
            return Self::default();
        }
        let codes: Vec<Code> = stations.iter().map(|station| station.code).collect();
        let points: Vec<_> = stations.iter().map(|station| station.point).collect();
        let (index, ranks) = Index::build(&points);
        drop(points);
        let stations: Vec<_> = ranks.iter().map(|rank| Arc::clone(&stations[*rank as usize])).collect();
        let mut slots = vec![0; codes.len()];
        for (slot, rank) in (0..).zip(&ranks) {
            slots[*rank as usize] = slot;
        }
        let (usable, missing): (Vec<_>, Vec<_>) = stations.iter().map(|station| offered(station)).unzip();
        let traits: Vec<_> = stations.iter().map(|station| Traits::of(station)).collect();
        let doors = Doors::of(&stations, Arc::clone(calendar));
        let letters = stations.iter().map(|station| Letters::of_station(station)).collect();
        let mut tally = Tally::default();
        for traits in &traits {
            tally.add(*traits);
        }
        let summary = summarise(&usable, &missing, &traits, &doors);
        let index = Some(index);
        Self { index, stations, usable, missing, traits, doors, letters, ranks, codes, slots, summary, tally }
    }

    pub(super) fn len(&self) -> usize {
        self.stations.len()
    }

    pub(super) fn slot_of(&self, code: Code) -> Option<u32> {
        self.codes.binary_search(&code).ok().map(|rank| self.slots[rank])
    }

    /// How many codes are not after `code`.
    pub(super) fn ranks_up_to(&self, code: Code) -> u32 {
        let count = self.codes.partition_point(|known| *known <= code);
        u32::try_from(count).expect("an index holds fewer stations than u32::MAX")
    }

    pub(super) fn slot_of_rank(&self, rank: u32) -> u32 {
        self.slots[rank as usize]
    }

    pub(super) fn station(&self, slot: u32) -> &Arc<Station> {
        &self.stations[slot as usize]
    }

    pub(super) fn column_bytes(&self) -> usize {
        self.index.as_ref().map_or(0, Index::bytes)
            + size_of_val(self.stations.as_slice())
            + size_of_val(self.usable.as_slice())
            + size_of_val(self.missing.as_slice())
            + size_of_val(self.traits.as_slice())
            + self.doors.bytes()
            + size_of_val(self.letters.as_slice())
            + size_of_val(self.ranks.as_slice())
            + size_of_val(self.codes.as_slice())
            + size_of_val(self.slots.as_slice())
    }
}

fn summarise(usable: &[Bits], missing: &[Bits], traits: &[Traits], doors: &Doors) -> Summary {
    let mut sum = Summary::default();
    for (slot, traits) in traits.iter().enumerate() {
        sum.usable |= usable[slot];
        sum.silent |= !(usable[slot] | missing[slot]);
        sum.kinds |= traits.kind_bit();
        sum.everyone.0 |= traits.everyone() == Verdict::Yes;
        sum.everyone.1 |= traits.everyone() == Verdict::Unsaid;
        sum.always.0 |= traits.always() == Verdict::Yes;
        sum.always.1 |= traits.always() == Verdict::Unsaid;
        sum.hours |= doors.known(slot) || traits.any(Traits::ASK);
    }
    sum
}
