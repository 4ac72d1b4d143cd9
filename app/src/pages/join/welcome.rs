//! `/join`: five lines, one tap to begin, and where one stands.

use super::here;
use crate::{
    ask::Ask,
    components::{Icon, Note},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see, with_next},
    text::join as words,
};
use domain::{
    membership::Screen,
    ports::{Mine, Welcome},
    time::Millis,
};
use leptos::prelude::*;

/// The code of a join link as the address has it, where it can be one.
pub(super) fn entry(ask: &Ask) -> Option<&str> {
    let is_code = |code: &&str| code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    ask.query.get("org").filter(is_code)
}

/// The address with which one begins: signed out, by way of signing in.
fn begin(kind: &str, code: Option<&str>, is_out: bool) -> String {
    let link = code.map(|code| format!("&org={code}")).unwrap_or_default();
    let path = format!("/join/lane?kind={kind}{link}");
    if is_out { with_next("/sign-in", Some(&path)) } else { path }
}

fn standing(mine: &Mine, now: Millis) -> AnyView {
    match mine {
        Mine::SignedOut | Mine::Nothing => ().into_any(),
        Mine::Draft(screen) => {
            let at = words::step(*screen).unwrap_or_default();
            view! { <section class="sign" aria-label="你办到哪了"><p class="state plain">"你填了一半，都存着"</p><p>{at}</p></section> }
                .into_any()
        }
        Mine::Application(row) => {
            let sentence = words::whose(row.state, &row.owner, row.due_at, now);
            view! {
                <section class="sign open" aria-label="你办到哪了">
                    <p class="state">{row.state.word()}</p>
                    <p>{sentence}</p>
                    <p>{words::PENDING}</p>
                </section>
            }
            .into_any()
        }
        Mine::Member { organisation } => {
            let organisation = organisation.clone();
            view! {
                <section class="sign open" aria-label="你的会籍">
                    <p class="state">"你是会员"</p><p>{organisation}</p>
                </section>
            }
            .into_any()
        }
    }
}

fn lines(welcome: &Welcome) -> AnyView {
    let taker = welcome.taker.as_ref();
    let line = |label: &'static str, text: String| view! { <div><dt>{label}</dt><dd>{text}</dd></div> };
    view! {
        <dl class="five">
            {line("得什么", words::gets(welcome.region.as_deref(), taker))}
            {line("花多少", words::costs(taker))}
            {line("怎么退", "随时能退，不用谁批。".into())}
            {line("多久", "约一分钟，当场知道谁审、哪天有结果。".into())}
            {line("备好", "身份证号和手机。不用拍照。".into())}
        </dl>
    }
    .into_any()
}

fn more(code: Option<&str>, is_out: bool, has_transfer: bool, is_member: bool) -> AnyView {
    let row = |href: String, icon: &'static str, title: &'static str, about: &'static str| {
        view! { <li><a href=href><Icon name=icon/><span>{title}<small>{about}</small></span><Icon name="next"/></a></li> }
    };
    let helper = if is_out { with_next("/sign-in", Some("/join/for")) } else { "/join/for".to_owned() };
    view! {
        <ul class="list tall">
            {has_transfer.then(|| row(begin("transfer", code, is_out), "swap", "已是会员，换单位了", "会籍跟着走，不用再入一次"))}
            {is_member.then(|| row("/me/membership".into(), "card", "我的会籍", "换单位、保留、退会，都在这里"))}
            {row(helper, "me", "替家人或同事填", "他用自己的手机确认才算数")}
            {row("/join/union".into(), "join", "单位没有工会，我们想建", "几个工友一起提，总工会来帮着建")}
            {(!is_out).then(|| row("/me/applications".into(), "paper", "我的申请", "办到哪一步、谁在审"))}
        </ul>
    }
    .into_any()
}

/// `/join`.
pub async fn page(ask: &Ask) -> Answer {
    let code = entry(ask);
    let adcode = here(ask).map(|place| place.adcode);
    let welcome = match ask.ports.joining.welcome(&ask.actor, code, adcode, ask.now).await {
        Ok(welcome) => welcome,
        Err(why) => return refused(ask, why),
    };
    // A code that nobody gave chooses nothing, and the page says so.
    let is_unknown = ask.query.get("org").is_some() && welcome.entry.is_none();
    let code = welcome.entry.as_ref().map(|entry| entry.code.clone());
    let now = ask.now;
    if let (Mine::Draft(Screen::Kind), None) = (&welcome.standing, &code) {
        // Nothing is answered yet: as good as none.
        return show(Welcome { standing: Mine::Nothing, ..welcome }, None, is_unknown, now).into();
    }
    show(welcome, code, is_unknown, now).into()
}

fn show(welcome: Welcome, code: Option<String>, is_unknown: bool, now: Millis) -> Page {
    let is_out = welcome.standing == Mine::SignedOut;
    let (to, word) = match &welcome.standing {
        Mine::SignedOut | Mine::Nothing => (begin("join", code.as_deref(), is_out), "开始入会"),
        Mine::Draft(_) if code.is_some() => (begin("join", code.as_deref(), false), "接着填"),
        Mine::Draft(screen) => (format!("/join/{}", screen.code()), "接着填"),
        Mine::Application(row) => (format!("/me/applications/{}", row.id), "看办到哪一步"),
        Mine::Member { .. } => (begin("transfer", code.as_deref(), false), "换单位了，转会籍"),
    };
    let has_transfer = matches!(welcome.standing, Mine::SignedOut | Mine::Nothing | Mine::Draft(_));
    let is_member = matches!(welcome.standing, Mine::Member { .. });
    let is_closed = welcome.region.is_some() && welcome.taker.is_none();
    Page::new("入会", Some(Tab::Join), move || {
        let entry = welcome.entry.clone().map(|entry| {
            view! { <section class="sign" aria-label="这个二维码"><p class="meta">"你打开的是这里的入会码"</p><p class="state plain">{entry.name}</p></section> }
        });
        let no_region = welcome.region.is_none();
        view! {
            <h1>"加入工会"</h1>
            {is_unknown.then(|| view! { <Note strong="这个入会码不能用了。" then="不影响入会，照样往下办。"/> })}
            {entry}
            {standing(&welcome.standing, now)}
            {is_closed.then(|| view! { <Note strong="你这里还没有工会在网上收申请。" then="可以先填好存着，开通了马上告诉你。"/> })}
            {lines(&welcome)}
            {no_region.then(|| view! { <p class="small muted">"想先看你那里由谁管？"<a href="/place">"选一下地方"</a></p> })}
            {more(code.as_deref(), is_out, has_transfer, is_member)}
            <div class="act"><a class="btn main" href=to>{word}</a></div>
        }
        .into_any()
    })
}

/// For whoever comes to the first question by a link that has answered it: the first that it has not.
pub(super) fn first_open(answered: &[Screen]) -> Screen {
    words::STEPS.into_iter().find(|screen| !answered.contains(screen)).unwrap_or(Screen::Check)
}

/// Whether a screen was answered by the link.
pub(super) fn to_first_open(ask: &Ask, answered: &[Screen]) -> Option<Answer> {
    let kind = ask.query.get("kind").and_then(domain::membership::ApplicationKind::parse)?;
    entry(ask)?;
    let first = first_open(answered);
    (first != Screen::Lane).then(|| see(format!("/join/{}?kind={}", first.code(), kind.code())))
}
