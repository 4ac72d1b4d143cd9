//! The log, on standard error.

use crate::config::LogFormat;
use tracing::{Level, level_filters::LevelFilter};
use tracing_subscriber::{Layer as _, filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Starts the log. Ours is as fine as asked for; of libraries only what they warn of, because at
/// finer levels they write addresses and values.
pub fn start(format: LogFormat, level: Level) {
    let libraries = LevelFilter::WARN.min(level.into());
    let filter = Targets::new().with_default(libraries).with_target("server", level);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_target(false).with_ansi(false).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).boxed(),
    };
    // A second start (two tests in one process) keeps the first log.
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
    log_panics();
}

/// A panic is one log line with its place, not a block of text.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        // A message that was put together while running may carry what somebody typed: cutting a text at a wrong byte
        // panics with the text. Only one that stands in the source is repeated.
        let message = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("no message of ours");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic at {place}: {message}");
    }));
}
