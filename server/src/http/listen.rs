//! Accepts connections, serves them, and lets them finish when the program leaves.

use crate::{config::Config, ops::shutdown::Shutdown};
use axum::{Router, body::Body, extract::ConnectInfo};
use domain::ports::Trial;
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::ServiceExt as _;

/// Connections at once; further ones wait in the kernel's queue.
const CONNECTIONS: usize = 8192;
/// How long a connection may take for the head of its next request: also the idle time of keep-alive.
const HEAD_TIME_LIMIT: Duration = Duration::from_secs(30);
/// How much of a head is kept while it arrives, in bytes; above it hyper answers 431 itself.
const HEAD_BUFFER: usize = 64 * 1024;
/// How long running requests may take to finish once the program leaves.
pub const DRAIN_TIME_LIMIT: Duration = Duration::from_secs(10);

/// Serves until the program is told to leave, then lets running requests finish.
///
/// axum's own `serve` has no limit for a head that never ends and none for draining.
pub async fn serve(listener: TcpListener, routes: Router, trial: Trial, shutdown: Shutdown) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections) => accepted,
            () = shutdown.begun() => break,
        };
        match accepted {
            Ok((stream, peer, permit)) if Config::answers(trial, peer.ip()) => {
                spawn(stream, peer, permit, routes.clone(), &graceful);
            }
            Ok(_) => tracing::debug!("a connection from outside the trial's reach was closed"),
            Err(error) => {
                // Out of file descriptors, or a peer that left again: try on, but not in a spin.
                tracing::warn!(error = %error, "a connection could not be accepted: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_TIME_LIMIT, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish within {} s and were cut", DRAIN_TIME_LIMIT.as_secs());
    }
}

async fn accept(
    listener: &TcpListener,
    connections: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = connections.clone().acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // A small reply must not wait for the acknowledgement of the one before.
    stream.set_nodelay(true)?;
    Ok((stream, peer, permit))
}

fn spawn(
    stream: TcpStream,
    peer: SocketAddr,
    permit: OwnedSemaphorePermit,
    routes: Router,
    graceful: &GracefulShutdown,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        routes.clone().oneshot(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_LIMIT)
        .max_buf_size(HEAD_BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // A peer that hangs up in the middle is no event of ours.
        if let Err(error) = connection.await {
            tracing::debug!(error = %error, "a connection ended early: {error}");
        }
        drop(permit);
    });
}
