//! 附近 before a place is known: ask for one, three ways.

use crate::{
    ask::Ask,
    components::{Find, Icon, Note},
    islands::NearbyIsland,
    page::{Page, Tab},
    pages::place::picks,
};
use leptos::prelude::*;

/// Asks for a place. `wrong` says what could not be read.
pub fn nowhere(ask: &Ask, wrong: Option<&'static str>) -> Page {
    let provinces = picks(ask.ports.places.provinces());
    Page::new("附近", Some(Tab::Nearby), move || {
        view! {
            <h1 class="ask">"你在哪儿？"</h1>
            {wrong.map(|wrong| view! { <Note strong=wrong then="在下面选一个地方，或者按“定位”。"/> })}
            <p>"知道了，就列出离你最近的驿站：坐一坐、喝口水、充个电。不用注册。"</p>
            <div id="where" role="status"></div>
            <Find/>
            <p class="note"><Icon name="locate"/><span>"定位只在这部手机里算，位置不会发给我们。"</span></p>
            <ul class="list"><li><a href="/drive"><Icon name="truck"/>"货车：沿着高速往前找"<Icon name="next"/></a></li></ul>
            <h2>"或者选省份"</h2>
            {provinces}
            <div class="act"><NearbyIsland/></div>
        }
        .into_any()
    })
    .status(if wrong.is_some() { 400 } else { 200 })
}
