//! A station: everything that is known, and what is not.

mod facts;
mod go;
mod maps;
mod page;
mod propose;
mod say;
mod week;

pub use go::go;
pub use maps::{chosen_app, maps};
pub use page::page;
pub use propose::{Fix, Missing, fix, new};
pub use say::Say;

use crate::{ask::Ask, page::Page, pages::error};
use domain::{
    ports::StationLookup,
    station::{Code, Station},
};
use std::sync::Arc;

/// The station of the route's `{code}`, or the page that says why not.
fn station_of(ask: &Ask) -> Result<Arc<Station>, Page> {
    let lookup = ask.parts.get("code").and_then(Code::parse).map(|code| ask.ports.stations.by_code(code));
    match lookup {
        Some(StationLookup::Here(station)) => Ok(station),
        Some(StationLookup::Retired) => Err(error::gone("这个站点已经不在名单上了。")),
        Some(StationLookup::Missing) | None => Err(error::not_found("没有这个站点。")),
    }
}
