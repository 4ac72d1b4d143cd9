//! What every address does, as the policy table names it.

use super::passkey;
use app::routes::{ROUTES, forms};
use domain::policy::Action;
use http::Method;

/// An address and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// GET (which HEAD goes with) or POST.
    pub method: Method,
    /// As the router knows it, with `{…}` parts.
    pub path: String,
    /// What it does.
    pub action: Action,
}

/// Addresses that are neither pages nor forms. What is read here is the same for everybody.
const OTHERS: &[(Method, &str, Action)] = &[
    (Method::GET, "/healthz", Action::ReadPublic),
    (Method::GET, "/readyz", Action::ReadPublic),
    (Method::GET, "/pkg/{*file}", Action::ReadPublic),
    (Method::GET, "/icons/{*file}", Action::ReadPublic),
    (Method::GET, "/sw.js", Action::ReadPublic),
    (Method::GET, "/manifest.webmanifest", Action::ReadPublic),
    (Method::GET, "/favicon.ico", Action::ReadPublic),
    (Method::GET, "/robots.txt", Action::ReadPublic),
    (Method::GET, "/map/stations", Action::ReadPublic),
    (Method::GET, "/outlines/{adcode}", Action::ReadPublic),
    (Method::GET, "/api/v1", Action::ReadPublic),
    (Method::GET, "/api/v1/", Action::ReadPublic),
    (Method::GET, "/api/v1/{*rest}", Action::ReadPublic),
    (Method::GET, "/api/v1/stations", Action::ReadPublic),
    (Method::GET, "/api/v1/stations/nearby", Action::ReadPublic),
    (Method::GET, "/api/v1/stations/{code}", Action::ReadPublic),
    (Method::POST, "/api/v1/stations/corridor", Action::ReadPublic),
    (Method::GET, "/api/v1/calendar", Action::ReadPublic),
    (Method::GET, "/api/v1/cards/keys", Action::ReadPublic),
    (Method::GET, "/api/v1/cards/revoked", Action::ReadPublic),
    (Method::GET, "/api/v1/openapi.json", Action::ReadPublic),
];

/// Every address of the router with its action: pages, forms, and the rest.
#[must_use]
pub fn deeds() -> Vec<Deed> {
    let pages = ROUTES.iter().map(|route| (Method::GET, route.path, route.action));
    let forms = forms().into_iter().map(|form| (Method::POST, form.path, form.action));
    let passkeys = passkey::ADDRESSES.into_iter().map(|(path, action)| (Method::POST, path, action));
    let others = OTHERS.iter().cloned();
    pages
        .chain(forms)
        .chain(passkeys)
        .chain(others)
        .map(|(method, path, action)| Deed { method, path: path.to_owned(), action })
        .collect()
}
