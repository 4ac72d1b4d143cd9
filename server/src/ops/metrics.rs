//! Prometheus metrics on a listener of their own.

use super::shutdown::Shutdown;
use axum::{Router, routing::get};
use http::header::CONTENT_TYPE;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::Duration;
use tokio::net::TcpListener;

/// Upper bounds in seconds: a page takes a millisecond, a busy database half a second.
const SECONDS: [f64; 12] = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 15.0];
/// How often old samples are folded away.
const UPKEEP: Duration = Duration::from_secs(5);

/// Starts counting, for the whole process.
///
/// # Errors
/// It was started before.
pub fn start() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("duration_seconds".to_owned()), &SECONDS)?
        .install_recorder()?;
    metrics::describe_counter!("http_requests_total", "Requests, by method, route template and status");
    metrics::describe_histogram!(
        "http_request_duration_seconds",
        metrics::Unit::Seconds,
        "Time until a reply began, by method and route template"
    );
    metrics::describe_counter!("http_requests_refused_total", "Requests of the public API refused for being too many");
    metrics::describe_gauge!("stations", "Stations in memory");
    metrics::describe_gauge!("build_info", "1, with the version as a label");
    metrics::gauge!("build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Ok(handle)
}

/// Serves `/metrics` until the program leaves. `sample` sets the gauges just before they are read.
pub async fn serve(
    listener: TcpListener,
    handle: PrometheusHandle,
    sample: impl Fn() + Clone + Send + Sync + 'static,
    shutdown: Shutdown,
) {
    let upkeep = handle.clone();
    let page = get(async move || {
        sample();
        ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render())
    });
    let routes = Router::new().route("/metrics", page);
    let until = shutdown.clone();
    let served = axum::serve(listener, routes).with_graceful_shutdown(async move { until.begun().await });
    let upkeep = async {
        let mut every = tokio::time::interval(UPKEEP);
        loop {
            every.tick().await;
            upkeep.run_upkeep();
        }
    };
    tokio::select! {
        result = served => if let Err(error) = result {
            tracing::error!(error = %error, "the metrics listener ended: {error}");
        },
        () = upkeep => {}
    }
}
