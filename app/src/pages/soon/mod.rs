//! Tabs that are not built yet: what will be there, and the number that helps today.

use crate::{
    ask::Ask,
    components::{AMBULANCE, CITY, Hotline, Hotlines, Icon, LAW, TRAFFIC, UNION},
    page::{Page, Tab},
};
use leptos::prelude::*;

fn soon(
    tab: Tab,
    title: &'static str,
    today: &'static str,
    will: &'static [&'static str],
    lines: &'static [Hotline],
) -> Page {
    Page::new(title, Some(tab), move || {
        let first = lines.first().map(|line| {
            view! { <div class="act"><a class="btn main" href=format!("tel:{}", line.number)><Icon name="phone"/>{format!("打 {} {}", line.number, line.who)}</a></div> }
        });
        view! {
            <h1>{title}</h1>
            <section class="sign" aria-label="进度"><p class="state plain">"还没做好"</p><p>{today}</p></section>
            <h2>"以后在这里能"</h2>
            <ul class="ticks">{will.iter().map(|line| view! { <li>{*line}</li> }).collect_view()}</ul>
            <h2>"今天能帮你的电话"</h2>
            <Hotlines lines/>
            {first}
        }
        .into_any()
    })
}

/// 维权.
pub fn rights(_ask: &Ask) -> Page {
    soon(
        Tab::Rights,
        "维权",
        "现在要问，打法律服务热线；通话、聊天记录和单子先拍照留好。",
        &["先问一句，不用登录", "拍照留证据", "算清楚哪天到期", "看得到办到哪一步、谁在办"],
        &[LAW, UNION, CITY, TRAFFIC],
    )
}

/// 保障.
pub fn cover(_ask: &Ask) -> Page {
    soon(
        Tab::Cover,
        "保障",
        "现在出了事：先救人，先报警，再给投保的那一家打电话报案。病历和发票都留好。",
        &["看清楚谁在什么时候有保障", "出了事先报案：时限和要留的材料", "职工互助保障怎么参加、怎么领"],
        &[UNION, AMBULANCE, TRAFFIC, CITY],
    )
}
