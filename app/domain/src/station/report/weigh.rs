//! From taps to voices: who counts how much.

use super::{Near, Report};
use crate::{
    station::{Amenity, Confirmation, Witness},
    time::{DAY_MS, Millis},
};
use std::collections::{BTreeMap, HashMap};

/// No more than the last so many taps of a station are weighed: bounded work, whatever is sent.
const MOST: usize = 600;
/// All fresh devices of one range in one day, together. Carriers put thousands behind one address, so a
/// range of strangers is one voice and no more.
const FRESH_OF_A_RANGE: f64 = 1.0;
/// All devices of one range in one day whose earlier words were borne out.
const SEASONED_OF_A_RANGE: f64 = 4.0;
/// A person whose phone did not check the distance.
const ONLY_SAYS_NEAR: f64 = 0.7;
/// A stranger who says the same again on another day.
const AGAIN: f64 = 0.25;
/// A voice below this is no voice more.
const A_VOICE: f64 = 0.5;
const FORGOTTEN_MS: Millis = 30 * DAY_MS;

/// A tap and what it is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub report: Report,
    pub weight: f64,
}

impl Voice {
    pub fn is_one(&self) -> bool {
        self.weight >= A_VOICE
    }
}

/// The voices in order of time. A manager's word silences what was said before it; what lies in the
/// future was never said.
pub(super) fn weigh(reports: &[Report], basis: Option<Confirmation>, now: Millis) -> Vec<Voice> {
    let silenced = basis.filter(|seen| seen.by == Witness::Manager).map_or(Millis::MIN, |seen| seen.at);
    let mut told: Vec<_> =
        reports.iter().filter(|report| report.is_whole() && report.at > silenced && report.at <= now).collect();
    told.sort_by_key(|report| (report.at, report.device, report.said));
    // One device counts once per fact and day, with its last word: a wrong button is put right by the next.
    let mut last = BTreeMap::<(Option<Amenity>, u64, i64), Report>::new();
    for report in told.iter().skip(told.len().saturating_sub(MOST)) {
        last.insert((report.amenity, report.device, report.day()), **report);
    }
    let mut reports: Vec<_> = last.into_values().collect();
    reports.sort_by_key(|report| (report.at, report.device, report.said));
    let mut spent = HashMap::<(Option<Amenity>, u64, i64, bool), f64>::new();
    let mut heard = HashMap::<(Option<Amenity>, u64), Millis>::new();
    let weigh = |report: Report| {
        let mut weight = if report.near == Near::Checked { 1.0 } else { ONLY_SAYS_NEAR };
        let before = heard.insert((report.amenity, report.device), report.at);
        if !report.seasoned && before.is_some_and(|before| report.at - before < FORGOTTEN_MS) {
            weight *= AGAIN;
        }
        let most = if report.seasoned { SEASONED_OF_A_RANGE } else { FRESH_OF_A_RANGE };
        let spent = spent.entry((report.amenity, report.range, report.day(), report.seasoned)).or_default();
        weight = weight.min(most - *spent).max(0.0);
        *spent += weight;
        Voice { report, weight }
    };
    reports.into_iter().map(weigh).filter(|voice| voice.weight > 0.0).collect()
}
