//! `/card/offline`: the card that this phone keeps, drawn by a script from what is on the phone. The page itself is
//! the same for everybody, and the worker keeps it.

use super::face::{QR_LABEL, head};
use crate::{
    ask::Ask,
    components::Icon,
    page::{Page, Tab},
};
use leptos::prelude::*;

/// `/card/offline`.
pub fn page(_ask: &Ask) -> Page {
    Page::new("会员证", Some(Tab::Me), || {
        view! {
            <a class="back" href="/me/card"><Icon name="back"/>"我的会员证"</a>
            <h1 class="aside">"会员证（没有网）"</h1>
            <section class="plate" id="kept-card" hidden>
                {head("没有网")}
                <h2 class="plate-name" data-slot="name"></h2>
                <p class="plate-of" data-slot="organisation"></p>
                <svg class="qr" role="img" aria-label=QR_LABEL shape-rendering="crispEdges">
                    <rect fill="#fff"></rect>
                    <path fill="#000"></path>
                </svg>
                <p class="plate-turns">"对方会问你会员编号后四位，请自己说。"</p>
                <dl class="plate-facts">
                    <div><dt>"职业"</dt><dd data-slot="occupation"></dd></div>
                    <div><dt>"有效期至"</dt><dd data-slot="valid"></dd></div>
                    <div><dt>"这个码用到"</dt><dd data-slot="until"></dd></div>
                </dl>
            </section>
            <div class="calm" id="kept-none">
                <Icon name="card"/>
                <h2 id="kept-title">"这部手机上没有存会员证"</h2>
                <p id="kept-text">"有网的时候打开一次“我的会员证”，就会存一份，没网也能出示。也可以打印一张带着。"</p>
            </div>
            <div class="act"><a class="btn main" href="/me/card"><Icon name="swap"/>"有网了，出示在线码"</a></div>
        }
        .into_any()
    })
    .script("card.js")
}
