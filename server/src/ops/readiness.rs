//! Whether requests should be sent here.

use super::shutdown::Shutdown;
use futures::future::BoxFuture;
use std::{fmt, sync::Arc, time::Duration};

/// How long the database may take to answer.
const TIME_LIMIT: Duration = Duration::from_secs(1);

/// Something that must be well for the program to serve: true is well.
pub type Check = Arc<dyn Fn() -> BoxFuture<'static, bool> + Send + Sync>;

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// The program is leaving.
    Draining,
    /// The database does not answer.
    Database,
    /// The stations in memory are not there, or nobody follows the database any more.
    Stations,
}

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draining => "draining",
            Self::Database => "database",
            Self::Stations => "stations",
        })
    }
}

/// What `/readyz` looks at. Cheap to clone.
#[derive(Clone)]
pub struct Readiness {
    shutdown: Shutdown,
    database: Check,
    stations: Check,
}

impl Readiness {
    /// From what is to be looked at.
    #[must_use]
    pub fn new(shutdown: Shutdown, database: Check, stations: Check) -> Self {
        Self { shutdown, database, stations }
    }

    /// Always ready until the program leaves: for tests.
    #[must_use]
    pub fn always(shutdown: Shutdown) -> Self {
        let well: Check = Arc::new(|| Box::pin(std::future::ready(true)));
        Self::new(shutdown, well.clone(), well)
    }

    /// Looks now.
    ///
    /// # Errors
    /// The first thing that is not well.
    pub async fn check(&self) -> Result<(), NotReady> {
        if self.shutdown.has_begun() {
            return Err(NotReady::Draining);
        }
        if !(self.stations)().await {
            return Err(NotReady::Stations);
        }
        match tokio::time::timeout(TIME_LIMIT, (self.database)()).await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(NotReady::Database),
        }
    }
}
