//! ONE table: path → page. The server registers exactly these, and tests walk exactly these.

use crate::{
    ask::Ask,
    form::{FormRoute, Later},
    page::Answer,
    pages,
};

/// A row of the table.
#[derive(Clone, Copy)]
pub struct Route {
    /// Path with `{…}` parts.
    pub path: &'static str,
    /// What answers.
    pub page: fn(Ask) -> Later<Answer>,
}

macro_rules! routes {
    ($($path:literal => $page:path),+ $(,)?) => {
        &[$( Route { path: $path, page: |ask| Box::pin(async move { Answer::from($page(&ask)) }) } ),+]
    };
}

/// Every page.
pub const ROUTES: &[Route] = routes![
    "/" => pages::nearby::page,
    "/nearby/rest" => pages::nearby::rest,
    "/place" => pages::place::page,
    "/place/{adcode}" => pages::place::page,
    "/map" => pages::map::page,
    "/radar" => pages::map::radar,
    "/stations/new" => pages::station::new,
    "/drive" => pages::drive::roads,
    "/drive/{road}" => pages::drive::direction,
    "/drive/{road}/{heading}" => pages::drive::ahead,
    "/stations/{code}" => pages::station::page,
    "/stations/{code}/fix" => pages::station::fix,
    "/stations/{code}/maps" => pages::station::maps,
    "/go/{app}/{code}" => pages::station::go,
    "/join" => pages::soon::join,
    "/rights" => pages::soon::rights,
    "/cover" => pages::soon::cover,
    "/me" => pages::me::page,
    "/privacy" => pages::about::privacy,
    "/about" => pages::about::page,
    "/offline" => pages::offline::page,
];

/// Every form.
#[must_use]
pub fn forms() -> Vec<FormRoute> {
    vec![
        FormRoute::of::<pages::me::Display>(),
        FormRoute::of::<pages::place::Forget>(),
        FormRoute::of::<pages::station::Say>(),
        FormRoute::of::<pages::station::Fix>(),
        FormRoute::of::<pages::station::Missing>(),
    ]
}
