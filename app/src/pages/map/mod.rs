//! The places of a cell, drawn: the 方位图, which needs neither script nor tiles, and the map, which is
//! loaded when somebody opens it and only then.

mod bearing;
mod page;
mod radar;

pub use page::page;
pub use radar::radar;

use super::nearby::address;
use domain::{geo::Cell, station::Wanted};
use leptos::prelude::*;

/// 列表 · 地图 · 方位图: three views of one question.
fn switch(current: &'static str, cell: Cell, wanted: &Wanted) -> impl IntoView + use<> {
    let views = [("/", "列表"), ("/map", "地图"), ("/radar", "方位图")].map(|(path, word)| {
        let here = (path == current).then_some("page");
        view! { <a href=address::path(path, cell, wanted) aria-current=here>{word}</a> }
    });
    view! { <nav class="switch" aria-label="怎么看">{views.collect_view()}</nav> }
}
