//! What a request leaves behind: the route, never where somebody stands or what was asked for.

use super::{request, send, state};
use crate::http::router;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::{
    io::Write,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};
use tokio::runtime::Builder;
use tracing_subscriber::{fmt::MakeWriter, layer::SubscriberExt as _};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The log of this whole test process at its finest. Not only of this test: a scoped log misses what
/// another thread was the first to log.
static LOG: LazyLock<Lines> = LazyLock::new(|| {
    let lines = Lines::default();
    let layer = tracing_subscriber::fmt::layer().json().with_writer(lines.clone());
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer))
        .expect("no other test sets one");
    lines
});

/// Sends a request and returns its own log lines and metrics.
fn traces(path: &str) -> (String, String) {
    LazyLock::force(&LOG);
    let recorder = PrometheusBuilder::new().build_recorder();
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut asked = request("GET", path);
    asked.headers_mut().insert("x-forwarded-for", "203.0.113.77".parse().expect("a value"));
    asked.headers_mut().insert("referer", "http://here/?cell=12.34,56.78".parse().expect("a value"));
    let routes = router(&state(&[("TRUSTED_PROXIES", "0.0.0.0/8")]));
    let reply = metrics::with_local_recorder(&recorder, || runtime.block_on(send(routes, asked)));
    let log = String::from_utf8(LOG.0.lock().unwrap_or_else(PoisonError::into_inner).clone()).expect("text");
    let own: Vec<&str> = log.lines().filter(|line| line.contains(reply.header("x-request-id"))).collect();
    (own.join("\n"), recorder.handle().render())
}

#[test]
fn neither_log_nor_metrics_hold_a_position_a_query_a_path_or_an_address() {
    for (path, route) in [
        ("/?cell=34.75,113.66&q=%E6%9D%8E", "/"),
        ("/api/v1/stations/nearby?lat=34.7537&lng=113.6604", "/api/v1/stations/nearby"),
        ("/stations/ABCDEFGHJK", "/stations/{code}"),
        ("/34.7537/113.6604", "(none)"),
    ] {
        let (log, metrics) = traces(path);
        for secret in ["34.7", "113.6", "%E6", "李", "ABCDEFGHJK", "203.0.113", "12.34"] {
            assert!(!log.contains(secret), "{secret} in {log}");
            assert!(!metrics.contains(secret), "{secret} in {metrics}");
        }
        assert!(log.contains(&format!("\"route\":\"{route}\"")) && log.contains("\"duration_ms\":"), "{log}");
        assert!(metrics.contains(&format!("route=\"{route}\"")), "{metrics}");
    }
}
