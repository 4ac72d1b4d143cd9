//! The page for no network, kept on the phone by the worker.

use crate::{
    ask::Ask,
    components::{AMBULANCE, Hotline, Hotlines, Icon, TRAFFIC, UNION},
    page::Page,
};
use leptos::prelude::*;

const LINES: &[Hotline] = &[AMBULANCE, TRAFFIC, UNION];

/// No network.
pub fn page(_ask: &Ask) -> Page {
    Page::new("没有网络", None, || {
        view! {
            <div class="calm">
                <Icon name="offline"/>
                <h1>"没有网"</h1>
                <p>"这一页要有网才打得开。走到有信号的地方，再试一次。电话不用网也能打："</p>
            </div>
            <Hotlines lines=LINES/>
            <div class="act"><a class="btn main" href=""><Icon name="swap"/>"再试一次"</a></div>
        }
        .into_any()
    })
}
