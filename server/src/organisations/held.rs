//! The tree as every service asks it.

use crate::store::{Store, StoreError};
use arc_swap::ArcSwap;
use domain::organisation::OrganisationTree;
use std::{sync::Arc, time::Duration};

/// The tree in memory. What another server changes is seen with the next [`Organisations::catch_up`].
#[derive(Debug, Default)]
pub struct Organisations {
    now: ArcSwap<State>,
}

#[derive(Debug, Default)]
struct State {
    mark: Option<(i64, i64, i64)>,
    tree: Arc<OrganisationTree>,
}

impl Organisations {
    /// The tree now. Whoever decides something takes it once and asks that one.
    #[must_use]
    pub fn tree(&self) -> Arc<OrganisationTree> {
        self.now.load().tree.clone()
    }

    /// Brings the tree up to the store; nothing changed: one query.
    ///
    /// # Errors
    /// The database does not answer, or holds a row this program never writes.
    pub async fn catch_up(&self, store: &Store) -> Result<(), StoreError> {
        // Read before the rows: whatever comes in between is read again next time.
        let mark = Some(store.organisations_mark().await?);
        if mark != self.now.load().mark {
            let tree = Arc::new(OrganisationTree::new(store.organisations().await?));
            self.now.store(Arc::new(State { mark, tree }));
        }
        Ok(())
    }

    /// Catches up every so often, for ever. While the store fails, the tree stays as it is.
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
                tracing::warn!(%error, "organisations cannot be read from the store, trying again: {error}");
            }
            failing = result.is_err();
        }
    }
}
