//! Stations in memory: every question a page or the public API asks is answered from here.
//!
//! A [`State`] is an immutable snapshot of all stations plus a small block of recent edits. It is
//! swapped as a whole, so a reader sees the old stations or the new ones, never half of a change,
//! and waits for nobody. Writers wait for each other.
//!
//! 示范 stations step back as soon as there is one real station (neither 示范 nor generated): lists,
//! names and the map leave them out, and their pages answer like those of a retired station.

mod along;
mod block;
mod bounds;
mod doors;
mod follow;
mod names;
mod nearby;
mod nearest;
mod relax;
mod sieve;
mod state;
#[cfg(test)]
mod tests;

pub use follow::{catch_up, follow, load};
pub use state::Change;

use arc_swap::ArcSwap;
use domain::{
    calendar::Calendar,
    geo::{Bounds, Cell, Line, Point, Tangled},
    ports::{BoundsAnswer, Found, FoundAlong, NearbyAnswer, StationLookup, Stations, Unsaid},
    station::{Code, Station, Wanted},
    time::Millis,
};
use sieve::Sieve;
use state::State;
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

/// How many recent edits are kept beside the snapshot before both are made one again.
const EDITS: usize = 512;
/// From so many changes at once on, one rebuild is quicker than edits and a rebuild.
const BULK: usize = 8 * EDITS;

/// The stations of this installation, in memory.
pub struct Finder {
    state: ArcSwap<State>,
    /// Held by writers only.
    writing: Mutex<()>,
    /// One more than the store's revision of the calendar that is read; 0 when it is none of the store's.
    calendar_revision: AtomicU64,
}

impl Finder {
    /// Without stations, at revision 0.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            state: ArcSwap::from_pointee(State::default()),
            writing: Mutex::new(()),
            calendar_revision: AtomicU64::new(0),
        }
    }

    /// Takes these stations instead of all that were there. `retired` are the codes of stations that
    /// their source no longer lists. Of two stations with one code the later one stays.
    ///
    /// Takes about a microsecond a station: not for a thread that serves requests.
    pub fn replace(&self, stations: Vec<Arc<Station>>, retired: Vec<Code>, revision: u64) {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let calendar = Arc::clone(self.state.load().calendar());
        self.state.store(Arc::new(State::new(stations, retired, revision, calendar)));
    }

    /// Makes all changes up to a revision visible, in their order. A few hundred are visible within
    /// milliseconds, whatever the number of stations. Does nothing when that revision is there
    /// already: of two who catch up at once the slower one must not bring the past back.
    ///
    /// Once many have gathered, it goes on to build a new snapshot (the changes are visible by then):
    /// not for a thread that serves requests.
    pub fn apply(&self, changes: Vec<Change>, revision: u64) {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self.state.load_full();
        if revision <= state.revision() {
            return;
        }
        if changes.len() >= BULK {
            self.state.store(Arc::new(state.compacted(changes, revision)));
            return;
        }
        state = Arc::new(state.edited(changes, revision));
        self.state.store(Arc::clone(&state));
        if state.edits() > EDITS {
            self.state.store(Arc::new(state.compacted(Vec::new(), revision)));
        }
    }

    /// Reads hours by this calendar from now on. Takes as long as [`Self::replace`].
    pub fn set_calendar(&self, calendar: Calendar) {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.read_by(calendar);
    }

    /// As [`Self::set_calendar`], with the store's revision of it. Does nothing when that revision or a
    /// later one is read already.
    fn set_calendar_at(&self, calendar: Calendar, revision: u64) {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.lacks_calendar(revision) {
            self.read_by(calendar);
            // Relaxed: the lock orders writers, and a reader that sees the old number only asks again.
            self.calendar_revision.store(revision + 1, Ordering::Relaxed);
        }
    }

    /// Whether the store's calendar of this revision is still to be read.
    fn lacks_calendar(&self, revision: u64) -> bool {
        self.calendar_revision.load(Ordering::Relaxed) <= revision
    }

    /// The caller holds the lock.
    fn read_by(&self, calendar: Calendar) {
        let state = self.state.load_full();
        if **state.calendar() != calendar {
            self.state.store(Arc::new(state.under(Arc::new(calendar))));
        }
    }

    /// Bytes of the columns and the index, without the stations themselves.
    #[must_use]
    pub fn column_bytes(&self) -> usize {
        self.state.load().column_bytes()
    }
}

impl Stations for Finder {
    fn revision(&self) -> u64 {
        self.state.load().revision()
    }

    fn calendar(&self) -> Arc<Calendar> {
        Arc::clone(self.state.load().calendar())
    }

    fn count(&self) -> usize {
        self.state.load().count()
    }

    fn nearby(&self, cell: Cell, wanted: &Wanted, now: Millis) -> NearbyAnswer {
        nearby::nearby(&self.state.load(), cell, wanted, now)
    }

    fn nearest(
        &self,
        at: Point,
        limit: usize,
        radius_m: f64,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> Vec<Found> {
        let state = self.state.load();
        nearest::nearest(&state, at, limit, radius_m, &Sieve::accepting(wanted, unsaid, now))
    }

    fn along(
        &self,
        line: &Line,
        width_m: f64,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
        limit: usize,
    ) -> Result<Vec<FoundAlong>, Tangled> {
        let state = self.state.load();
        let sieve = Sieve::accepting(wanted, unsaid, now);
        along::along(&state, line, width_m, limit, &sieve)
    }

    fn in_bounds(
        &self,
        bounds: Bounds,
        after: Option<Code>,
        limit: usize,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> BoundsAnswer {
        bounds::page(&self.state.load(), bounds, after, limit, &Sieve::accepting(wanted, unsaid, now))
    }

    fn clusters(
        &self,
        bounds: Bounds,
        columns: u16,
        rows: u16,
        wanted: &Wanted,
        unsaid: Unsaid,
        now: Millis,
    ) -> Vec<(Point, usize)> {
        bounds::clusters(&self.state.load(), bounds, columns, rows, &Sieve::accepting(wanted, unsaid, now))
    }

    fn by_code(&self, code: Code) -> StationLookup {
        self.state.load().by_code(code)
    }

    fn find(&self, words: &str, near: Option<Point>, limit: usize) -> Vec<Found> {
        names::find(&self.state.load(), words, near, limit)
    }
}
