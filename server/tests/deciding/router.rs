//! The program as browsers without scripts reach it.

use crate::world::{NOW, Somebody, World, config};
use axum::{Router, body::Body};
use http::{Request, StatusCode, header};
use server::{
    http::{AppState, assets::Package, client_address::TrustedProxies, router},
    ops::{readiness::Readiness, shutdown::Shutdown},
    services::reports::{DoorReports, Secret},
};
use std::sync::Arc;
use tower::ServiceExt as _;

#[derive(Clone)]
pub struct Site(Router);

/// What came back: where it leads, and what it says.
pub struct Reply {
    pub status: StatusCode,
    pub location: String,
    pub html: String,
}

impl Site {
    pub fn of(world: &World) -> Self {
        let people = &world.people;
        let reports = DoorReports::new(people.store.clone(), people.finder.clone(), Secret::random());
        let ports = people.ports(Arc::new(server::roads::Held::default()), Arc::new(reports));
        let mut state = AppState::new(
            &config(),
            ports,
            Package::none(),
            Readiness::always(Shutdown::new()),
            people.vault.carried_key(),
        );
        state.clock = Arc::new(|| NOW);
        state.trusted_proxies = TrustedProxies::new(vec!["0.0.0.0/32".parse().expect("a network")]);
        Self(router(&state))
    }

    pub async fn get(&self, path: &str, who: &Somebody) -> Reply {
        let request = Request::get(path).header(header::COOKIE, format!("sid={}", who.token));
        self.ask(path, request.body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&self, path: &str, fields: &str, who: &Somebody) -> Reply {
        let request = Request::post(path)
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, "http://localhost:3000")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, format!("sid={}", who.token));
        self.ask(path, request.body(Body::from(fields.to_owned())).expect("a request")).await
    }

    /// Whatever is asked, it is no error of the program.
    async fn ask(&self, path: &str, request: Request<Body>) -> Reply {
        let (parts, body) = self.0.clone().oneshot(request).await.expect("infallible").into_parts();
        let bytes = axum::body::to_bytes(body, 10_000_000).await.expect("a whole body");
        let html = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!parts.status.is_server_error(), "{path}: {} {html}", parts.status);
        let location = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        Reply { status: parts.status, location: location.to_owned(), html }
    }
}
