//! `/drive/{road}`: which way.

use super::{course, heading_path, mark, road_of, shield};
use crate::{
    ask::Ask,
    components::Icon,
    page::{Page, Tab},
};
use domain::road::Heading;
use leptos::prelude::*;

/// Two huge buttons; the phone's own way of going on a tap.
pub fn direction(ask: &Ask) -> Page {
    let road = match road_of(ask) {
        Ok(road) => road,
        Err(page) => return page,
    };
    let title = format!("{} 往哪个方向？", road.road.code);
    Page::new(title, Some(Tab::Nearby), move || {
        let about = &road.road;
        let button = |heading: Heading| {
            let href = heading_path(&about.code, heading);
            view! { <li><a class="btn way" href=href data-way=heading.code()>{about.towards(heading)}<Icon name="next"/></a></li> }
        };
        view! {
            <a class="back" href="/drive"><Icon name="back"/>"换一条路"</a>
            <div class="road">{shield(&about.code)}<h1>"往哪个方向？"</h1></div>
            <p class="meta">{about.name.as_deref().unwrap_or("没有登记路名").to_owned()}{mark(about)}</p>
            <ul class="ways">{button(Heading::Up)}{button(Heading::Down)}</ul>
            <div id="drive" data-line=course::code(&about.line) data-reach=course::reach_m(about)></div>
            <div id="where" role="status"></div>
            <button class="btn wide big" type="button" id="compass" hidden><Icon name="locate"/>"跟着手机走的方向"</button>
            <p class="meta small" id="private" hidden>"位置只在这部手机里算，不发给我们，也不存下来。"</p>
            {course::known(about)}
        }
        .into_any()
    })
    .script("drive.js")
}
