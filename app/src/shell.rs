//! What every page has around it: the head, the line of a trial, the footer, the bottom bar.

use crate::{
    ask::Ask,
    components::Icon,
    page::{Page, Tab},
};
use domain::ports::{Site, Trial};
use leptos::prelude::*;

const TABS: [(Tab, &str, &str, &str); 5] = [
    (Tab::Nearby, "/", "附近", "nearby"),
    (Tab::Join, "/join", "入会", "join"),
    (Tab::Rights, "/rights", "维权", "rights"),
    (Tab::Cover, "/cover", "保障", "cover"),
    (Tab::Me, "/me", "我的", "me"),
];

const MARK: &str = r#"<path d="M5 0h14a5 5 0 0 1 5 5v14a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5V5a5 5 0 0 1 5-5z"/><path class="in" d="M4.5 11 12 4.5l7.5 6.5M7 20v-8h10v8"/><path class="leaf" d="m7 12 6 2.5V22l-6-2z"/>"#;

/// The whole document.
///
/// Scripts are not here: the server adds them to pages that contain an island, and to no others.
pub fn shell(page: Page, ask: &Ask) -> impl IntoView + use<> {
    // Nothing of the page is hydrated but its islands, so nothing is serialised into it.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let Page { title, tab, script, body, .. } = page;
    let theme = ask.choices.theme;
    let text = ask.choices.large.then_some("large");
    let site = ask.ports.site.clone();
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" data-theme=theme data-text=text>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"/>
                <title>{title}" · 会站家"</title>
                <link rel="stylesheet" href=ask.assets.url("site.css")/>
                <link rel="icon" href="/icons/icon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/icon-192.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                {theme_colour(theme)}
                {script.map(|name| view! { <script type="module" src=ask.assets.url(name)></script> })}
            </head>
            <body>
                <a class="skip" href="#main">"跳到正文"</a>
                <header class="top">
                    <a class="mark" href="/"><svg viewBox="0 0 24 24" aria-hidden="true" inner_html=MARK></svg>"会站家"</a>
                    {(site.trial != Trial::Off).then(|| view! { <p>"试用安装，请不要填真实身份信息"</p> })}
                </header>
                <main id="main" tabindex="-1">{body()}</main>
                <footer class="foot">{footer(&site)}</footer>
                <nav class="bar" aria-label="主要"><ul>{TABS.map(|(own, path, word, icon)| {
                    let current = (tab == Some(own)).then_some("page");
                    view! { <li><a href=path aria-current=current><Icon name=icon/>{word}</a></li> }
                }).collect_view()}</ul></nav>
            </body>
        </html>
    }
}

/// The colour of the browser's own bars. Leptos knows no `media` on `<meta>`, so this is a constant text.
fn theme_colour(theme: Option<&str>) -> impl IntoView + use<> {
    const LIGHT: &str = r##"<meta name="theme-color" content="#f4f7f5">"##;
    const DARK: &str = r##"<meta name="theme-color" content="#0d1210">"##;
    const BOTH: &str = r##"<meta name="theme-color" content="#f4f7f5" media="(prefers-color-scheme:light)"><meta name="theme-color" content="#0d1210" media="(prefers-color-scheme:dark)">"##;
    let text = match theme {
        Some("light") => LIGHT,
        Some("dark") => DARK,
        _ => BOTH,
    };
    leptos::tachys::html::InertElement::new(text)
}

/// Who runs the site, from configuration; without an operator it says so.
fn footer(site: &Site) -> impl IntoView + use<> {
    let operator = site.operator.clone().unwrap_or_else(|| "非官方试用".into());
    let privacy = site.privacy_url.clone().unwrap_or_else(|| "/privacy".into());
    view! {
        <p>{operator}"。站点信息可能有错，以现场为准。"</p>
        <a href=privacy>"隐私政策"</a>
        <a href="/about">"谁在做、怎么联系"</a>
        {site.contact.clone().map(|contact| view! { <p>"联系："{contact}</p> })}
        {site.icp.clone().map(|number| view! { <a href="https://beian.miit.gov.cn/" rel="noopener">{number}</a> })}
        {site.police.clone().map(|number| view! { <a href="https://beian.mps.gov.cn/" rel="noopener">{number}</a> })}
    }
}
