//! Reports of workers at the door, and proposals: no account, counted so that a prankster changes nothing.

mod propose;
mod recount;
mod say;
mod secret;

pub use recount::{count_again, keep_counting};
pub use secret::Secret;

use crate::{finder::Finder, store::Store};
use domain::{
    ports::{Heard, Later, NotHeard, Proposal, Reports, Sender, Tap},
    time::Millis,
};
use std::sync::Arc;

/// Who hears people at the door.
#[derive(Clone)]
pub struct DoorReports {
    store: Store,
    finder: Arc<Finder>,
    secret: Secret,
}

/// A sender as it is kept.
#[derive(Clone, Copy)]
struct Hashed {
    device: u64,
    network: u64,
}

impl DoorReports {
    /// On a store, heard at once by this program's finder.
    #[must_use]
    pub const fn new(store: Store, finder: Arc<Finder>, secret: Secret) -> Self {
        Self { store, finder, secret }
    }

    fn hashed(&self, sender: &Sender) -> Hashed {
        Hashed {
            device: self.secret.hash("device", &sender.device),
            network: self.secret.hash("network", &sender.network),
        }
    }
}

impl Reports for DoorReports {
    fn say<'a>(&'a self, tap: Tap, sender: &'a Sender, now: Millis) -> Later<'a, Result<Heard, NotHeard>> {
        Box::pin(say::say(self, tap, self.hashed(sender), now))
    }

    fn propose<'a>(
        &'a self,
        proposal: Proposal,
        sender: &'a Sender,
        now: Millis,
    ) -> Later<'a, Result<String, NotHeard>> {
        Box::pin(propose::propose(self, proposal, self.hashed(sender), now))
    }
}

/// The store's trouble, as a person is told of it: nothing was written, try again.
fn unavailable(error: &crate::store::StoreError) -> NotHeard {
    tracing::error!(%error, "a report could not be written: {error}");
    NotHeard::Unavailable
}
