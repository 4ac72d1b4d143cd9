//! Readiness and leaving, on a real socket.

use super::{get, state_with};
use crate::{
    http::{assets::Package, guard, listen},
    ops::{
        readiness::{Check, NotReady, Readiness},
        shutdown::Shutdown,
    },
};
use axum::{Router, routing};
use domain::ports::Trial;
use http::StatusCode;
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

#[tokio::test]
async fn while_draining_it_is_alive_but_not_ready() {
    let shutdown = Shutdown::new();
    let state = state_with(&[], Package::none(), &shutdown);
    assert_eq!(get(&state, "/readyz").await.status, StatusCode::OK);
    shutdown.begin();
    let reply = get(&state, "/readyz").await;
    assert_eq!((reply.status, reply.text()), (StatusCode::SERVICE_UNAVAILABLE, "draining\n"));
    assert_eq!(get(&state, "/healthz").await.status, StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn it_is_not_ready_without_database_or_stations() {
    let answers = |well: bool| -> Check { Arc::new(move || Box::pin(std::future::ready(well))) };
    let silent: Check = Arc::new(|| Box::pin(std::future::pending()));
    let check =
        async |database: Check, stations: Check| Readiness::new(Shutdown::new(), database, stations).check().await;
    assert_eq!(check(answers(true), answers(true)).await, Ok(()));
    assert_eq!(check(answers(false), answers(true)).await, Err(NotReady::Database));
    assert_eq!(check(silent, answers(true)).await, Err(NotReady::Database));
    assert_eq!(check(answers(true), answers(false)).await, Err(NotReady::Stations));
}

#[tokio::test]
async fn leaving_lets_a_running_request_finish_and_takes_no_new_one() {
    let shutdown = Shutdown::new();
    let state = state_with(&[], Package::none(), &shutdown);
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (begun.clone(), go_on.clone());
    let slow = routing::get(async move || {
        tell.notify_one();
        wait.notified().await;
        "finished"
    });
    let routes = guard(Router::new().route("/slow", slow), Router::new(), &state).with_state(state);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    let serving = tokio::spawn(listen::serve(listener, routes, Trial::Loopback, shutdown.clone()));

    let mut client = TcpStream::connect(at).await.expect("it listens");
    client.write_all(b"GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    begun.notified().await;
    shutdown.begin();
    // The listener is closed once it has seen it; until then the kernel still takes connections.
    while TcpStream::connect(at).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!serving.is_finished(), "it waits for the running request");
    go_on.notify_one();
    let mut reply = String::new();
    client.read_to_string(&mut reply).await.expect("a whole reply");
    assert!(reply.starts_with("HTTP/1.1 200") && reply.ends_with("finished"), "{reply}");
    serving.await.expect("it leaves");
}
