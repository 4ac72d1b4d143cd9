//! The rules of the edge, tried on the whole router.

mod bytes;
mod deeds;
mod guard;
mod leaving;
mod package;
mod traces;

use super::{AppState, assets::Package, router};
use crate::{
    config::{Config, Settings},
    finder::Finder,
    ops::{readiness::Readiness, shutdown::Shutdown},
    regions::Regions,
    vault::CarriedKey,
};
use axum::{
    Router,
    body::{Body, to_bytes},
};
use domain::ports::{Places, Ports};
use http::{HeaderMap, Request, StatusCode};
use std::{
    ffi::OsString,
    io,
    sync::{Arc, LazyLock},
};
use tower::ServiceExt as _;

static PLACES: LazyLock<Arc<dyn Places>> = LazyLock::new(|| Arc::new(Regions::load().expect("our own files")));

/// A configuration with these keys, the rest by default.
fn config(keys: &[(&str, &str)]) -> Config {
    let environment = |name: &str| keys.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
    let settings = Settings::from(environment, |_| Err(io::ErrorKind::NotFound.into())).expect("no file");
    Config::check(&settings).expect("a right configuration")
}

/// An installation without stations, with these keys.
fn state(keys: &[(&str, &str)]) -> AppState {
    state_with(keys, Package::none(), &Shutdown::new())
}

fn state_with(keys: &[(&str, &str)], package: Package, shutdown: &Shutdown) -> AppState {
    let config = config(keys);
    let ports = Ports::without_people(
        Arc::new(Finder::empty()),
        PLACES.clone(),
        Arc::new(domain::ports::Deaf),
        Arc::new(crate::roads::Held::default()),
        Arc::new(config.site()),
    );
    AppState::new(&config, ports, package, Readiness::always(shutdown.clone()), CarriedKey::random())
}

/// A reply, read to its end.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}

async fn send(routes: Router, request: Request<Body>) -> Reply {
    let response = routes.oneshot(request).await.expect("a router never fails");
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a whole body").to_vec();
    Reply { status: head.status, headers: head.headers, body }
}

fn request(method: &str, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).expect("a request")
}

async fn get(state: &AppState, path: &str) -> Reply {
    send(router(state), request("GET", path)).await
}
