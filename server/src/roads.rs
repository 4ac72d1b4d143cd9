//! Roads in memory, kept at what the store holds.

use crate::store::{Store, StoreError};
use arc_swap::ArcSwap;
use domain::{
    ports::{RoadPlace, RoadSummary, Roads},
    road::{Basis, Heading, RoadStops},
    station::Code,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

/// All roads. A road that several sources know is the one with a line, else the one with most stops.
#[derive(Debug, Default)]
pub struct Held {
    now: ArcSwap<State>,
}

#[derive(Debug, Default)]
struct State {
    revision: u64,
    roads: BTreeMap<Order, Arc<RoadStops>>,
    of_station: HashMap<Code, Vec<(Arc<RoadStops>, usize)>>,
}

/// National before provincial, shorter numbers first: G3, G30, G4012, S01.
type Order = (String, usize, String);

fn order(code: &str) -> Order {
    let letters: String = code.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_uppercase();
    (letters, code.len(), code.to_uppercase())
}

impl Held {
    /// Brings the roads up to the store; nothing changed: one cheap query.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn catch_up(&self, store: &Store) -> Result<(), StoreError> {
        // Read before the roads: whatever comes in between is read again next time.
        let revision = store.road_revision().await?;
        if revision != self.now.load().revision {
            self.replace(store.roads().await?, revision);
        }
        Ok(())
    }

    /// Catches up every so often, for ever. While the store fails, the roads stay as they are.
    pub async fn follow(self: Arc<Self>, store: Store, every: Duration) {
        let mut turns = tokio::time::interval(every);
        turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut failing = false;
        loop {
            turns.tick().await;
            let result = self.catch_up(&store).await;
            if let Err(error) = &result
                && !failing
            {
                tracing::warn!(%error, "roads cannot be read from the store, trying again: {error}");
            }
            failing = result.is_err();
        }
    }

    /// Holds these roads from now on.
    pub fn replace(&self, roads: Vec<RoadStops>, revision: u64) {
        let mut state = State { revision, ..State::default() };
        for road in roads {
            let key = order(&road.road.code);
            let rank = |one: &RoadStops| (one.road.basis == Basis::Line, one.stops.len());
            if state.roads.get(&key).is_none_or(|held| rank(held) < rank(&road)) {
                state.roads.insert(key, Arc::new(road));
            }
        }
        for road in state.roads.values() {
            for (position, stop) in road.stops.iter().enumerate() {
                state.of_station.entry(stop.station).or_default().push((road.clone(), position));
            }
        }
        self.now.store(Arc::new(state));
    }
}

impl Roads for Held {
    fn roads(&self) -> Vec<RoadSummary> {
        let state = self.now.load();
        let summary = |one: &Arc<RoadStops>| RoadSummary {
            code: one.road.code.clone(),
            name: one.road.name.clone(),
            up: one.road.towards(Heading::Up),
            down: one.road.towards(Heading::Down),
            stops: one.stops.len(),
        };
        state.roads.values().map(summary).collect()
    }

    fn road(&self, code: &str) -> Option<Arc<RoadStops>> {
        self.now.load().roads.get(&order(code.trim())).cloned()
    }

    fn places_of(&self, station: Code) -> Vec<RoadPlace> {
        let state = self.now.load();
        let places = state.of_station.get(&station).map_or(&[][..], Vec::as_slice);
        places.iter().map(|(road, at)| RoadPlace { road: road.clone(), stop: road.stops[*at].clone() }).collect()
    }
}
