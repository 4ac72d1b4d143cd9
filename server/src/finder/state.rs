//! All stations at one moment: a large block, a small one of later edits, and which stations of the
//! large one those edits cover.

use super::{
    block::{Block, Tally, Traits},
    sieve::Sieve,
};
use domain::{
    calendar::Calendar,
    ports::StationLookup,
    station::{Code, Station},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What happened to a station.
#[derive(Clone, Debug)]
pub enum Change {
    /// It is new, or different.
    Put(Arc<Station>),
    /// Its source no longer lists it.
    Gone(Code),
}

/// A set of slots, one bit each; slots past its end are not in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots(Vec<u64>);

impl Slots {
    pub(super) fn contains(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    fn insert(&mut self, slot: u32) -> bool {
        let word = slot as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let new = !self.contains(slot);
        self.0[word] |= 1 << (slot % 64);
        new
    }
}

/// An immutable state of the finder.
#[derive(Default)]
pub(super) struct State {
    base: Arc<Block>,
    /// Slots of the base that a later edit replaces or takes away.
    covered: Slots,
    covered_tally: Tally,
    fresh: Block,
    /// Codes retired when the base was built, sorted.
    retired: Arc<[Code]>,
    /// Codes retired since.
    gone: BTreeSet<Code>,
    demo_steps_back: bool,
    revision: u64,
    calendar: Arc<Calendar>,
}

/// A block and which of its stations count.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) block: &'a Block,
    covered: Option<&'a Slots>,
    without_demo: bool,
}

impl Part<'_> {
    /// Whether a station is there to be found.
    pub(super) fn shows(&self, slot: u32) -> bool {
        let covered = self.covered.is_some_and(|covered| covered.contains(slot));
        let steps_back = || self.without_demo && self.block.traits[slot as usize].any(Traits::DEMO);
        !covered && !steps_back()
    }

    /// Whether it is there and is what was asked for.
    pub(super) fn keeps(&self, sieve: &Sieve, slot: u32) -> bool {
        self.shows(slot) && sieve.lets(self.block, slot)
    }
}

impl State {
    pub(super) fn new(
        stations: Vec<Arc<Station>>,
        mut retired: Vec<Code>,
        revision: u64,
        calendar: Arc<Calendar>,
    ) -> Self {
        let base = Arc::new(Block::build(stations, &calendar));
        retired.retain(|code| base.slot_of(*code).is_none());
        retired.sort_unstable();
        retired.dedup();
        let demo_steps_back = base.tally.real > 0;
        Self { base, retired: retired.into(), demo_steps_back, revision, calendar, ..Self::default() }
    }

    /// With some changes more, beside the same base.
    pub(super) fn edited(&self, changes: Vec<Change>, revision: u64) -> Self {
        let mut fresh: BTreeMap<Code, Arc<Station>> =
            self.fresh.stations.iter().map(|station| (station.code, Arc::clone(station))).collect();
        let (mut covered, mut covered_tally, mut gone) = (self.covered.clone(), self.covered_tally, self.gone.clone());
        for change in changes {
            let code = match &change {
                Change::Put(station) => station.code,
                Change::Gone(code) => *code,
            };
            if let Some(slot) = self.base.slot_of(code).filter(|slot| covered.insert(*slot)) {
                covered_tally.add(self.base.traits[slot as usize]);
            }
            match change {
                Change::Put(station) => {
                    gone.remove(&code);
                    fresh.insert(code, station);
                }
                Change::Gone(_) => {
                    fresh.remove(&code);
                    gone.insert(code);
                }
            }
        }
        let fresh = Block::build(fresh.into_values().collect(), &self.calendar);
        let demo_steps_back = self.base.tally.real + fresh.tally.real > covered_tally.real;
        let (base, retired) = (Arc::clone(&self.base), Arc::clone(&self.retired));
        let calendar = Arc::clone(&self.calendar);
        Self { base, covered, covered_tally, fresh, retired, gone, demo_steps_back, revision, calendar }
    }

    /// With some changes more, all in one new base.
    pub(super) fn compacted(&self, changes: Vec<Change>, revision: u64) -> Self {
        self.rebuilt(changes, revision, Arc::clone(&self.calendar))
    }

    /// The same stations under another calendar.
    pub(super) fn under(&self, calendar: Arc<Calendar>) -> Self {
        self.rebuilt(Vec::new(), self.revision, calendar)
    }

    pub(super) fn calendar(&self) -> &Arc<Calendar> {
        &self.calendar
    }

    fn rebuilt(&self, changes: Vec<Change>, revision: u64, calendar: Arc<Calendar>) -> Self {
        let before = |slot: &u32| !self.covered.contains(*slot);
        let base = (0..).zip(&self.base.stations).filter(|(slot, _)| before(slot)).map(|(_, station)| station);
        let mut stations: BTreeMap<Code, Arc<Station>> =
            base.chain(&self.fresh.stations).map(|station| (station.code, Arc::clone(station))).collect();
        let mut retired: BTreeSet<Code> = self.retired.iter().copied().chain(self.gone.iter().copied()).collect();
        for change in changes {
            match change {
                Change::Put(station) => {
                    stations.insert(station.code, station);
                }
                Change::Gone(code) => {
                    stations.remove(&code);
                    retired.insert(code);
                }
            }
        }
        Self::new(stations.into_values().collect(), retired.into_iter().collect(), revision, calendar)
    }

    /// How many edits lie beside the base.
    pub(super) fn edits(&self) -> usize {
        self.fresh.len() + self.gone.len()
    }

    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// How many stations there are to be found.
    pub(super) fn count(&self) -> usize {
        let [base, fresh, covered] = [self.base.tally, self.fresh.tally, self.covered_tally];
        let demo = if self.demo_steps_back { base.demo + fresh.demo - covered.demo } else { 0 };
        base.all + fresh.all - covered.all - demo
    }

    /// The blocks that hold stations.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let edited = self.covered_tally.all > 0;
        let base = Part {
            block: &self.base,
            covered: edited.then_some(&self.covered),
            without_demo: self.demo_steps_back && self.base.tally.demo > 0,
        };
        let without_demo = self.demo_steps_back && self.fresh.tally.demo > 0;
        let fresh = Part { block: &self.fresh, covered: None, without_demo };
        [base, fresh].into_iter().filter(|part| part.block.len() > 0)
    }

    pub(super) fn by_code(&self, code: Code) -> StationLookup {
        let mut known = false;
        for part in self.parts() {
            if let Some(slot) = part.block.slot_of(code) {
                known = true;
                if part.shows(slot) {
                    return StationLookup::Here(Arc::clone(part.block.station(slot)));
                }
            }
        }
        // Known but not shown: it gave way to real stations, or its source let it go.
        if known || self.gone.contains(&code) || self.retired.binary_search(&code).is_ok() {
            StationLookup::Retired
        } else {
            StationLookup::Missing
        }
    }

    pub(super) fn column_bytes(&self) -> usize {
        self.base.column_bytes()
            + self.fresh.column_bytes()
            + size_of_val(self.covered.0.as_slice())
            + size_of_val(&*self.retired)
    }
}
