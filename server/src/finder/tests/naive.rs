//! The rules, over plain lists.

use crate::finder::Change;
use domain::{
    calendar::Calendar,
    geo::{Point, distance_m},
    ports::{Found, Unsaid},
    station::{Code, Station, Verdict, Wanted},
    time::Millis,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// All stations, and the codes of those that went.
#[derive(Clone, Default)]
pub(super) struct Naive {
    pub(super) stations: BTreeMap<Code, Arc<Station>>,
    pub(super) retired: BTreeSet<Code>,
}

impl Naive {
    pub(super) fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Put(station) => {
                    self.retired.remove(&station.code);
                    self.stations.insert(station.code, Arc::clone(station));
                }
                Change::Gone(code) => {
                    self.stations.remove(code);
                    self.retired.insert(*code);
                }
            }
        }
    }

    pub(super) fn shown(&self) -> Vec<&Arc<Station>> {
        let real = self.stations.values().any(|station| !station.is_demo() && !station.is_synthetic());
        self.stations.values().filter(|station| !(real && station.is_demo())).collect()
    }

    pub(super) fn verdict(station: &Station, wanted: &Wanted, now: Millis) -> Verdict {
        wanted.judge(&station.facts(), station.open_state(&Calendar::default(), now).is_open())
    }

    /// By distance, then what decides at equal distance, then code.
    pub(super) fn by_distance<K: Ord>(
        &self,
        at: Point,
        key: impl Fn(&Station) -> Option<K>,
    ) -> Vec<(f64, &Arc<Station>)> {
        let shown = self.shown().into_iter();
        let mut rows: Vec<_> = shown.filter_map(|row| Some((distance_m(at, row.point), key(row)?, row))).collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (&a.1, a.2.code).cmp(&(&b.1, b.2.code))));
        rows.into_iter().map(|(distance_m, _, row)| (distance_m, row)).collect()
    }

    pub(super) fn accepted(wanted: &Wanted, unsaid: Unsaid, now: Millis) -> impl Fn(&Station) -> Option<bool> {
        let (wanted, least) = (*wanted, if unsaid == Unsaid::Include { Verdict::Unsaid } else { Verdict::Yes });
        move |station| {
            let verdict = Self::verdict(station, &wanted, now);
            (verdict >= least).then_some(verdict != Verdict::Yes)
        }
    }

    pub(super) fn nearest_m(&self, at: Point, wanted: &Wanted, verdict: Verdict, now: Millis) -> Option<f64> {
        let only = |station: &Station| (Self::verdict(station, wanted, now) == verdict).then_some(());
        self.by_distance(at, only).first().map(|(distance_m, _)| *distance_m)
    }
}

pub(super) fn codes(found: &[Found]) -> Vec<(Code, u64)> {
    found.iter().map(|found| (found.station.code, found.distance_m.to_bits())).collect()
}

pub(super) fn naive_codes(rows: &[(f64, &Arc<Station>)]) -> Vec<(Code, u64)> {
    rows.iter().map(|(distance_m, station)| (station.code, distance_m.to_bits())).collect()
}

impl std::fmt::Debug for Naive {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let brief = |row: &Arc<Station>| (row.code, row.point, row.source.name.clone(), row.facts());
        out.debug_list().entries(self.stations.values().map(brief)).finish()
    }
}
