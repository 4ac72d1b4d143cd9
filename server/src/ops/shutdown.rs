//! Leaving: SIGTERM or Ctrl-C, told to everybody at once.

use std::sync::Arc;
use tokio::sync::watch;

/// Whether the program has been told to leave. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Shutdown {
    told: Arc<watch::Sender<bool>>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// Nobody has said anything.
    #[must_use]
    pub fn new() -> Self {
        Self { told: Arc::new(watch::Sender::new(false)) }
    }

    /// Tells everybody.
    pub fn begin(&self) {
        self.told.send_replace(true);
    }

    /// Whether it was told.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.told.borrow()
    }

    /// Waits until it is told.
    pub async fn begun(&self) {
        let mut told = self.told.subscribe();
        // The sender lives in `self`, so the wait ends only when told.
        let _ = told.wait_for(|told| *told).await;
    }

    /// Begins with the first SIGTERM or Ctrl-C. A second Ctrl-C ends the process at once, for a
    /// person who does not want to wait.
    ///
    /// # Errors
    /// The system gives no signals to this process.
    pub fn on_signals(&self) -> std::io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let shutdown = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            shutdown.begin();
            interrupt.recv().await;
            std::process::exit(130);
        });
        Ok(())
    }
}
