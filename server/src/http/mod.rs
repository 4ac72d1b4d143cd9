//! The edge: the router, what every request passes through, and the two listeners.

pub mod access;
pub mod api;
pub mod assets;
pub mod carried;
pub mod client_address;
pub mod deeds;
pub mod errors;
pub mod headers;
pub mod health;
pub mod limits;
pub mod listen;
pub mod map_app;
pub mod pages;
pub mod passkey;
pub mod request_id;
#[cfg(test)]
mod tests;

use crate::{
    config::Config,
    ops::{clock, readiness::Readiness},
    vault::CarriedKey,
};
use assets::Package;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
};
use client_address::TrustedProxies;
use domain::{
    ports::{Ports, Trial},
    time::Millis,
};
use headers::SecurityHeaders;
use limits::RequestLimits;
use std::sync::Arc;
use tower_http::{
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{DefaultPredicate, NotForContentType, Predicate as _},
    },
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
};

/// The largest body of a request, in bytes; a route that takes files says otherwise itself.
pub const BODY_LIMIT: usize = 64 * 1024;

/// A clock: the present moment.
pub type Clock = Arc<dyn Fn() -> Millis + Send + Sync>;

/// What every handler may reach. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// What pages and the API ask.
    pub ports: Ports,
    /// What time it is: the only place where replies learn it.
    pub clock: Clock,
    /// The built package: addresses of styles and scripts.
    pub package: Arc<Package>,
    /// Whether this program can serve right now.
    pub readiness: Readiness,
    /// How often one address may ask the public API; `None` with `LIMITS=off`.
    pub limits: Option<Arc<RequestLimits>>,
    /// How often one address may begin to sign in; `None` with `LIMITS=off`.
    pub sign_in_limits: Option<Arc<RequestLimits>>,
    /// Whether what one network asks for is counted: always but in a trial with `LIMITS=off`, where everything comes from
    /// one machine.
    pub counts_networks: bool,
    /// The proxies whose forwarding headers are believed.
    pub trusted_proxies: TrustedProxies,
    /// Whether cookies that say who somebody is are for https only.
    pub secure_cookies: bool,
    /// What seals typed words on their way through a sign-in: the same on every server of an installation.
    pub carrying: Arc<CarriedKey>,
    /// Headers of every reply.
    pub security_headers: Arc<SecurityHeaders>,
}

impl AppState {
    /// Puts together what the router needs.
    #[must_use]
    pub fn new(config: &Config, ports: Ports, package: Package, readiness: Readiness, carrying: CarriedKey) -> Self {
        // Leptos spawns on the runtime that runs us. A second time it is set already.
        let _ = any_spawner::Executor::init_tokio();
        Self {
            ports,
            clock: Arc::new(clock::now),
            package: Arc::new(package),
            readiness,
            limits: config.limits.then(|| Arc::new(RequestLimits::new())),
            sign_in_limits: config.limits.then(|| Arc::new(RequestLimits::new())),
            counts_networks: config.limits || config.trial == Trial::Off,
            trusted_proxies: TrustedProxies::new(config.trusted_proxies.clone()),
            // A trial is plain http on this machine or in the house.
            secure_cookies: config.trial == Trial::Off,
            carrying: Arc::new(carrying),
            security_headers: Arc::new(SecurityHeaders::new(config)),
        }
    }
}

/// Everything that is served on `LISTEN`.
pub fn router(state: &AppState) -> Router {
    let routes = Router::new()
        .merge(health::routes())
        .merge(assets::routes(&state.package))
        .merge(limits::api_layer(api::routes(), state, api::refuse))
        .merge(map_app::routes())
        .merge(pages::routes(state))
        .merge(passkey::routes(state))
        .fallback(errors::not_found);
    // What takes files: a limit of its own.
    let large = limits::costing(api::large(), state, api::refuse, api::LARGE_COST);
    guard(routes, large, state).with_state(state.clone())
}

/// What every request passes through, from the outside in: the last layer is the outermost. `large` are
/// the routes that limit bodies themselves.
fn guard(routes: Router<AppState>, large: Router<AppState>, state: &AppState) -> Router<AppState> {
    let csrf = CsrfLayer::new().with_insecure_bypass(|_, uri| is_api(uri.path()));
    let worth_compressing = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/wasm"))
        .and(NotForContentType::const_new("font/"));
    let compression = CompressionLayer::new()
        // Brotli 4 and gzip 4 take well under a millisecond for a page; 11 takes fifty.
        .quality(CompressionLevel::Precise(4))
        .compress_when(worth_compressing);
    routes
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .merge(large)
        .layer(csrf)
        .layer(from_fn(limits::sizes))
        .layer(from_fn_with_state(state.clone(), errors::calm))
        .layer(compression)
        .layer(from_fn_with_state(state.security_headers.clone(), headers::add))
        .layer(from_fn(access::record))
        .layer(from_fn_with_state(state.trusted_proxies.clone(), client_address::find))
        .layer(from_fn(request_id::assign))
}

/// Whether a path belongs to the public API: no session, no CSRF, errors as problem+json.
#[must_use]
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}
