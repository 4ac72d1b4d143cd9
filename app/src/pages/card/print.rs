//! `/me/card/print`: the card on paper. What is on it does not tell the last four of the number.

use super::{
    face::{code, facts, head, who},
    none::none,
};
use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    text::card::date,
};
use leptos::prelude::*;

/// `/me/card/print`.
pub async fn page(ask: &Ask) -> Answer {
    let kept = match ask.ports.cards.keep(&ask.actor, ask.now).await {
        Ok(kept) => kept,
        Err(why) => return none(ask, &why),
    };
    let address = ask.ports.site.url.clone();
    Page::new("打印会员证", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/me/card"><Icon name="back"/>"我的会员证"</a>
            <h1>"打印会员证"</h1>
            <p class="screen-only">"用浏览器的“打印”，黑白就行。纸上没有会员编号：别人捡到也说不出后四位。丢了就在“我的会员证”里换新码，这张马上作废。"</p>
            <section class="plate paper">
                {head("")}
                {who(&kept.name, &kept.organisation)}
                {code(&kept.code)}
                {facts(kept.occupation.as_deref(), kept.valid_until)}
                <p class="plate-turns">"这张纸用到 "{date(kept.code.until)}"。核对时请说会员编号后四位。"<br/>{address}"/card/check"</p>
            </section>
            <p class="screen-only small muted">"手机上打开的：点浏览器菜单，选“分享”或“打印”。"</p>
        }
        .into_any()
    })
    .into()
}
