//! `/go/{app}/{code}`: remembers the app and opens it there, each with its own datum.

use super::station_of;
use crate::{ask::Ask, page::Answer, pages::error};
use domain::station::MapApp;

/// Off to the map app. Works without scripts; the app learns the station, not where the person is.
pub fn go(ask: &Ask) -> Answer {
    let Some(app) = ask.parts.get("app").and_then(MapApp::parse) else {
        return error::not_found("没有这个地图。").into();
    };
    match station_of(ask) {
        Ok(station) => Answer::Redirect {
            to: app.link(station.point, &station.name, station.kind),
            cookies: vec![ask.choice_cookie("map", Some(app.code()))],
            forget: false,
        },
        Err(page) => page.into(),
    }
}
